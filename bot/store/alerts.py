"""Alerts in the ledger: each takes the next number of its local date, so a day's cap holds whoever sends.

Nothing is claimed before: what is composed is written only where nobody else has looked after the digest meanwhile.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Part
from bot.store.digest_tables import DELIVERIES, DIGESTS
from bot.store.digests import Digest, served, with_searches
from bot.store.ledger import requests_of
from bot.store.outcomes import Items


@dataclass(frozen=True, slots=True)
class Alert:
    """What looking after one digest came to: requests, none where nothing is new, and when it is looked at again."""

    digest: Digest
    date: dt.date
    number: int
    again: dt.datetime
    parts: Sequence[Part] = ()
    items: Items = ()


def due(connection: sa.Connection, now: dt.datetime, limit: int, platforms: Sequence[str]) -> list[Digest]:
    """Return digests on *platforms* for which it is to be looked for alerts now, those that wait longest first.

    One that is due itself brings everything.
    """
    waiting = sa.select(DIGESTS).where(DIGESTS.c.state == "active", DIGESTS.c.next_alert <= now, served(platforms))
    waiting = waiting.where(DIGESTS.c.next_due > now)
    rows = connection.execute(waiting.order_by(DIGESTS.c.next_alert).limit(limit)).mappings().all()
    return with_searches(connection, rows)


def sent_on(connection: sa.Connection, dates: Mapping[int, dt.date]) -> dict[int, int]:
    """Return how many alerts digests have had on their *dates*."""
    here = sa.tuple_(DELIVERIES.c.digest, DELIVERIES.c.local_date).in_([*dates.items()])
    query = sa.select(DELIVERIES.c.digest, sa.func.max(DELIVERIES.c.number)).where(here).group_by(DELIVERIES.c.digest)
    return {digest: int(number) for digest, number in connection.execute(query)} if dates else {}


def write(connection: sa.Connection, alerts: Sequence[Alert], now: dt.datetime) -> list[Alert]:
    """Put *alerts* on their way and say when it is looked again; return those that were ours to write."""
    in_order = sorted(alerts, key=lambda alert: alert.digest.id)
    return [alert for alert in in_order if _moved_on(connection, alert) and _written(connection, alert, now)]


def _moved_on(connection: sa.Connection, alert: Alert) -> bool:
    """Say when it is looked again; False where another process was quicker, or the digest was changed."""
    digest = alert.digest
    here = sa.and_(DIGESTS.c.id == digest.id, DIGESTS.c.next_alert == digest.next_alert, DIGESTS.c.state == "active")
    # Somebody who gets alerts is not asked whether the searches should be wider.
    values = {"next_alert": alert.again} | ({"empty_days": 0} if alert.parts else {})
    return bool(connection.execute(sa.update(DIGESTS).where(here).values(**values)).rowcount)


def _written(connection: sa.Connection, alert: Alert, now: dt.datetime) -> bool:
    if not alert.parts:
        return False
    row = {"digest": alert.digest.id, "local_date": alert.date, "number": alert.number, "state": "posted"}
    row |= {"due": now, "done": now, "lease": None, "items": [*alert.items]}
    delivery = connection.execute(sa.insert(DELIVERIES).values(**row).returning(DELIVERIES.c.id)).scalar_one()
    requests_of(connection, [(delivery, alert.digest.target, alert.parts)], now)
    return True
