"""Job posts that people chose to save: the only words of a pasted post that are kept."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.tables import SAVED_POSTS as TABLE

# So many of one person; a new one beyond takes the place of the oldest.
MOST = 30


@dataclass(frozen=True, slots=True)
class SavedPost:
    """A post as it was pasted; `token` names it in buttons, `title` is what the post calls the job."""

    token: str
    title: str
    text: str
    at: dt.datetime


def save(connection: sa.Connection, person: str, post: SavedPost) -> None:
    """Keep *post* for *person*; the same text once."""
    mine = TABLE.c.person == person
    connection.execute(sa.delete(TABLE).where(mine, TABLE.c.text == post.text))
    row = {"person": person, "token": post.token, "title": post.title, "text": post.text, "at": post.at}
    connection.execute(sa.insert(TABLE), row)
    newest = sa.select(TABLE.c.id).where(mine).order_by(TABLE.c.id.desc()).limit(MOST)
    kept = connection.scalars(newest).all()
    connection.execute(sa.delete(TABLE).where(mine, TABLE.c.id.not_in(kept)))


def saved_by(connection: sa.Connection, person: str) -> tuple[SavedPost, ...]:
    """Return what *person* saved, the newest first."""
    query = sa.select(TABLE).where(TABLE.c.person == person).order_by(TABLE.c.id.desc())
    rows = connection.execute(query).mappings()
    return tuple(SavedPost(row["token"], row["title"], row["text"], row["at"]) for row in rows)


def remove(connection: sa.Connection, person: str, token: str) -> None:
    """Remove one post of *person*."""
    connection.execute(sa.delete(TABLE).where(TABLE.c.person == person, TABLE.c.token == token))
