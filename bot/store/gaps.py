"""The gap list: questions nobody answered well, with what they were about and how often they came; no person."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import WRITING, upsert
from bot.store.tables import GAPS
from knowledge.errors import StoreError
from knowledge.masking import mask
from knowledge.text import words

# A question is kept up to so many characters: enough to write a guide from, not a life story.
KEPT_LENGTH = 300


class GapKind(StrEnum):
    """Why a question is on the list."""

    UNANSWERED = "unanswered"
    DISLIKED = "disliked"


@dataclass(frozen=True, slots=True)
class Gap:
    """One question of the list. `slots` is its reading as JSON, `answer` a fingerprint of what was answered."""

    id: int
    kind: GapKind
    text: str
    slots: dict[str, Any]
    reason: str
    answer: str
    count: int
    first_seen: dt.date
    last_seen: dt.date


class GapStore:
    """Keeps, lists and closes gaps. Dates are UTC."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def keep(self, kind: GapKind, text: str, slots: dict[str, Any], reason: str, answer: str) -> None:
        """Count a question; the same words about the same things are one gap, and one that was closed opens again.

        Raises:
            StoreError: the database does not take it.

        """
        today = dt.datetime.now(dt.UTC).date()
        row = {
            "key": _key(kind, text, slots),
            "kind": kind.value,
            "text": mask(text)[:KEPT_LENGTH],
            "slots": slots,
            "reason": reason,
            "answer": answer,
            "count": 1,
            "first_seen": today,
            "last_seen": today,
            "closed": None,
        }
        changes = {name: row[name] for name in ("reason", "answer", "last_seen", "closed")}
        upsert(self._engine, GAPS, row, changes | {"count": GAPS.c.count + 1})

    def open(self) -> list[Gap]:
        """Return the open gaps, the most frequent first, then the latest."""
        query = sa.select(GAPS).where(GAPS.c.closed.is_(None))
        query = query.order_by(GAPS.c.count.desc(), GAPS.c.last_seen.desc(), GAPS.c.id)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).mappings().all()
        except SQLAlchemyError as error:
            raise StoreError(str(error)) from error
        names = [name for name in Gap.__slots__ if name != "kind"]
        return [Gap(kind=GapKind(row["kind"]), **{name: row[name] for name in names}) for row in rows]

    def close(self, gap: Gap) -> None:
        """Close a gap that is answered now; it opens again when the question is unanswered again."""
        today = dt.datetime.now(dt.UTC).date()
        with self._engine.execution_options(**WRITING).begin() as connection:
            connection.execute(sa.update(GAPS).where(GAPS.c.id == gap.id).values(closed=today))


def _key(kind: GapKind, text: str, slots: dict[str, Any]) -> str:
    about = [f"{name}={slots[name]}" for name in sorted(slots) if slots[name]]
    return hashlib.sha256("\n".join([kind.value, " ".join(words(text)), *about]).encode()).hexdigest()
