"""Digests as people set them up: where they go, when, and what they look for. Functions on a given connection."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from adapters.chats.platform import Address
from bot.store.digest_tables import ALERTS, DELIVERIES, DIGESTS, MOST, QUIET_HOURS, SEARCHES
from knowledge.listing.wish import Wish
from knowledge.subscription.schedule import Due, next_due, zone


@dataclass(frozen=True, slots=True)
class Search:
    """What a digest looks for on some weekdays (ISO numbers); equal wishes have the same `key`."""

    id: int
    text: str
    wish: Wish
    key: str
    weekdays: frozenset[int]
    since: dt.datetime
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """One place that gets a digest; `due` is the next moment and the local date it belongs to.

    `last` is the last date that had one. `most` openings are shown for a search; at most `alerts` come at once on a
    day, none in the `quiet` hours.
    """

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
    most: int = MOST
    alerts: int = ALERTS
    quiet: str = QUIET_HOURS
    next_alert: dt.datetime | None = None
    last: dt.date | None = None

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
    def at_once(self) -> bool:
        """Whether anything is sent as soon as it is there."""
        return any(search.at_once for search in self.searches)

    @property
    def weekdays(self) -> frozenset[int]:
        """The days on which any of its searches is wanted."""
        return frozenset(day for search in self.searches for day in search.weekdays)

    def before(self) -> Due:
        """Return when it was due before it is due now."""
        earlier = self.after(self.due.moment - dt.timedelta(days=8))
        while (later := self.after(earlier.moment)).moment < self.due.moment:
            earlier = later
        return earlier

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
        kept = (row["id"], row["text"], wish, row["key"], days, row["since"], row["at_once"])
        searches[row["digest"]].append(Search(*kept))
    last = _last_dates(connection, ids)
    return [_digest(row, tuple(searches[row["id"]]), last.get(row["id"])) for row in rows]


def _last_dates(connection: sa.Connection, digests: Sequence[int]) -> dict[int, dt.date]:
    """Return the last date of each of *digests* that had one, or that was left out."""
    c = DELIVERIES.c
    had = sa.and_(c.digest.in_(digests), c.number == 0, c.state != "claimed")
    query = sa.select(c.digest, sa.func.max(c.local_date)).where(had).group_by(c.digest)
    return {row[0]: row[1] for row in connection.execute(query)} if digests else {}


_AS_THEY_ARE = ("id", "target", "owner", "zone", "state", "reason", "paused_until", "empty_days", "most", "alerts")


def _digest(row: sa.RowMapping, searches: tuple[Search, ...], last: dt.date | None) -> Digest:
    names = (
        "id",
        "target",
        "owner",
        "zone",
        "state",
        "reason",
        "paused_until",
        "empty_days",
        "most",
        "alerts",
        "quiet",
    )
    kept: dict[str, Any] = {name: row[name] for name in names}
    due = Due(row["next_due"], row["next_date"])
    kept |= {"quiet": row["quiet"], "next_alert": row["next_alert"], "last": last}
    return Digest(**kept, at=dt.time.fromisoformat(row["at"]), due=due, searches=searches)


def served(platforms: Sequence[str]) -> sa.ColumnElement[bool]:
    """Tell whether a digest goes to one of *platforms*."""
    return sa.or_(sa.false(), *(DIGESTS.c.target.startswith(f"{name}:") for name in platforms))
