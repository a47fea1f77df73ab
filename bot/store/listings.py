"""Listings and openings in the database, asynchronously; every write is safe to repeat and safe to break off."""

import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.boards.client import Validators
from bot.store.database import WRITING, replacing, upserting
from bot.store.rows import listing_row, opening_json, opening_of, opening_row, stored_of
from bot.store.tables import CARDS, FACETS, FEEDS, LISTINGS, OPENINGS
from knowledge.listing.listing import Listing, RawListing
from knowledge.listing.opening import STALE, Opening, Stored

# Rows written in one statement and names asked for in one: below SQLite's and PostgreSQL's limits on variables.
BATCH = 200
# Raised when readers change what they read, so that stored listings are read again.
READER = 2


class Known(NamedTuple):
    """What is stored of a listing: the hash of what its board stated, whether it counts as closed, what it tells."""

    hash: str
    closed: bool
    told: str


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed from its last fetch: `coverage` holds the shares of its last runs, oldest first."""

    fetched_at: dt.datetime
    validators: Validators
    coverage: tuple[dict[str, float], ...]


def digest(raw: RawListing) -> str:
    """Return a hash of what a board states; the same item read by the same readers has the same one."""
    content = json.dumps([READER, raw.raw, raw.feed_fields], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


class ListingStore:
    """Keeps what boards state, and the openings made of it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._write = engine.execution_options(**WRITING)
        self._dialect = engine.dialect.name

    @property
    def engine(self) -> AsyncEngine:
        """The database."""
        return self._engine

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        # Connections to SQLite live in threads of their own, which would keep the process from ending.
        await self._engine.dispose()

    async def feeds(self) -> dict[str, FeedState]:
        """Return what is known of every feed, by its key."""
        async with self._engine.connect() as connection:
            rows = (await connection.execute(sa.select(FEEDS))).mappings().all()
        return {
            row["key"]: FeedState(
                row["fetched_at"], Validators(row["etag"], row["last_modified"]), tuple(row["coverage"])
            )
            for row in rows
        }

    async def fetched(self, key: str, board: str, state: FeedState) -> None:
        """Remember a fetch of a feed that came to its end."""
        row = {
            "key": key,
            "board": board,
            "fetched_at": state.fetched_at,
            "etag": state.validators.etag,
            "last_modified": state.validators.last_modified,
            "coverage": [*state.coverage],
        }
        async with self._write.begin() as connection:
            await connection.execute(upserting(self._dialect, FEEDS, [row], ["key"], row))

    async def known(self, keys: Sequence[str]) -> dict[str, Known]:
        """Return what is stored of those *keys* that are."""
        found: dict[str, Known] = {}
        query = sa.select(LISTINGS.c.key, LISTINGS.c.hash, LISTINGS.c.closed_at, LISTINGS.c.told)
        async with self._engine.connect() as connection:
            for batch in _batches(keys):
                for row in await connection.execute(query.where(LISTINGS.c.key.in_(batch))):
                    found[row.key] = Known(row.hash, row.closed_at is not None, row.told)
        return found

    async def save(self, feed: str, read: Sequence[tuple[Listing, str]], seen: Sequence[str], now: dt.datetime) -> None:
        """Store listings with their hashes that are new or changed, and note that *seen* (keys) are still there."""
        rows = [listing_row(feed, listing, hashed, now) for listing, hashed in read]
        changing = (
            "feed",
            "company",
            "hash",
            "posted_at",
            "last_seen",
            "expires_at",
            "reading",
            "raw",
            "dirty",
            "told",
            "closed_at",
        )
        async with self._write.begin() as connection:
            for batch in _batches(rows):
                await connection.execute(replacing(self._dialect, LISTINGS, batch, ["key"], changing))
            for keys in _batches(seen):
                here = LISTINGS.c.key.in_(keys)
                await connection.execute(sa.update(LISTINGS).where(here).values(last_seen=now, feed=feed))

    async def missing(self, feed: str, since: dt.datetime) -> list[str]:
        """Return the keys of listings of *feed* not closed and not seen since."""
        query = sa.select(LISTINGS.c.key).where(
            LISTINGS.c.feed == feed, LISTINGS.c.closed_at.is_(None), LISTINGS.c.last_seen < since
        )
        async with self._engine.connect() as connection:
            return [row.key for row in await connection.execute(query.order_by(LISTINGS.c.key))]

    async def still_there(self, feed: str, now: dt.datetime) -> None:
        """Note that every listing of *feed* that is not closed is still there: the feed has not changed."""
        here = sa.and_(LISTINGS.c.feed == feed, LISTINGS.c.closed_at.is_(None))
        async with self._write.begin() as connection:
            await connection.execute(sa.update(LISTINGS).where(here).values(last_seen=now))

    async def close(self, keys: Sequence[str], now: dt.datetime) -> None:
        """Note that listings are closed."""
        async with self._write.begin() as connection:
            for batch in _batches(keys):
                here = LISTINGS.c.key.in_(batch)
                await connection.execute(sa.update(LISTINGS).where(here).values(closed_at=now, dirty=True))

    async def dirty_companies(self) -> list[str]:
        """Return the companies with listings that changed since openings were made of them."""
        query = sa.select(LISTINGS.c.company).where(LISTINGS.c.dirty).distinct().order_by(LISTINGS.c.company)
        async with self._engine.connect() as connection:
            return [row.company for row in await connection.execute(query)]

    async def of_companies(self, companies: Sequence[str]) -> dict[str, tuple[Stored, str | None]]:
        """Return every listing of *companies* with the opening it belongs to so far."""
        query = sa.select(LISTINGS).where(LISTINGS.c.company.in_(companies)).order_by(LISTINGS.c.key)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return {row["key"]: (stored_of(dict(row)), row["opening"]) for row in rows}

    async def write_openings(self, openings: Sequence[Opening], gone: Iterable[str], texts: Mapping[str, str]) -> None:
        """Replace openings with their facets, remove those *gone*, and clear the marks of their listings."""
        async with self._write.begin() as connection:
            old = {*gone} | {opening.id for opening in openings}
            for batch in _batches(sorted(old)):
                await connection.execute(sa.delete(FACETS).where(FACETS.c.opening.in_(batch)))
                await connection.execute(sa.delete(CARDS).where(CARDS.c.opening.in_(batch)))
                kept = {opening.id for opening in openings}
                lost = [key for key in batch if key not in kept]
                if lost:
                    await connection.execute(sa.delete(OPENINGS).where(OPENINGS.c.id.in_(lost)))
            for rows in _batches([opening_row(opening, texts[opening.id]) for opening in openings]):
                await connection.execute(replacing(self._dialect, OPENINGS, rows, ["id"], [*rows[0]]))
            for batch in _batches([{"opening": one.id, "card": opening_json(one)} for one in openings]):
                await connection.execute(sa.insert(CARDS).values(batch))
            facets = [{"facet": facet, "opening": one.id} for one in openings for facet in sorted(one.facets)]
            for batch in _batches(facets):
                await connection.execute(sa.insert(FACETS).values([*batch]))
            for opening in openings:
                keys = [one.listing.raw.key for one in opening.members]
                for part in _batches(keys):
                    here = LISTINGS.c.key.in_(part)
                    await connection.execute(sa.update(LISTINGS).where(here).values(opening=opening.id, dirty=False))

    async def openings(self) -> AsyncIterator[Opening]:
        """Yield every opening, the newest first."""
        joined = OPENINGS.join(CARDS, CARDS.c.opening == OPENINGS.c.id)
        query = sa.select(CARDS.c.card).select_from(joined).order_by(OPENINGS.c.posted_at.desc(), OPENINGS.c.id)
        async with self._engine.connect() as connection:
            result = await connection.stream(query)
            async for row in result:
                yield opening_of(row.card)

    async def live(self) -> int:
        """Return how many openings are live."""
        query = sa.select(sa.func.count()).select_from(OPENINGS).where(OPENINGS.c.live)
        async with self._engine.connect() as connection:
            return int((await connection.execute(query)).scalar() or 0)

    async def fetches(self) -> list[tuple[str, dt.datetime]]:
        """Return when each feed answered last, with the name of its board."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(sa.select(FEEDS.c.board, FEEDS.c.fetched_at))
            return [(row.board, row.fetched_at) for row in rows]

    async def expire(self, now: dt.datetime) -> int:
        """Take openings that nobody has seen for long for gone; return how many."""
        stale = sa.and_(OPENINGS.c.live, OPENINGS.c.last_seen < now - STALE)
        async with self._write.begin() as connection:
            found = await connection.execute(sa.update(OPENINGS).where(stale).values(live=False))
            # Both databases choose their way by what they know of the rows.
            await connection.execute(sa.text("ANALYZE"))
        return int(found.rowcount)


def _batches(items: Sequence[Any]) -> Iterable[list[Any]]:
    return ([*items[start : start + BATCH]] for start in range(0, len(items), BATCH))
