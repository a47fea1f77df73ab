"""How fast Telegram lets a bot speak: 30 messages a second in all, one a second in a chat, 20 a minute in a group.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (read 2026-11).
"""

import asyncio
from contextlib import nullcontext

from aiolimiter import AsyncLimiter

# A little below what is allowed, in small bursts, so that two bursts do not meet at the other end.
_OVERALL = (5, 0.18)
# Three at once, then one a second; five at once, then 20 a minute.
_PRIVATE, _GROUP = (3, 3.0), (5, 15.0)
# Chats whose pace is remembered.
REMEMBERED = 2000


class Limits:
    """Waits until a message may be sent to a chat."""

    def __init__(self) -> None:
        self._overall = AsyncLimiter(*_OVERALL)
        self._chats: dict[str, AsyncLimiter] = {}
        self._bulk = asyncio.Lock()

    async def wait(self, chat: str, *, bulk: bool = False) -> None:
        """Wait for the turn of *chat*, then for the turn among all; one chat that waits holds up no other.

        The turn among all is given in the order of asking, and of *bulk* requests one at a time may ask for it: so an
        answer never waits for more than one of them.
        """
        if chat not in self._chats:
            # Groups and channels have negative ids.
            self._chats[chat] = AsyncLimiter(*(_GROUP if chat.startswith("-") else _PRIVATE))
            if len(self._chats) > REMEMBERED:
                del self._chats[next(iter(self._chats))]
        await self._chats[chat].acquire()
        async with self._bulk if bulk else nullcontext():
            await self._overall.acquire()
