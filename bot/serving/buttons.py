"""Buttons under answers. Data is `v1:VERB:TOKEN:ARGUMENT`, at most 64 bytes; a token names a turn, never a text."""

from collections.abc import Sequence
from typing import NamedTuple

from adapters.chats.platform import Button
from knowledge.document import Block, Card
from retrieval.answer import Answer, Kind

VERSION = "v1"
# Verbs whose token names no turn: an opening to be reviewed, a saved post to be reviewed or removed.
LOOK, SHOW, DROP, KEEP = "look", "show", "drop", "keep"
OF_THEIR_OWN = frozenset({LOOK, SHOW, DROP})
# Buttons that stand in one row on a phone.
IN_A_ROW = 4
# What may have been wrong with an answer, by the letter that stands for it in a button.
REASONS = {"f": "a figure is wrong", "q": "not what I asked", "o": "out of date", "m": "something is missing"}
# Questions that go on from an answer, by the topics it had not, in the order in which people mostly ask.
_NEXT = {
    "pay": "What does it pay?",
    "skills": "Which skills matter?",
    "hiring": "How does hiring go?",
    "flags": "What are red flags?",
}
SHOWN = 3


class Press(NamedTuple):
    """What a button asks for."""

    verb: str
    token: str
    argument: str


def read_press(data: str) -> Press | None:
    """Read the data of a button; None for one of another version."""
    version, _, rest = data.partition(":")
    verb, _, rest = rest.partition(":")
    token, _, argument = rest.partition(":")
    return Press(verb, token, argument) if version == VERSION and verb and token else None


def data(verb: str, token: str, argument: object = "") -> str:
    """Return the data of a button."""
    return f"{VERSION}:{verb}:{token}:{argument}"


def next_questions(answer: Answer, *, one_role: bool) -> tuple[str, ...]:
    """Return questions that lead on from *answer*, its own first; *one_role* says that it is about one role alone."""
    if answer.suggestions or answer.kind is Kind.CLARIFY:
        return answer.suggestions[:SHOWN]
    if answer.kind is Kind.LISTINGS:
        return _narrower(answer)
    if answer.kind not in {Kind.ANSWER, Kind.SKILL_GAP} or not one_role:
        return ()
    asked = set(answer.scope.topics)
    found = [question for topic, question in _NEXT.items() if topic not in asked]
    return (*found[: SHOWN - 1], "Any live openings?")


def _narrower(answer: Answer) -> tuple[str, ...]:
    wish = answer.wish or {}
    if len(answer.listings) < SHOWN:
        return ()
    found = []
    if not wish.get("levels"):
        found.append("Only senior")
    if not wish.get("regions"):
        found.append("Only in Europe")
    if not wish.get("max_age_days"):
        found.append("Only of the last 7 days")
    return tuple(found)


def under(answer: Answer, token: str, questions: tuple[str, ...], *, more: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under an answer; *more* says that there is another page."""
    rows: list[tuple[Button, ...]] = [
        (Button(question, data("ask", token, place)),) for place, question in enumerate(questions)
    ]
    if more:
        rows.insert(0, turning(token, 0, more=True))
    rows = [*looking(answer.blocks), *rows]
    if answer.kind in {Kind.ANSWER, Kind.SKILL_GAP, Kind.ABSTAIN, Kind.LISTINGS, Kind.POST_REVIEW}:
        rows.append((Button("👍 Good", data("good", token)), Button("👎 Not good", data("bad", token))))
    return tuple(rows)


def looking(blocks: Sequence[Block]) -> tuple[tuple[Button, ...], ...]:
    """Return the rows that have one of the shown openings reviewed."""
    cards = [block for block in blocks if isinstance(block, Card) and block.name]
    alone = len(cards) == 1
    found = [Button("Review" if alone else f"Review {n}", data(LOOK, card.name)) for n, card in enumerate(cards, 1)]
    return tuple(tuple(found[start : start + IN_A_ROW]) for start in range(0, len(found), IN_A_ROW))


def turning(token: str, page: int, *, more: bool) -> tuple[Button, ...]:
    """Return the row that turns pages."""
    back = (Button(f"‹ page {page}", data("page", token, page - 1)),) if page else ()
    return (*back, Button(f"page {page + 2} ›", data("page", token, page + 1))) if more else back


def resting(token: str) -> tuple[Button, ...]:
    """Return the row that lets a digest rest or end."""
    return (Button("Pause a week", data("rest", token)), Button("Stop", data("stop", token)))


def why(token: str) -> tuple[tuple[Button, ...], ...]:
    """Return the rows that ask what was wrong."""
    return tuple((Button(words.capitalize(), data("why", token, letter)),) for letter, words in REASONS.items())
