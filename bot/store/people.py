"""What is kept of people: the turns of their conversations, and what they chose to tell. `forget` removes all of it."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from adapters.chats.platform import About
from bot.store import digests, letters
from bot.store.chats import channels_of
from bot.store.database import upserting
from bot.store.digest_tables import DIGESTS
from bot.store.saved import saved_by
from bot.store.tables import CHATS, INBOX, OUTBOX, PEOPLE, SAVED_POSTS, TURNS
from bot.store.usage_tables import USAGE

# Turns that a conversation is rebuilt from: what was said before them no longer matters to what is said now.
REMEMBERED = 12
RESET = "reset"


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One message and how it was answered: `kind` is that of the answer, or `RESET`."""

    token: str
    message: str
    text: str
    kind: str
    suggestions: tuple[str, ...] = ()
    feedback: str = ""


def new_token() -> str:
    """Return a name for a turn that fits a button and cannot be guessed."""
    return secrets.token_urlsafe(8)


def past(connection: sa.Connection, conversation: str, person: str, limit: int = REMEMBERED) -> tuple[PastTurn, ...]:
    """Return the last turns of *person* in *conversation*, oldest first, without those before a reset."""
    query = sa.select(TURNS).where(TURNS.c.conversation == conversation, TURNS.c.person == person)
    rows = (connection.execute(query.order_by(TURNS.c.id.desc()).limit(limit))).mappings().all()
    turns: list[PastTurn] = []
    for row in rows:
        if row["kind"] == RESET:
            break
        turns.append(_turn(row))
    return tuple(reversed(turns))


def turn(connection: sa.Connection, token: str, conversation: str, person: str) -> PastTurn | None:
    """Return the turn called *token* if it belongs to *conversation* or to *person*: buttons of others are no use."""
    theirs = sa.or_(TURNS.c.conversation == conversation, TURNS.c.person == person)
    query = sa.select(TURNS).where(TURNS.c.token == token, theirs)
    row = (connection.execute(query)).mappings().first()
    return _turn(row) if row else None


def _turn(row: Any) -> PastTurn:  # noqa: ANN401 - a row of the table
    return PastTurn(row["token"], row["message"], row["text"], row["kind"], tuple(row["suggestions"]), row["feedback"])


def keep_turns(connection: sa.Connection, kept: Iterable[tuple[str, str, PastTurn]], now: dt.datetime) -> None:
    """Store turns, each with its conversation and person."""
    rows = [
        {"conversation": conversation, "person": person, "token": turn.token, "message": turn.message, "at": now}
        | {"text": turn.text, "kind": turn.kind, "suggestions": [*turn.suggestions], "feedback": turn.feedback}
        for conversation, person, turn in kept
    ]
    if rows:
        connection.execute(sa.insert(TURNS), rows)


def rate(connection: sa.Connection, token: str, feedback: str) -> None:
    """Keep what a person said of an answer."""
    connection.execute(sa.update(TURNS).where(TURNS.c.token == token).values(feedback=feedback[:200]))


def profile(connection: sa.Connection, person: str) -> str:
    """Return what *person* chose to tell, empty where nothing."""
    query = sa.select(PEOPLE.c.profile).where(PEOPLE.c.person == person)
    return (connection.execute(query)).scalar() or ""


def zone_of(connection: sa.Connection, person: str) -> str:
    """Return the time zone of *person* as their platform told it, empty where it did not."""
    query = sa.select(PEOPLE.c.zone).where(PEOPLE.c.person == person)
    return (connection.execute(query)).scalar() or ""


def tell(connection: sa.Connection, person: str, text: str, now: dt.datetime) -> None:
    """Keep what *person* chose to tell; empty removes it."""
    _know(connection, person, {"profile": text, "at": now})


def locate(connection: sa.Connection, person: str, about: About, now: dt.datetime) -> None:
    """Keep the time zone and the language of *person*, as their platform told them."""
    _know(connection, person, {"zone": about.zone[:64], "language": about.language[:35], "at": now})


