"""What every loopback platform has in common: what was sent where, and waiting for it."""

import asyncio
from collections import Counter, defaultdict
from typing import Any


class Loopback:
    """Counts what is sent to each chat, and to all of them (None); `files` are those that came along."""

    def __init__(self) -> None:
        self.files: list[bytes] = []
        # What is being driven, where it runs in this process.
        self.service: Any = None
        self.counts: Counter[int | None] = Counter()
        self.arrived: defaultdict[int | None, asyncio.Event] = defaultdict(asyncio.Event)

    def says(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> Any:
        """Let a person write *text*."""
        raise NotImplementedError

    def presses(self, label: str, chat: int = 7, person: int | None = None) -> None:
        """Let a person press the last button that says *label*."""
        raise NotImplementedError

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts that were sent as people see them, in order."""
        raise NotImplementedError

    def count(self, chat: int) -> None:
        """Take note that something was sent to *chat*."""
        for where in (chat, None):
            self.counts[where] += 1
            self.arrived[where].set()

    async def ask(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> str:
        """Let a person write *text*; return what is sent next there."""
        count = self.counts[chat]
        self.says(text, chat, person, **more)
        return (await self.until(count + 1, chat))[count]

    async def ask_by(self, label: str, chat: int = 7) -> str:
        """Let a person press a button; return what is sent next there."""
        count = self.counts[chat]
        self.presses(label, chat)
        return (await self.until(count + 1, chat))[count]

    async def until(self, count: int, chat: int | None = None, seconds: float = 20.0) -> list[str]:
        """Wait until *count* messages were sent; return their texts."""
        try:
            async with asyncio.timeout(seconds):
                while self.counts[chat] < count:
                    self.arrived[chat].clear()
                    await self.arrived[chat].wait()
        except TimeoutError:
            raise AssertionError(f"{self.counts[chat]} of {count} sent: {self.texts(chat)}") from None
        return self.texts(chat)
