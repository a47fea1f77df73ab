"""Fetch every board that is due, read and store what it states, then make openings of it.

Each feed is a unit: read, stored in batches, and marked as fetched last, so that a run that is broken off anywhere is
simply run again. A board that fails costs only itself.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from adapters.boards.board import Board, BoardError, BoardSettings, Feed
from adapters.boards.client import NotModified, PoliteClient, Validators
from bot.listings.coverage import HISTORY, coverage_of, fallen
from bot.listings.openings import make_openings
from bot.store.listings import FeedState, ListingStore, digest
from bot.store.rows import told_of
from knowledge.listing.listing import Dropped
from knowledge.listing.read import read_listing

# Items read between two writes: small enough to lose little when killed, large enough to be quick.
BATCH = 100
# Feeds of one board that fail in a row before the rest is left for another time: its host is down, not one employer.
GIVE_UP = 3
Progress = Callable[[str, int, int], None]
"""Called with a board's name, feeds done and feeds there are."""


@dataclass
class Report:
    """What a refresh did with one board. `dropped` counts items by reason, `errors` are the feeds that failed."""

    board: str
    status: str = "ok"
    fetched: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    closed: int = 0
    with_pay: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    feeds: int = 0
    skipped: int = 0

    @property
    def kept(self) -> int:
        """Listings of this run that are stored."""
        return self.new + self.updated + self.same

    @property
    def failed(self) -> bool:
        """Tell whether nothing of the board could be fetched."""
        return bool(self.errors) and len(self.errors) == self.feeds - self.skipped


def _silent(_board: str, _done: int, _of: int) -> None:
    return


async def refresh(
    store: ListingStore,
    boards: Mapping[str, Board],
    settings: Mapping[str, BoardSettings],
    *,
    now: dt.datetime | None = None,
    progress: Progress = _silent,
    back_off: float = 2.0,
) -> list[Report]:
    """Refresh *boards* side by side and make openings of what changed; return one report per board."""
    moment = now or dt.datetime.now(dt.UTC)
    states = await store.feeds()
    lock = asyncio.Lock()
    runs = [
        _Run(store, board, settings.get(name, BoardSettings()), states, moment, lock, progress, back_off)
        for name, board in boards.items()
    ]
    reports = await asyncio.gather(*(run.whole() for run in runs))
    await make_openings(store, moment)
    return list(reports)


