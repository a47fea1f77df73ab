"""Requests of digests in the outbox: sent by any process under a lease, called back, given up when too late.

Rows are locked in one order everywhere, so that processes wait for each other and never in a ring: the digest, its
deliveries, its requests.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import sqlalchemy as sa

from bot.store import ledger
from bot.store.digest_tables import DELIVERIES, DIGESTS
from bot.store.mail import Letter, Sending, letters_of
from bot.store.tables import OUTBOX
from knowledge.subscription.schedule import LATE

# So long a request is left to the process that is sending it; whoever needs longer was killed.
SENDS = dt.timedelta(seconds=60)
# A request that several processes in a row were killed over is given up.
MOST_REPEATS = 2
_OPEN = ledger.OPEN_REQUESTS


class Begun(StrEnum):
    """Whether a request may be sent now: for the first time, again though it may have arrived, or not by us."""

    FIRST = "first"
    AGAIN = "again"
    NOT = "not"


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


def begin(connection: sa.Connection, letter: int, now: dt.datetime) -> Begun:
    """Take a request for the length of a lease, if nobody else has it."""
    free = sa.or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease <= now)
    here = sa.select(OUTBOX).where(OUTBOX.c.id == letter, OUTBOX.c.state.in_(_OPEN), free)
    row = connection.execute(here.with_for_update()).mappings().first()
    if row is None:
        return Begun.NOT
    again = row["state"] == Sending.SENDING
    if again and row["repeats"] >= MOST_REPEATS:
        _end(connection, letter, row["delivery"], Sending.UNKNOWN, now)
        return Begun.NOT
    values = {"state": Sending.SENDING, "lease": now + SENDS, "repeats": row["repeats"] + again}
    connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == letter).values(**values))
    return Begun.AGAIN if again else Begun.FIRST


def end(connection: sa.Connection, letter: Letter, state: Sending, now: dt.datetime, message: str = "") -> None:
    """Say what became of a request; one that was called back meanwhile stays so."""
    _lock(connection, [letter.delivery or 0])
    _end(connection, letter.id, letter.delivery or 0, state, now, message)


def _end(
    connection: sa.Connection, letter: int, delivery: int, state: Sending, now: dt.datetime, message: str = ""
) -> None:
    here = sa.and_(OUTBOX.c.id == letter, OUTBOX.c.state == Sending.SENDING)
    connection.execute(sa.update(OUTBOX).where(here).values(state=state, message=message, lease=None))
    ledger.settle(connection, [delivery], now)


def wait(connection: sa.Connection, letter: int, until: dt.datetime) -> None:
    """Leave a request that was surely not sent for later."""
    here = sa.and_(OUTBOX.c.id == letter, OUTBOX.c.state == Sending.SENDING)
    connection.execute(sa.update(OUTBOX).where(here).values(state=Sending.WAITING, lease=until))


def call_back(connection: sa.Connection, conversations: Iterable[str], now: dt.datetime) -> None:
    """Give up the digests on their way to *conversations*: who stops them gets none that was made before."""
    _give_up(connection, OUTBOX.c.conversation.in_([*conversations]), now)


def give_up_late(connection: sa.Connection, now: dt.datetime) -> int:
    """Give up what could not be sent for so long that it is news no more; return how many requests."""
    free = sa.or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease <= now)
    return _give_up(connection, sa.and_(OUTBOX.c.made_at < now - LATE, free), now, "late")


def _give_up(connection: sa.Connection, which: sa.ColumnElement[bool], now: dt.datetime, as_state: str = "gone") -> int:
    query = sa.select(OUTBOX.c.id, OUTBOX.c.delivery).where(*_open(OUTBOX), which)
    found = connection.execute(query).all()
    if not found:
        return 0
    deliveries = sorted({row.delivery for row in found})
    _lock(connection, deliveries)
    gone = sa.update(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in found]), OUTBOX.c.state.in_(_OPEN))
    connection.execute(gone.values(state=Sending.GONE, lease=None))
    ledger.settle(connection, deliveries, now, as_state)
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
