"""What is remembered or forgotten with a message, written over a connection that is given."""

import datetime as dt

import sqlalchemy as sa

from adapters.chats.platform import NEWS, Inbound, InboundKind
from bot.serving.handled import Handled
from bot.store import changes, chats, people, saved


def keep(connection: sa.Connection, conversation: str, inbound: Inbound, handled: Handled, now: dt.datetime) -> None:
    """Write what is to be remembered or forgotten with a message."""
    if handled.forgotten:
        people.forget(connection, inbound.person, [conversation] if inbound.private else [])
    if handled.turn:
        people.keep_turns(connection, [(conversation, inbound.person, handled.turn)], now)
    _keep_posts(connection, inbound.person, handled)
    if handled.planned:
        changes.apply(connection, handled.planned, now)
    if handled.rated:
        people.rate(connection, *handled.rated)
    if handled.about.zone and not handled.forgotten:
        people.locate(connection, inbound.person, handled.about, now)
    if handled.told is not None:
        people.tell(connection, inbound.person, handled.told, now)
    if inbound.kind is InboundKind.REMOVED:
        people.forget_place(connection, conversation.partition("/")[0] + "/", besides=inbound.event)
    elif inbound.kind in NEWS:
        chats.know_chat(connection, inbound, now)


def _keep_posts(connection: sa.Connection, person: str, handled: Handled) -> None:
    if handled.saved:
        saved.save(connection, person, handled.saved)
    if handled.dropped:
        saved.remove(connection, person, handled.dropped)
