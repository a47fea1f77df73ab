"""Requests of digests on both databases: who sends what, who stops whom, and what becomes of a date."""

import datetime as dt

import pytest
import sqlalchemy as sa

from adapters.chats.platform import Part
from bot.store import alerts, changes, digests, ledger, letters, outcomes, people
from bot.store.changes import Change
from bot.store.digests import Digest
from bot.store.ledger import Outcome
from bot.store.letters import SENDS
from bot.store.mail import Sending
from tests.bot.test_ledger import CHATS, DAYS, DUE, NOW, WISH, planned

TARGET = "telegram:7:"
ITEMS = [{"opening": "o1", "print": "p"}]
SOON = dt.timedelta(seconds=1)


def posted(connection: sa.Connection, parts: int = 1) -> Digest:
    """Put a digest of so many requests on its way."""
    digest = planned(connection)
    (claim,), _ = ledger.claim(connection, DUE, 10, CHATS)
    outcome = Outcome(claim, [Part({"text": str(n)}) for n in range(parts)], ITEMS)
    assert ledger.finish(connection, [outcome], DUE)
    return digest


def states(connection: sa.Connection) -> dict[str, int]:
    return outcomes.counts(connection)


def test_one_process_sends_a_request_and_another_takes_it_over_when_its_lease_ends(connection: sa.Connection) -> None:
    posted(connection, parts=2)
    first, second = letters.of(connection, TARGET)

    assert letters.ready(connection, "telegram", DUE, 10) == [TARGET]
    assert letters.ready(connection, "slack", DUE, 10) == []
    slow = letters.begin(connection, first.id, DUE)
    assert slow == (DUE + SENDS, False)
    assert letters.begin(connection, first.id, DUE) is None
    # While the first is sent by somebody, the second is nobody's.
    assert letters.ready(connection, "telegram", DUE, 10) == []
    late = DUE + SENDS + SOON
    assert letters.ready(connection, "telegram", late, 10) == [TARGET]
    taken = letters.begin(connection, first.id, late)
    assert taken == (late + SENDS, True)
    # Who was slow has nothing to say any more.
    letters.wait(connection, first.id, slow, late)
    assert letters.begin(connection, first.id, late) is None
    letters.end(connection, first, taken, Sending.SENT, late)
    assert states(connection) == {"posted": 1}
    taken = letters.begin(connection, second.id, late)
    assert taken
    letters.end(connection, second, taken, Sending.SENT, late)
    assert states(connection) == {"sent": 1}
    assert letters.sent_again(connection, DUE) == 1


@pytest.mark.parametrize(
    "ends, state, shown",
    [
        ((Sending.SENT, Sending.SENT), "sent", True),
        ((Sending.SENT, Sending.UNKNOWN), "unknown", True),
        ((Sending.UNKNOWN, Sending.SENT), "unknown", True),
        ((Sending.FAILED, Sending.SENT), "failed", True),
        ((Sending.FAILED, Sending.FAILED), "failed", False),
    ],
)
def test_a_date_is_settled_by_all_of_its_requests(
    ends: tuple[Sending, ...], state: str, shown: bool, connection: sa.Connection
) -> None:
    digest = posted(connection, parts=2)

    for letter, outcome in zip(letters.of(connection, TARGET), ends, strict=True):
        taken = letters.begin(connection, letter.id, DUE)
        assert taken
        letters.end(connection, letter, taken, outcome, DUE)

    assert states(connection) == {state: 1}
    assert bool(outcomes.shown(connection, [digest.id], DUE)[digest.id]) is shown


@pytest.mark.parametrize("how", ["stop", "pause", "until", "forget"])
def test_who_stops_gets_nothing_that_was_made_before(how: str, connection: sa.Connection) -> None:
    posted(connection, parts=2)
    first, _ = letters.of(connection, TARGET)
    # A process was killed over it.
    taken = letters.begin(connection, first.id, DUE)
    assert taken

    change = {
        "stop": Change(TARGET, "telegram:7", removed=True),
        "pause": Change(TARGET, "telegram:7", state="paused"),
        "until": Change(TARGET, "telegram:7", state="active", until=DUE.date() + dt.timedelta(days=7)),
    }
    if how == "forget":
        people.forget(connection, "telegram:7", [TARGET])
    else:
        changes.apply(connection, change[how], DUE)

    assert letters.of(connection, TARGET) == []
    assert letters.ready(connection, "telegram", DUE + SENDS + SOON, 10) == []
    # The request comes back from the wire: it is not sent again.
    letters.wait(connection, first.id, taken, DUE)
    assert letters.of(connection, TARGET) == []


