"""Requests on their way: in order per conversation, tried again where not sent, counted where nobody knows."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

import sqlalchemy as sa

from adapters.chats.outcomes import Gone, Moved, Refused, TokenRejected, UnknownOutcome, Unsent
from adapters.chats.platform import Address, ChatPlatform
from bot.store import chats, ledger, mail
from bot.store.mail import Letter, Sending
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.chats")
# Seconds before a request is tried again, doubled each time up to the longest.
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
# A request whose outcome stays unknown is sent so often; then it counts as sent, for one answer three times is enough.
MOST_REPEATS = 2
# Digests on their way at once: as many may come twice, or not at all, where the process is killed.
IN_FLIGHT = 8


Clock = Callable[[], dt.datetime]
"""Tells the moment (UTC)."""


@dataclass
class Counts:
    """What was sent since the start, and how often again though it may have arrived."""

    sent: int = 0
    repeated: int = 0
    failed: int = 0


def utc_now() -> dt.datetime:
    """Return the moment."""
    return dt.datetime.now(dt.UTC)


class Delivery:
    """Sends what is in the outbox: answers or, with *digests*, digests, which several processes may send.

    *wake* is told of a conversation that has another name now.
    """

    def __init__(
        self,
        store: Transactions,
        platforms: Mapping[str, ChatPlatform],
        wake: Callable[[str], None],
        *,
        digests: bool = False,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._platforms, self._wake, self._digests = store, platforms, wake, digests
        self._clock = clock
        self.counts = Counts()
        self._bulk = asyncio.Semaphore(IN_FLIGHT)

    async def deliver(self, conversation: str) -> None:
        """Send everything that waits for *conversation*, in order."""
        while True:
            letters = await self._store.read(
                lambda connection: mail.outgoing(connection, conversation, digests=self._digests)
            )
            if not letters:
                return
            for letter in letters:
                if not await self._settle(letter, Address.of(conversation)):
                    return

    async def _settle(self, letter: Letter, address: Address) -> bool:
        """Send one request until its outcome is known; tell whether the next one may follow."""
        repeats, wait = letter.repeats, FIRST_WAIT
        # It was being sent when a process before this one ended: nothing is lost, so it is sent again.
        unknown, most = letter.state is Sending.SENDING, MOST_REPEATS
        while True:
            if unknown:
                repeats += 1
                if repeats > most:
                    await self._mark(letter, Sending.UNKNOWN, repeats=repeats)
                    return True
            self.counts.repeated += unknown
            # Somebody waits for an answer; a digest that may have arrived is not sent twice.
            most = 0 if self._digests else MOST_REPEATS
            try:
                message = await self._send(letter, address, repeats)
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
                if message is None:
                    return False
                self.counts.sent += 1
                await self._mark(letter, Sending.SENT, message=message, repeats=repeats)
                return True

    async def _send(self, letter: Letter, address: Address, repeats: int) -> str | None:
        """Send one request, of digests only so many at once; None where another process sends it."""
        async with self._bulk if self._digests else nullcontext():
            if not await self._begin(letter, repeats):
                return None
            return await self._platforms[address.platform].send(letter.part, address)

    async def _begin(self, letter: Letter, repeats: int) -> bool:
        """Say that a request is being sent; False where another process sends it."""
        if not self._digests:
            await self._mark(letter, Sending.SENDING, repeats=repeats)
            return True
        now = self._clock()
        return await self._store.write(lambda connection: mail.lease(connection, letter.id, now, repeats))

    async def _pause(self, asked: float, wait: float) -> float:
        await asyncio.sleep(max(asked, wait))
        return min(wait * 2, LONGEST_WAIT)

    async def _refused(self, letter: Letter, address: Address, error: Refused | Gone | Moved) -> bool:
        def written(connection: sa.Connection) -> None:
            if isinstance(error, Moved):
                mail.mark(connection, letter.id, Sending.WAITING, repeats=letter.repeats)
                mail.move(connection, address, error.chat)
            elif isinstance(error, Gone):
                mail.close_chat(connection, address.key)
                chats.close_chat(connection, address.key)
                ledger.close(connection, address.key)
                _settled(connection, letter, Sending.GONE, self._clock())
            else:
                mail.mark(connection, letter.id, Sending.FAILED)
                _settled(connection, letter, Sending.FAILED, self._clock())

        await self._store.write(written)
        if isinstance(error, Moved):
            self._wake(replace(address, chat=error.chat).key)
        elif isinstance(error, Refused):
            LOG.error("a message was refused: %s", error)
            self.counts.failed += 1
        return isinstance(error, Refused)

    async def _mark(self, letter: Letter, state: Sending, *, message: str = "", repeats: int = 0) -> None:
        def written(connection: sa.Connection) -> None:
            mail.mark(connection, letter.id, state, message=message, repeats=repeats)
            if state in {Sending.SENT, Sending.UNKNOWN}:
                _settled(connection, letter, state, self._clock())

        await self._store.write(written)


def _settled(connection: sa.Connection, letter: Letter, state: Sending, now: dt.datetime) -> None:
    """Say in the ledger what became of a digest."""
    if letter.delivery is not None:
        ledger.settle(connection, letter.delivery, state.value, now)
