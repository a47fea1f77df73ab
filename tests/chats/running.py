"""An advisor that serves Telegram, in this process, against a Bot API on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import HttpUrl, SecretStr

from bot.serving.platforms import configured
from bot.serving.serve import Service, open_service
from bot.settings import Settings
from bot.wiring import Parts
from tests.chats.bot_api import TOKEN, BotApi

Script = Callable[[BotApi], Awaitable[None]]


def settings_for(home: Path, port: int, *, hooked: bool = False, **more: Any) -> Settings:
    """Return settings of an advisor that speaks to a Bot API on *port*; *hooked* ones are called by it."""
    mine = free_port()
    hook = HttpUrl(f"http://127.0.0.1:{mine}") if hooked else None
    fields: dict[str, Any] = {"advisor_home": home, "http_port": mine, "messages_per_minute": 6000}
    fields |= {"telegram_token": SecretStr(TOKEN), "telegram_api_url": f"http://127.0.0.1:{port}", "webhook_url": hook}
    return Settings.model_construct(**fields | more)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def listening(api: BotApi) -> AsyncIterator[int]:
    """Serve *api*; yield its port."""
    runner = web.AppRunner(api.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hooks = asyncio.create_task(api.call_hook())
    try:
        yield int(runner.addresses[0][1])
    finally:
        hooks.cancel()
        with suppress(asyncio.CancelledError):
            await hooks
        await runner.cleanup()


@asynccontextmanager
async def serving(settings: Settings, parts: Parts) -> AsyncIterator[Service]:
    """Serve chats until the block ends."""
    service = open_service(settings, parts, configured(settings))
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    try:
        yield service
    finally:
        stop.set()
        await running


def converse(script: Script, parts: Parts, home: Path, *, hooked: bool = False, **more: Any) -> BotApi:
    """Play *script* against a running advisor; return the Bot API, which must have refused nothing."""

    async def play() -> BotApi:
        api = BotApi()
        async with listening(api) as port, serving(settings_for(home, port, hooked=hooked, **more), parts):
            await script(api)
        return api

    api = asyncio.run(play())
    assert not api.refused
    return api
