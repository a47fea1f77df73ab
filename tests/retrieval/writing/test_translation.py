"""Answers in the person's own language: what is read there is what was checked in English."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from adapters.chats.terminal import plain
from bot.replies import to_reply
from retrieval.writing.faults import faults
from retrieval.writing.proposal import Proposed
from retrieval.writing.writer import How
from tests.retrieval.writing.conftest import Briefs, Writers
from tests.retrieval.writing.provider import Provider, Reply

ROWS = yaml.safe_load((Path(__file__).parent / "translations.yaml").read_text("utf-8"))
PAY = ROWS[0]["question"]


class Row(NamedTuple):
    """A question, and a claim in two languages."""

    question: str
    claim: Proposed


def rows(kind: str) -> list[Row]:
    """Return the rows of *kind*."""
    return [Row(g["question"], Proposed(text, (ids,), said)) for g in ROWS for ids, text, said in g[kind]]


@pytest.mark.parametrize("row", rows("right"), ids=lambda row: row.claim.said[:50])
def test_what_says_the_same_is_said(row: Row, briefed: Briefs) -> None:
    assert faults(row.claim, briefed(row.question)) == []


@pytest.mark.parametrize("row", rows("wrong"), ids=lambda row: row.claim.said[:50] or "nothing")
def test_what_says_something_else_is_not(row: Row, briefed: Briefs) -> None:
    assert faults(row.claim, briefed(row.question)) != []
    # The English half is right: it is the other one that is caught.
    assert (
        faults(row.claim, briefed("what does a senior cv engineer earn in the us?")) == [] or "Germany" in row[1].text
    )


def test_an_answer_comes_in_the_persons_language_with_its_labels(
    briefed: Briefs, provider: Provider, writer: Writers
) -> None:
    claims = [row.claim for row in rows("right") if row.question == PAY]
    reply: dict[str, Any] = {"claims": [claim._asdict() for claim in claims]}
    provider.replies = [Reply(json.dumps(reply))]
    written = writer().write(briefed(PAY))
    text = " ".join(plain(to_reply(written.answer)).split())

    assert written.how is How.WRITTEN
    assert "Seniors in den USA liegen bei $220,000–$310,000 Grundgehalt im Jahr (5–8 Jahre; angegebene Spanne)." in text
    assert "Markt nicht angegeben; Grund- oder Gesamtgehalt nicht angegeben" in text
    assert "antworte ich auf Englisch" not in text
    assert "German" in provider.requests[0]["messages"][0]["content"]


def test_a_language_that_cannot_be_checked_gets_english(briefed: Briefs) -> None:
    brief = briefed("senior cv engineer kitna kamata hai, aur usa mein kya milta hai?")

    assert brief.question.language == "hi"
    assert brief.language is None
