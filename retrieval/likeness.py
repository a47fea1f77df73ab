"""How likely a passage of a post shows a sign: a logistic regression over embeddings, learned from example passages.

Words alone do not tell "Marco's group keeps the training cluster alive" from "you keep the training cluster alive", nor
know every way to say it. The weights beside this file are made by `make signs` from labelled posts of ours and hold for
the local model alone. So a post that somebody pastes goes nowhere, whatever service embeds the guides.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from retrieval.embedding import Embedder

Numbers = np.ndarray[Any, np.dtype[np.float64]]
FILE = "sign_weights.npz"


class Weights(NamedTuple):
    """What was learned: a row of weights for each sign, the constant last, and the model whose vectors it is for."""

    names: tuple[str, ...]
    rows: Numbers
    model: str


class Likeness:
    """Tells how likely passages show each sign that was learned."""

    def __init__(self, embedder: Embedder, weights: Weights) -> None:
        self._embedder, self._weights = embedder, weights

    def of(self, passages: Sequence[str]) -> Mapping[str, Sequence[float]]:
        """Return the likelihood (0 to 1) of each of *passages*, in order, by the name of the sign."""
        if not passages:
            return {}
        # Texts of like length beside each other: a batch is as slow as its longest text.
        order = sorted(range(len(passages)), key=lambda place: len(passages[place]))
        vectors = np.empty((len(passages), self._weights.rows.shape[1]))
        vectors[order] = with_constant(self._embedder.embed([passages[place] for place in order]))
        scores = logistic(vectors @ self._weights.rows.T)
        return {name: scores[:, place].tolist() for place, name in enumerate(self._weights.names)}


def open_likeness(embedder: Embedder | None) -> Likeness | None:
    """Return what tells signs with *embedder*; None where there is none, or it is not the one that was learned with."""
    known = learned()
    return Likeness(embedder, known) if embedder and embedder.name == known.model else None


@cache
def learned() -> Weights:
    """Read the weights."""
    with resources.files("retrieval").joinpath(FILE).open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        return Weights(tuple(map(str, stored["names"])), stored["rows"].astype(np.float64), str(stored["model"]))


def with_constant(vectors: np.ndarray[Any, Any]) -> Numbers:
    """Return *vectors* with a last column of ones."""
    wide: Numbers = np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])
    return wide


def logistic(values: Numbers) -> Numbers:
    """Return the logistic function of *values*."""
    result: Numbers = 1 / (1 + np.exp(-values))
    return result
