"""What the readers of listings make of a text, each by itself, as JSON (the outside contract)."""

from typing import Any

from bot.listings.lines import pay_line
from knowledge.errors import InputError
from knowledge.listing.clean import line, plain
from knowledge.listing.identity import compare, identify
from knowledge.listing.read import pay_points
from knowledge.listing.seniority import read_seniority
from knowledge.salary.reader import read_pay
from knowledge.workmode.patterns import Signal
from knowledge.workmode.verdict import read_work_mode

Line = dict[str, Any]


def explain_pay(row: Line) -> Line:
    """Read {"text"}: every pay it states, the most relevant first."""
    return {"pays": [pay_line(pay) for pay in read_pay(_text(row, "text"))]}


def explain_work_mode(row: Line) -> Line:
    """Read {"text", "title", "location_field"}: the verdict, the text's signals, transparency."""
    text, title, location = plain(_text(row, "text")), line(row.get("title")), line(row.get("location_field"))
    stated = read_pay(text, field=False)
    work = read_work_mode(text, title, location, pay_points=pay_points(stated))
    shown = work.transparency
    return {
        "verdict": work.verdict.value,
        "quote": work.quote,
        "signals": [
            {"signal": item.signal.value, "quote": item.quote}
            for item in work.signals
            if item.signal is not Signal.ONSITE
        ],
        "transparency": {
            "score": shown.score,
            "parts": {part.name: part.points for part in shown.parts},
            "flags": [*shown.flags],
        },
    }


def explain_seniority(row: Line) -> Line:
    """Read {"title", "level_field", "text"}; a line with text alone is taken for a title."""
    title = line(row["title"]) if "title" in row else line(_text(row, "text"))
    body = plain(row["text"]) if "title" in row and isinstance(row.get("text"), str) else ""
    found = read_seniority(title, line(row.get("level_field")), body)
    return {"low": found.low, "high": found.high, "rule": found.rule}


def explain_same(row: Line) -> Line:
    """Read {"a", "b"}, each with company, title, location, url: whether they are one opening, and why."""
    sides = []
    for name in ("a", "b"):
        side = row.get(name)
        if not isinstance(side, dict):
            raise InputError(f'a line needs "{name}": an object with company, title, location, url')
        fields = [line(side.get(field)) for field in ("company", "title", "location", "url")]
        sides.append(identify(*fields))
    verdict = compare(*sides)
    return {"verdict": verdict.verdict, "reason": verdict.reason}


READERS = {
    "pay": explain_pay,
    "workmode": explain_work_mode,
    "seniority": explain_seniority,
    "same": explain_same,
}


def _text(row: Line, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(f'a line needs "{name}": a text')
    return value
