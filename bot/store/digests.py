"""Digests as people set them up: where they go, when, and what they look for. Functions on a given connection."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from adapters.chats.platform import Address
from bot.store.database import upserting
from bot.store.digest_tables import DIGESTS, SEARCHES
from knowledge.listing.wish import Wish
from knowledge.subscription.order import AT
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
    def personal(self) -> bool:
        """Whether it goes to its owner alone: the chat has the id of the person (both end in it on every platform)."""
        chat = Address.of(self.target).chat
        return chat.rpartition("/")[2] == self.owner.partition(":")[2].rpartition("/")[2]

    @property
    def text(self) -> str:
        """What it looks for in the owner's words: those of its first search."""
        return next((search.text for search in self.searches), "")

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


def _digest(row: sa.RowMapping, searches: tuple[Search, ...]) -> Digest:
    names = ("id", "target", "owner", "zone", "state", "reason", "paused_until", "empty_days")
    kept: dict[str, Any] = {name: row[name] for name in names}
    due = Due(row["next_due"], row["next_date"])
    return Digest(**kept, at=dt.time.fromisoformat(row["at"]), due=due, searches=searches)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search that is to be added."""

    text: str
    wish: Wish
    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of the digest of `target`; None and empty leave things as they are.

    `weekdays` are for all of its searches. `state` is active or paused; `until` lets it rest up to a date. `removed`
    deletes it.
    """

    target: str
    owner: str
    at: dt.time | None = None
    zone: str = ""
    weekdays: frozenset[int] = frozenset()
    added: tuple[Wanted, ...] = ()
    state: str = ""
    until: dt.date | None = None
    removed: bool = False


def preview(digest: Digest | None, change: Change, now: dt.datetime) -> Digest:
    """Return what becomes of *digest* (None: there is none yet) by *change*, with when it is due next."""
    base = digest or Digest(0, change.target, change.owner, AT, "", "active", "", None, Due(now, now.date()), 0)
    added = {key_of(wanted.wish): wanted for wanted in change.added}
    # An equal wish in other words takes the place of the one before.
    kept = [one for one in base.searches if one.key not in added]
    if change.weekdays:
        kept = [replace(one, weekdays=change.weekdays) for one in kept]
    new = [Search(0, one.text, one.wish, key, one.weekdays, now) for key, one in added.items()]
    changed = replace(
        base,
        at=change.at or base.at,
        zone=change.zone or base.zone,
        state=change.state or base.state,
        reason="" if change.state else base.reason,
        paused_until=change.until,
        searches=(*kept, *new)[-MOST_SEARCHES:],
    )
    return replace(changed, due=changed.after(_rested(changed, now)))


def _rested(digest: Digest, now: dt.datetime) -> dt.datetime:
    """Return the moment after which it may be due: now, or the end of the day before it goes on."""
    if digest.paused_until is None:
        return now
    start = dt.datetime.combine(digest.paused_until, dt.time(), tzinfo=zone(digest.zone)).astimezone(dt.UTC)
    return max(now, start - dt.timedelta(seconds=1))


def apply(connection: sa.Connection, change: Change, now: dt.datetime) -> None:
    """Do what *change* says; without a digest it sets one up if it says when."""
    if change.removed:
        connection.execute(sa.delete(DIGESTS).where(DIGESTS.c.target == change.target))
        return
    before = find(connection, change.target)
    if before is None and not (change.at and change.zone):
        return
    after = preview(before, change, now)
    row = {"target": after.target, "owner": after.owner, "at": f"{after.at:%H:%M}", "zone": after.zone}
    row |= {"state": after.state, "reason": after.reason}
    values: dict[str, Any] = row | {"paused_until": after.paused_until, "empty_days": after.empty_days}
    values |= {"next_due": after.due.moment, "next_date": after.due.date}
    connection.execute(upserting(connection.dialect.name, DIGESTS, [values], ["target"], values))
    written = find(connection, change.target)
    if written:
        _write_searches(connection, written.id, after.searches)


def _write_searches(connection: sa.Connection, digest: int, searches: Sequence[Search]) -> None:
    connection.execute(sa.delete(SEARCHES).where(SEARCHES.c.digest == digest))
    rows = [
        {
            "digest": digest,
            "text": one.text,
            "wish": one.wish.to_json(),
            "key": one.key,
            "weekdays": sorted(one.weekdays),
            "since": one.since,
        }
        for one in searches
    ]
    if rows:
        connection.execute(sa.insert(SEARCHES), rows)
