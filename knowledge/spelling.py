"""Typos: an unknown word becomes the one known word it nearly is, or stays as it was."""

from collections.abc import Iterable
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.word_lists import word_list

# Shorter words have too many neighbours ("comp", "cop", "camp").
SHORTEST = 5
# A second slip of the finger is believed only in a long word.
LONG = 8


@cache
def _english() -> frozenset[str]:
    """Return the words of the English dictionary that pyspellchecker carries."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - reads a 170,000 word list

    return frozenset(SpellChecker(language="en").word_frequency.words()) | frozenset(word_list("small")["contractions"])


class Speller:
    """Corrects towards the words of one vocabulary, and towards *others* only where one of them is nearer."""

    def __init__(self, vocabulary: Iterable[str], others: Iterable[str] = ()) -> None:
        named = frozenset(vocabulary)
        self._known = named | frozenset(others)
        self._tiers = (named, self._known - named)

    @cached_property
    def _targets(self) -> list[list[str]]:
        return [sorted(word for word in tier if len(word) >= SHORTEST and word.isalpha()) for tier in self._tiers]

    def correct(self, word: str) -> str:
        """Return the word of the vocabulary that *word* (folded) nearly is, else *word*; English words stay."""
        if len(word) < SHORTEST or not word.isalpha() or word in self._known or word in _english():
            return word
        slips = 2 if len(word) >= LONG else 1
        found = [process.extractOne(word, tier, scorer=OSA.distance, score_cutoff=slips) for tier in self._targets]
        # "lerning" is "learning", which names a role, rather than "leaning".
        best = min((one for one in found if one), key=lambda one: one[1], default=None)
        # People seldom miss the first letter; with it wrong, another word is more likely meant.
        return best[0] if best and best[0][0] == word[0] else word
