"""Hybrid search: meaning (vectors) and words (BM25), fused, with a soft prior for what the question named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from retrieval.index import DenseIndex
from retrieval.lexical import Lexical, Places
from retrieval.passages import Passage

# Shares of the two z-scores. Chosen on the role guides' questions and a foreign FAQ collection together
# (`make evaluate` prints each method alone and fused); the optimum is flat between .6 and .75.
DENSE_SHARE = 0.7
# A question without the names in it is nearer to what is asked, with them to where it is answered. Measured with the
# written questions: MRR .852 at .2, .854 at .3, .859 at .4, .856 at .5; required facts fall from .45 on.
SUBJECT_SHARE = 0.4
# What a passage gains per rare word of the question's focus. Measured with the role guides' questions.
NAMED = 0.5
# Passages per method that take part; what neither method ranks so high cannot win.
POOL = 200
# So many scores at most say what a good one is: as many as there were passages when the weights of the prior were
# chosen. One role and the themes are fewer, several roles or no named one are more.
COMPARED = 300
# Vectors (texts and questions) looked at per wording. Each hundred costs half a millisecond;
# MRR is the same from 256 to 2000.
NEAREST = 256

Prior = Callable[[Passage], float]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def _no_prior(_passage: Passage) -> float:
    return 0.0


class Query(NamedTuple):
    """What to search for: *prior* is added to the fused z-scores.

    `subject` is a second wording of `text`, such as without the names in it; both are searched for and blended.
    `focus` are the words that say what exactly is asked; a passage gains by each rare one it has. Of `groups`, which
    the question names, every passage is compared, and of those `beside` them; then no other is by its meaning.
    """

    text: str
    prior: Prior = _no_prior
    subject: str = ""
    focus: Sequence[str] = ()
    groups: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    @property
    def whole(self) -> frozenset[str]:
        """The groups that are compared passage by passage; none where none is named."""
        return self.groups | self.beside if self.groups else frozenset()

    @property
    def wordings(self) -> list[str]:
        """The texts that are searched for."""
        return [self.text, self.subject] if self.subject and self.subject != self.text else [self.text]


class Hit(NamedTuple):
    """A passage found: `dense` is a cosine (0 without vectors), `bm25` a raw score, hits are ordered by `score`."""

    passage: Passage
    dense: float
    bm25: float
    prior: float
    score: float


class _Scores(NamedTuple):
    """Scores of every passage for one wording, by passage."""

    dense: Numbers
    bm25: Numbers
    fused: Numbers


class Search:
    """The search engine over one set of passages; without a dense index it works on words alone."""

    def __init__(self, passages: Mapping[str, Passage], dense: DenseIndex | None) -> None:
        self._passages = list(passages.values())
        self._places = {key: place for place, key in enumerate(passages)}
        self._all = np.arange(len(self._passages))
        self._groups: dict[str, list[int]] = {}
        for place, passage in enumerate(self._passages):
            self._groups.setdefault(passage.group, []).append(place)
        self._lexical = Lexical(self._passages)
        self._dense = dense

    def find(self, query: Query, dense_share: float = DENSE_SHARE) -> list[Hit]:
        """Return all passages that take part in answering *query*, best first."""
        return self.find_each([query], dense_share)[0]

    def find_each(self, queries: Sequence[Query], dense_share: float = DENSE_SHARE) -> list[list[Hit]]:
        """Return the hits of each of *queries*; all their wordings are embedded and looked up in one go."""
        if not self._passages:
            return [[] for _ in queries]
        wordings = [text for query in queries for text in query.wordings]
        groups = [query.whole for query in queries for _ in query.wordings]
        near: list[dict[str, float]] = [{} for _ in wordings]
        if wordings and self._dense and dense_share:
            near = self._dense.find(wordings, NEAREST, groups)
        similar = iter(near)
        return [self._hits(query, [next(similar) for _ in query.wordings], dense_share) for query in queries]

    def _hits(self, query: Query, similar: list[dict[str, float]], dense_share: float) -> list[Hit]:
        shares = [1 - SUBJECT_SHARE, SUBJECT_SHARE] if len(similar) > 1 else [1.0]
        own = frozenset(self._places_of(query.groups))
        among = np.array(sorted({*own, *self._places_of(query.beside)}), np.intp) if own else self._all
        pairs = zip(query.wordings, similar, strict=True)
        rows = [self._scores(text, near, dense_share, among) for text, near in pairs]
        fused = sum((share * row.fused for share, row in zip(shares, rows, strict=True)), np.zeros(len(among)))
        # The prior may lift a passage of the asked section, so all take part as long as they are few.
        pool = np.argsort(-fused, kind="stable")[: None if own else 2 * POOL]
        dense = np.max([row.dense[pool] for row in rows], axis=0).tolist()
        bm25 = np.max([row.bm25[pool] for row in rows], axis=0).tolist()
        named = (NAMED * self._lexical.naming(query.focus, among, own)[pool]).tolist()
        hits = []
        for i, near, score, base, rare in zip(
            among[pool].tolist(), dense, bm25, fused[pool].tolist(), named, strict=True
        ):
            extra = query.prior(self._passages[i]) + rare
            hits.append(Hit(self._passages[i], near, score, extra, base + extra))
        return sorted(hits, key=lambda hit: -hit.score)

    def _scores(self, text: str, similar: dict[str, float], dense_share: float, among: Places) -> "_Scores":
        lexical = self._lexical.score(text, among)
        dense = np.full(len(among), min(similar.values(), default=0.0))
        found = [(self._places[key], value) for key, value in similar.items() if key in self._places]
        if found:
            places, values = zip(*found, strict=True)
            dense[np.searchsorted(among, places)] = values
        share = dense_share if similar else 0.0
        fused = share * _standard(dense) + (1 - share) * _standard(lexical)
        return _Scores(dense, lexical, fused)

    def _places_of(self, groups: Iterable[str]) -> list[int]:
        return [place for group in groups for place in self._groups.get(group, ())]


def _standard(scores: Numbers) -> Numbers:
    """Return z-scores by mean and spread of the best `COMPARED` of *scores*, all 0 where these are the same.

    By all of them a good score would count the more, the more guides there are that have nothing to do with the
    question.
    """
    best = scores if len(scores) <= COMPARED else np.partition(scores, -COMPARED)[-COMPARED:]
    spread = float(best.std())
    return (scores - best.mean()) / spread if spread > 0 else np.zeros_like(scores)
