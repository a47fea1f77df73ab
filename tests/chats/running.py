"""An advisor that serves chats, in this process, against a platform on loopback."""

import asyncio
import os
import socket
import sys
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
from tests.chats.slack_api import APP_TOKEN, BOT_TOKEN, SECRET, SlackApi

Script = Callable[[BotApi], Awaitable[None]]
SlackScript = Callable[[SlackApi], Awaitable[None]]
# What no conversation is about: boards of the real world, and who asks too fast.
QUIET = {"refresh": False, "messages_per_minute": 6000}


def settings_for(home: Path, port: int, *, hooked: bool = False, **more: Any) -> Settings:
    """Return settings of an advisor that speaks to a Bot API on *port*; *hooked* ones are called by it."""
    mine = free_port()
    hook = HttpUrl(f"http://127.0.0.1:{mine}") if hooked else None
    fields: dict[str, Any] = QUIET | {"advisor_home": home, "http_port": mine}
    fields |= {"telegram_token": SecretStr(TOKEN), "telegram_api_url": f"http://127.0.0.1:{port}", "webhook_url": hook}
    return Settings.model_construct(**fields | more)


def slack_settings(home: Path, port: int, *, hooked: bool = False, **more: Any) -> Settings:
    """Return settings of an advisor that speaks to a Slack on *port*, over a socket or, *hooked*, called by it."""
    fields: dict[str, Any] = QUIET | {"advisor_home": home, "http_port": free_port()}
    fields |= {"slack_bot_token": SecretStr(BOT_TOKEN), "slack_api_url": f"http://127.0.0.1:{port}/api/"}
    fields |= {"slack_signing_secret": SecretStr(SECRET)} if hooked else {"slack_app_token": SecretStr(APP_TOKEN)}
    return Settings.model_construct(**fields | more)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def listening(api: BotApi | SlackApi) -> AsyncIterator[int]:
    """Serve *api*; yield its port."""
    runner = web.AppRunner(api.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    telling = asyncio.create_task(api.call_hook() if isinstance(api, BotApi) else api.tell())
    try:
        yield int(runner.addresses[0][1])
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
        await runner.cleanup()


@asynccontextmanager
async def started(
    command: str, variables: dict[str, str], home: Path, log: int = asyncio.subprocess.DEVNULL
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `advisor` *command* in a process, in the folder *home*; killed at the end if it still runs.

    Its log goes to *log*: a pipe must be read, or a process that says much waits forever.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", command),
        env=os.environ | {"ADVISOR_HOME": str(home)} | variables,
        cwd=home,
        stderr=log,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


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
        async with (
            listening(api) as port,
            serving(settings_for(home, port, hooked=hooked, **more), parts) as api.service,
        ):
            await script(api)
        return api

    api = asyncio.run(play())
    assert not api.refused
    return api


def converse_in_slack(script: SlackScript, parts: Parts, home: Path, *, hooked: bool = False, **more: Any) -> SlackApi:
    """Play *script* against a running advisor; return the Slack, which must have refused nothing."""

    async def play() -> SlackApi:
        api = SlackApi()
        async with listening(api) as api.port:
            settings = slack_settings(home, api.port, hooked=hooked, **more)
            api.hook = f"http://127.0.0.1:{settings.http_port}/slack/events" if hooked else ""
            async with serving(settings, parts) as api.service:
                await script(api)
        return api

    api = asyncio.run(play())
    assert not api.refused
    return api
