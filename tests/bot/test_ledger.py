"""The ledger of digests on both databases: one entry per digest and local date, whoever claims, whoever is killed."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from adapters.chats.platform import Address, Part
from bot.store import changes, digests, ledger, letters, mail, outcomes, people
from bot.store.changes import Change, Wanted
from bot.store.digest_tables import DELIVERIES, DIGESTS
from bot.store.digests import Digest
from bot.store.ledger import Outcome
from knowledge.levels import Level
from knowledge.listing.wish import PayFloor, Wish

NOW = dt.datetime(2026, 11, 23, 7, 30, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
DAYS = frozenset(range(1, 6))
WISH = Wish(
    roles=("machine-learning-engineer",), levels=(Level.SENIOR,), min_pay=PayFloor(180_000, "USD", "year", False)
)
CHATS = ["telegram"]


def planned(connection: sa.Connection, chat: int = 7, **more: object) -> Digest:
    """Set up a digest at nine o'clock in Berlin on weekdays."""
    target = f"telegram:{chat}:"
    fields = {"at": dt.time(9), "zone": "Europe/Berlin", "added": (Wanted("mle", WISH, DAYS),)} | more
    changes.apply(connection, Change(target, f"telegram:{chat}", **fields), NOW)  # type: ignore[arg-type]
    found = digests.find(connection, target)
    assert found
    return found


def test_what_is_set_up_is_read_back_and_due_on_the_persons_clock(connection: sa.Connection) -> None:
    digest = planned(connection)

    assert (digest.due.moment, digest.due.date) == (DUE, dt.date(2026, 11, 23))
    assert (digest.searches[0].wish, digest.searches[0].weekdays) == (WISH, DAYS)
    # An equal wish takes the place of the one before, and a pause moves the next moment.
    again = planned(connection, added=(Wanted("other words", WISH, frozenset({1})),), until=dt.date(2026, 12, 1))
    assert [one.text for one in again.searches] == ["other words"]
    assert again.due.date == dt.date(2026, 12, 7)


def test_a_date_is_claimed_once_and_taken_over_when_its_lease_ends(connection: sa.Connection) -> None:
    planned(connection)

    assert ledger.claim(connection, NOW, 10, CHATS) == ([], 0)
    assert ledger.claim(connection, DUE, 10, ["slack"]) == ([], 0)
    (first,), _ = ledger.claim(connection, DUE, 10, CHATS)
    assert ledger.claim(connection, DUE, 10, CHATS) == ([], 0)
    after = DUE + ledger.LEASE + dt.timedelta(seconds=1)
    (second,), _ = ledger.claim(connection, after, 10, CHATS)
    assert second.delivery == first.delivery
    items = [{"opening": "o1", "print": "p"}]
    posted = Outcome(second, [Part({"text": "hi"})], items)
    assert ledger.finish(connection, [posted], after) == {second.delivery}
    # Whoever was too slow posts nothing.
    assert ledger.finish(connection, [replace(posted, claim=first), Outcome(first)], after) == set()
    (letter,) = letters.of(connection, "telegram:7:")
    assert letter.delivery == first.delivery
    found = digests.find(connection, "telegram:7:")
    assert found
    assert found.due.date == dt.date(2026, 11, 24)
    # The clock is set back: the date is done.
    connection.execute(sa.update(DIGESTS).values(next_due=DUE, next_date=dt.date(2026, 11, 23)))
    assert ledger.claim(connection, after, 10, CHATS) == ([], 0)


@pytest.mark.parametrize("hours, late", [(5, 0), (7, 1)])
def test_after_an_outage_it_is_sent_within_six_hours(hours: int, late: int, connection: sa.Connection) -> None:
    planned(connection)

    claims, left_out = ledger.claim(connection, DUE + dt.timedelta(hours=hours), 10, CHATS)

    assert (len(claims), left_out) == (1 - late, late)
    assert ledger.claim(connection, DUE + dt.timedelta(hours=hours), 10, CHATS) == ([], 0)
    assert outcomes.counts(connection) == ({"late": 1} if late else {"claimed": 1})


def test_after_two_days_away_the_last_date_is_sent_if_it_is_not_too_late(connection: sa.Connection) -> None:
    planned(connection)

    later = DUE + dt.timedelta(days=2, hours=1)
    assert ledger.claim(connection, later, 10, CHATS) == ([], 1)
    (claim,), _ = ledger.claim(connection, later, 10, CHATS)

    assert claim.digest.due.date == dt.date(2026, 11, 25)
    assert ledger.claim(connection, later, 10, CHATS) == ([], 0)


@pytest.mark.parametrize(
    "state, shown", [("sent", {"o1": "p"}), ("unknown", {"o1": "p"}), ("failed", {}), ("gone", {})]
)
def test_what_was_shown_is_remembered_for_a_month(state: str, shown: dict[str, str], connection: sa.Connection) -> None:
    digest = planned(connection)
    (claim,), _ = ledger.claim(connection, DUE, 10, CHATS)
    posted = Outcome(claim, [Part({"text": "hi"})], [{"opening": "o1", "print": "p"}])
    ledger.finish(connection, [posted], DUE)

    assert outcomes.shown(connection, [digest.id], DUE) == {digest.id: {"o1": "p"}}
    (letter,) = letters.of(connection, digest.target)
    if state == "gone":
        letters.call_back(connection, [digest.target], DUE)
    else:
        taken = letters.begin(connection, letter.id, DUE)
        assert taken
        letters.end(connection, letter, taken, mail.Sending(state), DUE)
    assert outcomes.counts(connection) == {state: 1}

    assert outcomes.shown(connection, [digest.id], DUE) == {digest.id: shown}
    assert outcomes.shown(connection, [digest.id], DUE + dt.timedelta(days=31)) == {digest.id: {}}


def test_empty_days_are_counted_and_send_nothing(connection: sa.Connection) -> None:
    planned(connection)
    (claim,), _ = ledger.claim(connection, DUE, 10, CHATS)

    assert ledger.finish(connection, [Outcome(claim)], DUE)

    found = digests.find(connection, "telegram:7:")
    assert found
    assert (found.empty_days, found.due.date) == (1, dt.date(2026, 11, 24))
    assert letters.of(connection, "telegram:7:") == []


def test_a_chat_that_closed_moved_or_was_forgotten(connection: sa.Connection) -> None:
    planned(connection)
    planned(connection, 8)
    planned(connection, 9)

    outcomes.close(connection, "telegram:7:")
    mail.move(connection, Address("telegram", "8"), "-80")
    people.forget(connection, "telegram:9", ["telegram:9:"])

    left = {digest.target: digest.state for digest in digests.every(connection)}
    assert left == {"telegram:7:": "gone", "telegram:-80:": "active"}
    claims, _ = ledger.claim(connection, DUE, 10, CHATS)
    assert [claim.digest.target for claim in claims] == ["telegram:-80:"]
    assert connection.scalar(sa.select(sa.func.count()).select_from(DELIVERIES)) == 1
