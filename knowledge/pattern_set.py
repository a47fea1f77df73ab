"""Regular expressions of which few match: RE2 says which may match a text, `re` says where.

Python's `re` tries every alternative at every place, which was most of the time that reading listings took. RE2's
filter (https://github.com/google/re2, `filtered_re2.h`) knows the words each pattern needs, looks for all of them in
one walk, and tries only what is left; it knows no lookaround. So it is given each pattern without what only narrows
it, and what it lets through is asked again with the pattern as written.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

import re2

_CLASS = r"\[(?:[^\]\\]|\\.)+\]"
_ATOM = rf"[^()\[\\]|\\.|{_CLASS}"


def _inside(depth: int) -> str:
    """Return what may stand inside a bracket in which brackets nest *depth* times."""
    return rf"(?:{_ATOM}|\({_inside(depth - 1)}\))*" if depth else f"(?:{_ATOM})*"


# A lookaround only narrows a pattern: without it no less is found.
_LOOKAROUND = rf"\(\?<?[=!]{_inside(3)}\)|\\Z"
_NARROWING = {True: re.compile(_LOOKAROUND), False: re.compile(rf"{_LOOKAROUND}|\\b")}
# `re` takes these for Unicode, RE2 for ASCII and without some control characters.
_WIDER = {r"\w": r"\pL\pM\pN_", r"\s": r"\s\pZ\x0b\x1c-\x1f\x{85}", r"\d": r"\p{Nd}"}
_FOREIGN = re.compile(r"[^\x00-\x7f\W]")
# Without case these are an "i" to `re`, but not to RE2.
_TURKISH = str.maketrans("İı", "ii")
_SHORT = re.compile(rf"{_CLASS}|\\[wsd]")


class PatternSet:
    """Patterns in the syntax of `re` (no back references), by their places; flags stand inside them: `(?i:...)`.

    They are compiled when a text is first looked at: whoever only chats waits for none of those that read listings.
    Then re2.error is raised where RE2 does not know the syntax of one of them.
    """

    def __init__(self, *patterns: str) -> None:
        self._written = patterns

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, compiled."""
        return tuple(re.compile(pattern) for pattern in self._written)

    @cached_property
    def _filters(self) -> dict[bool, re2.Filter]:
        return {ascii_only: self._filter(ascii_only=ascii_only) for ascii_only in (True, False)}

    def _filter(self, *, ascii_only: bool) -> re2.Filter:
        built = re2.Filter()
        for pattern in self.patterns:
            built.Add(loosened(pattern.pattern, ascii_only=ascii_only))
        built.Compile()
        return built

    def matching(self, text: str) -> list[int]:
        """Return the places of the patterns that may match somewhere in *text*, rising; never one too few."""
        foreign = _has_foreign(text)
        if foreign:
            text = text.translate(_TURKISH)
        # A board may send half a surrogate pair, which UTF-8 has no bytes for.
        return sorted(self._filters[not foreign].Match(text.encode("utf-8", "replace")) or ())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of each pattern, pattern after pattern; those of different patterns may overlap."""
        for place in self.matching(text):
            yield from self.patterns[place].finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the leftmost match of any pattern, that of the first pattern where several begin there."""
        matches = (self.patterns[place].search(text) for place in self.matching(text))
        return min((match for match in matches if match), key=re.Match.start, default=None)


# A text is asked for several sets of patterns one after another.
@lru_cache(maxsize=64)
def _has_foreign(text: str) -> bool:
    """Tell whether *text* has letters or digits beyond ASCII; dashes, quotes and bullets are no word to RE2 either."""
    return not text.isascii() and _FOREIGN.search(text) is not None


def loosened(pattern: str, *, ascii_only: bool) -> str:
    """Return *pattern* for RE2 without what only narrows it, so that it matches whatever `re` matches.

    The word boundaries of RE2 are those of ASCII; they stay for texts whose words are ASCII.
    """
    return _SHORT.sub(_widened, _NARROWING[ascii_only].sub("", pattern))


def _widened(match: re.Match[str]) -> str:
    text = match.group()
    if not text.startswith("["):
        return f"[{_WIDER[text]}]"
    for short, wide in _WIDER.items():
        text = text.replace(short, wide)
    return text
