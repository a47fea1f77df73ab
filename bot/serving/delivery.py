"""Requests on their way: in order per conversation, tried again where not sent, counted where nobody knows."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from adapters.chats.outcomes import Gone, Moved, Refused, TokenRejected, UnknownOutcome, Unsent
from adapters.chats.platform import Address, ChatPlatform
from bot.store import letters, mail
from bot.store.mail import MOST_REPEATS, Letter, Sending
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.chats")
# Seconds before a request is tried again, doubled each time up to the longest.
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0


@dataclass
class Counts:
    """What was sent since the start, and how often again though it may have arrived."""

    sent: int = 0
    repeated: int = 0
    failed: int = 0


class Delivery:
    """Sends the answers in the outbox. *wake* is told of a conversation that has another name now."""

    def __init__(self, store: Transactions, platforms: Mapping[str, ChatPlatform], wake: Callable[[str], None]) -> None:
        self._store, self._platforms, self._wake = store, platforms, wake
        self.counts = Counts()

    async def deliver(self, conversation: str) -> None:
        """Send everything that waits for *conversation*, in order."""
        while True:
            waiting = await self._store.read(lambda connection: mail.outgoing(connection, conversation))
            if not waiting:
                return
            for letter in waiting:
                if not await self._settle(letter, Address.of(conversation)):
                    return

    async def _settle(self, letter: Letter, address: Address) -> bool:
        """Send one request until its outcome is known; tell whether the next one may follow."""
        repeats, wait = letter.repeats, FIRST_WAIT
        # It was being sent when a process before this one ended.
        unknown = letter.state is Sending.SENDING
        while True:
            if unknown:
                repeats += 1
                self.counts.repeated += repeats <= MOST_REPEATS
                if repeats > MOST_REPEATS:
                    await self._mark(letter, Sending.UNKNOWN, repeats=repeats)
                    return True
            await self._mark(letter, Sending.SENDING, repeats=repeats)
            try:
                message = await self._platforms[address.platform].send(letter.part, address)
            except (Unsent, TokenRejected) as error:
                unknown = False
                await self._mark(letter, Sending.WAITING, repeats=repeats)
                wait = await self._pause(error.seconds if isinstance(error, Unsent) else LONGEST_WAIT, wait)
            except UnknownOutcome:
                unknown = True
                wait = await self._pause(0.0, wait)
            except (Refused, Gone, Moved) as error:
                return await self._refused(letter, address, error)
            else:
                self.counts.sent += 1
                await self._mark(letter, Sending.SENT, message=message, repeats=repeats)
                return True

    async def _pause(self, asked: float, wait: float) -> float:
        await asyncio.sleep(max(asked, wait))
        return min(wait * 2, LONGEST_WAIT)

    async def _refused(self, letter: Letter, address: Address, error: Refused | Gone | Moved) -> bool:
        def written(connection: sa.Connection) -> None:
            if isinstance(error, Moved):
                mail.mark(connection, letter.id, Sending.WAITING, repeats=letter.repeats)
                mail.move(connection, address, error.chat)
            elif isinstance(error, Gone):
                letters.close_chat(connection, address.key, dt.datetime.now(dt.UTC))
            else:
                mail.mark(connection, letter.id, Sending.FAILED)

        await self._store.write(written)
        if isinstance(error, Moved):
            self._wake(replace(address, chat=error.chat).key)
        elif isinstance(error, Refused):
            LOG.error("a message was refused: %s", error)
            self.counts.failed += 1
        return isinstance(error, Refused)

    async def _mark(self, letter: Letter, state: Sending, *, message: str = "", repeats: int = 0) -> None:
        await self._store.write(
            lambda connection: mail.mark(connection, letter.id, state, message=message, repeats=repeats)
        )
