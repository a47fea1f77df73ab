"""The checker of answers: right ones pass, and every single thing made wrong is seen."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.conversation import Turn
from bot.wiring import Parts
from knowledge.document import Bullets, Line, Paragraph
from retrieval.answer import Answer
from retrieval.check.faithful import check_answer
from retrieval.check.quantities import quantities
from tests.retrieval.test_conduct import messages


def turn(parts: Parts, text: str) -> Turn:
    return parts.conversation().ask(text)


def faults(parts: Parts, asked: Turn, answer: Answer) -> list[str]:
    return [fault.reason for fault in check_answer(answer, asked.question, parts.library)]


def rewritten(answer: Answer, old: str, new: str) -> Answer:
    """Return *answer* with *old* replaced in every line."""

    def line(one: Line) -> Line:
        return replace(one, text=one.text.replace(old, new), lead=one.lead.replace(old, new))

    blocks = tuple(
        replace(block, line=line(block.line))
        if isinstance(block, Paragraph)
        else replace(block, lines=tuple(map(line, block.lines)), title=block.title.replace(old, new))
        if isinstance(block, Bullets)
        else block
        for block in answer.blocks
    )
    return replace(answer, blocks=blocks)


@settings(max_examples=60)
@given(text=messages())
def test_whatever_is_asked_the_answer_stands_the_check(parts: Parts, text: str) -> None:
    asked = turn(parts, text)

    assert faults(parts, asked, asked.advice.answer) == []


@pytest.mark.parametrize(
    "question, old, new",
    [
        ("senior cv engineer pay in the us", "$220,000", "$200,000"),
        ("senior cv engineer pay in the us", "$310,000", "$240,000"),
        ("senior cv engineer pay in the us", "Senior (5–8 years)", "Staff (5–8 years)"),
        ("senior cv engineer pay in the us", "(5–8 years)", "(2–4 years)"),
        ("senior cv engineer pay in the us", "a year, base, stated", "a year, total compensation, stated"),
        ("senior cv engineer pay in the us", "overlap at $220,000", "overlap at $170,000"),
        ("senior ml engineer pay in canada", "Canada", "Germany"),
        ("senior ml engineer pay in canada", "CAD", "USD"),
        ("senior cv engineer pay in poland", "× 220 = 77", "× 220 = 87"),
        ("senior cv engineer pay in poland", "35–55%", "50–70%"),
        ("offered 185k base as senior cv in the us", "below the bottom", "above the top"),
        ("offered 185k base as senior cv in the us", "is $35,000", "is $55,000"),
        ("how long is hiring for senior ml", "4–8 weeks", "4–8 months"),
        ("red flags for senior ml jobs", "Red flag", "Green flag"),
        ("what holds back a junior cv engineer", "0–2 years", "2–5 years"),
        ("how much research is in senior ml work", "20–30%", "30–40%"),
    ],
)
def test_one_thing_made_wrong_is_seen(question: str, old: str, new: str, parts: Parts) -> None:
    asked = turn(parts, question)
    wrong = rewritten(asked.advice.answer, old, new)

    assert wrong != asked.advice.answer
    assert faults(parts, asked, wrong)


def test_a_conflict_may_not_be_left_out(parts: Parts) -> None:
    asked = turn(parts, "senior cv engineer pay in the us")
    answer = asked.advice.answer
    without = tuple(b for b in answer.blocks if not (isinstance(b, Paragraph) and "disagree" in b.line.text))

    assert "the sources disagree, and the answer does not say so" in faults(
        parts, asked, replace(answer, blocks=without)
    )


def test_a_quote_that_no_guide_has_is_seen(parts: Parts) -> None:
    asked = turn(parts, "senior ml engineer pay in canada")
    answer = asked.advice.answer
    forged = tuple(replace(citation, quote="senior, Canada: CAD 400,000") for citation in answer.citations)

    assert faults(parts, asked, replace(answer, citations=forged))


@pytest.mark.parametrize(
    "text, low, high, currency",
    [
        ("$170,000–$240,000", 170_000, 240_000, "USD"),
        ("CAD 175,000–240,000", 175_000, 240_000, "CAD"),
        ("roughly $59.5K–$126.5K", 59_500, 126_500, "USD"),
        ("$300,000–$600,000+", 300_000, 600_000, "USD"),
        ("from $2.1M", 2_100_000, 2_100_000, "USD"),
    ],
)
def test_money_is_read_as_answers_write_it(text: str, low: float, high: float, currency: str) -> None:
    money = quantities(text).money[0]

    assert (money.low, money.high, money.currency) == (low, high, currency)