def _know(connection: sa.Connection, person: str, changes: dict[str, Any]) -> None:
    row = {"person": person, "profile": "", "zone": "", "language": ""} | changes
    connection.execute(upserting(connection.dialect.name, PEOPLE, [row], ["person"], changes))


def forget(connection: sa.Connection, person: str, conversations: Sequence[str]) -> None:
    """Remove everything of *person*, and the mail of *conversations* that are theirs alone, but what is on its way."""
    theirs = (*conversations, *_alone_in(connection, person))
    connection.execute(sa.delete(TURNS).where(TURNS.c.person == person))
    connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.person == person))
    connection.execute(sa.delete(SAVED_POSTS).where(SAVED_POSTS.c.person == person))
    connection.execute(sa.update(CHATS).where(CHATS.c.owner == person).values(owner=""))
    targets = connection.scalars(sa.select(DIGESTS.c.target).where(DIGESTS.c.owner == person)).all()
    letters.call_back(connection, targets, dt.datetime.now(dt.UTC))
    connection.execute(sa.delete(DIGESTS).where(DIGESTS.c.owner == person))
    # Sums are the operator's; whose they were is not.
    connection.execute(sa.update(USAGE).where(USAGE.c.person == person).values(person=""))
    said = sa.or_(INBOX.c.conversation.in_(theirs), INBOX.c.body["person"].as_string() == person)
    connection.execute(sa.delete(INBOX).where(INBOX.c.state != "waiting", said))
    sent = sa.and_(OUTBOX.c.conversation.in_(theirs), OUTBOX.c.state.not_in(["waiting", "sending"]))
    connection.execute(sa.delete(OUTBOX).where(sent))


def _alone_in(connection: sa.Connection, person: str) -> list[str]:
    """Return the conversations in which nobody but *person* spoke."""
    others = TURNS.alias()
    spoke = sa.exists().where(others.c.conversation == TURNS.c.conversation, others.c.person != person)
    return [*connection.scalars(sa.select(TURNS.c.conversation).where(TURNS.c.person == person, ~spoke).distinct())]


def forget_place(connection: sa.Connection, place: str, *, besides: str) -> None:
    """Remove everything of the chats whose names begin with *place*: a workspace that removed us.

    The event called *besides* tells of it and is closed like any other; what people of other chats told stays.
    """
    for table in (TURNS, OUTBOX):
        connection.execute(sa.delete(table).where(table.c.conversation.startswith(place, autoescape=True)))
    old = sa.and_(INBOX.c.conversation.startswith(place, autoescape=True), INBOX.c.event != besides)
    connection.execute(sa.delete(INBOX).where(old))
    for table in (PEOPLE, SAVED_POSTS):
        connection.execute(sa.delete(table).where(table.c.person.startswith(place, autoescape=True)))
    connection.execute(sa.delete(CHATS).where(CHATS.c.chat.startswith(place, autoescape=True)))
    connection.execute(sa.delete(DIGESTS).where(DIGESTS.c.target.startswith(place, autoescape=True)))


def _row(connection: sa.Connection, person: str) -> Mapping[str, Any]:
    found = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.person == person)).mappings().first()
    return dict(found) if found else {}


def everything_of(connection: sa.Connection, person: str) -> dict[str, Any]:
    """Return all that is kept of *person*, as JSON for a file."""
    rows = (connection.execute(sa.select(TURNS).where(TURNS.c.person == person).order_by(TURNS.c.id))).mappings()
    turns = [
        {"at": row["at"].isoformat(), "said": row["text"], "answered": row["kind"], "feedback": row["feedback"]}
        for row in rows
    ]
    channels = [channel.title for channel in channels_of(connection, person)]
    known = _row(connection, person)
    told = {name: known.get(name, "") for name in ("profile", "zone", "language")}
    searches = [search.text for digest in digests.of_owner(connection, person) for search in digest.searches]
    posts = [{"at": post.at.isoformat(), "post": post.text} for post in saved_by(connection, person)]
    kept = {"searches": searches, "channels": channels, "saved_posts": posts, "conversation": turns}
    return {"person": person, **told, **kept}
