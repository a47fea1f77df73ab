"""Telegram and Slack on loopback, as small as can be: they take digests and count them by person and date."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.chats.bot_api import ME

_DATE = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d{1,2} \w+)")
# What methods return that are asked before anything is sent.
_TELEGRAM = {"getMe": ME}
_SLACK = {
    "auth.test": {"user_id": "U0", "bot_id": "B0", "team_id": "T1", "team": "Jobs", "user": "advisor"},
    "apps.connections.open": {"url": "ws://127.0.0.1:1/"},
}


class Platforms:
    """Both platforms; `digests` counts what came, by chat and date as it is written there."""

    def __init__(self) -> None:
        self.digests: Counter[tuple[str, str]] = Counter()
        self.taken = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Listen; yield the port."""
        app = web.Application(client_max_size=1_000_000)
        app.router.add_post("/bot{token}/{method}", self._telegram)
        app.router.add_post("/api/{method}", self._slack)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield int(runner.addresses[0][1])
        finally:
            await runner.cleanup()

    async def until(self, count: int, seconds: float) -> None:
        """Wait until *count* digests came."""
        async with asyncio.timeout(seconds):
            while sum(self.digests.values()) < count:  # noqa: ASYNC110 - many a second come
                await asyncio.sleep(0.05)

    async def _telegram(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method != "sendMessage":
            return web.json_response({"ok": True, "result": _TELEGRAM.get(method, True)})
        body = await request.post()
        self._take(str(body["chat_id"]), str(body["text"]))
        chat = {"id": int(str(body["chat_id"])), "type": "private"}
        sent = {"message_id": self.taken, "date": 1_790_000_000, "chat": chat, "text": "sent"}
        return web.json_response({"ok": True, "result": sent})

    async def _slack(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method != "chat.postMessage":
            return web.json_response({"ok": True} | _SLACK.get(method, {}))
        body: dict[str, Any] = await request.json()
        self._take(body["channel"], body["text"])
        return web.json_response({"ok": True, "ts": f"{self.taken}.000100", "channel": body["channel"]})

    def _take(self, chat: str, text: str) -> None:
        self.taken += 1
        date = _DATE.search(text)
        if date:
            self.digests[chat, date[1]] += 1
