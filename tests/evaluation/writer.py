"""The same exams answered by the composer and by a model, side by side."""

import datetime as dt
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.store import usage
from bot.wiring import Parts, open_store
from bot.writing.prices import MICROS
from tests.evaluation.exam import LATER, Score, read_exam, summary, take
from tests.evaluation.measures import HELD_OUT, WRITTEN
from tests.evaluation.shared import GOLD, gold_questions

# What a model must not make worse, beyond rounding.
HELD = ("required facts", "fully answered", "right section cited", "abstention recall", "figure faithfulness")


def evaluate(settings: Settings, parts: Parts, limit: int, console: Console) -> int:
    """Print both scoreboards over *limit* questions of each exam; return 1 where the model's falls behind."""
    exams = {"written": read_exam(WRITTEN)[:limit], "held out": read_exam(HELD_OUT)[:limit]}
    if GOLD.exists():
        exams["reference"] = [question for question in gold_questions() if question["type"] not in LATER][:limit]
    table = Table("measure", title=f"The composer and {settings.answer_model}")
    columns: list[dict[str, float]] = []
    behind = []
    for name, questions in exams.items():
        composed = summary([*take(replace(parts, scribe=None), questions)])
        scores = [*take(parts, questions)]
        written = summary(scores) | _pace(scores)
        columns += [composed, written]
        behind += [f"{name}: {measure}" for measure in HELD if written[measure] < composed[measure]]
        for who in ("composer", "model"):
            table.add_column(f"{name}, {who}", justify="right")
    for measure in dict.fromkeys(measure for column in columns for measure in column):
        table.add_row(measure, *(f"{column[measure]:.3f}" if measure in column else "" for column in columns))
    console.print(table)
    _told(settings, console)
    for line in behind:
        console.print(f"the model falls behind: {line}", style="red")
    if parts.scribe:
        parts.scribe.close()
    return 1 if behind else 0


def _pace(scores: list[Score]) -> dict[str, float]:
    seconds = sorted(score.turn.seconds for score in scores)
    return {"seconds p50": seconds[len(seconds) // 2], "seconds p95": seconds[int(len(seconds) * 0.95)]}


def _told(settings: Settings, console: Console) -> None:
    """Say how the answers came about, what they cost, and why some were composed."""
    engine = open_store(settings)
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
    with engine.connect() as connection:
        days, reasons = usage.days(connection, since), usage.reasons(connection, since)
    engine.dispose()
    for day in days:
        ways = ", ".join(f"{count} {how}" for how, count in sorted(day.answers.items()))
        cost = "an unknown price" if day.micros is None else f"US$ {day.micros / MICROS:.4f}"
        console.print(f"{ways}; {day.tokens_in:,} tokens in, {day.tokens_out:,} out, {cost}")
    for reason, count in reasons:
        console.print(f"{count} × composed: {reason}")
