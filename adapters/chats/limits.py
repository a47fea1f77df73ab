"""How fast a platform lets a bot speak: a pace for each chat, and one for all of them together."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from typing import NamedTuple

from aiolimiter import AsyncLimiter

# Chats whose pace is remembered.
REMEMBERED = 2000


class Pace(NamedTuple):
    """So many requests at once, and as many again in every so many seconds."""

    requests: int
    seconds: float


class Limits:
    """Waits until a message may be sent to a chat: at its own pace (*of_chat*), then at the pace of all (*overall*)."""

    def __init__(self, overall: Pace, of_chat: Callable[[str], Pace]) -> None:
        self._overall = AsyncLimiter(*overall)
        self._of_chat = of_chat
        self._chats: dict[str, AsyncLimiter] = {}
        self._bulk = asyncio.Lock()

    async def wait(self, chat: str, *, bulk: bool = False) -> None:
        """Wait for the turn of *chat*, then for the turn among all; one chat that waits holds up no other.

        The turn among all is given in the order of asking, and of *bulk* requests one at a time may ask for it: so an
        answer never waits for more than one of them.
        """
        if chat not in self._chats:
            self._chats[chat] = AsyncLimiter(*self._of_chat(chat))
            if len(self._chats) > REMEMBERED:
                del self._chats[next(iter(self._chats))]
        await self._chats[chat].acquire()
        async with self._bulk if bulk else nullcontext():
            await self._overall.acquire()
