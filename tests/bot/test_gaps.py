"""The gap list on both databases, and as the operator sees it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.gaps import GapKeeper
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.gaps import GapKind, GapStore
from bot.wiring import Parts, open_gaps
from knowledge.errors import StoreError
from tests.bot.conftest import Run

QUESTION = {"roles": ["computer-vision-engineer"], "topics": ["hours"]}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GapStore]:
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    engine = open_database(url, tmp_path / "advisor.db")
    yield GapStore(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM gaps"))
    engine.dispose()


def keep(store: GapStore, text: str, kind: GapKind = GapKind.UNANSWERED, answer: str = "a") -> None:
    store.keep(kind, text, QUESTION, "no guide covers it", answer)


def test_the_same_question_is_one_gap_with_a_count(store: GapStore) -> None:
    for text in ("How many hours?", "how many hours", "HOW MANY HOURS!"):
        keep(store, text)

    assert [(gap.text, gap.count) for gap in store.open()] == [("How many hours?", 3)]


def test_the_most_frequent_gap_comes_first(store: GapStore) -> None:
    keep(store, "rare")
    keep(store, "common")
    keep(store, "common")

    assert [gap.text for gap in store.open()] == ["common", "rare"]


def test_a_disliked_question_is_another_gap_than_an_unanswered_one(store: GapStore) -> None:
    keep(store, "pay?")
    keep(store, "pay?", GapKind.DISLIKED)

    assert {gap.kind for gap in store.open()} == {GapKind.UNANSWERED, GapKind.DISLIKED}


def test_a_closed_gap_opens_again_when_the_question_returns(store: GapStore) -> None:
    keep(store, "hours?")
    store.close(store.open()[0])
    assert not store.open()

    keep(store, "hours?")
    assert [gap.count for gap in store.open()] == [2]


def test_nothing_that_names_a_person_is_kept(store: GapStore) -> None:
    keep(store, "hours? write to jane.doe@example.org or +49 170 1234567, my name is Jane")

    kept = store.open()[0].text
    assert not [word for word in ("jane", "example.org", "1234567") if word in kept.casefold()]


def test_a_database_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        open_database("postgresql://127.0.0.1:1/nothing", tmp_path / "unused.db")


@pytest.mark.parametrize(
    "turns, kept", [(["senior CV pay in the US"], 0), (["CV engineer pay in Japan"], 1), (["hi"], 0)]
)
def test_only_what_nobody_answered_goes_on_the_list(turns: list[str], kept: int, store: GapStore, parts: Parts) -> None:
    conversation = parts.conversation(GapKeeper(store))
    for text in turns:
        conversation.ask(text)

    assert len(store.open()) == kept


@pytest.mark.parametrize("complaint", ["that's wrong", "not helpful", "you didn't answer my question"])
def test_a_complaint_puts_the_last_question_on_the_list(complaint: str, store: GapStore, parts: Parts) -> None:
    conversation = parts.conversation(GapKeeper(store))
    conversation.ask("senior CV pay in the US")
    conversation.ask(complaint)

    assert [(gap.kind, gap.text, gap.reason) for gap in store.open()] == [
        (GapKind.DISLIKED, "senior CV pay in the US", complaint)
    ]


def test_a_follow_up_is_kept_with_what_it_was_about(store: GapStore, parts: Parts) -> None:
    conversation = parts.conversation(GapKeeper(store))
    conversation.ask("senior CV engineer pay in the US")
    conversation.ask("and in Japan?")

    gap = store.open()[0]
    assert (gap.text, gap.slots["roles"], gap.slots["levels"]) == (
        "and in Japan?",
        ["computer-vision-engineer"],
        ["senior"],
    )


def test_the_operator_lists_gaps_by_frequency(advisor: Run, place: Path) -> None:
    here = {"ADVISOR_HOME": str(place)}
    assert "No open gaps" in advisor("gaps", **here).stdout
    for _ in range(2):
        advisor("ask", "how many hours a week do CV engineers work", **here)
    advisor("ask", "what does a nurse earn", **here)

    rows = [json.loads(line) for line in advisor("gaps", "--json", **here).stdout.splitlines()]
    assert [(row["count"], row["text"][:8]) for row in rows] == [(2, "how many"), (1, "what doe")]
    assert "working hours" in rows[0]["reason"]
    assert "how many hours" in " ".join(advisor("gaps", **here).stdout.replace("│", " ").split())


def test_a_retry_closes_what_guides_answer_now(advisor: Run, place: Path) -> None:
    here = {"ADVISOR_HOME": str(place)}
    advisor("ask", "what does a nurse earn", **here)
    # The second one was asked when no guide had an answer; today one has.
    store = open_gaps(Settings.model_construct(advisor_home=place))
    slots = {
        "roles": ["machine-learning-engineer"],
        "levels": ["senior"],
        "years": None,
        "markets": ["CA"],
        "topics": [],
    }
    store.keep(GapKind.UNANSWERED, "and the pay there?", slots, "no figure", "old")

    done = advisor("gaps", "--retry", **here).stdout
    assert "1 of 2 gaps closed, 1 still open" in done
    assert [gap.text for gap in store.open()] == ["what does a nurse earn"]


def test_no_gap_is_kept_where_the_operator_keeps_none(advisor: Run, place: Path) -> None:
    here = {"ADVISOR_HOME": str(place)}
    advisor("ask", "what does a nurse earn", KEEP_GAPS="false", **here)

    assert "No open gaps" in advisor("gaps", **here).stdout


def test_questions_are_answered_without_a_database(advisor: Run) -> None:
    done = advisor("ask", "senior CV engineer pay in the US", DATABASE_URL="postgresql://127.0.0.1:1/nothing")

    assert "$220,000–$310,000" in done.stdout
    assert "DATABASE_URL" in done.stderr
