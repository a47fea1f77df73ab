"""Make openings of the listings that changed, company by company."""

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.store.listings import ListingStore
from knowledge.listing.cluster import cluster
from knowledge.listing.identity import identify
from knowledge.listing.opening import Opening, Stored, build

# Companies whose listings are held in memory at once.
COMPANIES = 50


async def make_openings(store: ListingStore, now: dt.datetime) -> int:
    """Group every changed listing with those of its company; return how many openings were written."""
    written = 0
    companies = await store.dirty_companies()
    for start in range(0, len(companies), COMPANIES):
        stored = await store.of_companies(companies[start : start + COMPANIES])
        openings = group(
            {key: one for key, (one, _) in stored.items()}, {key: name for key, (_, name) in stored.items()}, now
        )
        kept = {opening.id for opening in openings}
        gone = {name for _, name in stored.values() if name and name not in kept}
        await store.write_openings(openings, gone, {opening.id: opening.told for opening in openings})
        written += len(openings)
    await store.expire(now)
    return written


def group(stored: Mapping[str, Stored], names: Mapping[str, str | None], now: dt.datetime) -> list[Opening]:
    """Return the openings of *stored* (by key); one that was there before keeps its id (*names* by key)."""
    identities = {
        key: identify(one.listing.company, one.listing.title, one.listing.location, one.listing.raw.url)
        for key, one in stored.items()
    }
    taken: set[str] = set()
    openings = []
    for keys in sorted(cluster(identities)):
        name = _name(keys, stored, names, taken)
        taken |= {name} if name else set()
        openings.append(build([stored[key] for key in keys], now, name))
    return openings


def _name(keys: Sequence[str], stored: Mapping[str, Stored], names: Mapping[str, str | None], taken: set[str]) -> str:
    """Return the id that the oldest listing of the group has, unless another group took it."""
    for key in sorted(keys, key=lambda one: (stored[one].first_seen, stored[one].posted_at, one)):
        name = names[key]
        if name and name not in taken:
            return name
    return ""
