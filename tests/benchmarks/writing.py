"""`make bench`: what a model adds to an answer when its server replies at once; beside the composed answer."""

import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bot.settings import read_settings
from bot.wiring import open_parts, open_scribe
from bot.writing.scribe import Errand
from retrieval.answer import Kind
from retrieval.writing.brief import brief_of
from tests.benchmarks.__main__ import QUESTIONS
from tests.evaluation.exam import read_exam
from tests.retrieval.writing.provider import Provider, Reply, providing
from tests.retrieval.writing.scripts import faithful

MOST = 60


def main() -> None:
    """Print the seconds of composed, written and kept answers, and what of it is the model's."""
    texts = [question["turns"][0] for question in read_exam(QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder, providing(Provider([Reply(faithful)], piece=200)) as provider:
        fields = {"answer_model": "openai:instant", "openai_base_url": provider.url, "openai_api_key": SecretStr("key")}
        settings = read_settings().model_copy(update=fields | {"advisor_home": Path(folder), "budget_day_usd": None})
        parts = open_parts(settings.model_copy(update={"answer_model": None}))
        scribe = open_scribe(settings, parts.library, parts.reader)
        writing = replace(parts, scribe=scribe)
        turns = [parts.conversation().look_at(text) for text in texts]
        asked = [turn for turn in turns if turn.advice.answer.kind is Kind.ANSWER]
        briefs = [turn for turn in asked if brief_of(turn.advice.answer, turn.question, parts.library)][:MOST]
        times = {"composed": [parts.conversation().look_at(turn.question.text).seconds for turn in briefs]}
        for name in ("written", "kept from before"):
            times[name] = [
                writing.conversation().look_at(turn.question.text, errand=Errand()).seconds for turn in briefs
            ]
        if scribe:
            scribe.close()
    table = Table(
        "answer", "median", "p95", "over composed", title=f"With a server that replies at once, {len(briefs)} answers"
    )
    base = statistics.median(times["composed"])
    for name, seconds in times.items():
        median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        table.add_row(name, f"{median * 1000:.1f} ms", f"{late * 1000:.1f} ms", f"{median / base:.2f}×")
    Console().print(table)


if __name__ == "__main__":
    main()
