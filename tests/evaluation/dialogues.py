"""Dialogues: whether a follow-up is read in the light of what was said before.

A line of a file has `id` and `turns`: {"text": what the person writes, then what the turn is about once the thread is
taken into account}. A key left out is not graded: `roles` (occupation ids), `levels`, `markets` (market codes),
`years`, `topic` (one of the turn's topics), `kind` (of the reply).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation import Turn
from bot.wiring import Parts

GRADED = ("roles", "levels", "markets", "years", "topic", "kind")


@dataclass(frozen=True, slots=True)
class Reading:
    """One expectation of one turn and what became of it."""

    dialogue: str
    turn: int
    text: str
    key: str
    expected: object
    found: object
    right: bool


def read_dialogues(path: Path) -> list[dict[str, Any]]:
    """Read the dialogues of one file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def take_dialogues(parts: Parts, dialogues: Iterable[dict[str, Any]]) -> Iterator[Reading]:
    """Hold every dialogue in a conversation of its own and yield one reading per expectation."""
    for dialogue in dialogues:
        conversation = parts.conversation()
        for number, expected in enumerate(dialogue["turns"], 1):
            turn = conversation.ask(expected["text"])
            for key in GRADED:
                if key in expected:
                    found = _found(turn, key)
                    right = _matches(key, expected[key], found)
                    yield Reading(dialogue["id"], number, expected["text"], key, expected[key], found, right)


def _found(turn: Turn, key: str) -> object:
    slots = turn.advice.ask.slots
    return {
        "roles": slots.occupations,
        "levels": turn.advice.ask.levels,
        "markets": slots.markets,
        "years": slots.years,
        "topic": (*slots.topics, *slots.leanings, turn.advice.ask.question.intent.value),
        "kind": turn.advice.answer.kind.value,
    }[key]


def _matches(key: str, expected: Any, found: Any) -> bool:
    if key == "topic":
        return expected in found
    return set(expected) == {str(item) for item in found} if isinstance(expected, list) else bool(expected == found)
