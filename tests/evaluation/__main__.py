"""`make evaluate`: how well questions are answered and passages found. Offline, no key.

Uses our own questions always, and the reference material beside the checkout where it is present.
"""

import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.replies import to_json
from bot.settings import read_settings
from bot.wiring import Parts, open_parts
from tests.evaluation import faq
from tests.evaluation.exam import LATER, Score, read_exam, summary, take
from tests.evaluation.shared import FAQ, GOLD, gold_questions, grade

OWN = Path(__file__).with_name("questions.jsonl")
# What a change may not fall below on our own questions; the reference goals are stricter and printed beside.
FLOORS = {"required facts": 0.78, "right section cited": 0.82, "abstention recall": 0.95, "retrieval MRR": 0.82}


def main() -> int:
    """Print every measurement; return 1 if our own questions fall below the floors."""
    console = Console()
    parts = open_parts(read_settings())
    own = summary(list(take(parts, read_exam(OWN))))
    columns = {"our questions": own}
    if GOLD.exists():
        questions = [question for question in gold_questions() if question["type"] not in LATER]
        columns["reference questions"] = summary(list(take(parts, questions)))
    _print(console, columns)
    if GOLD.exists():
        console.print(_graded(parts))
    if FAQ.exists():
        for row in faq.measure(FAQ, faq.open_search(FAQ)):
            console.print_json(json.dumps(row), indent=None)
    low = {name: own[name] for name, floor in FLOORS.items() if own[name] < floor}
    if low:
        console.print(f"below the floor: {low}", style="red")
    return 1 if low else 0


def _print(console: Console, columns: dict[str, dict[str, float]]) -> None:
    table = Table("measure", *columns)
    for name in next(iter(columns.values())):
        table.add_row(name, *(f"{column[name]:g}" for column in columns.values()))
    console.print(table)


def _graded(parts: Parts) -> str:
    """Answer the reference questions as `advisor ask --batch --json` does and have them graded."""
    rows = []
    for question in gold_questions():
        scores: list[Score] = list(take(parts, [question]))
        replies = [to_json(score.turn.advice.answer, score.turn.seconds) for score in scores]
        rows.append(json.dumps({"id": question["id"], "replies": replies}))
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        answers.write_text("\n".join(rows), "utf-8")
        return grade(answers)


if __name__ == "__main__":
    sys.exit(main())
