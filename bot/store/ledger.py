"""The ledger of digests: each local date of each digest is claimed once, composed, posted and settled, or left out.

A date is claimed for the length of a lease; whoever finds a lease that ended takes the date over. What is posted lies
in the outbox in the same transaction; what became of it is settled in the transaction that marks the request.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Part
from bot.store.database import ignoring
from bot.store.digest_tables import DELIVERIES, DIGESTS
from bot.store.digests import Digest, served, with_searches
from bot.store.outcomes import Items
from bot.store.tables import OUTBOX
from knowledge.subscription.schedule import LATE, Due

# Composing takes milliseconds; whoever needs longer than this was killed.
LEASE = dt.timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Claim:
    """One local date of a digest that is ours to compose."""

    delivery: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class Outcome:
    """What composing a claim came to: requests, none where nothing is sent, and the openings they show.

    Requests without openings are no news but a word about there being none: the empty days go on being counted.
    """

    claim: Claim
    parts: Sequence[Part] = ()
    items: Items = ()

    @property
    def state(self) -> str:
        """What becomes of the date."""
        return "posted" if self.parts else "empty"


def claim(
    connection: sa.Connection, now: dt.datetime, limit: int, platforms: Sequence[str], late: dt.timedelta = LATE
) -> tuple[list[Claim], int]:
    """Claim what is due on *platforms*, at most *limit* digests; return the claims, and how many were left out as late.

    Rows that another worker is claiming are passed over (PostgreSQL; in SQLite one transaction writes at a time).
    """
    due = sa.select(DIGESTS).where(DIGESTS.c.state == "active", DIGESTS.c.next_due <= now, served(platforms))
    due = due.where(~_held(now))
    rows = connection.execute(
        due.order_by(DIGESTS.c.next_due).limit(limit).with_for_update(skip_locked=True)
    ).mappings()
    digests = with_searches(connection, rows.all())
    too_late = [digest for digest in digests if now - digest.due.moment > late]
    on_time = [digest for digest in digests if digest not in too_late]
    _enter(connection, too_late, "late", now)
    entered = _enter(connection, on_time, "claimed", now)
    for digest in digests:
        if digest.id not in entered:
            _advance(connection, digest, now)
    return [Claim(entered[digest.id], digest) for digest in on_time if digest.id in entered], len(too_late)


def _held(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Tell whether somebody is composing the date that is due."""
    same = sa.and_(DELIVERIES.c.digest == DIGESTS.c.id, DELIVERIES.c.local_date == DIGESTS.c.next_date)
    same &= DELIVERIES.c.number == 0
    return sa.exists().where(same, DELIVERIES.c.state == "claimed", DELIVERIES.c.lease > now)


def _enter(connection: sa.Connection, digests: Sequence[Digest], state: str, now: dt.datetime) -> dict[int, int]:
    """Enter the dates of *digests*; return their numbers by digest, without those that were done already."""
    if not digests:
        return {}
    same = {"state": state, "lease": now + LEASE, "items": [], "number": 0}
    rows = [same | {"digest": one.id, "local_date": one.due.date, "due": one.due.moment} for one in digests]
    connection.execute(ignoring(connection.dialect.name, DELIVERIES, rows, ["digest", "local_date", "number"]))
    dates = [(one.id, one.due.date) for one in digests]
    here = sa.and_(sa.tuple_(DELIVERIES.c.digest, DELIVERIES.c.local_date).in_(dates), DELIVERIES.c.number == 0)
    taken_over = sa.update(DELIVERIES).where(here, DELIVERIES.c.state == "claimed")
    connection.execute(taken_over.values(state=state, lease=now + LEASE))
    found = connection.execute(sa.select(DELIVERIES).where(here, DELIVERIES.c.state == state)).mappings()
    return {row["digest"]: row["id"] for row in found}


def _next(digest: Digest, now: dt.datetime) -> Due:
    """Return when *digest* is due after the date it is due on now: the first that is not too late already."""
    return digest.after(max(digest.due.moment, now - LATE))


