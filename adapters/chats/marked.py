"""Text with marks: what is bold, what is a link, and where; each platform has its own way to say so."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

# Characters that are not read but act: controls, and those that reorder what stands around them. Isolates as well.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Mark(NamedTuple):
    """A mark from character `start` up to `end` of a text: `bold`, `italic`, or `link` with its address."""

    kind: str
    start: int
    end: int
    url: str = ""


def clean(text: str) -> str:
    """Return *text* without characters that act instead of being read; half a surrogate pair becomes "?"."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return _ACTING.sub("", unicodedata.normalize("NFC", safe)).replace("\t", " ")


def web_address(href: str | None) -> str:
    """Return the address of a web page, empty for everything else: no other scheme is opened from a chat."""
    return "".join(clean(href).split()) if href and href.startswith(("http://", "https://")) else ""


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
