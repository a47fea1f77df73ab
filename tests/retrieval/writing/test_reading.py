"""Messages that are hardly understood: what a model reads in them counts where they say so themselves."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from bot.writing.scribe import Errand
from knowledge.question import Question
from retrieval.answer import Answer, Kind
from retrieval.writing.reading import reading_of
from tests.retrieval.writing.provider import Body, Provider, Reply, written_by
from tests.retrieval.writing.scripts import faithful

RUSSIAN = "сколько получает старший инженер компьютерного зрения в германии?"


def slot(kind: str, name: str, words: str) -> dict[str, str]:
    """Return a slot as a model proposes it."""
    return {"kind": kind, "id": name, "words": words}


RIGHT = [
    slot("role", "computer vision engineer", "инженер компьютерного зрения"),
    slot("level", "senior", "старший"),
    slot("topic", "pay", "сколько получает"),
    slot("place", "DE", "германии"),
]


def read(parts: Parts, text: str, *slots: Any, question: Any = "") -> Question | None:
    """Return what is made of *slots* proposed for *text*."""
    asked = parts.reader.read(text)
    return reading_of({"slots": [*slots], "question": question}, asked, parts.library, parts.reader)


def test_what_the_message_says_is_taken(parts: Parts) -> None:
    (role, *_) = [name for name in parts.library.occupations if "vision" in name]
    found = read(parts, RUSSIAN, *[one | ({"id": role} if one["kind"] == "role" else {}) for one in RIGHT])

    assert found
    assert found.slots.occupations == (role,)
    assert [level.value for level in found.slots.levels] == ["senior"]
    assert (found.slots.topics, found.slots.markets) == (("pay",), ("DE",))


@pytest.mark.parametrize(
    "proposed",
    [
        slot("level", "staff", "штатный"),
        slot("level", "godlike", "старший"),
        slot("place", "Atlantis", "германии"),
        slot("role", "plumber", "инженер"),
        slot("place", "DE", ""),
        slot("place", "", "германии"),
        slot("colour", "red", "германии"),
        slot("place", "DE", RUSSIAN * 3),
        {"kind": 1, "id": None, "words": ["германии"]},
        "place DE",
        None,
    ],
)
def test_what_it_does_not_say_or_nobody_knows_is_left_out(proposed: Any, parts: Parts) -> None:
    assert read(parts, RUSSIAN, proposed) is None


@pytest.mark.parametrize("reply", [None, [], "x", {}, {"slots": None}, {"slots": {"kind": "role"}}, {"slots": [[]]}])
def test_a_reply_that_is_none_is_no_reading(reply: Any, parts: Parts) -> None:
    assert reading_of(reply, parts.reader.read(RUSSIAN), parts.library, parts.reader) is None


def test_what_was_read_already_stays(parts: Parts) -> None:
    text = "senior nurse pay"
    (role, *_) = parts.library.occupations

    assert read(parts, text, slot("role", role, "nurse")) is None
    found = read(parts, "senior pay pls зрения", slot("level", "staff", "senior"), slot("place", "DE", "зрения"))
    assert found
    assert [level.value for level in found.slots.levels] == ["senior"]


def test_a_question_in_english_may_name_nothing_more(parts: Parts) -> None:
    pay = slot("topic", "pay", "сколько получает")
    kept = read(parts, RUSSIAN, pay, question="How much is paid?")
    refused = read(parts, RUSSIAN, pay, question="How much does a staff ML engineer earn in France?")

    assert kept
    assert kept.query == "how much is paid"
    assert refused
    assert refused.query == parts.reader.read(RUSSIAN).query


def test_a_message_of_another_script_is_answered(parts: Parts, provider: Provider, tmp_path: Path) -> None:
    (role, *_) = [name for name in parts.library.occupations if "vision" in name]
    slots = [one | ({"id": role} if one["kind"] == "role" else {}) for one in RIGHT if one["kind"] != "place"]

    def words(messages: list[Body]) -> str:
        if "places" in messages[-1]["content"]:
            return json.dumps({"slots": slots, "question": "How much does a senior computer vision engineer earn?"})
        return faithful(messages)

    provider.replies = [Reply(words)]
    without = parts.conversation().ask(RUSSIAN).advice.answer
    with written_by(provider, parts, tmp_path) as writing:
        answer: Answer = writing.conversation().ask(RUSSIAN, errand=Errand()).advice.answer

    assert without.kind is not Kind.ANSWER
    assert answer.kind is Kind.ANSWER
    assert {figure.as_written for figure in answer.figures} == {"$220,000–$310,000", "$170,000–$240,000"}
