"""`advisor serve`: every configured chat in one process and one event loop, until it is told to stop.

`advisor worker` is the same without anybody to talk to: it does its share of the work that several processes share.
"""

import asyncio
import datetime as dt
import logging
import signal
import sys
from collections.abc import Sequence
from functools import cache

from adapters.chats.outcomes import SendError, TokenRejected
from adapters.chats.platform import ChatPlatform
from bot.gaps import open_keeper
from bot.listings.wiring import open_desk, open_opening_index
from bot.progress import progress_bar
from bot.serving.door import Door
from bot.serving.handling import Handler
from bot.serving.health import listen, make_app
from bot.serving.log import log_as_json
from bot.serving.platforms import configured
from bot.serving.state import State
from bot.serving.talks import PAGE
from bot.serving.workers import Workers
from bot.settings import Settings, read_settings
from bot.store.transactions import Transactions
from bot.wiring import Parts, open_parts, open_store
from bot.work.chores import Chores, embedding
from knowledge.errors import SettingError

LOG = logging.getLogger("advisor.serve")
# Seconds that answers in the making get when the process is told to stop; whatever takes longer follows after a start.
GRACE = 20.0
# Seconds between two tries to reach a platform.
RETRY = 15.0


def run() -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        SettingError: no chat is configured, a token is wrong, or a port that is needed is taken.

    """
    _run(read_settings(), talks=True)


def run_worker() -> None:
    """Share the work of other processes until SIGINT or SIGTERM.

    Raises:
        SettingError: there is nothing to share it through, no chat is configured, or a token is wrong.

    """
    settings = read_settings()
    if settings.database_url is None:
        raise SettingError(
            "DATABASE_URL", "workers share their work through PostgreSQL; on one machine `advisor serve` does all of it"
        )
    _run(settings, talks=False)


def _run(settings: Settings, *, talks: bool) -> None:
    platforms = configured(settings)
    log_as_json(sys.stderr, settings)
    with progress_bar("Opening the guides …" if sys.stdin.isatty() else "") as progress:
        parts = open_parts(settings, progress)
    for notice in parts.notices:
        LOG.warning(notice)
    try:
        asyncio.run(_until_told(open_service(settings, parts, platforms, talks=talks)))
    finally:
        if parts.scribe:
            parts.scribe.close()


async def _until_told(service: "Service") -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await service.run(stop)


def open_service(
    settings: Settings, parts: Parts, platforms: Sequence[ChatPlatform], *, talks: bool = True
) -> "Service":
    """Put together what serves *platforms*; one that does not talk sends digests and answers nobody."""
    store = Transactions(open_store(settings))
    openings = cache(lambda: open_opening_index(settings))
    desk = open_desk(settings, parts, PAGE, openings)
    named = {platform.name: platform for platform in platforms}
    # An index in a folder belongs to one process: the one that answers.
    embeds = talks or settings.chroma_url
    chores = Chores(settings, store, desk, named, embedding(settings, parts, openings) if embeds else None)
    if not talks:
        return Service(settings, store, platforms, None, chores)
    handler = Handler(parts, desk, open_keeper(settings), settings.keep_days, _readers(settings))
    allowed = frozenset(name.strip() for name in settings.allowed.split(",") if name.strip())
    door = Door(allowed, settings.messages_per_minute)
    return Service(settings, store, platforms, Workers(store, named, handler, door), chores)


def _readers(settings: Settings) -> str:
    """Return whose models read questions, to embed them or to write answers: that is said to those who ask."""
    names = (settings.embedding_model, settings.answer_model)
    return " and ".join(dict.fromkeys(name.partition(":")[0] for name in names if name))


class Service:
    """Everything that runs in this process; without *workers* nobody is answered."""

    def __init__(
        self,
        settings: Settings,
        store: Transactions,
        platforms: Sequence[ChatPlatform],
        workers: Workers | None,
        chores: Chores,
    ) -> None:
        self._settings, self._store, self._platforms, self._workers = settings, store, platforms, workers
        self._chores = chores
        self._state = State(store, [platform.name for platform in platforms], workers, chores)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until *stop* is set; then finish what was begun.

        Raises:
            SettingError: a token is wrong, or a port that is needed is taken.

        """
        routes = [route for platform in self._platforms for route in platform.routes()] if self._workers else []
        app = make_app(self._state, routes)
        runner = await listen(app, self._settings.http_host, self._settings.http_port, needed=bool(routes))
        if self._workers:
            await self._workers.start()
        tasks = [asyncio.create_task(self._receive(platform)) for platform in self._platforms]
        tasks.append(asyncio.create_task(self._chores.run()))
        try:
            await self._until(stop, tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._close()
            if runner:
                await runner.cleanup()
            LOG.info("stopped", extra=self._state.counted())

    async def _close(self) -> None:
        if self._workers:
            await self._workers.stop(GRACE)
        await asyncio.gather(*(platform.close() for platform in self._platforms))
        self._store.close()

    async def _until(self, stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
        """Wait for the word to stop, or for a platform that can never work."""
        told = asyncio.create_task(stop.wait())
        finished, _ = await asyncio.wait([told, *tasks], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        for task in finished - {told}:
            error = task.exception()
            if error:
                raise error

    async def _receive(self, platform: ChatPlatform) -> None:
        while True:
            try:
                await (platform.open() if self._workers else platform.connect())
            except TokenRejected as error:
                raise SettingError(error.setting, str(error)) from error
            except SendError as error:
                LOG.warning("%s cannot be reached, tried again in %d seconds: %s", platform.name, RETRY, error)
                await asyncio.sleep(RETRY)
                continue
            break
        self._state.open.add(platform.name)
        if self._workers is None:
            LOG.info("sending to %s", platform.name)
            await asyncio.Event().wait()
            return
        LOG.info("serving %s", platform.name)
        try:
            await platform.receive(self._workers.take)
        except TokenRejected as error:
            raise SettingError(error.setting, str(error)) from error
        finally:
            self._state.open.discard(platform.name)

    async def send_due(self, now: dt.datetime) -> int:
        """Send what is due at *now*, without serving anybody; return how many digests there were.

        Raises:
            SettingError: a token is wrong.
            SendError: a platform cannot be reached.

        """
        try:
            await asyncio.gather(*(platform.connect() for platform in self._platforms))
            return await self.send_digests(now)
        except TokenRejected as error:
            raise SettingError(error.setting, str(error)) from error
        finally:
            await self._close()

    async def send_digests(self, now: dt.datetime) -> int:
        """Put on its way what is due at *now*, and send it; return how many digests and alerts there were."""
        planned = await self._chores.plan(now) + await self._chores.alert(now)
        await self._chores.send()
        return planned
