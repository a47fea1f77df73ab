"""The ledger of digests: each local date of each digest is claimed once, composed, posted and settled, or left out.

A date is claimed for the length of a lease; whoever finds a lease that ended takes the date over. What is posted lies
in the outbox in the same transaction; what became of it is settled in the transaction that marks the request.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Part
from bot.store.database import ignoring, replacing
from bot.store.digest_tables import DELIVERIES, DIGESTS, SHOWN
from bot.store.digests import Digest, with_searches
from bot.store.tables import OUTBOX
from knowledge.subscription.schedule import LATE, Due

# Composing takes milliseconds; whoever needs longer than this was killed.
LEASE = dt.timedelta(seconds=60)
# An opening is not shown again for so many days, unless it changed.
QUIET = dt.timedelta(days=30)
# States of requests that are on their way; written out, as the index of open requests is.
OPEN_REQUESTS = ("waiting", "sending")
# So long it is kept what became of a date.
KEPT = dt.timedelta(days=90)


# Openings with their prints, as `{"opening": ..., "print": ...}`.
Items = Sequence[Mapping[str, str]]


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


def served(platforms: Sequence[str]) -> sa.ColumnElement[bool]:
    """Tell whether a digest goes to one of *platforms*."""
    return sa.or_(sa.false(), *(DIGESTS.c.target.startswith(f"{name}:") for name in platforms))


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
    active = _locked(connection, [outcome.claim.digest.id for outcome in outcomes])
    ids = [outcome.claim.delivery for outcome in outcomes]
    ours = sa.select(DELIVERIES.c.id).where(DELIVERIES.c.id.in_(ids), DELIVERIES.c.state == "claimed")
    found = set(connection.scalars(ours.with_for_update()))
    stopped = [one.claim.delivery for one in outcomes if one.claim.digest.id not in active]
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


def _locked(connection: sa.Connection, digests: Iterable[int]) -> set[int]:
    """Lock *digests*, in order; return those that are still to be sent."""
    query = sa.select(DIGESTS.c.id).where(DIGESTS.c.id.in_([*digests]), DIGESTS.c.state == "active")
    return set(connection.scalars(query.order_by(DIGESTS.c.id).with_for_update()))


def requests_of(
    connection: sa.Connection, deliveries: Iterable[tuple[int, str, Sequence[Part]]], now: dt.datetime
) -> None:
    """Put the requests of *deliveries* into the outbox, each with where they go."""
    same = {"state": "waiting", "repeats": 0, "message": "", "made_at": now}
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


def settle(connection: sa.Connection, deliveries: Iterable[int], now: dt.datetime, gone: str = "gone") -> None:
    """Say what became of *deliveries* none of whose requests is on its way any more.

    Sent where all of them were, unknown where one may have arrived, failed where one was refused, else *gone*. What may
    have arrived in part counts as shown: better an opening that comes no more than one that comes twice.
    """
    names = [*deliveries]
    query = sa.select(OUTBOX.c.delivery, OUTBOX.c.state).where(OUTBOX.c.delivery.in_(names))
    states: dict[int, set[str]] = {}
    for row in connection.execute(query):
        states.setdefault(row.delivery, set()).add(row.state)
    for name, found in states.items():
        if found.isdisjoint(OPEN_REQUESTS):
            _settle(connection, name, found, now, gone)


def _settle(connection: sa.Connection, delivery: int, found: set[str], now: dt.datetime, gone: str) -> None:
    here = DELIVERIES.c.id == delivery
    row = connection.execute(sa.select(DELIVERIES).where(here)).mappings().one_or_none()
    if row is None:
        return
    state = next((one for one in ("failed", "unknown", "sent") if one in found), gone)
    connection.execute(sa.update(DELIVERIES).where(here).values(state=state, done=now))
    if found & {"sent", "unknown"}:
        show(connection, row["digest"], row["items"], now)


def show(connection: sa.Connection, digest: int, items: Items, now: dt.datetime) -> None:
    """Note that *digest* has shown *items*."""
    rows = [{"digest": digest, "at": now, **item} for item in items]
    if rows:
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


def forget_old(connection: sa.Connection, now: dt.datetime) -> None:
    """Remove what keeps nothing from being sent again: dates long done, openings that may be shown again."""
    connection.execute(sa.delete(DELIVERIES).where(DELIVERIES.c.due < now - KEPT))
    connection.execute(sa.delete(SHOWN).where(SHOWN.c.at < now - QUIET))


def counts(connection: sa.Connection, since: dt.datetime | None = None) -> dict[str, int]:
    """Return how many dates of digests that were due *since* then have come to each state."""
    query = sa.select(DELIVERIES.c.state, sa.func.count()).group_by(DELIVERIES.c.state)
    query = query.where(DELIVERIES.c.due >= since) if since else query
    return {state: int(number) for state, number in connection.execute(query)}


def overdue(connection: sa.Connection, now: dt.datetime, platforms: Sequence[str]) -> int:
    """Return how many digests on *platforms* should have been claimed already."""
    query = sa.select(sa.func.count()).where(DIGESTS.c.state == "active", DIGESTS.c.next_due <= now, served(platforms))
    return int(connection.scalar(query) or 0)