@pytest.mark.parametrize("state, days", [("paused", 0), ("active", 7)])
def test_who_pauses_while_it_is_composed_gets_nothing(state: str, days: int, connection: sa.Connection) -> None:
    planned(connection)
    (claim,), _ = ledger.claim(connection, DUE, 10, CHATS)
    until = DUE.date() + dt.timedelta(days) if days else None
    changes.apply(connection, Change(TARGET, "telegram:7", state=state, until=until), DUE)

    assert ledger.finish(connection, [Outcome(claim, [Part({"text": "hi"})], ITEMS)], DUE) == set()

    assert letters.of(connection, TARGET) == []
    assert states(connection) == {"gone": 1}


def test_who_changes_a_digest_while_it_is_due_still_gets_it(connection: sa.Connection) -> None:
    planned(connection)

    changes.apply(connection, Change(TARGET, "telegram:7", most=5), DUE + SOON)

    (claim,), _ = ledger.claim(connection, DUE + SOON, 10, CHATS)
    assert (claim.digest.due.date, claim.digest.most) == (DUE.date(), 5)
    ledger.finish(connection, [Outcome(claim)], DUE + SOON)
    # Today had its digest: another hour is for tomorrow, and said so.
    changes.apply(connection, Change(TARGET, "telegram:7", at=dt.time(18)), DUE + SOON)
    found = digests.find(connection, TARGET)
    assert found
    assert found.due.date == DUE.date() + dt.timedelta(days=1)


def test_a_change_of_something_else_ends_no_pause(connection: sa.Connection) -> None:
    until = DUE.date() + dt.timedelta(days=7)
    planned(connection, until=until)

    changes.apply(connection, Change(TARGET, "telegram:7", without=("mode:hybrid",)), DUE)

    found = digests.find(connection, TARGET)
    assert found
    assert (found.paused_until, found.due.date >= until) == (until, True)


@pytest.mark.parametrize("on_the_wire", [False, True])
def test_what_cannot_be_sent_for_six_hours_is_news_no_more(on_the_wire: bool, connection: sa.Connection) -> None:
    digest = posted(connection, parts=2)
    first, _ = letters.of(connection, TARGET)
    made = first.made_at
    if on_the_wire:
        letters.begin(connection, first.id, made)

    assert letters.give_up_late(connection, "telegram", made + dt.timedelta(hours=5)) == 0
    assert letters.give_up_late(connection, "slack", made + dt.timedelta(hours=7)) == 0
    assert letters.give_up_late(connection, "telegram", made + dt.timedelta(hours=7)) == 2

    assert letters.of(connection, TARGET) == []
    assert states(connection) == {"unknown" if on_the_wire else "late": 1}
    # What may have arrived does not come again.
    assert bool(outcomes.shown(connection, [digest.id], made)[digest.id]) is on_the_wire


def test_alerts_of_a_day_are_numbered_and_wait_for_a_digest_that_is_due(connection: sa.Connection) -> None:
    planned(connection, added=(changes.Wanted("mle", WISH, DAYS, at_once=True),), quiet="")
    found = digests.find(connection, TARGET)
    assert found

    assert alerts.due(connection, NOW, 10, ["slack"]) == []
    (digest,) = alerts.due(connection, NOW, 10, CHATS)
    made = alerts.Alert(digest, NOW.date(), 1, NOW + dt.timedelta(minutes=10), [Part({"text": "new"})], ITEMS)
    assert alerts.write(connection, [made], NOW) == [made]
    # Another process composed the same.
    assert alerts.write(connection, [made], NOW) == []
    assert alerts.sent_on(connection, {digest.id: NOW.date()}) == {digest.id: 1}
    assert alerts.due(connection, NOW, 10, CHATS) == []
    assert len(alerts.due(connection, NOW + dt.timedelta(minutes=11), 10, CHATS)) == 1
    assert alerts.due(connection, DUE, 10, CHATS) == []
    assert outcomes.overdue(connection, DUE, CHATS) == 1
    assert outcomes.overdue(connection, DUE, ["slack"]) == 0
