"""What is due is composed and posted: claimed in the ledger, put into the outbox, sent from there like any answer."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Address, Button, ChatPlatform, Outgoing, Part
from bot.digests.compose import Composed, Composer
from bot.serving import plan_words
from bot.store import ledger, people
from bot.store.digests import Digest
from bot.store.ledger import Claim
from bot.store.people import PastTurn, new_token
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.digests")
# Digests claimed at once: what a process that is killed leaves to the end of the lease.
BATCH = 50
# After so many days without news somebody is asked once whether they want it wider.
PATIENCE = 7


@dataclass
class Tally:
    """What was done since the start."""

    posted: int = 0
    empty: int = 0
    late: int = 0


class DigestSender:
    """Composes and posts what is due. *wake* is told of a conversation with something to send."""

    def __init__(
        self,
        store: Transactions,
        composer: Composer,
        platforms: Mapping[str, ChatPlatform],
        wake: Callable[[str], None],
    ) -> None:
        self._store, self._composer, self._platforms, self._wake = store, composer, platforms, wake
        self.tally = Tally()

    async def run(self, now: dt.datetime) -> int:
        """Post everything that is due at *now*; return how many digests were posted."""
        posted = 0
        while True:
            claims, late = await self._store.write(
                lambda connection: ledger.claim(connection, now, BATCH, [*self._platforms])
            )
            self.tally.late += late
            if late:
                LOG.warning("%d digests were left out: they were due more than six hours ago", late)
            if not claims and not late:
                return posted
            posted += await self._batch(claims, now)

    async def _batch(self, claims: list[Claim], now: dt.datetime) -> int:
        ids = [claim.digest.id for claim in claims]
        shown = await self._store.read(lambda connection: ledger.shown(connection, ids, now))
        # Composing asks the database in its own way, which needs a thread without an event loop.
        found = await asyncio.to_thread(self._composer.compose, claims, shown, now)
        return sum([await self._posted(composed, now) for composed in found])

    async def _posted(self, composed: Composed, now: dt.datetime) -> bool:
        """Write one digest; tell whether it is on its way."""
        target, token = composed.claim.digest.target, new_token()
        parts = self._rendered(composed, token)

        def written(connection: sa.Connection) -> bool:
            if not parts:
                ledger.leave_empty(connection, composed.claim, now)
                return False
            text = next((search.text for search in composed.claim.digest.searches), "")
            turn = PastTurn(token, "", text, "listings")
            people.keep_turn(connection, target, composed.claim.digest.owner, turn, now)
            return ledger.post(connection, composed.claim, parts, composed.items, now)

        done = await self._store.write(written)
        self.tally.posted += done
        self.tally.empty += not parts
        if done:
            self._wake(target)
        return done

    def _rendered(self, composed: Composed, token: str) -> list[Part]:
        address = Address.of(composed.claim.digest.target)
        digest = composed.claim.digest
        reply = composed.reply or (plan_words.quiet(digest) if digest.empty_days + 1 == PATIENCE else None)
        if reply is None:
            return []
        outgoing = Outgoing(reply, under(composed.claim.digest, token), bulk=True)
        return self._platforms[address.platform].render(outgoing, address)


def under(digest: Digest, token: str) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under a digest."""
    rest = (Button("Pause a week", f"v1:rest:{token}:7"), Button("Stop", f"v1:stop:{token}:{digest.id}"))
    return ((Button("All that match", f"v1:all:{token}:"), Button("Settings", f"v1:plan:{token}:")), rest)
