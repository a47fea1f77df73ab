"""What is sent to a person, before a platform renders it."""

from dataclasses import dataclass

from knowledge.document import Block


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source and the sections cited from it: (citation number, section) pairs, whose words they are, their page."""

    sections: tuple[tuple[int, str], ...]
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as a tree; `scope` says what the question was taken to be about, `opening` greets in another language."""

    kind: str
    blocks: tuple[Block, ...]
    scope: str = ""
    opening: str = ""
    sources: tuple[SourceLine, ...] = ()
    suggestions: tuple[str, ...] = ()
