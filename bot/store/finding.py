"""Searches over openings in SQL: filters that indexes serve, newest first, and counts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.rows import LEVELS, opening_of
from bot.store.tables import CARDS, FACETS, FEEDS, OPENINGS
from knowledge.listing.classify import roles
from knowledge.listing.opening import Opening
from knowledge.listing.wish import PayFloor, Wish
from knowledge.markets import markets

# Counting stops here: more is "more than so many" for everybody.
COUNTED = 1000
_SOFTWARE, _ANY_ENGINEER = "software-engineer", "engineer"
_REMOTE = ("remote_worldwide", "remote_restricted")
_MODES = {"remote": _REMOTE, "worldwide": ("remote_worldwide",), "hybrid": ("hybrid",), "onsite": ("onsite",)}


@dataclass(frozen=True, slots=True)
class Count:
    """How many openings match, up to `COUNTED`."""

    number: int

    @property
    def words(self) -> str:
        """The count for people."""
        return f"more than {COUNTED}" if self.number >= COUNTED else str(self.number)


class Candidate(NamedTuple):
    """What a ranking needs of an opening."""

    id: str
    posted_at: dt.datetime
    transparency: int
    disclosed: bool


_RANKED = (OPENINGS.c.id, OPENINGS.c.posted_at, OPENINGS.c.transparency, OPENINGS.c.pay_high.is_not(None))


class OpeningFinder:
    """Finds openings by the fields of a wish, over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def newest(self, wish: Wish, limit: int, now: dt.datetime) -> list[Candidate]:
        """Return the newest openings that match, newest first."""
        query = sa.select(*_RANKED).where(*conditions(wish, now)).order_by(OPENINGS.c.posted_at.desc()).limit(limit)
        return [Candidate(*row) for row in await self._connection.execute(query)]

    async def among(self, wish: Wish, ids: Sequence[str], now: dt.datetime) -> list[Candidate]:
        """Return those of *ids* that match."""
        query = sa.select(*_RANKED).where(OPENINGS.c.id.in_(ids), *conditions(wish, now))
        return [Candidate(*row) for row in await self._connection.execute(query)] if ids else []

    async def count(self, wish: Wish, now: dt.datetime) -> Count:
        """Count what matches."""
        inner = sa.select(OPENINGS.c.id).where(*conditions(wish, now)).limit(COUNTED).subquery()
        found = (await self._connection.execute(sa.select(sa.func.count()).select_from(inner))).scalar()
        return Count(int(found or 0))

    async def count_undisclosed(self, wish: Wish, now: dt.datetime) -> Count:
        """Count what matches and discloses no pay."""
        hidden = OPENINGS.c.pay_high.is_(None)
        inner = sa.select(OPENINGS.c.id).where(hidden, *conditions(wish, now)).limit(COUNTED).subquery()
        found = (await self._connection.execute(sa.select(sa.func.count()).select_from(inner))).scalar()
        return Count(int(found or 0))

    async def texts(self) -> dict[str, str]:
        """Return the hash of every live opening's text, by id."""
        query = sa.select(OPENINGS.c.id, OPENINGS.c.text_hash).where(OPENINGS.c.live)
        return {row.id: row.text_hash for row in await self._connection.execute(query)}

    async def cards(self, ids: Sequence[str]) -> list[Opening]:
        """Return openings by id, in the order of *ids*."""
        query = sa.select(CARDS.c.opening, CARDS.c.card).where(CARDS.c.opening.in_(ids))
        found = {row.opening: row.card for row in await self._connection.execute(query)} if ids else {}
        return [opening_of(found[name]) for name in ids if name in found]

    async def latest(self) -> dt.datetime | None:
        """Return when a board was fetched last: the age of the data; None where there is no opening."""
        query = sa.select(sa.func.max(FEEDS.c.fetched_at)).where(sa.exists(sa.select(OPENINGS.c.id)))
        moment: dt.datetime | None = (await self._connection.execute(query)).scalar()
        return moment


def conditions(wish: Wish, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    """Return what an opening must fulfil. Pay in another currency is not compared; undisclosed pay does not fulfil."""
    c = OPENINGS.c
    found: list[sa.ColumnElement[bool]] = [c.live.is_(True)]
    named = _with_kinds(wish.roles)
    if named:
        found.append(c.role.in_(named))
    if wish.levels:
        low, high = min(map(LEVELS.index, wish.levels)), max(map(LEVELS.index, wish.levels))
        # A range of levels that reaches into the wanted ones; an unstated level is no match.
        found.append(sa.and_(c.level_low <= high, c.level_high >= low))
    if wish.min_pay:
        found += _pay(wish.min_pay)
    elif wish.pay_disclosed:
        found.append(c.pay_high.is_not(None))
    if wish.max_age_days:
        found.append(c.posted_at >= now - dt.timedelta(days=wish.max_age_days))
    modes = [mode for name in wish.work_modes for mode in _MODES[name]]
    if modes:
        found.append(c.mode.in_(modes))
    if wish.regions:
        found.append(sa.or_(c.everywhere.is_(True), _has(_places(wish.regions))))
    found += [_has([f"industry:{slug}"]) for slug in wish.industries]
    found += [_has([f"hardware:{slug}"]) for slug in wish.hardware]
    found += [_has([f"model:{slug}"]) for slug in wish.model_types]
    found += [_has([f"skill:{skill.casefold()}"]) for skill in wish.include]
    for facet in wish.exclude:
        found.append(_without(facet))
    return found


def _without(facet: str) -> sa.ColumnElement[bool]:
    kind, _, name = facet.partition(":")
    if kind == "mode":
        return OPENINGS.c.mode.not_in(_MODES[name])
    return OPENINGS.c.company != name if kind == "company" else ~_has([facet])


def _with_kinds(named: Sequence[str]) -> tuple[str, ...]:
    """Return the roles meant: "software engineer" means every kind of one, "engineer" alone any role."""
    if _ANY_ENGINEER in named:
        return ()
    known = roles()
    wide = {known[slug].category for slug in named if slug == _SOFTWARE}
    return tuple(dict.fromkeys([*named, *(role.slug for role in known.values() if role.category in wide)]))


def _pay(floor: PayFloor) -> list[sa.ColumnElement[bool]]:
    yearly = {"year": 1, "month": 12, "week": 52, "day": 260, "hour": 2080}[floor.period] * floor.amount
    return [OPENINGS.c.currency == floor.currency, OPENINGS.c.pay_high >= yearly]


def _places(regions: Sequence[str]) -> list[str]:
    """Return the facets that serve somebody in *regions*: a place in it, or a region around it that is open as such."""
    facets = []
    for code in regions:
        facets.append(f"in:{code}")
        facets += [f"open:{around}" for around in markets().around(code)]
    return facets


def _has(facets: Sequence[str]) -> sa.ColumnElement[bool]:
    query = sa.select(FACETS.c.opening).where(FACETS.c.facet.in_(facets), FACETS.c.opening == OPENINGS.c.id)
    return sa.exists(query.correlate(OPENINGS))
