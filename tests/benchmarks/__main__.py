"""`make bench`: what a question costs, beside the obvious alternative, in one run. Never part of the test suite.

Read the ratios; the absolute figures belong to the machine.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.settings import read_settings
from bot.wiring import open_embedder, open_parts
from knowledge.library import load_library
from retrieval.chroma import open_client
from retrieval.embedding import Embedder, Vectors
from retrieval.index import DenseIndex
from retrieval.passages import searchable
from tests.benchmarks.timing import times
from tests.evaluation.exam import read_exam

QUESTIONS = Path(__file__).parents[1] / "evaluation" / "questions.jsonl"
# Enough for a steady median; the slowest row takes seconds each.
COLD_RUNS = 5


class Counting:
    """An embedder that counts what it is asked to embed."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.texts = 0
        self._embedder = embedder

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Pass on and count."""
        self.texts += len(texts)
        return self._embedder.embed(texts)


def main() -> None:
    """Print one row per measurement, with its goal."""
    table = Table("measurement", "median", "p95", "goal", title="Career Advisor benchmarks")
    settings = read_settings()
    embedder = open_embedder(settings)
    parts = open_parts(settings)
    texts = [question["turns"][0] for question in read_exam(QUESTIONS)]
    answer = times(lambda text: parts.conversation().ask(text), texts)
    if embedder is None:
        table.add_row("bare query embedding", "no weights", "", "")
        table.add_row("whole warm answer", _ms(answer), _ms(answer, 0.95), "")
    else:
        bare = times(lambda text: embedder.embed([text]), texts)
        ratio = statistics.median(answer) / statistics.median(bare)
        table.add_row("bare query embedding", _ms(bare), _ms(bare, 0.95), "")
        table.add_row("whole warm answer", _ms(answer), _ms(answer, 0.95), "")
        table.add_row("warm answer / embedding", f"{ratio:.2f}×", "", "≤ 5×")
        _add_sync(table, embedder)
    for name, words, goal in (
        ("cold advisor ask", ["ask", "what do senior CV engineers earn"], "≤ 2.5 s, ≤ 350 MB"),
        ("advisor --help", ["--help"], "≤ 0.3 s"),
    ):
        runs = [_cold(words) for _ in range(COLD_RUNS)]
        seconds = sorted(run[0] for run in runs)
        memory = max(run[1] for run in runs)
        table.add_row(name, f"{statistics.median(seconds):.2f} s, {memory:.0f} MB", f"{seconds[-1]:.2f} s", goal)
    Console().print(table)


def _add_sync(table: Table, embedder: Embedder) -> None:
    """Measure a first sync of all guides and one of unchanged guides, which must embed nothing."""
    counting = Counting(embedder)
    found = searchable(load_library())
    with tempfile.TemporaryDirectory() as folder:
        index = DenseIndex(open_client(Path(folder), None), "guides", counting)
        for name, goal in (("first sync of all guides", ""), ("sync of unchanged guides", "0 embeddings")):
            counting.texts = 0
            start = time.perf_counter()
            index.sync(found)
            table.add_row(name, f"{time.perf_counter() - start:.3f} s", f"{counting.texts} embeddings", goal)


def _ms(seconds: list[float], quantile: float = 0.5) -> str:
    return f"{seconds[int(len(seconds) * quantile)] * 1000:.2f} ms"


# A process inherits the peak memory of the one it is forked from, so a small one stands between.
_LAUNCHER = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
seconds = time.perf_counter() - start
print(code, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _cold(words: list[str]) -> tuple[float, float]:
    """Run the command as a new process; return wall seconds and peak memory in MB."""
    command = [sys.executable, "-S", "-c", _LAUNCHER, sys.executable, "-m", "bot", *words]
    code, seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if code != "0":
        sys.exit(f"advisor {' '.join(words)} failed with {code}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform.startswith("linux") else 1024 * 1024
    return float(seconds), float(peak) / unit


if __name__ == "__main__":
    main()
