"""`make signs`: learn how likely a passage shows a sign, from example passages and labelled posts; write the weights.

    python -m tests.evaluation.posts.learn

Each sign is learned against its own near misses, and more lightly against every other passage. Labelled posts give
passages as they stand, so that what is said of funding or holidays is known to show nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from bot.settings import read_settings
from knowledge.post.post import read_pasted
from knowledge.post.rules import windows
from retrieval import likeness
from retrieval.embedding import Embedder, open_local
from retrieval.likeness import FILE, Numbers, Weights, logistic, with_constant

HOME = Path(__file__).parent
# The posts that are learned from. Later ones show signs that words alone tell; with their passages, which show none of
# the learned signs, held-out posts were read worse.
LEARNED = "written_[a-e]"
# Weights of a passage: it shows the sign; a near miss of it; a passage of a labelled post; an example of other signs.
# The penalty is L2. Chosen on written posts, each third judged by what was learned from the others.
SHOWN, NEAR, BESIDE, OTHER, PENALTY = 2.0, 1.0, 1.0, 0.25, 1.0
# Newton's method is done after few steps.
STEPS, CLOSE = 40, 1e-7
# Shorter passages are names and headings.
TELLING = 12
Labelled = Mapping[str, Any]


class Example(NamedTuple):
    """A passage and the signs it shows; `near` is the sign it only looks like, `posted` tells passages of posts."""

    text: str
    shows: frozenset[str]
    near: str = ""
    posted: bool = False


def posts(name: str) -> list[Labelled]:
    """Return the labelled posts of one file."""
    found: list[Labelled] = yaml.safe_load((HOME / f"{name}.yaml").read_text("utf-8"))
    return found


def from_examples(rows: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Example]:
    """Yield the example passages."""
    for sign, kinds in rows.items():
        yield from (Example(text, frozenset({sign})) for text in kinds.get("shown", ()))
        yield from (Example(text, frozenset(), sign) for text in kinds["not"])


def from_posts(labelled: Sequence[Labelled]) -> Iterator[Example]:
    """Yield the passages of posts: what was quoted for a sign shows it, the rest shows none."""
    for post in labelled:
        quotes = [(row["flag"], _bare(row["quote"])) for row in post["flags"]]
        yield from (Example(quote, frozenset({flag}), posted=True) for flag, quote in quotes)
        for passage in windows(read_pasted(post["post"]).passages):
            text = _bare(passage.text)
            shows = frozenset(flag for flag, quote in quotes if quote[:30] in text or text in quote)
            if len(text) >= TELLING:
                yield Example(text, shows, posted=True)


def _bare(text: str) -> str:
    return " ".join(text.split())


def learn(embedder: Embedder, examples: Sequence[Example], names: Sequence[str]) -> Weights:
    """Return the weights for the signs called *names*."""
    vectors = with_constant(embedder.embed([one.text for one in examples]))
    rows = [_fit(vectors, *_goal(examples, name)) for name in names]
    return Weights(tuple(names), np.array(rows), embedder.name)


def _goal(examples: Sequence[Example], name: str) -> tuple[Numbers, Numbers]:
    """Return for each example whether it shows the sign (1) or not (0), and how much it counts."""
    shown = np.array([float(name in one.shows) for one in examples])
    plain = [NEAR if one.near == name else BESIDE if one.posted else OTHER for one in examples]
    return shown, np.where(shown > 0, SHOWN, plain)


def _fit(vectors: Numbers, shown: Numbers, weight: Numbers) -> Numbers:
    """Return the weights that explain *shown* best, by Newton's method with an L2 penalty on all but the constant."""
    penalty = np.full(vectors.shape[1], PENALTY)
    penalty[-1] = 0.0
    found = np.zeros(vectors.shape[1])
    for _ in range(STEPS):
        likely = logistic(vectors @ found)
        slope = vectors.T @ (weight * (likely - shown)) + penalty * found
        curve = (vectors.T * (weight * likely * (1 - likely))) @ vectors + np.diag(penalty + CLOSE)
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < CLOSE:
            break
    return found


def main() -> None:
    """Learn from the examples and the first posts that are not held out, and write the weights."""
    settings = read_settings()
    embedder = open_local(settings.cache, settings.minilm_folder, lambda _share: None)
    if embedder is None:
        raise SystemExit("The model weights are not installed: make weights")
    rows = yaml.safe_load((HOME / "examples.yaml").read_text("utf-8"))
    names = [name for name in rows if rows[name].get("shown")]
    written = [post for path in sorted(HOME.glob(f"{LEARNED}.yaml")) for post in posts(path.stem)]
    found = learn(embedder, [*from_examples(rows), *from_posts(written)], names)
    path = Path(likeness.__file__).with_name(FILE)
    with path.open("wb") as file:
        np.savez(file, names=np.array(found.names), rows=found.rows.astype(np.float32), model=np.array(found.model))
    print(f"{path}: {len(names)} signs")


if __name__ == "__main__":
    main()
