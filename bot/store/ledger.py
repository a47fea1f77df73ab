"""The ledger of digests: each local date of each digest is claimed once, composed, posted and settled, or left out.

A date is claimed for the length of a lease; whoever finds a lease that ended takes the date over. What is posted lies
in the outbox in the same transaction; what became of it is settled in the transaction that marks the request.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from adapters.chats.platform import Part
from bot.store.database import ignoring, replacing
from bot.store.digest_tables import DELIVERIES, DIGESTS, SHOWN
from bot.store.digests import Digest, with_searches
from bot.store.tables import OUTBOX
from knowledge.subscription.schedule import LATE

# Composing takes milliseconds; whoever needs longer than this was killed.
LEASE = dt.timedelta(seconds=60)
# An opening is not shown again for so many days, unless it changed.
QUIET = dt.timedelta(days=30)


# Openings with their prints, as `{"opening": ..., "print": ...}`.
Items = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Claim:
    """One local date of a digest that is ours to compose."""

    delivery: int
    digest: Digest


def claim(connection: sa.Connection, now: dt.datetime, limit: int, platforms: Sequence[str]) -> tuple[list[Claim], int]:
    """Claim what is due on *platforms*, at most *limit* digests; return the claims, and how many were left out as late.

    Rows that another worker is claiming are passed over (PostgreSQL; in SQLite one transaction writes at a time).
    """
    served = sa.or_(sa.false(), *(DIGESTS.c.target.startswith(f"{name}:") for name in platforms))
    due = sa.select(DIGESTS).where(DIGESTS.c.state == "active", DIGESTS.c.next_due <= now, ~_held(now), served)
    rows = connection.execute(
        due.order_by(DIGESTS.c.next_due).limit(limit).with_for_update(skip_locked=True)
    ).mappings()
    digests = with_searches(connection, rows.all())
    late = [digest for digest in digests if now - digest.due.moment > LATE]
    on_time = [digest for digest in digests if digest not in late]
    _enter(connection, late, "late", now)
    entered = _enter(connection, on_time, "claimed", now)
    for digest in digests:
        if digest.id not in entered:
            _advance(connection, digest, now)
    return [Claim(entered[digest.id], digest) for digest in on_time if digest.id in entered], len(late)


def _held(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Tell whether somebody is composing the date that is due."""
    same = sa.and_(DELIVERIES.c.digest == DIGESTS.c.id, DELIVERIES.c.local_date == DIGESTS.c.next_date)
    return sa.exists().where(same, DELIVERIES.c.state == "claimed", DELIVERIES.c.lease > now)


def _enter(connection: sa.Connection, digests: Sequence[Digest], state: str, now: dt.datetime) -> dict[int, int]:
    """Enter the dates of *digests*; return their numbers by digest, without those that were done already."""
    if not digests:
        return {}
    same = {"state": state, "lease": now + LEASE, "items": []}
    rows = [same | {"digest": one.id, "local_date": one.due.date, "due": one.due.moment} for one in digests]
    connection.execute(ignoring(connection.dialect.name, DELIVERIES, rows, ["digest", "local_date"]))
    dates = [(one.id, one.due.date) for one in digests]
    here = sa.tuple_(DELIVERIES.c.digest, DELIVERIES.c.local_date).in_(dates)
    taken_over = sa.update(DELIVERIES).where(here, DELIVERIES.c.state == "claimed")
    connection.execute(taken_over.values(state=state, lease=now + LEASE))
    found = connection.execute(sa.select(DELIVERIES).where(here, DELIVERIES.c.state == state)).mappings()
    return {row["digest"]: row["id"] for row in found}


def _advance(connection: sa.Connection, digest: Digest, now: dt.datetime, **changes: Any) -> None:  # noqa: ANN401
    due = digest.after(max(now, digest.due.moment))
    values = {"next_due": due.moment, "next_date": due.date, "paused_until": None} | changes
    connection.execute(sa.update(DIGESTS).where(DIGESTS.c.id == digest.id).values(**values))


def post(
    connection: sa.Connection,
    claimed: Claim,
    parts: Sequence[Part],
    items: Sequence[Mapping[str, str]],
    now: dt.datetime,
) -> bool:
    """Put a digest on its way, and say when it is due next; False where the claim was taken over meanwhile.

    Without *items* it is no news but a word about there being none: the empty days go on being counted.
    """
    if not _done(connection, claimed, "posted", now, items):
        return False
    row = {"conversation": claimed.digest.target, "state": "waiting", "repeats": 0, "message": "", "made_at": now}
    row |= {"delivery": claimed.delivery}
    connection.execute(sa.insert(OUTBOX), [row | {"body": part.body, "content": part.content} for part in parts])
    _advance(connection, claimed.digest, now, empty_days=0 if items else claimed.digest.empty_days + 1)
    return True


def leave_empty(connection: sa.Connection, claimed: Claim, now: dt.datetime) -> bool:
    """Send nothing on a date that brought nothing new."""
    if not _done(connection, claimed, "empty", now, ()):
        return False
    _advance(connection, claimed.digest, now, empty_days=claimed.digest.empty_days + 1)
    return True


def _done(connection: sa.Connection, claimed: Claim, state: str, now: dt.datetime, items: Items) -> bool:
    ours = sa.and_(DELIVERIES.c.id == claimed.delivery, DELIVERIES.c.state == "claimed")
    change = sa.update(DELIVERIES).where(ours).values(state=state, done=now, items=[*items], lease=None)
    return bool(connection.execute(change).rowcount)


def settle(connection: sa.Connection, delivery: int, state: str, now: dt.datetime) -> None:
    """Say what became of a digest that was posted: sent, unknown (it may have arrived), failed or gone."""
    here = DELIVERIES.c.id == delivery
    row = connection.execute(sa.select(DELIVERIES).where(here)).mappings().one_or_none()
    if row is None:
        return
    connection.execute(sa.update(DELIVERIES).where(here).values(state=state, done=now))
    if state in {"sent", "unknown"} and row["items"]:
        rows = [{"digest": row["digest"], "at": now, **item} for item in row["items"]]
        told = replacing(connection.dialect.name, SHOWN, rows, ["digest", "opening"], ["print", "at"])
        connection.execute(told)


def close(connection: sa.Connection, target: str) -> None:
    """Send nothing more to a chat that is closed to us; whoever comes back is asked, not sent to."""
    gone = {"state": "gone", "reason": "the chat is closed to us"}
    connection.execute(sa.update(DIGESTS).where(DIGESTS.c.target == target).values(**gone))


def shown(connection: sa.Connection, digests: Iterable[int], now: dt.datetime) -> dict[int, dict[str, str]]:
    """Return what *digests* have shown lately: by digest the prints of openings by their names."""
    found: dict[int, dict[str, str]] = {name: {} for name in digests}
    query = sa.select(SHOWN).where(SHOWN.c.digest.in_([*found]), SHOWN.c.at >= now - QUIET)
    for row in connection.execute(query) if found else ():
        found[row.digest][row.opening] = row.print
    # What is on its way counts as shown.
    posted = sa.select(DELIVERIES).where(DELIVERIES.c.state == "posted", DELIVERIES.c.digest.in_([*found]))
    for delivery in connection.execute(posted).mappings() if found else ():
        found[delivery["digest"]] |= {item["opening"]: item["print"] for item in delivery["items"]}
    return found


def counts(connection: sa.Connection) -> dict[str, int]:
    """Return how many dates of digests have come to each state."""
    query = sa.select(DELIVERIES.c.state, sa.func.count()).group_by(DELIVERIES.c.state)
    return {state: int(number) for state, number in connection.execute(query)}
