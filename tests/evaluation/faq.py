"""The product's own search on any FAQ collection in BEIR's form: `python -m tests.evaluation.faq FOLDER`.

FOLDER holds corpus.jsonl (`_id`, `title`, `text`), queries.jsonl (`_id`, `text`) and qrels.tsv (a header line, then
query, document and grade). Prints one JSON line per method.
"""

import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from bot.settings import read_settings
from bot.wiring import open_embedder
from retrieval.index import DenseIndex
from retrieval.passages import Passage, passage
from retrieval.search import DENSE_SHARE, Query, Search

Grades = dict[str, dict[str, int]]
METHODS = {"dense": 1.0, "bm25": 0.0, "fused": DENSE_SHARE}


def ndcg(ranked: list[str], grades: dict[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first *depth* documents (1 is a perfect order)."""
    gain = sum(grades.get(key, 0) / math.log2(place + 2) for place, key in enumerate(ranked[:depth]))
    best = sum(g / math.log2(place + 2) for place, g in enumerate(sorted(grades.values(), reverse=True)[:depth]))
    return gain / best if best else 0.0


def reciprocal_rank(ranked: list[str], grades: dict[str, int]) -> float:
    """Return one over the place of the first relevant document, 0 if none is there."""
    return next((1 / place for place, key in enumerate(ranked, 1) if grades.get(key)), 0.0)


def measure(folder: Path, search: Search) -> Iterator[dict[str, Any]]:
    """Yield one row of figures per method, over the queries that have a relevant document."""
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    grades = _grades(folder / "qrels.tsv")
    for method, share in METHODS.items():
        start = time.perf_counter()
        ranked = {key: _documents(search, queries[key], share) for key in grades if key in queries}
        seconds = time.perf_counter() - start
        count = max(1, len(ranked))
        yield {
            "method": method,
            "ndcg@10": round(sum(ndcg(found, grades[key]) for key, found in ranked.items()) / count, 4),
            "mrr": round(sum(reciprocal_rank(found, grades[key]) for key, found in ranked.items()) / count, 4),
            "hit@5": round(sum(any(map(grades[key].get, found[:5])) for key, found in ranked.items()) / count, 4),
            "queries": len(ranked),
            "seconds": round(seconds, 2),
        }


def open_search(folder: Path) -> Search:
    """Index the collection in *folder* in memory, with the embedder of the settings."""
    found = {}
    for row in _rows(folder / "corpus.jsonl"):
        made = passage(row["_id"], "faq", row["text"], title=row.get("title", ""))
        found[made.id] = made
    return Search(found, _index(found))


def _index(passages: dict[str, Passage]) -> DenseIndex | None:
    embedder = open_embedder(read_settings())
    if embedder is None:
        return None
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    index = DenseIndex(client, "faq", embedder)
    index.rebuild(passages)
    return index


def _documents(search: Search, query: str, share: float) -> list[str]:
    return [hit.passage.group for hit in search.find(Query(query), share)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _grades(path: Path) -> Grades:
    grades: Grades = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    return grades


def main() -> None:
    """Print one JSON line per method."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.evaluation.faq FOLDER")
    folder = Path(sys.argv[1])
    for row in measure(folder, open_search(folder)):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
