"""Openings for conversations: a board on loopback, fetched as an operator would."""

import asyncio
import datetime as dt
from typing import Any

from adapters.boards import boards
from adapters.boards.board import BoardSettings
from bot.listings.refresh import refresh
from bot.listings.wiring import open_listings
from bot.settings import Settings
from tests.boards.loopback import Answer, serving
from tests.boards.payloads import jobicy, jobicy_page


def stock(settings: Settings, *jobs: dict[str, Any], now: dt.datetime | None = None) -> None:
    """Store *jobs* of a board an hour before *now*, by default a senior computer vision engineer's."""
    now = now or dt.datetime.now(dt.UTC)
    fresh = {"pubDate": (now - dt.timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S")}
    page = jobicy_page(*(job | fresh for job in jobs or (jobicy(1),)))
    with serving(lambda *_: Answer(page)) as server:
        chosen = {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}
        asyncio.run(_refresh(settings, chosen, now))


async def _refresh(settings: Settings, chosen: dict[str, BoardSettings], now: dt.datetime) -> None:
    store, engine = open_listings(settings)
    async with store:
        await refresh(store, {"jobicy": boards()["jobicy"]}, chosen, now=now, back_off=0.01)
    engine.dispose()
