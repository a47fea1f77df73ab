"""`advisor usage`: what language models did and cost, day by day."""

import datetime as dt
import json
import sys

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from adapters.chats.marked import clean
from bot.settings import read_settings
from bot.store import usage
from bot.wiring import open_store
from bot.writing.prices import MICROS

# How an answer came about, as people read it.
_WORDS = {
    "written": "written",
    "repaired": "repaired",
    "kept": "from before",
    "stopped": "stopped",
    "composed": "composed instead",
    "read": "messages read",
    "unread": "read in vain",
}


def show_usage(days: int, *, as_json: bool) -> None:
    """Print what was done and spent on each of the last *days* days (UTC), the latest first."""
    settings = read_settings()
    engine = open_store(settings)
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days - 1)
    with engine.connect() as connection:
        found = usage.days(connection, since)
        reasons = usage.reasons(connection, since)
    engine.dispose()
    if as_json:
        for day in found:
            sys.stdout.write(json.dumps(day._asdict() | {"day": day.day.isoformat()}) + "\n")
        return
    console = Console(highlight=False)
    if not found:
        where = f"by {settings.answer_model} " if settings.answer_model else ""
        hint = "" if settings.answer_model else " Without ANSWER_MODEL answers are composed, and cost nothing."
        console.print(f"No answer was written {where}in {days} days.{hint}")
        return
    console.print(_table(found))
    for reason, count in reasons:
        console.print(f"{count} × composed instead: {escape(clean(reason))}")


def _table(found: list[usage.Day]) -> Table:
    table = Table(title="Answers by language models", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("day", no_wrap=True)
    for name in ("model", "answers"):
        table.add_column(name, overflow="fold")
    for name in ("tokens in", "out", "US$", "seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for day in found:
        answers = ", ".join(f"{day.answers[how]} {words}" for how, words in _WORDS.items() if how in day.answers)
        cost = f"{day.micros / MICROS:.4f}" if day.micros is not None else "?"
        spent = (f"{day.tokens_in:,}", f"{day.tokens_out:,}", cost, f"{day.seconds:.1f}")
        table.add_row(day.day.isoformat(), day.model, answers, *spent)
    return table
