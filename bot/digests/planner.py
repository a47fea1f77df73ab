"""What is due is composed and posted: claimed in the ledger, put into the outbox, sent from there like any answer."""

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import ChatPlatform
from adapters.chats.reply import Reply
from bot.digests.compose import Composer
from bot.digests.rendering import Renderer
from bot.listings.desk import Desk
from bot.serving import plan_words
from bot.store import ledger, outcomes, people
from bot.store.digests import Digest
from bot.store.ledger import Claim, Outcome
from bot.store.transactions import Transactions

LOG = logging.getLogger("advisor.digests")
# Digests claimed at once: what a process that is killed leaves to the end of the lease.
BATCH = 200
# After so many days without news somebody is asked once whether they want it wider.
PATIENCE = 7


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

    async def run(self, now: dt.datetime) -> int:
        """Post everything that is due at *now*; return how many digests were posted."""
        posted, composer, renderer = 0, Composer(self._desk, now), Renderer(self._platforms)
        while True:
            claims, late = await self._store.write(
                lambda connection: ledger.claim(connection, now, BATCH, [*self._platforms])
            )
            self.tally.late += late
            if late:
                LOG.warning("%d digests were left out: they were due more than six hours ago", late)
            if not claims and not late:
                return posted
            posted += await self._batch(claims, composer, renderer, now)

    async def _batch(self, claims: list[Claim], composer: Composer, renderer: Renderer, now: dt.datetime) -> int:
        """Compose and post *claims*, in one transaction; return how many are on their way."""
        digests = [claim.digest for claim in claims]
        ids = [digest.id for digest in digests]
        shown = await self._store.read(lambda connection: outcomes.shown(connection, ids, now))
        # Composing asks the database in its own way, which needs a thread without an event loop.
        composed = await asyncio.to_thread(composer.compose, digests, shown)
        made = [
            (claim, one, *renderer.render(one, _question(claim.digest)))
            for claim, one in zip(claims, composed, strict=True)
        ]
        ended = [Outcome(claim, parts, one.items) for claim, one, parts, _ in made]

        def written(connection: sa.Connection) -> int:
            ours = ledger.finish(connection, ended, now)
            posted = [(claim.digest, turn) for claim, _, parts, turn in made if parts and claim.delivery in ours]
            people.keep_turns(connection, [(digest.target, digest.owner, turn) for digest, turn in posted], now)
            return len(posted)

        posted = await self._store.write(written)
        self.tally.posted += posted
        self.tally.empty += sum(not outcome.parts for outcome in ended)
        return posted


def _question(digest: Digest) -> Reply | None:
    """Return what somebody is asked once who has had no news for days."""
    return plan_words.quiet(digest) if digest.empty_days + 1 == PATIENCE else None
