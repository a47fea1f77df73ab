"""Chats we are in, whether they are open to us, and who let us into a channel."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.chats.platform import Address, Inbound, InboundKind
from bot.store.database import upserting
from bot.store.tables import CHATS

# Channels of one person: more are no hobby, and each is asked about before it is offered.
MOST_CHANNELS = 8


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that a person let us into."""

    address: Address
    title: str


def know_chat(connection: sa.Connection, news: Inbound, now: dt.datetime) -> None:
    """Remember a chat that we joined or left."""
    state = "open" if news.kind is InboundKind.JOINED else "gone"
    row = {"chat": news.address.key, "title": news.title, "state": state, "at": now}
    row["owner"] = news.person if news.channel and news.kind is InboundKind.JOINED else ""
    connection.execute(upserting(connection.dialect.name, CHATS, [row], ["chat"], row))


def close_chat(connection: sa.Connection, chat: str) -> None:
    """Remember that *chat* is closed to us."""
    connection.execute(sa.update(CHATS).where(CHATS.c.chat == chat).values(state="gone", owner=""))


def channels_of(connection: sa.Connection, person: str) -> tuple[Channel, ...]:
    """Return the channels that *person* let us into, the latest first."""
    query = sa.select(CHATS.c.chat, CHATS.c.title).where(CHATS.c.owner == person, CHATS.c.state == "open")
    rows = connection.execute(query.order_by(CHATS.c.at.desc()).limit(MOST_CHANNELS))
    return tuple(Channel(Address.of(row.chat), row.title) for row in rows)
