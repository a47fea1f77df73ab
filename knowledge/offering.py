"""Which roles to name first where a message names none: those that share its words, rare ones counting most."""

from collections import Counter
from collections.abc import Iterable

from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.text import words


def nearest_roles(library: Library, text: str) -> tuple[str, ...]:
    """Return every occupation that has a guide, those with words of *text* in their names first, else in file order."""
    names = {occupation: _words_of(guides) for occupation, guides in library.occupations.items()}
    spread = Counter(word for found in names.values() for word in found)
    said = frozenset(words(text))
    return tuple(sorted(names, key=lambda one: -sum(1 / spread[word] for word in names[one] & said)))


def _words_of(guides: Iterable[Guide]) -> frozenset[str]:
    return frozenset(word for guide in guides for name in (guide.title, *guide.aliases) for word in words(name))
