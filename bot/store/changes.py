"""Changes of digests, as people order them: shown before they are made, then made. Values, then a given connection."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from bot.store import letters
from bot.store.database import upserting
from bot.store.digest_tables import DIGESTS, SEARCHES
from bot.store.digests import Digest, Search, find, key_of
from knowledge.listing.wish import Wish
from knowledge.subscription.order import AT
from knowledge.subscription.schedule import LATE, Due, midnight, zone

# Searches of one digest: more are one search in other words.
MOST_SEARCHES = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search that is to be added."""

    text: str
    wish: Wish
    weekdays: frozenset[int]
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of the digest of `target`; None and empty leave things as they are.

    `weekdays`, `at_once` and `without` (facets that are ruled out) are for all of its searches, `again` takes back what
    was ruled out. `state` is active or paused; `until` lets it rest up to a date. `removed`
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
    at_once: bool | None = None
    alerts: int | None = None
    quiet: str | None = None
    most: int | None = None
    without: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


def preview(digest: Digest | None, change: Change, now: dt.datetime) -> Digest:
    """Return what becomes of *digest* (None: there is none yet) by *change*, with when it is due next."""
    base = digest or Digest(0, change.target, change.owner, AT, "", "active", "", None, Due(now, now.date()), 0)
    added = {key_of(wanted.wish): wanted for wanted in change.added}
    # An equal wish in other words takes the place of the one before.
    kept = [one for one in base.searches if one.key not in added]
    kept = [_changed(one, change, now) for one in kept]
    new = [Search(0, one.text, one.wish, key, one.weekdays, now, one.at_once) for key, one in added.items()]
    changed = replace(
        base,
        at=change.at or base.at,
        zone=change.zone or base.zone,
        state=change.state or base.state,
        reason="" if change.state else base.reason,
        paused_until=change.until if change.until or change.state else base.paused_until,
        searches=(*kept, *new)[-MOST_SEARCHES:],
        most=base.most if change.most is None else change.most,
        alerts=base.alerts if change.alerts is None else change.alerts,
        quiet=base.quiet if change.quiet is None else change.quiet,
    )
    rested = _rested(changed, now)
    # What is due already and was not sent yet is still to be sent.
    waits = digest is not None and base.state == "active" and now - LATE < base.due.moment <= rested <= now
    due = changed.after(_before(base.due.date, changed) if waits else rested)
    while base.last and due.date <= base.last:
        # That date had its digest.
        due = changed.after(due.moment)
    return replace(changed, due=due, next_alert=rested if changed.at_once else None)


def _changed(search: Search, change: Change, now: dt.datetime) -> Search:
    """Return *search* with what *change* says of all searches."""
    if change.weekdays:
        search = replace(search, weekdays=change.weekdays)
    if change.at_once is not None and change.at_once is not search.at_once:
        # What was there before is no news.
        search = replace(search, at_once=change.at_once, since=now)
    if change.without or change.again:
        out = dict.fromkeys([*search.wish.exclude, *change.without])
        wish = replace(search.wish, exclude=tuple(facet for facet in out if facet not in change.again))
        search = replace(search, wish=wish, key=key_of(wish))
    return search


def _rested(digest: Digest, now: dt.datetime) -> dt.datetime:
    """Return the moment after which it may be due: now, or the end of the day before it goes on."""
    if digest.paused_until is None:
        return now
    return max(now, _before(digest.paused_until, digest))


def _before(date: dt.date, digest: Digest) -> dt.datetime:
    """Return the last moment before *date* begins where *digest* is."""
    return midnight(date, zone(digest.zone)) - dt.timedelta(seconds=1)


def apply(connection: sa.Connection, change: Change, now: dt.datetime) -> None:
    """Do what *change* says; without a digest it sets one up if it says when."""
    connection.execute(sa.select(DIGESTS.c.id).where(DIGESTS.c.target == change.target).with_for_update()).all()
    if change.removed or change.until or change.state == "paused":
        letters.call_back(connection, [change.target], now)
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
    values |= {"next_due": after.due.moment, "next_date": after.due.date, "next_alert": after.next_alert}
    values |= {"most": after.most, "alerts": after.alerts, "quiet": after.quiet}
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
            "at_once": one.at_once,
        }
        for one in searches
    ]
    if rows:
        connection.execute(sa.insert(SEARCHES), rows)
