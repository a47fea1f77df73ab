"""Digests on their way are sent: a few at a time, by one process or several, each request under a lease."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from adapters.chats.outcomes import Gone, Moved, Refused, TokenRejected, UnknownOutcome, Unsent
from adapters.chats.platform import Address, ChatPlatform
from bot.serving.log import place_of
from bot.store import letters, mail
from bot.store.letters import Taken
from bot.store.mail import Letter, Sending
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.digests")
# Digests on their way at once, on all platforms together: as many may come twice where the process is killed.
IN_FLIGHT = 8
# Conversations looked after at once on a platform; most of them wait for their turn.
AT_ONCE = 200
# Seconds between two looks at what else is on its way, and before the next look where the database is away.
LOOK, AGAIN = 0.5, 5.0
# Seconds before a request is tried again that was surely not sent: half its age, so ever later, within these.
SOONEST, LATEST = 1.0, 60.0
# Seconds between two looks at what is too late to be sent.
GIVING_UP = 60.0
# What was sent is noted by all means: so often, a second apart.
NOTES = 10
Clock = Callable[[], dt.datetime]
"""Tells the moment (UTC)."""


def utc_now() -> dt.datetime:
    """Return the moment."""
    return dt.datetime.now(dt.UTC)


@dataclass
class Counts:
    """What was sent since the start, how often again though it may have arrived, and what was refused."""

    sent: int = 0
    doubled: int = 0
    failed: int = 0


class Courier:
    """Sends the digests that planners put on their way."""

    def __init__(self, store: Transactions, platforms: Mapping[str, ChatPlatform], clock: Clock = utc_now) -> None:
        self._store, self._platforms, self._clock = store, platforms, clock
        each = max(1, IN_FLIGHT // max(1, len(platforms)))
        # A platform that is slow holds up no other.
        self._turns = {name: asyncio.Semaphore(each) for name in platforms}
        self.counts = Counts()

    async def run(self, platform: str) -> None:
        """Send what is on its way on *platform*, until nothing is left that may be sent now."""
        tasks: dict[str, asyncio.Task[None]] = {}
        looked = -GIVING_UP
        try:
            while True:
                if time.monotonic() - looked > GIVING_UP:
                    looked = time.monotonic()
                    await self._give_up(platform)
                for conversation in await self._ready(platform, AT_ONCE):
                    if conversation not in tasks and len(tasks) < AT_ONCE:
                        tasks[conversation] = asyncio.create_task(self._look_after(conversation))
                if not tasks:
                    return
                await asyncio.wait(tasks.values(), timeout=LOOK)
                tasks = {name: task for name, task in tasks.items() if not task.done()}
        finally:
            for task in tasks.values():
                task.cancel()
            # What is on the wire is waited for, so that what was sent is noted.
            await asyncio.gather(*tasks.values(), return_exceptions=True)

    async def _give_up(self, platform: str) -> None:
        while late := await self._store.write(
            lambda connection: letters.give_up_late(connection, platform, self._clock())
        ):
            LOG.warning("%d messages of digests were given up: they could not be sent for six hours", late)

    async def _ready(self, platform: str, limit: int) -> list[str]:
        return await self._store.read(lambda connection: letters.ready(connection, platform, self._clock(), limit))

    async def _look_after(self, conversation: str) -> None:
        """Send what is on its way to *conversation*, in order, as far as it can be sent now."""
        try:
            for letter in await self._store.read(lambda connection: letters.of(connection, conversation)):
                if not await self._one(letter, Address.of(conversation)):
                    return
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment; it is still on its way
            LOG.error("a digest could not be sent and is tried again: %s", place_of(error))  # noqa: TRY400
            await asyncio.sleep(AGAIN)

    async def _one(self, letter: Letter, address: Address) -> bool:
        """Send one request; tell whether the next one may follow."""
        async with self._turns[address.platform]:
            taken = await self._store.write(lambda connection: letters.begin(connection, letter.id, self._clock()))
            if taken is None:
                return False
            self.counts.doubled += taken.again
            sending = asyncio.create_task(self._sent(letter, taken, address))
            try:
                return await asyncio.shield(sending)
            except asyncio.CancelledError:
                # Whoever stops waits for what is on the wire: else it would be sent again after the next start.
                await asyncio.wait([sending])
                raise

    async def _sent(self, letter: Letter, taken: Taken, address: Address) -> bool:
        """Send one request that is ours, and note its outcome."""
        ended = partial(letters.end, letter=letter, taken=taken)
        try:
            message = await self._platforms[address.platform].send(letter.part, address)
        except (Unsent, TokenRejected) as error:
            await self._note(partial(_later, letter=letter, taken=taken, error=error, now=self._clock()))
            return False
        except UnknownOutcome:
            # It may have arrived, and is not sent twice.
            await self._note(partial(ended, state=Sending.UNKNOWN, now=self._clock()))
            return True
        except Refused as error:
            LOG.error("a digest was refused: %s", error)  # noqa: TRY400 - the platform's words say it all
            self.counts.failed += 1
            await self._note(partial(ended, state=Sending.FAILED, now=self._clock()))
            return True
        except (Gone, Moved) as error:
            left = partial(_away, letter=letter, taken=taken, address=address, error=error)
            await self._note(partial(left, now=self._clock()))
            return False
        self.counts.sent += 1
        await self._note(partial(ended, state=Sending.SENT, now=self._clock(), message=message))
        return True

    async def _note(self, work: Callable[[sa.Connection], None]) -> None:
        """Write an outcome; where the database is away it is tried for a while, for it cannot be asked again."""
        for left in range(NOTES, 0, -1):
            try:
                return await self._store.write(work)
            except SQLAlchemyError:
                if left == 1:
                    raise
                await asyncio.sleep(1)
        return None


def _later(
    connection: sa.Connection, letter: Letter, taken: Taken, error: Unsent | TokenRejected, now: dt.datetime
) -> None:
    asked = error.seconds if isinstance(error, Unsent) else LATEST
    age = (now - letter.made_at).total_seconds()
    seconds = max(asked, min(LATEST, max(SOONEST, age / 2)))
    letters.wait(connection, letter.id, taken, now + dt.timedelta(seconds=seconds))


def _away(
    connection: sa.Connection, letter: Letter, taken: Taken, address: Address, error: Gone | Moved, now: dt.datetime
) -> None:
    """Follow a chat that has another name now, or give up one that is closed to us."""
    letters.wait(connection, letter.id, taken, now)
    if isinstance(error, Moved):
        mail.move(connection, address, error.chat)
        return
    letters.close_chat(connection, address.key, now)
