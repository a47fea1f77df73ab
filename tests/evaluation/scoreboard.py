"""The scoreboard: what was measured beside the committed baseline, for a terminal, as Markdown and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.evaluation.measures import Board, Measured

BASELINE = Path(__file__).with_name("baseline.json")
# A change may cost so much of any share before it fails: half a point.
TOLERANCE = 0.005
# The reference questions lie beside the checkout, not in it; they are measured where they are.
UNGATED = {"reference"}
# Counts and lengths say nothing by themselves; of these shares a smaller one is better.
_COUNTS = {"questions", "corruptions", "median words", "p90 words"}
_SMALLER = {"false abstentions"}
_TOPIC_COLUMNS = ("questions", "required facts", "fully answered", "abstention recall", "retrieval MRR", "median words")


def read_baseline() -> Board:
    """Return the committed figures; empty before the first."""
    if not BASELINE.exists():
        return {}
    board: Board = json.loads(BASELINE.read_text("utf-8"))
    return board


def write_baseline(measured: Measured) -> None:
    """Commit to what was measured now."""
    board = {name: column for name, column in measured.columns.items() if name not in UNGATED}
    BASELINE.write_text(json.dumps(board, indent=1) + "\n", "utf-8")


def drops(columns: Board, baseline: Board) -> list[str]:
    """Return one line per share that fell by more than the tolerance."""
    found = []
    for name, column in baseline.items():
        for measure, before in column.items():
            now = columns.get(name, {}).get(measure, 0.0)
            lost = now - before if measure in _SMALLER else before - now
            if measure not in _COUNTS and lost > TOLERANCE:
                found.append(f"{name}: {measure} {before:.4f} → {now:.4f}")
    return found


def show(console: Console, measured: Measured, baseline: Board) -> None:
    """Print both tables: measures by kind of question with the change since the baseline, then by topic."""
    header, *rows = _measures(measured.columns, baseline)
    table = Table(*header, title="Evaluation (change since the baseline)")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    header, *rows = _topics(measured.topics)
    table = Table(*header, title="Our own questions by topic")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print(_latency(measured.seconds))


def to_markdown(measured: Measured, baseline: Board) -> str:
    """Return the scoreboard as a Markdown page, without latency (which belongs to the machine)."""
    own = {name: column for name, column in measured.columns.items() if name not in UNGATED}
    parts = [
        "# Evaluation",
        "",
        "Made by `make evaluate`; what each column and measure is: [CONTRIBUTING](../CONTRIBUTING.md).",
    ]
    for rows in (list(_measures(own, baseline)), list(_topics(measured.topics))):
        parts += ["", _row(rows[0]), _row(["---", *("---:" for _ in rows[0][1:])]), *map(_row, rows[1:])]
    return "\n".join(parts) + "\n"


def to_json(measured: Measured, baseline: Board) -> dict[str, Any]:
    """Return everything measured, with the baseline and what fell below it."""
    return {
        "columns": measured.columns,
        "topics": measured.topics,
        "seconds": measured.seconds,
        "baseline": baseline,
        "drops": drops(measured.columns, baseline),
    }


def _measures(columns: Board, baseline: Board) -> Iterator[list[str]]:
    yield ["measure", *columns]
    names = dict.fromkeys(measure for column in columns.values() for measure in column)
    for measure in names:
        yield [
            measure,
            *(_cell(column.get(measure), baseline.get(name, {}).get(measure)) for name, column in columns.items()),
        ]


def _cell(now: float | None, before: float | None) -> str:
    if now is None:
        return ""
    change = now - before if before is not None else 0.0
    return f"{now:g}{f' ({change:+.3g})' if abs(change) >= 0.00005 else ''}"


def _topics(topics: Board) -> Iterator[list[str]]:
    yield ["topic", *_TOPIC_COLUMNS]
    for topic, row in topics.items():
        yield [topic.replace("_", " "), *(f"{row[name]:g}" for name in _TOPIC_COLUMNS)]


def _latency(seconds: dict[str, float]) -> str:
    parts = (f"{name} {value * 1000:.1f} ms" for name, value in seconds.items())
    return f"Latency on this machine: {', '.join(parts)}."


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
