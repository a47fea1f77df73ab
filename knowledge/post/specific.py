"""How particular a passage is: how many of its words real job posts hardly ever use, whatever their field."""

import re
from functools import cache

from knowledge.listing.classify import skill_book
from knowledge.text import words
from knowledge.word_lists import word_list

# Shorter words are common in every text.
SHORTEST = 4
# A capital inside a sentence begins a name; a name tells nothing of the work.
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w-]+")
_ENDINGS = (
    ("ies", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
    ("er", ""),
)


def particular_words(text: str) -> tuple[str, ...]:
    """Return the words of *text* that posts hardly use, each once, without names, numbers and technologies."""
    message = words(text)
    taken = {place for found in skill_book().find(message) for place in range(found.start, found.end)}
    named = {word for match in _NAME.finditer(text) for word in words(match.group())}
    kept = (word for place, word in enumerate(message) if place not in taken and word not in named)
    return tuple(
        dict.fromkeys(word for word in kept if word.isalpha() and len(word) >= SHORTEST and not _is_common(word))
    )


def _is_common(word: str) -> bool:
    known = _common()
    forms = {word, f"{word}s", f"{word}ed", f"{word}d", f"{word}ing"}
    forms |= {word[: -len(ending)] + other for ending, other in _ENDINGS if word.endswith(ending)}
    return bool(forms & known)


@cache
def _common() -> frozenset[str]:
    return frozenset(word_list("common")["words"].split())
