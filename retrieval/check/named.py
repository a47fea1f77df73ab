"""What a text names: levels and places. The facts and lines of a conversation are looked at again and again."""

from functools import lru_cache

from knowledge.levels import Level
from knowledge.markets import markets
from knowledge.text import words
from knowledge.vocabulary import level_phrases

# "lead" is also a verb and "entry" a noun; answers name these levels only through a fact.
_UNSURE = {Level.LEAD, Level.EXECUTIVE}


@lru_cache(maxsize=8192)
def levels_in(text: str) -> frozenset[Level]:
    """Return the levels *text* names."""
    return frozenset(found.value for found in level_phrases().find(words(text)) if found.value) - _UNSURE


@lru_cache(maxsize=8192)
def places_in(text: str) -> frozenset[str]:
    """Return the codes of the places *text* names (`knowledge.markets`)."""
    return frozenset(found.value for found in markets().phrases.find(words(text)))
