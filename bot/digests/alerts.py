"""Alerts: what people want at once, a few times a day at most and not in their quiet hours."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from adapters.chats.platform import ChatPlatform
from bot.digests.compose import Composer
from bot.digests.rendering import Renderer
from bot.listings.desk import Desk
from bot.store import alerts, outcomes, people
from bot.store.alerts import Alert
from bot.store.digests import Digest
from bot.store.people import PastTurn
from bot.store.transactions import Transactions
from knowledge.subscription.alerts import quiet_until
from knowledge.subscription.schedule import midnight, zone

# Digests looked after at once, and how long one is left alone afterwards: boards are not asked more often.
BATCH, PAUSE = 200, dt.timedelta(minutes=10)


class Alerter:
    """Looks for what came since alerts were ordered, and puts it on its way."""

    def __init__(self, store: Transactions, desk: Desk, platforms: Mapping[str, ChatPlatform]) -> None:
        self._store, self._desk, self._platforms = store, desk, platforms

    async def run(self, now: dt.datetime) -> int:
        """Look after everybody who is to be looked after at *now*; return how many alerts are on their way."""
        posted, composer, renderer = 0, Composer(self._desk, now), Renderer(self._platforms)
        while True:
            found = await self._store.read(lambda connection: alerts.due(connection, now, BATCH, [*self._platforms]))
            if not found:
                return posted
            posted += await self._batch(found, composer, renderer, now)

    async def _batch(self, digests: Sequence[Digest], composer: Composer, renderer: Renderer, now: dt.datetime) -> int:
        dates = {digest.id: now.astimezone(zone(digest.zone)).date() for digest in digests}
        ids = [digest.id for digest in digests]
        sent = await self._store.read(lambda connection: alerts.sent_on(connection, dates))
        shown = await self._store.read(lambda connection: outcomes.shown(connection, ids, now))
        again = {digest.id: _not_before(digest, sent.get(digest.id, 0), dates[digest.id], now) for digest in digests}
        open_now = [digest for digest in digests if again[digest.id] is None]
        composed = await asyncio.to_thread(composer.alerts, open_now, shown)
        turns: dict[int, PastTurn] = {}
        soonest = now + dt.timedelta(minutes=1)
        made = [
            Alert(digest, dates[digest.id], 0, max(moment, soonest))
            for digest in digests
            if (moment := again[digest.id]) is not None
        ]
        for one in composed:
            name = one.digest.id
            parts, turns[name] = renderer.render(one)
            made.append(Alert(one.digest, dates[name], sent.get(name, 0) + 1, now + PAUSE, parts, one.items))

        def written(connection: sa.Connection) -> int:
            posted = [alert.digest for alert in alerts.write(connection, made, now)]
            kept = [(digest.target, digest.owner, turns[digest.id]) for digest in posted]
            people.keep_turns(connection, kept, now)
            return len(posted)

        return await self._store.write(written)


def _not_before(digest: Digest, sent: int, date: dt.date, now: dt.datetime) -> dt.datetime | None:
    """Return when *digest* may have its next alert where it may have none now; the day's cap counts *sent* ones."""
    where = zone(digest.zone)
    if sent >= digest.alerts:
        return midnight(date + dt.timedelta(days=1), where)
    return quiet_until(now, digest.quiet, where)
