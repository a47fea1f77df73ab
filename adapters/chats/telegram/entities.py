"""Text with marks as Telegram takes it: plain text and entities counted in UTF-16 units, so nothing needs escaping.

https://core.telegram.org/bots/api#messageentity (read 2026-11): offsets and lengths are UTF-16 code units.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

# Characters that are not read but act: controls, and those that reorder what stands around them. Isolates as well.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What Telegram takes for a mention, a hashtag or a command wherever it stands: somebody would be pinged, or press it.
_CALLING = re.compile(r"(?<![\w/])([@#/])(?=[^\W\d_])")
_JOINER = "\u2060"


class Mark(NamedTuple):
    """A mark from character `start` up to `end` of a text: an entity type of Telegram, with its address for a link."""

    kind: str
    start: int
    end: int
    url: str = ""


def clean(text: str) -> str:
    """Return *text* without characters that act instead of being read; half a surrogate pair becomes "?"."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return _ACTING.sub("", unicodedata.normalize("NFC", safe)).replace("\t", " ")


def defuse(text: str, commands: frozenset[str] = frozenset()) -> str:
    """Return *text* so that nothing in it calls anybody; the names of *commands* stay commands."""

    def broken(match: re.Match[str]) -> str:
        word = re.match(r"\w+", match.string[match.end() :])
        kept = match[1] == "/" and word is not None and word.group() in commands
        return match[1] if kept else f"{match[1]}{_JOINER}"

    return _CALLING.sub(broken, text)


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class Writer:
    """Collects text with marks; offsets are characters until `entities` counts units."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str, kind: str = "", url: str = "") -> None:
        """Append *text* (cleaned), marked as *kind* where one is given; blanks at its ends carry no mark."""
        shown = clean(text)
        start = len(self.text) + len(shown) - len(shown.lstrip())
        self.text += shown
        end = start + len(shown.strip())
        if kind and end > start:
            self.marks.append(Mark(kind, start, end, url))

    def line(self) -> None:
        """Begin a new line."""
        self.text += "\n"

    def gap(self) -> None:
        """Leave one empty line before what follows."""
        if self.text:
            self.text = self.text.rstrip("\n") + "\n\n"


class Piece(NamedTuple):
    """A text that fits one message, with its marks."""

    text: str
    marks: tuple[Mark, ...]


def entities(piece: Piece) -> list[dict[str, object]]:
    """Return the marks of *piece* as MessageEntity objects."""
    found: list[dict[str, object]] = []
    for mark in piece.marks:
        entity: dict[str, object] = {
            "type": mark.kind,
            "offset": units(piece.text[: mark.start]),
            "length": units(piece.text[mark.start : mark.end]),
        }
        found.append(entity | ({"url": mark.url} if mark.url else {}))
    return found
