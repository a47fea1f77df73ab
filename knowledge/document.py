"""What an answer says, as a tree of plain values. Composed on one side, rendered by each platform on the other.

It lives here because retrieval writes it and adapters render it, and the two do not know each other. All text is plain:
whatever looks like markup in it is shown as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Tone(StrEnum):
    """How a paragraph is meant, for platforms that can show it."""

    PLAIN = "plain"
    GAP = "gap"
    CONFLICT = "conflict"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: an emphasised `lead` (may be empty), the text, and the numbers of the citations behind it."""

    text: str
    lead: str = ""
    cites: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """The lead as it stands before the text: with a colon, unless it ends a sentence or nothing follows."""
        return (
            f"{self.lead}:" if self.lead and self.text and not self.lead.endswith((".", "?", "!", ":")) else self.lead
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line standing alone."""

    line: Line
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered where the order matters; `title` (may be empty) says what its lines are."""

    lines: tuple[Line, ...]
    ordered: bool = False
    title: str = ""

    @property
    def shared_cites(self) -> tuple[int, ...]:
        """The citations behind every single line, shown once beside the title; empty where lines differ."""
        cites = {line.cites for line in self.lines}
        return cites.pop() if self.title and len(cites) == 1 else ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under `header`, each row with its citations."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cites: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what it is called."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """One opening: its title and company, lines about it with a lead each, and a link per board.

    `name` is the opening's own, for whoever wants more of it; with a `number` (from 1) cards are told apart in words.
    """

    title: str
    company: str
    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    name: str = ""
    number: int = 0

    @property
    def heading(self) -> str:
        """The title, with its number where there is one."""
        return f"{self.number}. {self.title}" if self.number else self.title


Block = Paragraph | Bullets | Table | Card


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return *blocks* with their cards numbered in order, where there are several."""
    cards = [block for block in blocks if isinstance(block, Card)]
    if len(cards) < 2:
        return tuple(blocks)
    order = {id(card): number for number, card in enumerate(cards, 1)}
    return tuple(replace(block, number=order[id(block)]) if isinstance(block, Card) else block for block in blocks)
