"""Everything that is measured of one advisor: exams, dialogues, corruptions, latency."""

import random
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bot.settings import read_settings
from bot.wiring import Parts, open_embedder
from retrieval.embedding import Embedder
from tests.evaluation.corruptions import NUMERIC, corruptions, is_caught
from tests.evaluation.dialogues import read_dialogues, take_dialogues
from tests.evaluation.exam import LATER, Score, by_topic, read_exam, summary, take
from tests.evaluation.generated import generate
from tests.evaluation.shared import GOLD, gold_questions

HERE = Path(__file__).parent
# Written by people while the rules were made; held out from those who make the rules; made from the guides' facts.
WRITTEN, HELD_OUT = HERE / "questions.jsonl", HERE / "held_out.jsonl"
DIALOGUES = {"written": HERE / "dialogues.jsonl", "held out": HERE / "held_out_dialogues.jsonl"}
SEED = 20261121

Board = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The scoreboard: `columns` by kind of question, `topics` of all our own questions, `seconds` for the latency."""

    columns: Board
    topics: Board
    seconds: dict[str, float]


def measure(parts: Parts) -> Measured:
    """Take every exam and dialogue and corrupt every right answer; some twenty seconds."""
    scores = {
        "written": list(take(parts, read_exam(WRITTEN))),
        "held out": list(take(parts, read_exam(HELD_OUT))),
        "generated": list(take(parts, generate(parts.library))),
    }
    own = [score for column in scores.values() for score in column]
    if GOLD.exists():
        questions = [question for question in gold_questions() if question["type"] not in LATER]
        scores["reference"] = list(take(parts, questions))
    columns = {name: summary(column) for name, column in scores.items()}
    for name, path in DIALOGUES.items():
        readings = list(take_dialogues(parts, read_dialogues(path)))
        columns[name]["follow-up slots"] = round(sum(r.right for r in readings) / len(readings), 4)
    columns["written"] |= caught(parts, scores["written"])
    return Measured(columns, by_topic(own), _latency(own))


def caught(parts: Parts, scores: list[Score]) -> dict[str, float]:
    """Return the share of corruptions of right answers that the checker sees, of all and of those of figures."""
    chance = random.Random(SEED)  # noqa: S311 - the same corruptions in every run, no secret
    found = [
        (corruption.kind in NUMERIC, is_caught(score.turn, corruption, parts.library))
        for score in scores
        for corruption in corruptions(score.turn, chance)
    ]
    numeric = [seen for is_numeric, seen in found if is_numeric]
    return {
        "corruptions": float(len(found)),
        "corruptions caught": round(sum(seen for _, seen in found) / len(found), 4),
        "numeric ones caught": round(sum(numeric) / len(numeric), 4),
    }


def _latency(scores: list[Score]) -> dict[str, float]:
    """Return the seconds of a warm answer and of the bare embedding of its question, at the median and at 95 %."""
    answers = [score.turn.seconds for score in scores]
    embedder = open_embedder(read_settings())
    bare = [_embedded(embedder, score.question["turns"][-1]) for score in scores[:100]] if embedder else [0.0, 0.0]
    return {
        "answer p50": statistics.median(answers),
        "answer p95": statistics.quantiles(answers, n=20)[-1],
        "embedding p50": statistics.median(bare),
        "embedding p95": statistics.quantiles(bare, n=20)[-1],
    }


def _embedded(embedder: Embedder, text: str) -> float:
    start = time.perf_counter()
    embedder.embed([text])
    return time.perf_counter() - start
