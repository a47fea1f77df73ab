"""What is due is composed and posted: claimed in the ledger, put into the outbox, sent from there like any answer."""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Address, Button, ChatPlatform, Outgoing, Part
from bot.digests.compose import Composed, Composer
from bot.listings.desk import Desk
from bot.serving import plan_words
from bot.serving.buttons import data, resting
from bot.store import ledger, people
from bot.store.ledger import Claim, Outcome
from bot.store.people import PastTurn, new_token
from bot.store.transactions import Transactions
from retrieval.answer import Kind

LOG = logging.getLogger("advisor.digests")
# Digests claimed at once: what a process that is killed leaves to the end of the lease.
BATCH = 200
# After so many days without news somebody is asked once whether they want it wider.
PATIENCE = 7
# Stands for the token of a turn in what is written once for everybody.
SHARED = new_token()


@dataclass
class Tally:
    """What was done since the start."""

    posted: int = 0
    empty: int = 0
    late: int = 0


class Planner:
    """Composes what is due and puts it on its way; a courier sends it."""

    def __init__(
        self,
        store: Transactions,
        desk: Desk,
        platforms: Mapping[str, ChatPlatform],
    ) -> None:
        self._store, self._desk, self._platforms = store, desk, platforms
        self.tally = Tally()
        # Digests that say the same are written once, for everybody; emptied before each run.
        self._written: dict[Hashable, list[tuple[str, bytes | None]]] = {}

    async def run(self, now: dt.datetime) -> int:
        """Post everything that is due at *now*; return how many digests were posted."""
        posted, composer = 0, Composer(self._desk, now)
        self._written.clear()
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
        found = await asyncio.to_thread(self._outcomes, claims, composer, shown)
        posted = await self._store.write(lambda connection: _written(connection, found, now))
        self.tally.posted += posted
        self.tally.empty += sum(not outcome.parts for outcome, _ in found)
        return posted

    def _outcomes(
        self, claims: list[Claim], composer: Composer, shown: Mapping[int, Mapping[str, str]]
    ) -> list[tuple[Outcome, str]]:
        """Return what *claims* come to, each with the token of the turn that its buttons belong to."""
        found = ((composed, new_token()) for composed in composer.compose(claims, shown))
        return [(Outcome(one.claim, self._rendered(one, token), one.items), token) for one, token in found]

    def _rendered(self, composed: Composed, token: str) -> list[Part]:
        digest = composed.claim.digest
        address = Address.of(digest.target)
        reply = composed.reply or (plan_words.quiet(digest) if digest.empty_days + 1 == PATIENCE else None)
        if reply is None:
            return []
        # What everybody sees has no buttons: whoever pressed one would make us write there.
        if not digest.personal:
            return self._platforms[address.platform].render(Outgoing(reply, bulk=True), address)
        key = (address.platform, composed.key)
        if composed.key is None or key not in self._written:
            parts = self._platforms[address.platform].render(Outgoing(reply, under(SHARED), bulk=True), address)
            self._written[key] = [(json.dumps(part.body), part.content) for part in parts]
        return [Part(json.loads(body.replace(SHARED, token)), content) for body, content in self._written[key]]


def _written(connection: sa.Connection, found: list[tuple[Outcome, str]], now: dt.datetime) -> int:
    """Write what digests came to; return how many are on their way."""
    ours = ledger.finish(connection, [outcome for outcome, _ in found], now)
    posted = [(one.claim.digest, token) for one, token in found if one.parts and one.claim.delivery in ours]
    turns = [
        (digest.target, digest.owner, PastTurn(token, "", digest.text, Kind.LISTINGS.value)) for digest, token in posted
    ]
    people.keep_turns(connection, turns, now)
    return len(posted)


def under(token: str) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under a digest."""
    return ((Button("All that match", data("all", token)), Button("Settings", data("plan", token))), resting(token))
