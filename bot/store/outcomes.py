"""What became of the dates of digests, and what digests have shown. Functions on a given connection."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.store.database import replacing
from bot.store.digest_tables import DELIVERIES, DIGESTS, SHOWN
from bot.store.digests import served
from bot.store.tables import OUTBOX

# An opening is not shown again for so many days, unless it changed.
QUIET = dt.timedelta(days=30)
# States of requests that are on their way; written out, as the index of open requests is.
OPEN_REQUESTS = ("waiting", "sending")
# So long it is kept what became of a date.
KEPT = dt.timedelta(days=90)
# Openings with their prints, as `{"opening": ..., "print": ...}`.
Items = Sequence[Mapping[str, str]]


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
