"""What a model writes is as right as what is composed, whatever it is like."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from retrieval.writing.proposal import Proposed
from tests.evaluation.exam import read_exam, summary, take
from tests.evaluation.measures import WRITTEN
from tests.evaluation.writer import HELD
from tests.retrieval.writing.provider import Body, Provider, Reply, brief_in, providing, written_by
from tests.retrieval.writing.scripts import as_reply, faithful

QUESTIONS = read_exam(WRITTEN)[::8]


def careless(messages: list[Body]) -> str:
    """Reply with every second evidence, its words in another order, and a figure of its own."""
    if "evidence" not in brief_in(messages):
        return "{}"
    claims = []
    for place, one in enumerate(brief_in(messages)["evidence"]):
        text = f"{one['says'].rstrip('.')}."
        if place % 2:
            text = f"About 42% of {text}" if place % 3 else " ".join(reversed(text.rstrip(".").split())) + "."
        claims.append(Proposed(text, (one["id"],)))
    return as_reply(*claims)


@pytest.fixture
def playing() -> Iterator[Provider]:
    """A server that plays the model."""
    with providing(Provider()) as provider:
        yield provider


@pytest.mark.parametrize("reply", [faithful, careless, "Seniors earn $250,000.", ""])
def test_answers_with_a_model_pass_the_same_exam(reply: Any, parts: Parts, playing: Provider, tmp_path: Path) -> None:
    playing.replies = [Reply(reply)]
    composed = summary([*take(parts, QUESTIONS)])
    with written_by(playing, parts, tmp_path) as writing:
        written = summary([*take(writing, QUESTIONS)])

    assert len(playing.requests) > 0
    assert {name: written[name] for name in HELD if written[name] < composed[name]} == {}
    assert written["citation precision"] == 1.0
