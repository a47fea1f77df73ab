"""Has answers written by a model, as far as there is budget, and writes down what it did."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store import usage
from bot.store.database import WRITING
from bot.store.usage import TOLD, Use
from bot.writing.budget import Budget
from bot.writing.prices import Price
from knowledge.document import Line, Paragraph, Tone
from knowledge.library import Library
from knowledge.question import Question
from retrieval.answer import Answer
from retrieval.writing.attempt import Show
from retrieval.writing.brief import brief_of
from retrieval.writing.model import Spent
from retrieval.writing.reading import Reader
from retrieval.writing.thread import Halt, ModelThread
from retrieval.writing.writer import How, Writer

LOG = logging.getLogger("advisor.model")
T = TypeVar("T")
STOPPED = "Stopped."
# How readings are written down: of use, or not.
READ, UNREAD = "read", "unread"


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom an answer is made: who asks, where and since when (monotonic); what shows it as it grows or stops it."""

    person: str = ""
    workspace: str = ""
    since: float = field(default_factory=time.monotonic)
    show: Show | None = None
    halt: Halt = field(default_factory=Halt)


class KeptClaims:
    """Claims that passed, in the database; where that is away nothing is kept, and nothing found."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine.execution_options(**WRITING)

    def get(self, key: str, /) -> Any:  # noqa: ANN401 - JSON
        """Return the claims kept under *key*, or None."""
        return _tried(self._engine, lambda connection: usage.claims(connection, key))

    def __setitem__(self, key: str, claims: Any, /) -> None:  # noqa: ANN401
        """Keep *claims*."""
        _tried(self._engine, lambda connection: usage.keep_claims(connection, key, claims, dt.datetime.now(dt.UTC)))


class Hand(NamedTuple):
    """A model in its thread, and what writes and reads with it."""

    thread: ModelThread
    writer: Writer
    reader: Reader | None


class Scribe:
    """Writes answers for whoever asks, within *seconds* of the question. Safe to be used by several threads."""

    def __init__(self, hand: Hand, engine: sa.Engine, budget: Budget, price: Price | None, seconds: float) -> None:
        self._thread, self._writer, self._reader = hand
        self._budget, self._price, self._seconds = budget, price, seconds
        self._engine = engine.execution_options(**WRITING)

    def write(self, answer: Answer, question: Question, library: Library, errand: Errand) -> Answer:
        """Return *answer* in fluent words, or as it is."""
        brief = brief_of(answer, question, library)
        if brief is None:
            return answer
        now = dt.datetime.now(dt.UTC)
        whose = self._reached(errand, now)
        if whose:
            return self._without(answer, errand, whose, now)
        written = self._writer.write(brief, errand.show, errand.halt, self._left(errand))
        self._note(errand, now, written.how.value, written.spent, written.seconds, written.reason)
        if written.how is How.STOPPED:
            return _with_line(written.answer, STOPPED)
        return written.answer

    def close(self) -> None:
        """Let go of the model."""
        self._thread.close()

    def _without(self, answer: Answer, errand: Errand, whose: str, now: dt.datetime) -> Answer:
        """Return *answer* as it was composed; the first time on a day with a line that says why."""

        def told(connection: sa.Connection) -> bool:
            before = usage.was_told(connection, now.date(), errand.person)
            if not before:
                usage.note(connection, Use(now, errand.person, errand.workspace, self._thread.model.name, TOLD, whose))
            return before

        if _tried(self._engine, told):
            return answer
        return _with_line(
            answer, f"For today {whose} budget for a language model is used up: answers are plainer, not less."
        )

    def read(self, question: Question, earlier: str, errand: Errand) -> Question | None:
        """Return a better reading of *question*, None where there is none, or no budget for one."""
        now = dt.datetime.now(dt.UTC)
        if self._reader is None or self._reached(errand, now):
            return None
        start = time.monotonic()
        # Half of the time is left for the answer.
        found, spent = self._reader.read(question, earlier, self._left(errand) / 2)
        self._note(errand, now, READ if found else UNREAD, spent, time.monotonic() - start)
        return found

    def _reached(self, errand: Errand, now: dt.datetime) -> str | None:
        return _tried(self._engine, lambda c: self._budget.reached(c, now.date(), errand.person, errand.workspace))

    def _left(self, errand: Errand) -> float:
        return max(0.0, errand.since + self._seconds - time.monotonic())

    def _note(self, errand: Errand, now: dt.datetime, how: str, spent: Spent, seconds: float, reason: str = "") -> None:
        cost = self._price.micros(spent) if self._price else None
        made = Use(
            now, errand.person, errand.workspace, self._thread.model.name, how, reason, *spent[:2], cost, seconds
        )
        _tried(self._engine, lambda connection: usage.note(connection, made))
        told = {"how": how, "tokens": spent.tokens_in + spent.tokens_out, "seconds": round(seconds, 3)}
        LOG.info("a model was asked", extra=told | {"model": made.model})


def _with_line(answer: Answer, text: str) -> Answer:
    return replace(answer, blocks=(*answer.blocks, Paragraph(Line(text), Tone.GAP)))


def _tried(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T | None:
    """Return what *work* returns; None where the database is away, for the answer matters more."""
    try:
        with engine.begin() as connection:
            return work(connection)
    except SQLAlchemyError as error:
        LOG.warning("what a model did is not written down: %s", type(error).__name__)
        return None