class _Run:
    """One board's part of a refresh. Writes take turns through *lock*."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one run
        self,
        store: ListingStore,
        board: Board,
        settings: BoardSettings,
        states: Mapping[str, FeedState],
        now: dt.datetime,
        lock: asyncio.Lock,
        progress: Progress,
        back_off: float,
    ) -> None:
        self.store, self.board, self.settings, self.states = store, board, settings, states
        self.now, self.lock, self.progress, self.back_off = now, lock, progress, back_off
        self.report = Report(board.name)

    async def whole(self) -> Report:
        """Fetch every feed of the board that is due, one after another."""
        if not self.settings.is_on(self.board.terms):
            self.report.status = "off: its terms need your consent" if self.settings.enabled is None else "off"
            return self.report
        feeds = list(self.board.feeds(self.settings))
        self.report.feeds = len(feeds)
        pause = 1.0 if len(feeds) > 1 and self.settings.url is None else 0.0
        row = 0
        validators = {feed.url: self.states[_key(feed)].validators for feed in feeds if _key(feed) in self.states}
        async with PoliteClient(validators, self.back_off, pause) as client:
            for done, feed in enumerate(feeds):
                self.progress(self.board.name, done, len(feeds))
                before = len(self.report.errors)
                await self._feed(feed, client)
                row = row + 1 if len(self.report.errors) > before else 0
                if row == GIVE_UP and done + 1 < len(feeds):
                    self.report.notes.append(
                        f"gave up after {row} feeds in a row that failed; {len(feeds) - done - 1} left"
                    )
                    self.report.feeds = done + 1
                    break
        self.progress(self.board.name, len(feeds), len(feeds))
        self._conclude()
        return self.report

    async def _feed(self, feed: Feed, client: PoliteClient) -> None:
        state = self.states.get(_key(feed))
        if state and self.now - state.fetched_at < self.board.terms.interval:
            self.report.skipped += 1
            return
        try:
            told = [one async for one in self._listings(feed, client)]
        except NotModified:
            await self._unchanged(feed, state)
            return
        except BoardError as error:
            self.report.errors.append(f"{feed.name}: {error}")
            return
        await self._close(feed, client)
        await self._remember(feed, state, client.seen.get(feed.url, Validators()), told)

    async def _listings(self, feed: Feed, client: PoliteClient) -> Any:  # noqa: ANN401 - an asynchronous generator
        """Read and store the feed page by page; yield what every listing kept tells."""
        async for page in self.board.pages(feed, client):
            self.report.notes += page.notes
            for start in range(0, len(page.items), BATCH):
                # Reading takes the processor; other boards go on in between.
                await asyncio.sleep(0)
                for one in await self._batch(feed, page.items[start : start + BATCH]):
                    yield one

    async def _batch(self, feed: Feed, items: list[Any]) -> list[str]:
        self.report.fetched += len(items)
        raws = {}
        for item in items:
            read = self.board.read(item, feed)
            if isinstance(read, Dropped):
                self.report.dropped[read.reason] = self.report.dropped.get(read.reason, 0) + 1
            elif read.key in raws:
                self.report.dropped["twice in the feed"] = self.report.dropped.get("twice in the feed", 0) + 1
            else:
                raws[read.key] = read
        known = await self.store.known(list(raws))
        hashes = {key: digest(raw) for key, raw in raws.items()}
        # What has not changed is known already and not read again.
        same = [key for key in raws if key in known and known[key][:2] == (hashes[key], False)]
        changed = [key for key in raws if key not in set(same)]
        listings = {key: read_listing(raws[key]) for key in changed}
        async with self.lock:
            await self.store.save(_key(feed), [(listings[key], hashes[key]) for key in changed], same, self.now)
        self.report.new += sum(key not in known for key in changed)
        self.report.updated += sum(key in known for key in changed)
        self.report.same += len(same)
        told = [*(told_of(listing) for listing in listings.values()), *(known[key].told for key in same)]
        self.report.with_pay += sum("p" in one for one in told)
        return told

    async def _close(self, feed: Feed, client: PoliteClient) -> None:
        """Close what the board says is closed: gone from an employer's own board, or so by its status call."""
        gone = await self.store.missing(_key(feed), self.now)
        ask = getattr(self.board, "closed", None)
        if not feed.complete and ask:
            ids = [key.partition(":")[2] for key in gone]
            closed = await ask(ids, feed, client) if ids else set()
            gone = [key for key in gone if key.partition(":")[2] in closed]
        elif not feed.complete:
            gone = []
        if gone:
            async with self.lock:
                await self.store.close(gone, self.now)
        self.report.closed += len(gone)

    async def _remember(self, feed: Feed, state: FeedState | None, validators: Validators, told: list[str]) -> None:
        """Note the fetch and how complete its listings are; tell what fell against the feed's own history."""
        before = state.coverage if state else ()
        shares = coverage_of(told)
        self.report.notes += [f"{feed.name}: {note}" for note in fallen(shares, before)]
        history = (*before, shares)[-HISTORY:] if told else before
        async with self.lock:
            await self.store.fetched(_key(feed), self.board.name, FeedState(self.now, validators, history))

    async def _unchanged(self, feed: Feed, state: FeedState | None) -> None:
        self.report.notes.append(f"{feed.name}: not changed since the last fetch")
        if state:
            with suppress(KeyError):
                async with self.lock:
                    await self.store.still_there(_key(feed), self.now)
                    await self.store.fetched(
                        _key(feed), self.board.name, FeedState(self.now, state.validators, state.coverage)
                    )

    def _conclude(self) -> None:
        report = self.report
        if report.failed:
            report.status = "failed"
        elif report.errors:
            report.status = "in part"
        elif report.feeds and report.skipped == report.feeds:
            hours = self.board.terms.interval.total_seconds() / 3600
            report.status = f"not due: its terms allow one fetch in {hours:g} h"


def _key(feed: Feed) -> str:
    """Return the name a feed is remembered by: another address is another feed."""
    return feed.url[:400]
