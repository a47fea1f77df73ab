"""The steps of hiring that a post names."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.post.parts import STEP, Part, Passage

# With fewer steps the process is only touched, not described.
DESCRIBED = 3
_LABEL = re.compile(r"^[^:]{0,60}:\s*")
_BETWEEN = re.compile(
    r"\s*(?:→|->|=>|>|›|»|;|\n|•|\||(?<!\w)\d\))\s*|,\s*(?:and\s+|then\s+|followed by\s+|finally\s+)*|\s+(?:then|followed by|and then|and finally|plus|and)\s+(?=an?\b|the\b|\d)|\.\s+",
    re.IGNORECASE,
)
_ARROWS = re.compile(r"\s*(?:→|->|=>|>|›|»|;|(?<!\w)\d\))\s*")
_LEADING = re.compile(r"^\W*\d*[.)]?\s*")
_COUNT = re.compile(
    r"\b(?P<n>\d|two|three|four|five|six|seven|eight|nine)[ -]+(?:step|stage|round|interview)s?\b", re.IGNORECASE
)
_SPELT = {word: n for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine"], 2)}


class Process(NamedTuple):
    """The steps in order, as written; how many the post says there are (None: it does not); the sentences behind it."""

    steps: tuple[str, ...]
    stated: int | None
    quotes: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many steps: as stated, else as named."""
        return self.stated or len(self.steps)

    @property
    def is_described(self) -> bool:
        """Tell a process that is laid out from one that is only mentioned."""
        return len(self.steps) >= DESCRIBED


def _steps(body: str) -> list[str]:
    """Return the steps that a sentence names; between arrows and numbers every piece is one."""
    for between in (_ARROWS, _BETWEEN):
        pieces = [piece for piece in between.split(body) if piece.strip()]
        named = [piece for piece in pieces if STEP.search(piece)]
        if between is _BETWEEN or (len(pieces) >= DESCRIBED and len(named) > 1):
            break
    return [_LEADING.sub("", piece).strip(" .-–") for piece in (pieces if between is _ARROWS else named)]


def read_process(found: Sequence[Passage]) -> Process:
    """Read the steps of hiring from the passages of a post."""
    quotes = [passage.text for passage in found if passage.part is Part.PROCESS]
    steps: list[str] = []
    for quote in quotes:
        body = _LABEL.sub("", quote, count=1) if ":" in quote[:60] else quote
        steps += _steps(body)
    stated = next((match for quote in quotes if (match := _COUNT.search(quote))), None)
    number = None
    if stated:
        number = _SPELT.get(stated["n"].casefold()) or int(stated["n"])
    return Process(tuple(dict.fromkeys(step for step in steps if step)), number, tuple(quotes))
