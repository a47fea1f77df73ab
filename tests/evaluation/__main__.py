"""`make evaluate`: how well questions are answered, beside the committed baseline. Offline, no key.

Fails where a share fell by more than half a point. `--commit` makes what was measured the new baseline and writes
docs/evaluation.md; `--json FILE` and `--markdown FILE` write the scoreboard.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from bot.replies import to_json as reply_json
from bot.settings import read_settings
from bot.wiring import Parts, open_parts
from tests.evaluation import faq, scoreboard, writer
from tests.evaluation.exam import Score, take
from tests.evaluation.measures import measure
from tests.evaluation.shared import FAQ, GOLD, gold_questions, grade

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"


def main() -> int:
    """Print every measurement; return 1 where one fell below the baseline."""
    options = _options()
    console = Console(width=150)
    with tempfile.TemporaryDirectory() as folder:
        # An index of its own: one that grew with the guides over weeks is not what the baseline was measured on.
        changed = {"advisor_home": Path(folder), "answer_model": options.model, "budget_day_usd": None}
        settings = read_settings().model_copy(update=changed)
        parts = open_parts(settings)
        if options.model:
            return writer.evaluate(settings, parts, options.limit, console)
        return _evaluate(parts, options, console)


def _evaluate(parts: Parts, options: argparse.Namespace, console: Console) -> int:
    measured, baseline = measure(parts), scoreboard.read_baseline()
    scoreboard.show(console, measured, baseline)
    if GOLD.exists():
        console.print(_graded(parts))
    if FAQ.exists():
        for row in faq.measure(FAQ, faq.open_search(FAQ)):
            console.print_json(json.dumps(row), indent=None)
    if options.json:
        options.json.write_text(json.dumps(scoreboard.to_json(measured, baseline), indent=1), "utf-8")
    if options.markdown:
        options.markdown.write_text(scoreboard.to_markdown(measured, baseline), "utf-8")
    if options.commit:
        scoreboard.write_baseline(measured)
        PAGE.write_text(scoreboard.to_markdown(measured, scoreboard.read_baseline()), "utf-8")
        return 0
    fallen = scoreboard.drops(measured.columns, baseline)
    for line in fallen:
        console.print(f"below the baseline: {line}", style="red")
    return 1 if fallen else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--commit", action="store_true")
    parser.add_argument("--model", help="by LangChain name: measures its answers beside the composer's, at its price")
    parser.add_argument("--limit", type=int, default=100, help="questions of each exam for a model")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    return parser.parse_args()


def _graded(parts: Parts) -> str:
    """Answer the reference questions as `advisor ask --batch --json` does and have them graded."""
    rows = []
    for question in gold_questions():
        scores: list[Score] = list(take(parts, [question]))
        replies = [reply_json(score.turn.advice.answer, score.turn.seconds) for score in scores]
        rows.append(json.dumps({"id": question["id"], "replies": replies}))
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        answers.write_text("\n".join(rows), "utf-8")
        return grade(answers)


if __name__ == "__main__":
    sys.exit(main())
