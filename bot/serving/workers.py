"""Workers: one per conversation with something to do, so that answers keep their order and nobody waits for others.

An event is taken into the database before its platform is told so. Its answer, what is remembered of it and its end are
written in one transaction; requests are sent after that, and marked before and after. So a process that is killed loses
nothing, and sends again only what may not have arrived.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import sqlalchemy as sa

from adapters.chats.platform import NEWS, Address, Broken, ChatPlatform, Inbound, InboundKind, Outgoing, Part
from bot.serving import words
from bot.serving.cut_texts import joined
from bot.serving.delivery import Delivery
from bot.serving.door import Door
from bot.serving.handled import Handled, Known
from bot.serving.handling import Handler
from bot.serving.keeping import keep
from bot.serving.knowing import known_for
from bot.serving.log import place_of
from bot.serving.showing import Showing
from bot.store import mail
from bot.store.transactions import Transactions
from bot.writing.scribe import Errand
from retrieval.writing.thread import Halt

LOG = logging.getLogger("advisor.chats")
# Answers are made by at most so many threads: composing takes milliseconds, but a model is waited for.
THREADS = 32
# The rest of a text that was as long as the platform allows comes within so many seconds.
REST = 1.5
# Seconds before a conversation is looked after again that could not be.
AGAIN = 4.5


@dataclass
class Tally:
    """What was done since the start."""

    answered: int = 0
    failed: int = 0


class Workers:
    """Works off what was taken, conversation by conversation."""

    def __init__(
        self, store: Transactions, platforms: Mapping[str, ChatPlatform], handler: Handler, door: Door
    ) -> None:
        self._store = store
        self._platforms, self._handler, self._door = platforms, handler, door
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        # What stops the answers that are being made, by conversation.
        self._halts: dict[str, Halt] = {}
        self._stopping = False
        self.delivery = Delivery(store, platforms, self.wake)
        self.tally = Tally()

    @property
    def busy(self) -> int:
        """How many conversations are being looked after."""
        return len(self._tasks)

    async def start(self) -> None:
        """Go on with what a process before this one left unfinished."""
        for conversation in await self._store.read(mail.unfinished):
            self.wake(conversation)

    async def take(self, events: Sequence[Inbound | Broken]) -> None:
        """Store *events* for good, then have them worked off; broken ones are set aside."""
        now = dt.datetime.now(dt.UTC)
        good = [event for event in events if isinstance(event, Inbound) and not self._stopped(event)]
        broken = [event for event in events if isinstance(event, Broken)]

        def stored(connection: sa.Connection) -> None:
            mail.take(connection, good, now)
            for one in broken:
                mail.set_aside(connection, one, now)

        await self._store.write(stored)
        for one in broken:
            LOG.error("an event of %s cannot be read and was set aside: %s", one.platform, one.event)
        for conversation in dict.fromkeys(event.address.key for event in good):
            self.wake(conversation)

    def _stopped(self, event: Inbound) -> bool:
        """Stop the answer that is being made where *event* says so: at once, past all that waits."""
        if event.kind is not InboundKind.STOPPED:
            return False
        halt = self._halts.get(event.address.key)
        if halt:
            halt.stop()
        return True

    def wake(self, conversation: str) -> None:
        """Let a worker look after *conversation*."""
        if self._stopping or Address.of(conversation).platform not in self._platforms:
            return
        if conversation in self._tasks:
            self._again.add(conversation)
            return
        self._tasks[conversation] = asyncio.create_task(self._look_after(conversation))

    async def idle(self) -> None:
        """Wait until every conversation is looked after."""
        while self._tasks:
            await asyncio.wait([*self._tasks.values()])

    async def stop(self, seconds: float) -> None:
        """Let every worker finish what it is at; whatever takes longer is finished after the next start."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look_after(self, conversation: str) -> None:
        try:
            while not self._stopping and await self._next(conversation):
                pass
        except Exception as error:  # noqa: BLE001
            # The database may be away for a moment: nothing is lost, the conversation is looked after again.
            LOG.error("a conversation could not be looked after: %s", place_of(error))  # noqa: TRY400
            await asyncio.sleep(AGAIN)
            self._again.add(conversation)
        finally:
            del self._tasks[conversation]
            if conversation in self._again:
                self._again.discard(conversation)
                self.wake(conversation)

    async def _next(self, conversation: str) -> bool:
        """Send what waits, then answer the oldest event; tell whether there was one."""
        await self.delivery.deliver(conversation)
        waiting = await self._store.read(lambda connection: mail.waiting(connection, conversation))
        if not waiting:
            return False
        if waiting[0][1].long:
            waiting = await self._with_rest(conversation, waiting)
        ids, inbound = joined(waiting)
        handled, reason = await self._handled(inbound)
        await self._finish(conversation, ids, inbound, handled, reason)
        return True

    async def _with_rest(self, conversation: str, waiting: list[tuple[int, Inbound]]) -> list[tuple[int, Inbound]]:
        """Wait for the rest of a text that the platform cut, unless it has come already."""
        if all(inbound.long for _, inbound in waiting):
            await asyncio.sleep(REST)
            return await self._store.read(lambda connection: mail.waiting(connection, conversation))
        return waiting

    async def _handled(self, inbound: Inbound) -> tuple[Handled, str]:
        """Return what follows from *inbound*; where that fails, an apology and why."""
        about = await self._platforms[inbound.address.platform].about(inbound)
        away = self._door.turn_away(inbound, stranger=about.stranger)
        if away is not None:
            return Handled(() if inbound.kind in NEWS else away), ""
        known = await known_for(inbound, self._platforms, self._store)
        known = replace(known, zone=about.zone or known.zone)
        handled, reason = await self._shown(inbound, known)
        return replace(handled, about=about), reason

    async def _shown(self, inbound: Inbound, known: Known) -> tuple[Handled, str]:
        """Have *inbound* answered, and show the answer as it grows; in the end it takes the place of what was shown."""
        showing = Showing(self._platforms[inbound.address.platform], inbound)
        errand = Errand(inbound.person, _workspace(inbound.address), show=showing.grow)
        self._halts[inbound.address.key] = errand.halt
        try:
            handled, reason = await self._outcome(inbound, replace(known, errand=errand))
        finally:
            del self._halts[inbound.address.key]
            over = await showing.end()
        if over and handled.outgoing:
            first, *others = handled.outgoing
            handled = replace(handled, outgoing=(replace(first, replaces=over), *others))
        return handled, reason

    async def _outcome(self, inbound: Inbound, known: Known) -> tuple[Handled, str]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._handler.handle, inbound, known), ""
        except Exception as error:  # noqa: BLE001
            # The one place where any fault becomes an apology. What the person wrote may stand in the fault's words.
            LOG.error("a message could not be answered: %s", place_of(error))  # noqa: TRY400
            self.tally.failed += 1
            return Handled((Outgoing(words.apology()),)), f"{type(error).__name__}: {error}"

    async def _finish(self, conversation: str, ids: list[int], inbound: Inbound, handled: Handled, reason: str) -> None:
        """Write the answer, what is remembered and the end of the event at once."""
        sent = [(inbound.address, outgoing) for outgoing in handled.outgoing]
        parts = [(address.key, self._rendered(outgoing, address)) for address, outgoing in (*sent, *handled.elsewhere)]

        def written(connection: sa.Connection) -> None:
            now = dt.datetime.now(dt.UTC)
            keep(connection, conversation, inbound, handled, now)
            for key, rendered in parts:
                mail.post(connection, key, rendered, now)
            mail.done(connection, ids, reason=reason)
            if handled.unkept:
                mail.forget_words(connection, ids)

        await self._store.write(written)
        self.tally.answered += 1
        for address, _ in handled.elsewhere:
            self.wake(address.key)

    def _rendered(self, outgoing: Outgoing, address: Address) -> list[Part]:
        return self._platforms[address.platform].render(outgoing, address)


def _workspace(address: Address) -> str:
    """Return the workspace of *address*, empty on a platform that has none."""
    place, _, channel = address.chat.partition("/")
    return f"{address.platform}:{place}" if channel else ""
