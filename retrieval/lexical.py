"""Search by words: BM25 over stemmed words, for what people name exactly (tools, acronyms, figures)."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import bm25s
import numpy as np
import Stemmer

from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.passages import Passage

STOP_WORDS = frozenset(word_list("small")["search"])
# Robertson and Zaragoza's usual ranges are k1 1.2-2 and b .5-.8; passages here are short and of like length.
K1, B = 1.4, 0.6
# A word in the title says more than one in the text (BM25F's idea). On the foreign FAQ collection titles alone have
# nDCG@10 .806, texts alone .377, both as one field .517, titles plus .5 of texts .80; guides gain from more text.
TEXT_WEIGHT = 0.5
# A word in so few passages tells them apart from all others; more than two such words say no more.
RARE, MOST_NAMED = 8, 2

# Questions say it in people's words. Measured with the guides' questions: MRR .904 without, .913 at .6, .907 at 1.
ASKED_WEIGHT = 0.6
Scores = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.intp]]


# A stemmer must not be used by two threads at once.
_STEMMER, _ONE_AT_A_TIME = Stemmer.Stemmer("english"), Lock()


@lru_cache(maxsize=8192)
def stems(text: str, stop: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the stems of the words of *text*, in order, without the words of *stop*."""
    named = [word for word in words(text) if word not in stop]
    with _ONE_AT_A_TIME:
        return tuple(_STEMMER.stemWords(named))


class Lexical:
    """A BM25 index over the titles and the texts of passages and the questions they answer, in memory."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        # A passage without a title is short and is its own title. The role in its heading is left to the prior: here it
        # would drown what the question is about.
        self._titles = _Field([stems(f"{p.topic} {p.title or p.text}") for p in passages])
        self._texts = _Field([stems(p.text, STOP_WORDS) for p in passages])
        self._asked = _Field([stems(" ".join(p.asked), STOP_WORDS) for p in passages])
        self._having: dict[str, list[int]] = {}
        for place, one in enumerate(passages):
            for stem in frozenset(stems(f"{one.title} {one.text}")):
                self._having.setdefault(stem, []).append(place)

    def naming(self, focus: Sequence[str], among: Places, own: frozenset[int] = frozenset()) -> Scores:
        """Return per passage of *among* how many of the rare words of *focus* it has, two at most.

        Where a question names what it is about, a word is rare by the passages of that (their places: *own*).
        """
        counted = np.zeros(len(among))
        for stem in frozenset(stems(" ".join(focus), STOP_WORDS)):
            having = self._having.get(stem, [])
            if own:
                having = [place for place in having if place in own]
            if 0 < len(having) <= RARE:
                counted[np.searchsorted(among, having)] += 1
        return np.minimum(counted, MOST_NAMED)

    def score(self, query: str, among: Places) -> Scores:
        """Return one score for each passage of *among* (places, ascending), in order; 0 where no word is shared."""
        telling, runs = stems(query, STOP_WORDS), _runs(among)
        return (
            self._titles.score(stems(query), runs)
            + TEXT_WEIGHT * self._texts.score(telling, runs)
            + ASKED_WEIGHT * self._asked.score(telling, runs)
        )


def _runs(among: Places) -> list[tuple[int, int]]:
    """Return the first place and the one after the last of each unbroken run of *among*."""
    ends = np.flatnonzero(np.diff(among) != 1) + 1
    return [(int(run[0]), int(run[-1]) + 1) for run in np.split(among, ends) if len(run)]


class _Field:
    """One BM25 index; bm25s works out what each word is worth in each passage, and here that is added up.

    By itself bm25s adds up all passages: with 500 guides most of the time of an answer went to roles nobody asked for.
    """

    def __init__(self, documents: list[tuple[str, ...]]) -> None:
        self._index = bm25s.BM25(k1=K1, b=B, method="lucene")
        self._vocabulary: dict[str, int] = {}
        if any(documents):
            self._index.index([list(document) for document in documents], show_progress=False)
            self._vocabulary = self._index.vocab_dict

    def score(self, stems: tuple[str, ...], runs: Sequence[tuple[int, int]]) -> Scores:
        """Return the scores of the passages of all *runs*, one run after the other."""
        found = np.zeros(sum(stop - start for start, stop in runs))
        for stem in stems:
            if stem not in self._vocabulary:
                continue
            places, worth = self._column(self._vocabulary[stem])
            before = 0
            for start, stop in runs:
                low, high = np.searchsorted(places, (start, stop))
                found[places[low:high] + (before - start)] += worth[low:high]
                before += stop - start
        return found

    def _column(self, word: int) -> tuple[Places, Scores]:
        """Return the places of the passages that have a word, ascending, and what it is worth in each."""
        matrix = self._index.scores
        column = slice(matrix["indptr"][word], matrix["indptr"][word + 1])
        return matrix["indices"][column], matrix["data"][column]
