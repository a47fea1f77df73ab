"""What somebody sees while they wait: that an answer is being made, then the answer as it grows."""

import asyncio
from contextlib import suppress

from adapters.chats.platform import ChatPlatform, Inbound
from adapters.chats.reply import Reply
from bot.replies import so_far
from retrieval.answer import Answer

# Somebody who waits longer than this is shown that an answer is being made, and again while it is.
NOTICE, AGAIN = 0.4, 4.5


class Showing:
    """Shows one answer in the making."""

    def __init__(self, platform: ChatPlatform, inbound: Inbound) -> None:
        self._platform, self._inbound = platform, inbound
        self._preview = platform.preview(inbound.address, private=inbound.private)
        self._loop = asyncio.get_running_loop()
        self._grown = asyncio.Event()
        self._latest: Reply | None = None
        self._task = asyncio.create_task(self._run())

    def grow(self, answer: Answer) -> None:
        """Show *answer* as far as it has come; may be called from any thread."""
        reply = so_far(answer)
        # When the process ends there is nobody to show it to.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._set, reply)

    async def end(self) -> str:
        """Show no more; return the name of the message that the answer takes the place of, empty for none."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        return await self._preview.end() if self._preview else ""

    def _set(self, reply: Reply) -> None:
        self._latest = reply
        self._grown.set()

    async def _run(self) -> None:
        wait = NOTICE
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._grown.wait(), wait)
            wait = AGAIN
            self._grown.clear()
            if self._preview and self._latest:
                await self._preview.show(self._latest)
                # Others are shown meanwhile; of frames that come too fast the last one is.
                await asyncio.sleep(self._preview.pace)
            else:
                await self._platform.busy(self._inbound.address, private=self._inbound.private)
