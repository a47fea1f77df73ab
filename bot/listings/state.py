"""The live listings in one line: how many, and how old the word of each board is."""

import asyncio
import datetime as dt

from adapters.boards import boards
from adapters.boards.board import BoardSettings
from bot.listings.cards import age
from bot.listings.wiring import board_settings, open_listings
from bot.settings import Settings


def listings_in_short(settings: Settings) -> str:
    """Describe the stored openings; where there are none, say how to get them.

    Raises:
        SettingError: a setting names no board.
        StoreError: the database cannot be opened.

    """
    chosen = board_settings(settings)
    on = [board for name, board in boards().items() if chosen.get(name, BoardSettings()).is_on(board.terms)]
    if not on:
        return "every board is off (see BOARDS__ in .env.example)"
    count, asked = asyncio.run(_stored(settings))
    if not asked:
        return f"none yet; `advisor refresh` asks {', '.join(board.terms.label for board in on)}"
    now = dt.datetime.now(dt.UTC)
    ages = (f"{board.terms.label} {age(asked[board.name], now) if board.name in asked else 'never'}" for board in on)
    return f"{count} openings; boards last answered: {', '.join(ages)}"


async def _stored(settings: Settings) -> tuple[int, dict[str, dt.datetime]]:
    """Return how many openings are live, and when each board answered last."""
    store, _ = open_listings(settings)
    asked: dict[str, dt.datetime] = {}
    async with store:
        for board, moment in await store.fetches():
            asked[board] = max(moment, asked.get(board, moment))
        return await store.live(), asked
