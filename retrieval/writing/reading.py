"""Reading a message with a model where ours is unsure: what it proposes counts only where the message says so."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from typing import Any, NamedTuple

from knowledge.errors import ModelFailed
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.markets import WORLDWIDE, markets
from knowledge.masking import mask
from knowledge.question import Intent, Question, Slots
from knowledge.question_reader import QuestionReader
from knowledge.vocabulary import topics
from retrieval.writing.model import Meter, Spent
from retrieval.writing.thread import ModelThread, Stopped

LOG = logging.getLogger("advisor.model")
PROMPT = resources.files("retrieval.writing").joinpath("read.md").read_text("utf-8")
# Of what a person wrote so much is read; the rest is no question.
LONGEST = 1000
# Words of a message that name one thing.
MOST_WORDS = 8
SCHEMA: dict[str, Any] = {
    "title": "reading",
    "description": "What a message names, and what it asks.",
    "type": "object",
    "additionalProperties": False,
    "required": ["slots", "question"],
    "properties": {
        "slots": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "id", "words"],
                "properties": {
                    "kind": {"type": "string", "enum": ["role", "topic", "level", "place"]},
                    "id": {"type": "string"},
                    "words": {"type": "string", "description": "copied from the message"},
                },
            },
        },
        "question": {"type": "string", "description": "one short English question"},
    },
}


class Slot(NamedTuple):
    """One thing that a message names."""

    kind: str
    id: str


def reading_of(reply: Any, question: Question, library: Library, reader: QuestionReader) -> Question | None:  # noqa: ANN401
    """Return *question* with what *reply* proposes, as far as the message bears it out; None where nothing is left.

    What was read of the message already is never changed.
    """
    rows = reply.get("slots") if isinstance(reply, Mapping) else None
    found = [*_accepted(rows, question.text, library)] if isinstance(rows, list) else []
    slots = _filled(question.slots, found)
    if slots == question.slots:
        return None
    asked = reply.get("question")
    english = reader.read(asked[:LONGEST]) if isinstance(asked, str) and asked.strip() else None
    made = replace(question, slots=slots, intent=Intent.ASK)
    if english is None or not _says_no_more(english, slots):
        return made
    return replace(made, query=english.query, subject=english.subject, focus=english.focus)


def _accepted(rows: list[Any], text: str, library: Library) -> Iterator[Slot]:
    known = known_ids(library)
    message = text.casefold()
    for row in rows:
        told = row if isinstance(row, Mapping) else {}
        kind, name, said = (str(told.get(key) or "").strip() for key in ("kind", "id", "words"))
        if name in known.get(kind, ()) and 0 < len(said.split()) <= MOST_WORDS and said.casefold() in message:
            yield Slot(kind, name)


def known_ids(library: Library) -> dict[str, dict[str, str]]:
    """Return what may be named, by kind: ids with what they are called."""
    return {
        "role": {name: guides[0].role for name, guides in library.occupations.items()},
        "topic": {name: topic.label for name, topic in topics().items()},
        "level": {level.value: level.value for level in Level},
        "place": {code: market.name for code, market in markets().by_code.items() if code != WORLDWIDE},
    }


def _filled(slots: Slots, found: list[Slot]) -> Slots:
    """Return *slots* with what was *found* for those that are empty."""

    def of(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slot.id for slot in found if slot.kind == kind))

    # A role that is known to have no guide stays one.
    roles = slots.occupations or (() if slots.other_occupations else of("role"))
    return replace(
        slots,
        occupations=roles,
        topics=slots.topics or of("topic"),
        levels=slots.levels or tuple(Level(name) for name in of("level")),
        markets=slots.markets or of("place"),
    )


def _says_no_more(english: Question, slots: Slots) -> bool:
    """Tell whether the question in English names nothing that the message does not."""
    own = english.slots
    return (
        english.intent is Intent.ASK
        and not own.other_occupations
        and {*own.occupations} <= {*slots.occupations}
        and {*own.levels} <= {*slots.levels}
        and {*own.markets} <= {*slots.markets}
    )


class Reader:
    """Reads messages with one model. Safe to be used by several threads."""

    def __init__(self, thread: ModelThread, library: Library, reader: QuestionReader) -> None:
        self._thread, self._library, self._reader = thread, library, reader

    def read(self, question: Question, earlier: str, seconds: float) -> tuple[Question | None, Spent]:
        """Return a better reading of *question* within *seconds*, None where there is none, and what it cost.

        *earlier* is what was spoken of before.
        """
        meter = Meter()
        known = known_ids(self._library)
        shown = {
            "message": mask(question.text[:LONGEST]),
            "earlier": mask(earlier[:LONGEST]),
            "roles": known["role"],
            "topics": known["topic"],
            "levels": [*known["level"]],
            "places": [*known["place"]],
        }
        asked = [("system", PROMPT), ("human", json.dumps(shown, ensure_ascii=False))]

        async def whole() -> Any:  # noqa: ANN401 - whatever a model sends
            reply: Any = None
            async for grown in self._thread.model.replies(SCHEMA, asked, meter):
                reply = grown
            return reply

        try:
            reply = self._thread.run(whole, seconds)
        except (ModelFailed, Stopped) as error:
            LOG.warning("a message was not read: %s", error)
            return None, meter.spent
        return reading_of(reply, question, self._library, self._reader), meter.spent
