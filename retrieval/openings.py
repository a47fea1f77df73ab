"""Openings by meaning: vectors in a Chroma collection of their own, one per opening and text."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from retrieval.embedding import Embedder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "openings"
# Ids are asked for and texts embedded so many at a time.
BATCH = 500
EMBEDDED = 64
# Neighbours looked at: with fewer the rarer matches of a filter are missed, and Chroma's own filters cost far more.
NEAREST = 300
MARK = "."


class OpeningIndex:
    """Finds openings near a text. Keys are an opening's id and the hash of its text, so that a changed text is new."""

    def __init__(self, client: "ClientAPI", embedder: Embedder, lock: Path | None = None) -> None:
        self._embedder = embedder
        self._lock = lock
        self._collection = client.get_or_create_collection(
            f"{COLLECTION}-{embedder.name}".replace(":", "-").replace("/", "-"),
            configuration={"hnsw": {"space": "cosine", "ef_search": NEAREST}},
            embedding_function=None,
        )

    def missing(self, keys: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return those of *keys* that have no vector yet, and stored keys that are none of them."""
        stored = set(self._collection.get(include=[])["ids"])
        wanted = set(keys)
        return sorted(wanted - stored), sorted(stored - wanted)

    def add(self, texts: Mapping[str, str]) -> None:
        """Embed *texts* by key and store them."""
        keys = list(texts)
        with self._writing():
            for start in range(0, len(keys), EMBEDDED):
                batch = keys[start : start + EMBEDDED]
                vectors = self._embedder.embed([texts[key] for key in batch])
                self._collection.upsert(ids=batch, embeddings=vectors)

    def remove(self, keys: Sequence[str]) -> None:
        """Remove vectors."""
        with self._writing():
            for start in range(0, len(keys), BATCH):
                self._collection.delete(ids=[*keys[start : start + BATCH]])

    def find(self, text: str, limit: int = NEAREST) -> dict[str, float]:
        """Return the ids of the openings nearest to *text* with their cosine similarity, best first."""
        count = min(limit, self._collection.count())
        if not count:
            return {}
        found = self._collection.query(
            query_embeddings=self._embedder.embed([text]), n_results=count, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        pairs = zip(found["ids"][0], distances, strict=True)
        return {key.partition(MARK)[0]: 1 - distance for key, distance in pairs}

    def _writing(self) -> AbstractContextManager[object]:
        return FileLock(self._lock).acquire(timeout=60) if self._lock else nullcontext()
