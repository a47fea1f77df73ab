"""What is sent to a person, before a platform renders it."""

from dataclasses import dataclass

from knowledge.document import Block


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One numbered source: where in which guide, whose words these are, and the page they come from."""

    n: int
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
