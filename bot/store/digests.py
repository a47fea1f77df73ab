"""Digests as people set them up: where they go, when, and what they look for. Functions on a given connection."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.store.digest_tables import DIGESTS, SEARCHES
from knowledge.listing.wish import Wish
from knowledge.subscription.schedule import Due, next_due, zone

# Searches of one digest: more are one search in other words.
MOST_SEARCHES = 10


@dataclass(frozen=True, slots=True)
class Search:
    """What a digest looks for on some weekdays (ISO numbers); equal wishes have the same `key`."""

    id: int
    text: str
    wish: Wish
    key: str
    weekdays: frozenset[int]
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """One place that gets a digest; `due` is the next moment and the local date it belongs to."""

    id: int
    target: str
    owner: str
    at: dt.time
    zone: str
    state: str
    reason: str
    paused_until: dt.date | None
    due: Due
    empty_days: int
    searches: tuple[Search, ...] = ()

    @property
    def weekdays(self) -> frozenset[int]:
        """The days on which any of its searches is wanted."""
        return frozenset(day for search in self.searches for day in search.weekdays)

    def after(self, moment: dt.datetime) -> Due:
        """Return when it is due next after *moment*; without any search, as if it were every day."""
        return next_due(moment, self.at, zone(self.zone), self.weekdays or frozenset(range(1, 8)))


def key_of(wish: Wish) -> str:
    """Return a name for *wish* that equal wishes share, whatever their words were."""
    told = json.dumps(wish.to_json() | {"unparsed": []}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def find(connection: sa.Connection, target: str) -> Digest | None:
    """Return the digest that goes to *target*."""
    return next(iter(_read(connection, DIGESTS.c.target == target)), None)


def of_owner(connection: sa.Connection, owner: str) -> list[Digest]:
    """Return the digests that *owner* set up, the oldest first."""
    return _read(connection, DIGESTS.c.owner == owner)


def every(connection: sa.Connection) -> list[Digest]:
    """Return all digests, the oldest first."""
    return _read(connection, sa.true())


def _read(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Digest]:
    rows = connection.execute(sa.select(DIGESTS).where(which).order_by(DIGESTS.c.id)).mappings().all()
    return with_searches(connection, rows)


def with_searches(connection: sa.Connection, rows: Sequence[sa.RowMapping]) -> list[Digest]:
    """Return *rows* of digests with what they look for."""
    ids = [row["id"] for row in rows]
    searches: dict[int, list[Search]] = {name: [] for name in ids}
    query = sa.select(SEARCHES).where(SEARCHES.c.digest.in_(ids)).order_by(SEARCHES.c.id)
    for row in connection.execute(query).mappings() if ids else ():
        wish = Wish.from_json(row["wish"])
        days = frozenset(row["weekdays"])
        searches[row["digest"]].append(Search(row["id"], row["text"], wish, row["key"], days, row["since"]))
    return [_digest(row, tuple(searches[row["id"]])) for row in rows]


def _digest(row: Mapping[str, Any], searches: tuple[Search, ...]) -> Digest:
    names = ("id", "target", "owner", "zone", "state", "reason", "paused_until", "empty_days")
    kept: dict[str, Any] = {name: row[name] for name in names}
    due = Due(row["next_due"], row["next_date"])
    return Digest(**kept, at=dt.time.fromisoformat(row["at"]), due=due, searches=searches)


def add(connection: sa.Connection, target: str, owner: str, at: dt.time, where: str) -> Digest:
    """Set up a digest for *target*, without any search yet; it is due by `reschedule`."""
    row = {"target": target, "owner": owner, "at": f"{at:%H:%M}", "zone": where, "state": "active", "reason": ""}
    row |= {"next_due": dt.datetime.max.replace(tzinfo=dt.UTC), "next_date": dt.date.max, "empty_days": 0}
    connection.execute(sa.insert(DIGESTS), [row])
    found = find(connection, target)
    assert found  # noqa: S101 - it was written a line above
    return found


def add_search(
    connection: sa.Connection, digest: int, text: str, wish: Wish, weekdays: frozenset[int], now: dt.datetime
) -> None:
    """Let *digest* look for *wish* too; an equal one is replaced."""
    key = key_of(wish)
    connection.execute(sa.delete(SEARCHES).where(SEARCHES.c.digest == digest, SEARCHES.c.key == key))
    row = {"digest": digest, "text": text, "wish": wish.to_json(), "key": key}
    connection.execute(sa.insert(SEARCHES), [row | {"weekdays": sorted(weekdays), "since": now}])


def remove_search(connection: sa.Connection, search: int) -> None:
    """Look for it no longer."""
    connection.execute(sa.delete(SEARCHES).where(SEARCHES.c.id == search))


def reschedule(connection: sa.Connection, target: str, after: dt.datetime, **changes: Any) -> Digest:  # noqa: ANN401
    """Apply *changes* of columns to the digest of *target* and say when it is due next after *after*."""
    if changes:
        connection.execute(sa.update(DIGESTS).where(DIGESTS.c.target == target).values(**changes))
    found = find(connection, target)
    if found is None:
        raise LookupError(target)
    due = found.after(after)
    when = {"next_due": due.moment, "next_date": due.date}
    connection.execute(sa.update(DIGESTS).where(DIGESTS.c.target == target).values(**when))
    return next(iter(_read(connection, DIGESTS.c.target == target)))


def remove(connection: sa.Connection, target: str) -> None:
    """Delete the digest of *target* with everything of it."""
    connection.execute(sa.delete(DIGESTS).where(DIGESTS.c.target == target))
