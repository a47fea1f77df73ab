"""`advisor serve`: every configured chat in one process and one event loop, until it is told to stop."""

import asyncio
import datetime as dt
import logging
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from adapters.chats.outcomes import SendError, TokenRejected
from adapters.chats.platform import ChatPlatform
from bot.digests.sender import DigestSender
from bot.gaps import open_keeper
from bot.listings.wiring import open_desk
from bot.progress import progress_bar
from bot.serving.door import Door
from bot.serving.handling import PAGE, Handler
from bot.serving.health import listen, make_app
from bot.serving.log import log_as_json
from bot.serving.platforms import configured
from bot.serving.workers import Workers, place_of
from bot.settings import Settings, read_settings
from bot.store import mail
from bot.store.transactions import Transactions
from bot.wiring import Parts, open_parts, open_store
from knowledge.errors import SettingError

LOG = logging.getLogger("advisor.serve")
# Seconds that answers in the making get when the process is told to stop; whatever takes longer follows after a start.
GRACE = 20.0
# Seconds between two looks at what is old enough to be forgotten, and between two tries to reach a platform.
CLEANING, RETRY = 3600.0, 15.0
# Seconds between two looks at which digests are due.
TICK = 15.0


def run() -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        SettingError: no chat is configured, a token is wrong, or a port that is needed is taken.

    """
    settings = read_settings()
    platforms = configured(settings)
    log_as_json(sys.stderr, settings)
    with progress_bar("Opening the guides …" if sys.stdin.isatty() else "") as progress:
        parts = open_parts(settings, progress)
    for notice in parts.notices:
        LOG.warning(notice)
    asyncio.run(_until_told(open_service(settings, parts, platforms)))


async def _until_told(service: "Service") -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await service.run(stop)


def open_service(settings: Settings, parts: Parts, platforms: Sequence[ChatPlatform]) -> "Service":
    """Put together what serves *platforms*."""
    store = Transactions(open_store(settings))
    # Whoever embeds questions reads them; that is said to those who ask.
    service = (settings.embedding_model or "").partition(":")[0]
    desk = open_desk(settings, parts, PAGE)
    handler = Handler(parts, desk, open_keeper(settings), settings.keep_days, service)
    allowed = frozenset(name.strip() for name in settings.allowed.split(",") if name.strip())
    door = Door(allowed, settings.messages_per_minute)
    named = {platform.name: platform for platform in platforms}
    workers = Workers(store, named, handler, door)
    sender = DigestSender(store, desk, named, workers.wake) if desk else None
    return Service(settings, store, platforms, workers, sender)


class Service:
    """Everything that runs while chats are served."""

    def __init__(
        self,
        settings: Settings,
        store: Transactions,
        platforms: Sequence[ChatPlatform],
        workers: Workers,
        digests: DigestSender | None,
    ) -> None:
        self._settings, self._store, self._platforms, self._workers = settings, store, platforms, workers
        self._digests = digests
        self._open: set[str] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until *stop* is set; then finish what was begun.

        Raises:
            SettingError: a token is wrong, or a port that is needed is taken.

        """
        routes = [route for platform in self._platforms for route in platform.routes()]
        app = make_app(self._state, routes)
        runner = await listen(app, self._settings.http_host, self._settings.http_port, needed=bool(routes))
        await self._workers.start()
        tasks = [asyncio.create_task(self._receive(platform)) for platform in self._platforms]
        beside = [asyncio.create_task(self._clean()), asyncio.create_task(self._send_digests())]
        try:
            await self._until(stop, tasks)
        finally:
            for task in (*tasks, *beside):
                task.cancel()
            await asyncio.gather(*tasks, *beside, return_exceptions=True)
            await self._workers.stop(GRACE)
            await asyncio.gather(*(platform.close() for platform in self._platforms))
            if runner:
                await runner.cleanup()
            self._store.close()
            counts = self._workers.delivery.counts
            LOG.info("stopped", extra={"answered": self._workers.tally.answered, "sent": counts.sent})

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
                await platform.open()
            except TokenRejected as error:
                raise SettingError(error.setting, str(error)) from error
            except SendError as error:
                LOG.warning("%s cannot be reached, tried again in %d seconds: %s", platform.name, RETRY, error)
                await asyncio.sleep(RETRY)
                continue
            break
        self._open.add(platform.name)
        LOG.info("serving %s", platform.name)
        try:
            await platform.receive(self._workers.take)
        except TokenRejected as error:
            raise SettingError(error.setting, str(error)) from error
        finally:
            self._open.discard(platform.name)

    async def _clean(self) -> None:
        """Forget what is older than the operator wants it kept."""
        while True:
            before = dt.datetime.now(dt.UTC) - dt.timedelta(days=self._settings.keep_days)
            with suppress(SQLAlchemyError):
                await self._store.write(partial(mail.forget_old, before=before))
            await asyncio.sleep(CLEANING)

    async def send_due(self, now: dt.datetime) -> int:
        """Post what is due at *now*, without serving anybody, and wait until it is sent; return how many there were.

        Raises:
            SettingError: a token is wrong.
            SendError: a platform cannot be reached.

        """
        try:
            await asyncio.gather(*(platform.connect() for platform in self._platforms))
            posted = await self.send_digests(now)
            await self._workers.idle()
        except TokenRejected as error:
            raise SettingError(error.setting, str(error)) from error
        finally:
            await self._workers.stop(GRACE)
            await asyncio.gather(*(platform.close() for platform in self._platforms))
            self._store.close()
        return posted

    async def send_digests(self, now: dt.datetime) -> int:
        """Post what is due at *now*; return how many digests are on their way."""
        return await self._digests.run(now) if self._digests else 0

    async def _send_digests(self) -> None:
        """Post what is due, again and again; what fails is tried again, for it is still due."""
        while self._digests:
            try:
                await self.send_digests(dt.datetime.now(dt.UTC))
            except Exception as error:  # noqa: BLE001 - the database may be away or full; nothing is lost
                LOG.error("digests could not be posted: %s", place_of(error))  # noqa: TRY400
            await asyncio.sleep(TICK)

    def _state(self) -> dict[str, Any]:
        """Return what the health page shows."""
        counts = self._workers.delivery.counts
        return {
            "ok": len(self._open) == len(self._platforms),
            "platforms": {platform.name: platform.name in self._open for platform in self._platforms},
            "busy": self._workers.busy,
            "answered": self._workers.tally.answered,
            "failed": self._workers.tally.failed,
            "sent": counts.sent,
            "repeated": counts.repeated,
            "refused": counts.failed,
            "digests": vars(self._digests.tally) if self._digests else {},
        }
