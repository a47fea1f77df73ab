"""Requests of digests in the outbox: sent by any process under a lease, called back, given up when too late.

Rows are locked in one order everywhere, so that processes wait for each other and never in a ring: the digest, its
deliveries, its requests.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from bot.store import chats, mail, outcomes
from bot.store.digest_tables import DELIVERIES, DIGESTS
from bot.store.mail import MOST_REPEATS, Letter, Sending, letters_of
from bot.store.tables import OUTBOX
from knowledge.subscription.schedule import LATE

# So long a request is left to the process that is sending it; whoever needs longer was killed.
SENDS = dt.timedelta(seconds=60)
# Requests given up in one statement.
AT_ONCE = 1000
_OPEN = outcomes.OPEN_REQUESTS


class Taken(NamedTuple):
    """A request that is ours until `lease`; `again` says that it may have arrived already."""

    lease: dt.datetime
    again: bool


def ready(connection: sa.Connection, platform: str, now: dt.datetime, limit: int) -> list[str]:
    """Return conversations of *platform* for which a digest is on its way that may be sent, the oldest first."""
    busy = OUTBOX.alias("busy")
    held = sa.exists().where(busy.c.conversation == OUTBOX.c.conversation, *_open(busy), busy.c.lease > now)
    here = sa.and_(*_open(OUTBOX), OUTBOX.c.conversation.startswith(f"{platform}:"), ~held)
    query = sa.select(OUTBOX.c.conversation).where(here).group_by(OUTBOX.c.conversation)
    return list(connection.scalars(query.order_by(sa.func.min(OUTBOX.c.id)).limit(limit)))


def _open(table: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what the index of open requests of digests is made for."""
    # Written out: with parameters SQLite does not see that the index fits.
    states: list[sa.ColumnElement[str]] = [sa.literal_column(f"'{state}'") for state in _OPEN]
    return table.c.delivery.is_not(None), table.c.state.in_(states)


def of(connection: sa.Connection, conversation: str) -> list[Letter]:
    """Return the requests of digests for *conversation*, in order."""
    return letters_of(connection, sa.and_(*_open(OUTBOX), OUTBOX.c.conversation == conversation))


def begin(connection: sa.Connection, letter: int, now: dt.datetime) -> Taken | None:
    """Take a request for the length of a lease; None where somebody else has it, or it is given up."""
    free = sa.or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease <= now)
    here = sa.select(OUTBOX).where(OUTBOX.c.id == letter, OUTBOX.c.state.in_(_OPEN), free)
    row = connection.execute(here.with_for_update()).mappings().first()
    if row is None:
        return None
    again = row["state"] == Sending.SENDING
    taken = Taken(now + SENDS, again)
    if again and row["repeats"] >= MOST_REPEATS:
        _become(connection, letter, row["lease"], Sending.UNKNOWN)
        outcomes.settle(connection, [row["delivery"]], now)
        return None
    values = {"state": Sending.SENDING, "lease": taken.lease, "repeats": row["repeats"] + again}
    connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == letter).values(**values))
    return taken


def end(
    connection: sa.Connection, letter: Letter, taken: Taken, state: Sending, now: dt.datetime, message: str = ""
) -> None:
    """Say what became of a request; one that was called back or taken over meanwhile is no longer ours to speak of."""
    _lock(connection, [letter.delivery or 0])
    _become(connection, letter.id, taken.lease, state, message=message)
    outcomes.settle(connection, [letter.delivery or 0], now)


def wait(connection: sa.Connection, letter: int, taken: Taken, until: dt.datetime) -> None:
    """Leave a request that was surely not sent for later."""
    _become(connection, letter, taken.lease, Sending.WAITING, lease=until)


def _become(
    connection: sa.Connection,
    letter: int,
    ours: dt.datetime | None,
    state: Sending,
    *,
    message: str = "",
    lease: dt.datetime | None = None,
) -> None:
    here = sa.and_(OUTBOX.c.id == letter, OUTBOX.c.state == Sending.SENDING, OUTBOX.c.lease == ours)
    connection.execute(sa.update(OUTBOX).where(here).values(state=state, message=message, lease=lease))


def call_back(connection: sa.Connection, conversations: Iterable[str], now: dt.datetime) -> None:
    """Give up the digests on their way to *conversations*: who stops them gets none that was made before."""
    _give_up(connection, OUTBOX.c.conversation.in_([*conversations]), now)


def close_chat(connection: sa.Connection, conversation: str, now: dt.datetime) -> None:
    """Give up everything that waits for a chat that is closed to us, and send it no digest any more."""
    call_back(connection, [conversation], now)
    mail.give_up(connection, conversation)
    chats.close_chat(connection, conversation)
    outcomes.close(connection, conversation)


def give_up_late(connection: sa.Connection, platform: str, now: dt.datetime) -> int:
    """Give up what could not be sent on *platform* for so long that it is news no more; return how many requests.

    At most so many at once that a database takes their names.
    """
    free = sa.or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease <= now)
    old = sa.and_(OUTBOX.c.conversation.startswith(f"{platform}:"), OUTBOX.c.made_at < now - LATE, free)
    return _give_up(connection, old, now, "late")


def _give_up(connection: sa.Connection, which: sa.ColumnElement[bool], now: dt.datetime, gone: str = "gone") -> int:
    """Give up requests; one that was on the wire may have arrived."""
    query = sa.select(OUTBOX.c.id, OUTBOX.c.delivery).where(*_open(OUTBOX), which)
    found = connection.execute(query.limit(AT_ONCE)).all()
    if not found:
        return 0
    deliveries = sorted({row.delivery for row in found})
    _lock(connection, deliveries)
    change = sa.update(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in found]), *_open(OUTBOX), which)
    state = sa.case((OUTBOX.c.state == Sending.SENDING, Sending.UNKNOWN.value), else_=Sending.GONE.value)
    connection.execute(change.values(state=state, lease=None))
    outcomes.settle(connection, deliveries, now, gone)
    return len(found)


def _lock(connection: sa.Connection, deliveries: Iterable[int]) -> None:
    """Lock the digests of *deliveries*, in order (PostgreSQL; in SQLite one transaction writes at a time)."""
    of_them = sa.select(DELIVERIES.c.digest).where(DELIVERIES.c.id.in_([*deliveries]))
    locked = sa.select(DIGESTS.c.id).where(DIGESTS.c.id.in_(of_them)).order_by(DIGESTS.c.id).with_for_update()
    connection.execute(locked).all()


def sent_again(connection: sa.Connection, since: dt.datetime) -> int:
    """Return how many digests were sent again though they may have arrived: doubled at most."""
    again = sa.and_(OUTBOX.c.delivery.is_not(None), OUTBOX.c.repeats > 0, OUTBOX.c.state == Sending.SENT)
    query = sa.select(sa.func.count(OUTBOX.c.delivery.distinct())).where(again, OUTBOX.c.made_at >= since)
    return int(connection.scalar(query) or 0)
