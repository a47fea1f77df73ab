"""The mail of chats on both databases: taken once, kept in order, moved, forgotten."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.chats.platform import Address, Broken, Inbound, InboundKind, Part
from bot.store import mail, people
from bot.store.database import open_database
from bot.store.mail import Sending
from bot.store.people import RESET, PastTurn
from bot.store.tables import INBOX, METADATA, OUTBOX, PEOPLE, TURNS

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HERE = Address("telegram", "7")
ADA = "telegram:1"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database of each kind, emptied afterwards."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    opened = open_database(url, tmp_path / "advisor.db")
    yield opened
    with opened.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(sa.delete(table))
    opened.dispose()


def event(name: str, text: str = "hello", address: Address = HERE) -> Inbound:
    return Inbound(InboundKind.TEXT, name, address, ADA, NOW, text, message="3")


def turn(token: str, text: str, kind: str = "answer") -> PastTurn:
    return PastTurn(token, "3", text, kind, ("What does it pay?",))


def test_an_event_is_taken_once_and_read_as_it_came(engine: sa.Engine) -> None:
    first, second = event("1"), event("2", "naïve 😀 <b>")
    with engine.begin() as connection:
        mail.take(connection, [first, second], NOW)
        mail.take(connection, [second, first, event("3")], NOW)
        assert [inbound for _, inbound in mail.waiting(connection, HERE.key)] == [first, second, event("3")]
        (number, _), *_ = mail.waiting(connection, HERE.key)
        mail.done(connection, [number])
        mail.take(connection, [first], NOW)
        assert len(mail.waiting(connection, HERE.key)) == 2


def test_what_is_unfinished_is_found_again(engine: sa.Engine) -> None:
    other = Address("telegram", "8", "5")
    with engine.begin() as connection:
        mail.take(connection, [event("1", address=other)], NOW)
        mail.post(connection, HERE.key, [Part({"text": "one"}), Part({"text": "two"}, b"\x00png")], NOW)
        assert mail.unfinished(connection) == [HERE.key, other.key]
        first, second = mail.outgoing(connection, HERE.key)
        assert (second.part.body, second.part.content) == ({"text": "two"}, b"\x00png")
        mail.mark(connection, first.id, Sending.SENDING)
        mail.mark(connection, second.id, Sending.SENT, message="9")
        (left,) = mail.outgoing(connection, HERE.key)
        assert (left.id, left.state) == (first.id, Sending.SENDING)


def test_a_broken_event_is_kept_with_its_reason(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        mail.set_aside(connection, Broken("telegram", "1", {"message": None}, "KeyError: 'date'"), NOW)
        row = connection.execute(sa.select(INBOX)).one()
        assert (row.state, row.reason, row.body) == ("dead", "KeyError: 'date'", {"message": None})
        assert mail.unfinished(connection) == []


def test_a_chat_that_moved_takes_everything_with_it(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        mail.take(connection, [event("1")], NOW)
        mail.post(connection, HERE.key, [Part({"text": "one"})], NOW)
        people.keep_turns(connection, [(HERE.key, ADA, turn("t1", "hi"))], NOW)
        moved = mail.move(connection, HERE, "-200")
        assert moved == Address("telegram", "-200")
        assert [inbound.address for _, inbound in mail.waiting(connection, moved.key)] == [moved]
        assert len(mail.outgoing(connection, moved.key)) == 1
        assert people.past(connection, moved.key, ADA) == (turn("t1", "hi"),)
        assert not mail.outgoing(connection, HERE.key)


def test_turns_go_back_to_the_last_reset_and_belong_to_their_chat(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for token, kind in (("a", "answer"), ("b", RESET), ("c", "answer"), ("d", "clarify")):
            people.keep_turns(connection, [(HERE.key, ADA, turn(token, token, kind))], NOW)
        assert [one.token for one in people.past(connection, HERE.key, ADA)] == ["c", "d"]
        assert people.past(connection, HERE.key, "telegram:2") == ()
        assert people.turn(connection, "c", HERE.key, ADA) == turn("c", "c")
        assert people.turn(connection, "c", "telegram:8:", "telegram:8") is None


def test_everything_of_a_person_is_deleted_and_nothing_of_others(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        mail.take(connection, [event("1")], NOW)
        mail.done(connection, [number for number, _ in mail.waiting(connection, HERE.key)])
        mail.post(connection, HERE.key, [Part({"text": "one"})], NOW)
        mail.mark(connection, mail.outgoing(connection, HERE.key)[0].id, Sending.SENT)
        for person in (ADA, "telegram:2"):
            people.keep_turns(connection, [("telegram:-1:", person, turn(person, "hi"))], NOW)
            people.tell(connection, person, "senior", NOW)
        people.tell(connection, ADA, "staff", NOW)
        assert people.profile(connection, ADA) == "staff"
        people.forget(connection, ADA, [HERE.key])
        assert people.everything_of(connection, ADA) == {
            "person": ADA,
            "profile": "",
            "zone": "",
            "language": "",
            "searches": [],
            "channels": [],
            "saved_posts": [],
            "conversation": [],
        }
        assert people.everything_of(connection, "telegram:2")["profile"] == "senior"
        assert [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() for table in (INBOX, OUTBOX)
        ] == [0, 0]
        assert [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() for table in (TURNS, PEOPLE)
        ] == [1, 1]


def test_what_is_old_and_finished_is_forgotten(engine: sa.Engine) -> None:
    later = NOW + dt.timedelta(days=40)
    with engine.begin() as connection:
        mail.take(connection, [event("1"), event("2")], NOW)
        (first, _), _ = mail.waiting(connection, HERE.key)
        mail.done(connection, [first])
        people.keep_turns(connection, [(HERE.key, ADA, turn("t1", "hi"))], NOW)
        mail.forget_old(connection, later - dt.timedelta(days=30))
        assert [inbound.event for _, inbound in mail.waiting(connection, HERE.key)] == ["2"]
        assert connection.execute(sa.select(sa.func.count()).select_from(INBOX)).scalar() == 1
        assert people.past(connection, HERE.key, ADA) == ()
