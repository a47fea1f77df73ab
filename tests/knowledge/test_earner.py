"""Occupations that no list knows: told from anybody's pay, and never taken for the role spoken about before."""

import pytest

from bot.wiring import Parts
from knowledge.library import Library
from knowledge.question_reader import QuestionReader
from retrieval.answer import Kind


@pytest.mark.parametrize(
    "text, other",
    [
        ("what do pilots earn?", ("pilots",)),
        ("how much does a glassblower make", ("glassblower",)),
        ("what do lighthouse keepers get paid", ("lighthouse keepers",)),
        ("what do they make", ()),
        ("what do seniors earn", ()),
        ("how much do remote workers in Poland make", ()),
        ("what do ml researchers earn in europe", ()),
        ("how much do top companies make you earn", ()),
        ("what do teams make of gaps", ()),
    ],
)
def test_who_earns_is_an_occupation_unless_it_is_anybody(text: str, other: tuple[str, ...], library: Library) -> None:
    assert QuestionReader(library).read(text).slots.other_occupations == other


def test_an_unknown_occupation_is_not_answered_with_the_one_before(parts: Parts) -> None:
    conversation = parts.conversation(None, None)
    conversation.ask("what do senior CV engineers earn?")

    answer = conversation.ask("what do glassblowers earn?").advice.answer

    assert answer.kind is Kind.ABSTAIN
    assert not answer.figures
