"""From a wish to openings: filters in SQL, ranked by meaning, freshness, transparency and pay disclosure."""

import asyncio
import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.finding import Candidate, Count, OpeningFinder
from knowledge.listing.classify import names_of, roles
from knowledge.listing.opening import Opening
from knowledge.listing.wish import Wish
from retrieval.openings import OpeningIndex

# The newest that match by their fields take part in the ranking beside those near in meaning.
NEWEST = 300
# Weights of the ranking: cosine, freshness, transparency, disclosed pay. Meaning leads; the rest orders what is alike.
MEANING, FRESH, OPEN, DISCLOSED = 1.0, 0.25, 0.15, 0.15
# A listing of so many days ago counts half as fresh as one of today.
HALF_LIFE = 10.0
PAGE = 10
MOST_RELAXED = 4


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A wish with one thing left out: what, and how many match then."""

    words: str
    count: Count


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: a page of openings, how many match, how many more hide pay, what else to try."""

    wish: Wish
    openings: tuple[Opening, ...]
    count: Count
    undisclosed: Count
    relaxed: tuple[Relaxed, ...]
    latest: dt.datetime | None
    now: dt.datetime


async def find(
    engine: AsyncEngine, index: OpeningIndex | None, wish: Wish, text: str, *, now: dt.datetime, limit: int = PAGE
) -> Found:
    """Search for *wish*; *text* is what the person wrote."""
    async with engine.connect() as connection:
        finder = OpeningFinder(connection)
        # Vectors are searched while the database is asked: each takes about as long as the other.
        near, (newest, found) = await asyncio.gather(
            asyncio.to_thread(index.find, _described(wish, text)) if index else _nothing(),
            _by_fields(finder, wish, now),
        )
        candidates = {one.id: one for one in [*newest, *await finder.among(wish, [*near], now)]}
        best = sorted(candidates.values(), key=lambda one: (-_score(one, near.get(one.id, 0.0), now), one.id))
        return replace(found, openings=tuple(await finder.cards([one.id for one in best[:limit]])))


async def _nothing() -> dict[str, float]:
    return {}


async def _by_fields(finder: OpeningFinder, wish: Wish, now: dt.datetime) -> tuple[list[Candidate], Found]:
    """Return the newest that match, and everything about a search but its openings."""
    newest = await finder.newest(wish, NEWEST, now)
    count = await finder.count(wish, now)
    return newest, Found(
        wish=wish,
        openings=(),
        count=count,
        undisclosed=await _undisclosed(finder, wish, now),
        relaxed=() if count.number else await _relaxed(finder, wish, now),
        latest=await finder.latest(),
        now=now,
    )


def _score(one: Candidate, similar: float, now: dt.datetime) -> float:
    days = max(0.0, (now - one.posted_at).total_seconds() / 86_400)
    fresh: float = 0.5 ** (days / HALF_LIFE)
    return MEANING * similar + FRESH * fresh + OPEN * one.transparency / 100 + DISCLOSED * one.disclosed


async def _undisclosed(finder: OpeningFinder, wish: Wish, now: dt.datetime) -> Count:
    """Count what matches but for pay that is not disclosed."""
    if wish.min_pay is None and not wish.pay_disclosed:
        return Count(0)
    return await finder.count_undisclosed(replace(wish, min_pay=None, pay_disclosed=False), now)


async def _relaxed(finder: OpeningFinder, wish: Wish, now: dt.datetime) -> tuple[Relaxed, ...]:
    """Leave one thing out at a time, then look at neighbouring roles; what brings nothing is not offered."""
    found = [Relaxed(words, await finder.count(other, now)) for words, other in _without_one(wish)]
    found += [
        Relaxed(f"as {name} instead", await finder.count(replace(wish, roles=(slug,)), now))
        for slug, name in _neighbours(wish)
    ]
    useful = [one for one in found if one.count.number]
    return tuple(sorted(useful, key=lambda one: -one.count.number)[:MOST_RELAXED])


def _without_one(wish: Wish) -> list[tuple[str, Wish]]:
    named = [
        ("without the pay floor", bool(wish.min_pay), replace(wish, min_pay=None)),
        ("at any level", bool(wish.levels), replace(wish, levels=())),
        ("in any place", bool(wish.regions), replace(wish, regions=())),
        ("in any industry", bool(wish.industries), replace(wish, industries=())),
        ("on any hardware", bool(wish.hardware), replace(wish, hardware=())),
        ("with any kind of model", bool(wish.model_types), replace(wish, model_types=())),
        ("without the skills named", bool(wish.include), replace(wish, include=())),
        ("with nothing ruled out", bool(wish.exclude), replace(wish, exclude=())),
        ("in any way of working", bool(wish.work_modes), replace(wish, work_modes=())),
        ("of any age", wish.max_age_days is not None, replace(wish, max_age_days=None)),
        ("with or without pay", wish.pay_disclosed, replace(wish, pay_disclosed=False)),
    ]
    return [(words, other) for words, asked, other in named if asked and not other.empty]


def _neighbours(wish: Wish) -> list[tuple[str, str]]:
    """Return other roles of the same category, the taxonomy's order."""
    if len(wish.roles) != 1 or wish.roles[0] not in roles():
        return []
    category = roles()[wish.roles[0]].category
    return [
        (role.slug, role.name) for role in roles().values() if role.category == category and role.slug not in wish.roles
    ]


def _described(wish: Wish, text: str) -> str:
    """Return what to look for by meaning: the role's name and what else was asked, in the words of listings."""
    named = [roles()[slug].name for slug in wish.roles if slug in roles()]
    named += [names_of("industries")[slug] for slug in wish.industries]
    named += [names_of("model_types")[slug] for slug in wish.model_types]
    return ". ".join([*named, *wish.include, text])
