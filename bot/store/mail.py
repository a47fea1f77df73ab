"""Mail of chats: events that came and requests that go out, kept until they are done, in order per conversation.

Every function works on a connection it is given: what belongs together is written in one transaction.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from adapters.chats.platform import Address, Broken, Inbound, Part
from bot.store.database import ignoring
from bot.store.digest_tables import DIGESTS
from bot.store.tables import INBOX, OUTBOX, TURNS

# A reason why an event was set aside is kept up to so many characters.
REASON = 300


class Sending(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    GONE = "gone"


# A request whose outcome stays unknown, or that processes were killed over, is sent again so often: enough is enough.
MOST_REPEATS = 2
# What is still to be done; a request that was being sent when the process ended has an unknown outcome.
_OPEN = (Sending.WAITING, Sending.SENDING)


@dataclass(frozen=True, slots=True)
class Letter:
    """A request on its way; one of a digest names its `delivery`."""

    id: int
    part: Part
    state: Sending
    repeats: int
    made_at: dt.datetime
    delivery: int | None = None


def take(connection: sa.Connection, events: Sequence[Inbound], now: dt.datetime) -> None:
    """Store *events*, those that are new."""
    rows = [
        {
            "platform": event.address.platform,
            "event": event.event,
            "conversation": event.address.key,
            "body": event.to_json(),
            "state": "waiting",
            "reason": "",
            "received_at": now,
        }
        for event in events
    ]
    if rows:
        connection.execute(ignoring(connection.dialect.name, INBOX, rows, ["platform", "event"]))


def set_aside(connection: sa.Connection, broken: Broken, now: dt.datetime) -> None:
    """Store an event that cannot be read as dead, so that somebody can look at it."""
    row = {"platform": broken.platform, "event": broken.event, "conversation": "", "body": broken.body}
    rows = [row | {"state": "dead", "reason": broken.reason[:REASON], "received_at": now}]
    connection.execute(ignoring(connection.dialect.name, INBOX, rows, ["platform", "event"]))


def unfinished(connection: sa.Connection) -> list[str]:
    """Return the conversations with something to do, those with the oldest events first."""
    found: dict[str, None] = {}
    answers = sa.and_(OUTBOX.c.state.in_(_OPEN), OUTBOX.c.delivery.is_(None))
    for table, still in ((OUTBOX, answers), (INBOX, INBOX.c.state == "waiting")):
        query = sa.select(table.c.conversation).where(still).group_by(table.c.conversation)
        found |= dict.fromkeys(connection.scalars(query.order_by(sa.func.min(table.c.id))))
    return list(found)


def waiting(connection: sa.Connection, conversation: str, limit: int = 20) -> list[tuple[int, Inbound]]:
    """Return the oldest events of *conversation* that wait, in order."""
    here = sa.and_(INBOX.c.conversation == conversation, INBOX.c.state == "waiting")
    query = sa.select(INBOX.c.id, INBOX.c.body).where(here).order_by(INBOX.c.id).limit(limit)
    return [(row.id, Inbound.from_json(row.body)) for row in connection.execute(query)]


def done(connection: sa.Connection, ids: Sequence[int], *, reason: str = "") -> None:
    """Close events; with a *reason* as ones that could not be answered."""
    state = "dead" if reason else "done"
    change = sa.update(INBOX).where(INBOX.c.id.in_(ids)).values(state=state, reason=reason[:REASON])
    connection.execute(change)


def forget_words(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Take what was said out of events: words that are not to be kept."""
    rows = connection.execute(sa.select(INBOX.c.id, INBOX.c.body).where(INBOX.c.id.in_(ids))).all()
    for row in rows:
        body = row.body | {"text": "", "cited": ""}
        connection.execute(sa.update(INBOX).where(INBOX.c.id == row.id).values(body=body))


def post(connection: sa.Connection, conversation: str, parts: Sequence[Part], now: dt.datetime) -> None:
    """Put *parts* on their way, in order."""
    row = {"conversation": conversation, "state": Sending.WAITING, "repeats": 0, "message": "", "made_at": now}
    rows = [row | {"body": part.body, "content": part.content} for part in parts]
    if rows:
        connection.execute(sa.insert(OUTBOX), rows)


def outgoing(connection: sa.Connection, conversation: str) -> list[Letter]:
    """Return the answers that are to be sent to *conversation*, in order."""
    here = sa.and_(OUTBOX.c.conversation == conversation, OUTBOX.c.state.in_(_OPEN), OUTBOX.c.delivery.is_(None))
    return letters_of(connection, here)


def letters_of(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Letter]:
    """Return requests, in order."""
    return [
        Letter(row.id, Part(row.body, row.content), Sending(row.state), row.repeats, row.made_at, row.delivery)
        for row in connection.execute(sa.select(OUTBOX).where(which).order_by(OUTBOX.c.id))
    ]


def mark(connection: sa.Connection, letter: int, state: Sending, *, message: str = "", repeats: int = 0) -> None:
    """Say how far a request has come."""
    change = sa.update(OUTBOX).where(OUTBOX.c.id == letter).values(state=state, message=message, repeats=repeats)
    connection.execute(change)


def give_up(connection: sa.Connection, conversation: str) -> None:
    """Give up the answers that wait for a chat that is closed to us."""
    here = sa.and_(OUTBOX.c.conversation == conversation, OUTBOX.c.state.in_(_OPEN), OUTBOX.c.delivery.is_(None))
    connection.execute(sa.update(OUTBOX).where(here).values(state=Sending.GONE))


def move(connection: sa.Connection, old: Address, chat: str) -> Address:
    """Let everything of *old* belong to the name its chat has now."""
    new = Address(old.platform, chat, old.thread)
    for table in (INBOX, OUTBOX, TURNS):
        here = table.c.conversation == old.key
        connection.execute(sa.update(table).where(here).values(conversation=new.key))
    if connection.execute(sa.select(DIGESTS.c.id).where(DIGESTS.c.target == new.key)).first():
        # It was set up under the new name already.
        connection.execute(sa.delete(DIGESTS).where(DIGESTS.c.target == old.key))
    connection.execute(sa.update(DIGESTS).where(DIGESTS.c.target == old.key).values(target=new.key))
    events = connection.execute(
        sa.select(INBOX.c.id, INBOX.c.body).where(INBOX.c.conversation == new.key, INBOX.c.state == "waiting")
    )
    for row in events.all():
        body = row.body | {"address": new.key}
        connection.execute(sa.update(INBOX).where(INBOX.c.id == row.id).values(body=body))
    return new


def forget_old(connection: sa.Connection, before: dt.datetime) -> None:
    """Remove what is finished and older than *before*."""
    finished = sa.and_(INBOX.c.state != "waiting", INBOX.c.received_at < before)
    connection.execute(sa.delete(INBOX).where(finished))
    gone_out = sa.and_(OUTBOX.c.state.not_in(_OPEN), OUTBOX.c.made_at < before)
    connection.execute(sa.delete(OUTBOX).where(gone_out))
    connection.execute(sa.delete(TURNS).where(TURNS.c.at < before))
