"""What is due is composed and posted: claimed in the ledger, put into the outbox, sent from there like any answer."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Address, Button, ChatPlatform, Outgoing, Part
from bot.digests.compose import Composed, Composer
from bot.listings.desk import Desk
from bot.serving import plan_words
from bot.serving.buttons import data, resting
from bot.store import ledger, people
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


@dataclass(frozen=True, slots=True)
class _Ready:
    """A digest as requests, none where nothing is sent; `token` names the turn its buttons belong to."""

    claim: Claim
    items: tuple[Mapping[str, str], ...]
    parts: list[Part]
    token: str


class DigestSender:
    """Composes and posts what is due. *wake* is told of a conversation with something to send."""

    def __init__(
        self,
        store: Transactions,
        desk: Desk,
        platforms: Mapping[str, ChatPlatform],
        wake: Callable[[str], None],
    ) -> None:
        self._store, self._desk, self._platforms, self._wake = store, desk, platforms, wake
        self.tally = Tally()

    async def run(self, now: dt.datetime) -> int:
        """Post everything that is due at *now*; return how many digests were posted."""
        posted, composer = 0, Composer(self._desk, now)
        while True:
            claims, late = await self._store.write(
                lambda connection: ledger.claim(connection, now, BATCH, [*self._platforms])
            )
            self.tally.late += late
            if late:
                LOG.warning("%d digests were left out: they were due more than six hours ago", late)
            if not claims and not late:
                return posted
            posted += await self._batch(claims, composer, now)

    async def _batch(self, claims: list[Claim], composer: Composer, now: dt.datetime) -> int:
        """Compose and post *claims*, in one transaction; return how many are on their way."""
        ids = [claim.digest.id for claim in claims]
        shown = await self._store.read(lambda connection: ledger.shown(connection, ids, now))
        # Composing asks the database in its own way, which needs a thread without an event loop.
        found = await asyncio.to_thread(self._composed, claims, composer, shown)

        def written(connection: sa.Connection) -> list[str]:
            return [one.claim.digest.target for one in found if _posted(connection, one, now)]

        targets = await self._store.write(written)
        self.tally.posted += len(targets)
        self.tally.empty += sum(not one.parts for one in found)
        for target in targets:
            self._wake(target)
        return len(targets)

    def _composed(
        self, claims: list[Claim], composer: Composer, shown: Mapping[int, Mapping[str, str]]
    ) -> list[_Ready]:
        found = ((composed, new_token()) for composed in composer.compose(claims, shown))
        return [_Ready(one.claim, one.items, self._rendered(one, token), token) for one, token in found]

    def _rendered(self, composed: Composed, token: str) -> list[Part]:
        address = Address.of(composed.claim.digest.target)
        digest = composed.claim.digest
        reply = composed.reply or (plan_words.quiet(digest) if digest.empty_days + 1 == PATIENCE else None)
        if reply is None:
            return []
        # What everybody sees has no buttons: whoever pressed one would make us write there.
        rows = under(token) if digest.personal else ()
        outgoing = Outgoing(reply, rows, bulk=True)
        return self._platforms[address.platform].render(outgoing, address)


def _posted(connection: sa.Connection, ready: _Ready, now: dt.datetime) -> bool:
    """Write one digest; tell whether it is on its way."""
    digest = ready.claim.digest
    if not ready.parts:
        ledger.leave_empty(connection, ready.claim, now)
        return False
    text = next((search.text for search in digest.searches), "")
    people.keep_turn(connection, digest.target, digest.owner, PastTurn(ready.token, "", text, "listings"), now)
    return ledger.post(connection, ready.claim, ready.parts, ready.items, now)


def under(token: str) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under a digest."""
    return ((Button("All that match", data("all", token)), Button("Settings", data("plan", token))), resting(token))
