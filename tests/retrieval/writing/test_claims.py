"""What a model may say: right claims are said, wrong ones never, whoever wrote them."""

import pytest

from adapters.chats.terminal import plain
from bot.replies import to_reply
from retrieval.answer import Answer
from retrieval.check.faithful import check_answer
from retrieval.writing.brief import Brief, figures_of
from retrieval.writing.faults import CHECKS, faults
from retrieval.writing.figures import fill
from retrieval.writing.merge import said
from retrieval.writing.thread import ModelThread
from retrieval.writing.writer import How, Writer
from tests.retrieval.writing.conftest import Briefs
from tests.retrieval.writing.provider import Provider, Reply
from tests.retrieval.writing.scripts import Row, faithful, rows, with_others

RIGHT, WRONG = rows("right"), rows("wrong")
# Of claims by somebody who had not seen the checks so many of the right ones may be refused (the composed line is shown
# then), and so few of the wrong ones pass. Measured: 53 of 88 and 4 of 141.
REFUSED, PASSED = 0.65, 0.04


def shown(brief: Brief, row: Row) -> str:
    """Return the claim of *row* with its figures in their places."""
    return fill(row.claim.text, figures_of(brief.evidence))


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row.claim.text[:60])
def test_a_right_claim_is_said(row: Row, briefed: Briefs) -> None:
    assert faults(row.claim, briefed(row.question)) == []


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row.claim.text[:60])
def test_a_wrong_claim_never_reaches_anybody(row: Row, briefed: Briefs, playing: tuple[Provider, ModelThread]) -> None:
    brief, (provider, thread) = briefed(row.question), playing
    provider.replies, provider.requests = [Reply(with_others(row.claim))], []
    written = Writer(thread).write(brief)
    text = " ".join(plain(to_reply(written.answer)).split())

    assert (row.seen or shown(brief, row).rstrip(".")) not in text
    assert {figure.as_written for figure in brief.answer.figures} == {f.as_written for f in written.answer.figures}
    assert all(figure.as_written in text for figure in brief.answer.figures)
    assert check_answer(written.answer, brief.question, brief.library) == []
    if brief.of(row.claim.evidence):
        # It was asked once more, with the reasons.
        assert written.how is not How.WRITTEN
        assert "reasons" in provider.requests[1]["messages"][-1]["content"]


def test_every_check_catches_something_that_no_other_before_it_does(briefed: Briefs) -> None:
    first = {next(check for check in CHECKS if [*check(row.claim, briefed(row.question))]) for row in WRONG}

    # What is said in other languages has claims of its own.
    assert {check.__name__ for check in first} == {check.__name__ for check in CHECKS} - {"said_faults"}


def test_of_claims_by_somebody_else_hardly_a_wrong_one_passes(briefed: Briefs) -> None:
    right, wrong = rows("right", "unseen_replies"), rows("wrong", "unseen_replies")
    refused = [row for row in right if faults(row.claim, briefed(row.question))]
    passed = [row for row in wrong if not faults(row.claim, briefed(row.question))]
    print(f"{len(refused)} of {len(right)} right claims refused, {len(passed)} of {len(wrong)} wrong ones passed")

    assert len(refused) <= REFUSED * len(right)
    assert len(passed) <= PASSED * len(wrong)


def test_what_makes_a_figure_what_it_is_is_added_where_a_model_leaves_it_out(briefed: Briefs) -> None:
    (row,) = [row for row in RIGHT if row.claim.text == "Seniors get {f3} a year."]
    claim = said(row.claim, briefed(row.question))

    assert claim.text == (
        "Seniors get $170,000–$240,000 a year (market not stated; base/total not stated; stated range; "
        "top-tier companies; equity, compute budget and conference allowance are standard additions)."
    )


def test_a_faithful_model_is_shown_as_it_writes_and_nothing_is_lost(
    briefed: Briefs, playing: tuple[Provider, ModelThread]
) -> None:
    provider, thread = playing
    provider.replies = [Reply(faithful)]
    for question in dict.fromkeys(row.question for row in RIGHT):
        brief, grown = briefed(question), list[Answer]()
        written = Writer(thread).write(brief, grown.append)

        assert (written.how, written.reason) == (How.WRITTEN, "")
        assert len(grown) == len(brief.evidence)
        assert written.answer.citations == brief.answer.citations
        assert written.answer.figures == brief.answer.figures
        assert check_answer(written.answer, brief.question, brief.library) == []