def _advance(connection: sa.Connection, digest: Digest, now: dt.datetime) -> None:
    due = _next(digest, now)
    values = {"next_due": due.moment, "next_date": due.date, "paused_until": None}
    connection.execute(sa.update(DIGESTS).where(DIGESTS.c.id == digest.id).values(**values))


def finish(connection: sa.Connection, outcomes: Sequence[Outcome], now: dt.datetime) -> set[int]:
    """Put digests on their way, or leave their dates empty, and say when they are due next.

    Returns the deliveries that were ours to finish: others were taken over and finished meanwhile.
    """
    active = _locked(connection, [outcome.claim.digest for outcome in outcomes])
    ids = [outcome.claim.delivery for outcome in outcomes]
    ours = sa.select(DELIVERIES.c.id).where(DELIVERIES.c.id.in_(ids), DELIVERIES.c.state == "claimed")
    found = set(connection.scalars(ours.with_for_update()))
    stopped = [one.claim.delivery for one in outcomes if one.claim.digest.id not in active]
    stopped = [name for name in stopped if name in found]
    if stopped:
        # Paused since it was claimed.
        connection.execute(sa.update(DELIVERIES).where(DELIVERIES.c.id.in_(stopped)).values(state="gone", done=now))
    finished = [one for one in outcomes if one.claim.delivery in found and one.claim.digest.id in active]
    if not finished:
        return set()
    done = [{"of": one.claim.delivery, "to": one.state, "shows": [*one.items]} for one in finished]
    change = sa.update(DELIVERIES).where(DELIVERIES.c.id == sa.bindparam("of"))
    change = change.values(state=sa.bindparam("to"), items=sa.bindparam("shows"), done=now, lease=None)
    connection.execute(change, done)
    requests_of(connection, ((one.claim.delivery, one.claim.digest.target, one.parts) for one in finished), now)
    connection.execute(_NEXT, [_due_next(one, now) for one in finished])
    return {one.claim.delivery for one in finished}


def _locked(connection: sa.Connection, digests: Iterable[Digest]) -> set[int]:
    """Lock *digests*, in order; return those that are still to be sent on the date they were claimed for."""
    dates = {digest.id: digest.due.date for digest in digests}
    query = sa.select(DIGESTS.c.id, DIGESTS.c.paused_until)
    query = query.where(DIGESTS.c.id.in_([*dates]), DIGESTS.c.state == "active")
    rows = connection.execute(query.order_by(DIGESTS.c.id).with_for_update())
    return {row.id for row in rows if row.paused_until is None or row.paused_until <= dates[row.id]}


def requests_of(
    connection: sa.Connection, deliveries: Iterable[tuple[int, str, Sequence[Part]]], now: dt.datetime
) -> None:
    """Put the requests of *deliveries* into the outbox, each with where they go."""
    # They age from now on, whatever moment they were composed for.
    made = max(now, dt.datetime.now(dt.UTC))
    same = {"state": "waiting", "repeats": 0, "message": "", "made_at": made}
    rows = [
        same | {"conversation": target, "delivery": delivery, "body": part.body, "content": part.content}
        for delivery, target, parts in deliveries
        for part in parts
    ]
    if rows:
        connection.execute(sa.insert(OUTBOX), rows)


# A digest that was changed meanwhile has its next moment already.
_NEXT = sa.update(DIGESTS).where(DIGESTS.c.id == sa.bindparam("of"), DIGESTS.c.next_due == sa.bindparam("was"))
_NEXT = _NEXT.values(next_due=sa.bindparam("then"), next_date=sa.bindparam("day"), paused_until=None)
_NEXT = _NEXT.values(empty_days=sa.bindparam("quiet_days"))


def _due_next(outcome: Outcome, now: dt.datetime) -> dict[str, object]:
    digest = outcome.claim.digest
    due = _next(digest, now)
    empty = 0 if outcome.items else digest.empty_days + 1
    was = digest.due.moment
    return {"of": digest.id, "was": was, "then": due.moment, "day": due.date, "quiet_days": empty}
