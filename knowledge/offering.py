"""Which roles to offer: the nearest to a message that names none, and the nearest to a role without a guide."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.phrases import PhraseBook
from knowledge.text import words
from knowledge.word_lists import word_list


def nearest_roles(library: Library, text: str) -> tuple[str, ...]:
    """Return every occupation that has a guide, those with words of *text* in their names first, else in file order."""
    names = {occupation: _words_of(guides) for occupation, guides in library.occupations.items()}
    spread = Counter(word for found in names.values() for word in found)
    said = frozenset(words(text))
    return tuple(sorted(names, key=lambda one: -sum(1 / spread[word] for word in names[one] & said)))


@cache
def _near() -> PhraseBook[str]:
    rows = word_list("occupations")["near"]
    return PhraseBook((str(phrase), str(role)) for role, phrases in rows.items() for phrase in phrases)


def near_role(library: Library, name: str) -> str | None:
    """Return the occupation with a guide that lies nearest to the role *name*; None where none is known to."""
    message = words(name)
    singular = tuple(word.removesuffix("s") for word in message)
    found = [*_near().find(message), *_near().find(singular)]
    best = max(found, key=lambda one: one.end - one.start, default=None)
    return best.value if best and best.value in library.occupations else None


def _words_of(guides: Iterable[Guide]) -> frozenset[str]:
    return frozenset(word for guide in guides for name in (guide.title, *guide.aliases) for word in words(name))
