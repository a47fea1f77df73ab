"""What is done again and again: boards fetched, openings embedded, digests composed and sent, old things forgotten."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from functools import partial

from adapters.chats.platform import ChatPlatform
from bot.digests.alerts import Alerter
from bot.digests.courier import Courier
from bot.digests.planner import Planner
from bot.listings.desk import Desk
from bot.listings.refresh import refresh
from bot.listings.vectors import sync_vectors
from bot.listings.wiring import board_settings, chosen_boards, open_listings
from bot.serving.log import place_of
from bot.settings import Settings
from bot.store import mail, outcomes, usage
from bot.store.database import address, open_async
from bot.store.transactions import Transactions
from bot.wiring import Parts, open_store
from bot.work.aside import aside
from bot.work.here import Here
from bot.work.task import Engine, Task
from retrieval.openings import OpeningIndex
from retrieval.passages import searchable

LOG = logging.getLogger("advisor.work")
# Seconds before it is tried again to share work.
RETRY = 15
Embed = Callable[[], None]
"""Brings the index up to date; takes seconds, in which it uses the processor."""


class Chores:
    """The tasks of one process, and the engines that do them.

    On PostgreSQL they are shared with every other process; an index that lies in this process's own folder is looked
    after by itself in any case.
    """

    def __init__(
        self,
        settings: Settings,
        store: Transactions,
        desk: Desk | None,
        platforms: Mapping[str, ChatPlatform],
        embed: Embed | None,
    ) -> None:
        self._settings, self._store, self._platforms = settings, store, platforms
        self.courier = Courier(store, platforms)
        self.planner = Planner(store, desk, platforms) if desk else None
        self._alerter = Alerter(store, desk, platforms) if desk else None
        tasks = [Task("digests", self.plan, 15, alone=False), Task("alerts", self.alert, 60)] if desk else []
        # One for each platform: one that is away or slow holds up no other.
        tasks += [Task(f"sending-{name}", partial(self.courier.run, name), 5) for name in platforms]
        tasks += [Task("cleaning", self._clean, 3600)]
        tasks += [Task("boards", self._refresh, 600)] if settings.refresh else []
        embedding = [Task("index", lambda: aside(embed), 600)] if embed and settings.refresh else []
        self._mine = embedding if settings.database_url and not settings.chroma_url else []
        self._shared = tasks if self._mine else [*tasks, *embedding]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All of them."""
        return (*self._mine, *self._shared)

    async def run(self) -> None:
        """Do them again and again until cancelled."""
        await asyncio.gather(Here().run(self._mine), self._again())

    async def _again(self) -> None:
        while True:
            try:
                await self._engine().run(self._shared)
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                LOG.error("work is not shared, tried again in %d seconds: %s", RETRY, place_of(error))  # noqa: TRY400
            await asyncio.sleep(RETRY)

    def _engine(self) -> Engine:
        if not self._settings.database_url:
            return Here()
        from bot.work.machines import Machines  # noqa: PLC0415 - only where work is shared

        return Machines(address(self._settings.database_url.get_secret_value(), self._settings.database_file))

    async def plan(self, now: dt.datetime | None = None) -> int:
        """Put on its way what is due at *now*; return how many digests."""
        return await self.planner.run(now or dt.datetime.now(dt.UTC)) if self.planner else 0

    async def alert(self, now: dt.datetime | None = None) -> int:
        """Put on its way what came in for who wants it at once; return how many alerts."""
        return await self._alerter.run(now or dt.datetime.now(dt.UTC)) if self._alerter else 0

    async def send(self) -> None:
        """Send what is on its way on every platform."""
        async with asyncio.TaskGroup() as group:
            for name in self._platforms:
                group.create_task(self.courier.run(name))

    async def _refresh(self) -> None:
        # Reading listings takes the processor, which people who wait for answers need: not in their event loop.
        await aside(lambda: asyncio.run(_refreshed(self._settings)))

    async def _clean(self) -> None:
        """Forget what is older than the operator wants it kept, and what nobody needs any more."""
        now = dt.datetime.now(dt.UTC)
        await self._store.write(partial(mail.forget_old, before=now - dt.timedelta(days=self._settings.keep_days)))
        await self._store.write(partial(outcomes.forget_old, now=now))
        await self._store.write(partial(usage.forget_old, now=now))


async def _refreshed(settings: Settings) -> None:
    """Fetch every board that is due; log what went wrong."""
    store, engine = open_listings(settings)
    async with store:
        reports = await refresh(store, chosen_boards(None), board_settings(settings))
    engine.dispose()
    for report in reports:
        if report.errors:
            LOG.warning("board %s: %s", report.board, "; ".join(report.errors[:2]))


def embedding(settings: Settings, parts: Parts, openings: Callable[[], OpeningIndex | None]) -> Embed:
    """Return what embeds the guides and openings that are new."""

    def embed() -> None:
        index = openings()
        if index is None or parts.index is None:
            return
        parts.index.sync(searchable(parts.library))
        engine = open_store(settings)
        asyncio.run(sync_vectors(open_async(engine), index))
        engine.dispose()

    return embed
