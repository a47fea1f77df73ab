"""Digests on their way are sent: a few at a time, by one process or several."""

import asyncio
import logging
from collections.abc import Mapping

from adapters.chats.platform import ChatPlatform
from bot.serving.delivery import Clock, Counts, Delivery, utc_now
from bot.serving.log import place_of
from bot.store import mail
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.digests")
# Conversations looked after at once; most of them wait for their turn.
AT_ONCE = 500
# Seconds between two looks at what else is on its way.
LOOK = 0.5
# Seconds before a conversation is looked after again that could not be.
AGAIN = 5.0


class Courier:
    """Sends the digests that planners put on their way."""

    def __init__(self, store: Transactions, platforms: Mapping[str, ChatPlatform], clock: Clock = utc_now) -> None:
        self._store, self._platforms, self._clock = store, platforms, clock
        self._delivery = Delivery(store, platforms, lambda _: None, digests=True, clock=clock)

    @property
    def counts(self) -> Counts:
        """What was sent since the start."""
        return self._delivery.counts

    async def run(self) -> None:
        """Send what is on its way on every platform, until nothing is left that this process could send."""
        await asyncio.gather(*(self._send(name) for name in self._platforms))

    async def _send(self, platform: str) -> None:
        tasks: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                now = self._clock()
                for conversation in await self._store.read(
                    lambda connection: mail.with_digests(connection, platform, now, AT_ONCE)  # noqa: B023 - read at once
                ):
                    if conversation not in tasks and len(tasks) < AT_ONCE:
                        tasks[conversation] = asyncio.create_task(self._look_after(conversation))
                if not tasks:
                    return
                await asyncio.wait(tasks.values(), timeout=LOOK)
                tasks = {name: task for name, task in tasks.items() if not task.done()}
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)

    async def _look_after(self, conversation: str) -> None:
        try:
            await self._delivery.deliver(conversation)
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment; it is still on its way
            LOG.error("a digest could not be sent and is tried again: %s", place_of(error))  # noqa: TRY400
            await asyncio.sleep(AGAIN)
