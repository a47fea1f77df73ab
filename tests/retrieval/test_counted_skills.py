"""Skills that listings name, counted: whole lists, single skills, gaps, and counts that were made wrong."""

from dataclasses import replace

import pytest

from bot.conversation import Turn
from bot.wiring import Parts
from knowledge.document import Bullets
from retrieval.answer import Answer, Kind
from retrieval.check.faithful import check_answer
from tests.retrieval.evidence import ask, words_of

FULL_STACK = "what skills does a full-stack engineer need"


@pytest.mark.parametrize(
    "question, count",
    [
        ("do i need docker for backend", "Docker in 11 of 22 listings (50%)"),
        ("GCP for devops, must have or nice to have", "Google Cloud in 7 of 25 listings (28%)"),
        ("is react asked for in full stack jobs", "React in 19 of 22 listings (86%)"),
        ("do data engineers need sql", "SQL in"),
    ],
)
def test_a_skill_is_answered_with_how_many_listings_name_it(question: str, count: str, parts: Parts) -> None:
    assert count in words_of(ask(parts, question))


def test_a_single_skill_brings_no_count_of_another(parts: Parts) -> None:
    said = words_of(ask(parts, "GCP for devops, must have or nice to have"))

    assert "Terraform" not in said
    assert "Python" not in said


def test_a_list_names_the_most_named_first_and_says_of_how_many(parts: Parts) -> None:
    said = words_of(ask(parts, FULL_STACK))

    assert "Core (most named, of 22 listings)" in said
    assert said.index("React 19") < said.index("JavaScript 14") < said.index("Docker 8")
    # Bare names that nobody counted are noise beside counts.
    assert "Hot technologies" not in said


def test_a_role_without_counts_says_what_its_source_names(parts: Parts) -> None:
    assert "AWS" in words_of(ask(parts, "AWS for a security engineer, must have or nice to have"))


def test_a_gap_tells_counted_skills_from_what_is_required(parts: Parts) -> None:
    answer = ask(parts, "i know react and sql. what am i missing for full stack")
    said = words_of(answer)

    assert answer.kind is Kind.SKILL_GAP
    assert "Named in listings, not by you (of 22 listings)" in said
    assert "Missing" not in said
    assert "React 19" not in said


@pytest.mark.parametrize(
    "old, new",
    [("React 19 (86%)", "React 91 (86%)"), ("React 19 (86%)", "React 19 (68%)"), ("Docker 8 (36%)", "Docker 9 (36%)")],
)
def test_a_count_made_wrong_is_seen(old: str, new: str, parts: Parts) -> None:
    turn = parts.conversation().ask(FULL_STACK)

    assert check_answer(turn.advice.answer, turn.question, parts.library) == []
    assert check_answer(_with(turn, old, new), turn.question, parts.library)


def _with(turn: Turn, old: str, new: str) -> Answer:
    answer = turn.advice.answer
    blocks = tuple(
        replace(block, lines=tuple(replace(line, text=line.text.replace(old, new)) for line in block.lines))
        if isinstance(block, Bullets)
        else block
        for block in answer.blocks
    )
    assert blocks != answer.blocks
    return replace(answer, blocks=blocks)
