"""What more guides cost: retrieval and whole answers with 4, 16 and 500 role guides, in one run.

    python -m tests.benchmarks.guides [--most 500]

Guides beyond ours are ours under another name, with every fact and every question: worse than real ones, because all
of their words are shared. Their vectors are random (what is timed does not depend on what they mean); questions are
embedded by the real model.
"""

import argparse
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.conversation import Conversation
from bot.settings import read_settings
from bot.wiring import open_embedder
from knowledge.library import FOLDERS, Library, load_library
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advisor
from retrieval.chroma import open_client
from retrieval.embedding import Embedder, Vectors
from retrieval.index import DenseIndex
from retrieval.passages import searchable
from retrieval.prior import query_of
from retrieval.search import Search
from tests.benchmarks.timing import times
from tests.evaluation.exam import read_exam
from tests.evaluation.measures import WRITTEN

FIRST = (
    "computer-vision-engineer",
    "senior-computer-vision-engineer",
    "senior-machine-learning-engineer",
    "ml-research-engineer",
)
# Questions are few, batches of passages many at a time.
A_BATCH = 8
# Enough for a steady median.
QUESTIONS = 150


class Quick:
    """Embeds questions with the real model, and batches of passages at random: 500 guides would take ten minutes."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder = embedder.name, embedder
        self._chance = np.random.default_rng(7)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text."""
        if len(texts) <= A_BATCH:
            return self._embedder.embed(texts)
        found = self._chance.standard_normal((len(texts), self._embedder.embed(["width"]).shape[1])).astype(np.float32)
        unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit


def write_guides(folder: Path, count: int) -> None:
    """Write *count* role guides into *folder*: ours, then ours under other names."""
    ours = sorted((FOLDERS[0]).glob("*.md"), key=lambda path: (path.stem not in FIRST, path.stem))
    for number in range(count):
        source = ours[number % len(ours)]
        target = folder / (source.name if number < len(ours) else f"{source.stem}-{number}.md")
        text = source.read_text("utf-8")
        if number >= len(ours):
            text = re.sub(r"^role: .*$", f"role: Kind{number} Engineer", text, flags=re.MULTILINE)
            text = re.sub(r"^(?:aliases|hints|nicknames): \[.*?\]\n", "", text, flags=re.MULTILINE | re.DOTALL)
            text = re.sub(r"^disagreements:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
        target.write_text(text, "utf-8")
        shutil.copy(source.with_suffix(".asked.yaml"), target.with_suffix(".asked.yaml"))


def main() -> None:
    """Print one row per number of guides, and what each costs beside the first four."""
    options = argparse.ArgumentParser()
    options.add_argument("--most", type=int, default=500)
    embedder = open_embedder(read_settings())
    if embedder is None:
        raise SystemExit("The model weights are not installed: make weights")
    texts = [question["turns"][0] for question in read_exam(WRITTEN) if question["type"] != "job_post_judge"]
    texts = texts[:: max(1, len(texts) // QUESTIONS)]
    bare = statistics.median(times(lambda text: embedder.embed([text]), texts))
    table = Table(
        "guides", "passages", "start", "retrieval", "whole answer", "p95", "answer / embedding", "beside 4 guides"
    )
    rows = [_measure(count, embedder, texts) for count in (4, 16, options.parse_args().most)]
    for count, passages, start, found, answers in rows:
        own, first = statistics.median(answers), statistics.median(rows[0][4])
        cells = (
            f"{start:.1f} s",
            _ms(statistics.median(found)),
            _ms(own),
            _ms(statistics.quantiles(answers, n=20)[-1]),
        )
        table.add_row(str(count), f"{passages:,}", *cells, f"{own / bare:.2f}×", f"{own / first:.2f}×")
    console = Console()
    console.print(table)
    console.print(
        f"Bare embedding of a question: {_ms(bare)}. Goals: 16 guides < 2× of 4; 500 guides ≤ 5× the embedding."
    )


def _measure(count: int, embedder: Embedder, texts: list[str]) -> tuple[int, int, float, list[float], list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "guides").mkdir()
        write_guides(home / "guides", count)
        start = time.perf_counter()
        library = load_library((home / "guides", FOLDERS[1]))
        passages = searchable(library)
        index = DenseIndex(open_client(home / "index", None), "guides", Quick(embedder))
        loaded = time.perf_counter() - start
        with Console().status(f"{count} guides: {len(passages):,} passages are stored"):
            index.sync(passages)
        start = time.perf_counter()
        search, reader = Search(passages, index), QuestionReader(library)
        loaded += time.perf_counter() - start
        found, answers = _run(library, search, reader, texts, f"{count} guides")
        return count, len(passages), loaded, found, answers


def _run(
    library: Library, search: Search, reader: QuestionReader, texts: list[str], name: str
) -> tuple[list[float], list[float]]:
    """Return the seconds of retrieval alone and of whole answers, each after a warm-up over all questions."""
    advisor = Advisor(library, search)

    def retrieve(text: str) -> object:
        question = reader.read(text)
        return search.find(query_of(question, library, question.query, question.subject))

    found = times(retrieve, texts)
    return found, times(lambda text: Conversation(advisor, reader).ask(text), texts, name)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
