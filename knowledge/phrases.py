"""Phrase lists: which known phrase stands where in a text, longest first, on word boundaries."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from knowledge.text import words

V = TypeVar("V")


class Found(NamedTuple, Generic[V]):
    """A phrase found in a text: words `start` up to but not including `end` mean `value`."""

    start: int
    end: int
    value: V


class PhraseBook(Generic[V]):
    """Phrases and what they mean. A phrase may mean several things; each is found."""

    def __init__(self, entries: Iterable[tuple[str, V]] = ()) -> None:
        self._meanings: dict[tuple[str, ...], list[V]] = {}
        # How long the longest phrase that begins with a word is: most words begin none.
        self._longest: dict[str, int] = {}
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: V) -> None:
        """Let *phrase* mean *value*; adding the same pair twice changes nothing."""
        key = words(phrase)
        meanings = self._meanings.setdefault(key, [])
        if value not in meanings:
            meanings.append(value)
        if key:
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: tuple[str, ...]) -> list[Found[V]]:
        """Return the phrases in *text* (folded words), left to right: the longest at each place, none in another."""
        found: list[Found[V]] = []
        end = 0
        for start in [place for place, word in enumerate(text) if word in self._longest]:
            if start < end:
                continue
            for size in range(min(self._longest[text[start]], len(text) - start), 0, -1):
                meanings = self._meanings.get(text[start : start + size])
                if meanings:
                    end = start + size
                    found += [Found(start, end, value) for value in meanings]
                    break
        return found

    def exact(self, phrase: str) -> tuple[V, ...]:
        """Return what exactly *phrase* means; empty where it is not known."""
        return tuple(self._meanings.get(words(phrase), ()))

    def items(self) -> Iterator[tuple[tuple[str, ...], V]]:
        """Yield every phrase (as words) with each of its meanings."""
        for phrase, meanings in self._meanings.items():
            for value in meanings:
                yield phrase, value

    def vocabulary(self) -> Iterator[str]:
        """Yield every single word that occurs in a phrase."""
        for phrase in self._meanings:
            yield from phrase
