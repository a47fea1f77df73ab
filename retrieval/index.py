"""Passages as vectors in a Chroma collection: a derived index, kept equal to the passages by content hash.

Chroma takes several readers of one folder but not several writers (three of them lost a quarter of the vectors without
an error), so writing happens under a file lock, and only when something changed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from knowledge.errors import EmbedderChanged, IndexBusy, IndexUnavailable
from retrieval.embedding import Embedder, Vectors
from retrieval.minilm_graph import Progress
from retrieval.passages import MARK, Passage
from retrieval.whole_group import ASKED_SHARE, Whole, whole_group

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")
# Texts embedded and stored at a time: small enough to show progress, large enough to be quick.
BATCH = 64
# How many neighbours a search looks at: as many as `search.NEAREST` asks for, so that an index that grew in steps
# answers like one built at once.
EF_SEARCH = 256
# A sync of all guides takes seconds; a minute means that the other process hangs.
LOCK_SECONDS = 60.0


class Synced(NamedTuple):
    """What a sync did: passages embedded and added, removed, and left as they were."""

    added: int
    removed: int
    kept: int


class Entry(NamedTuple):
    """One vector of a passage: of its text or of a question it answers."""

    id: str
    text: str
    passage: Passage


def _entries(passages: Mapping[str, Passage]) -> dict[str, Entry]:
    made = (Entry(key, text, passage) for passage in passages.values() for key, text in passage.entries.items())
    return {entry.id: entry for entry in made}


def _nearest(ids: Sequence[str], distances: Sequence[float]) -> dict[str, float]:
    """Return one similarity per passage, of its text and of its nearest question; entries come best first."""
    own: dict[str, float] = {}
    asked: dict[str, float] = {}
    for key, distance in zip(ids, distances, strict=True):
        place, mark, _ = key.partition(MARK)
        (asked if mark else own).setdefault(place, 1 - distance)
    floor = min(own.values(), default=0.0)
    near = {place: own.get(place, floor) for place in {**own, **asked}}
    # A question that is farther than the text itself takes nothing away.
    return {
        place: (1 - ASKED_SHARE) * similar + ASKED_SHARE * max(similar, asked.get(place, similar))
        for place, similar in near.items()
    }


class DenseIndex:
    """One Chroma collection of passages, made by one embedder."""

    def __init__(self, client: "ClientAPI", name: str, embedder: Embedder, lock: Path | None = None) -> None:
        self._client = client
        self._name = name
        self._embedder = embedder
        self._lock = lock
        self._collection = self._open()
        # Counted once: Chroma takes a millisecond for it, a third of a query.
        self._size: int | None = None
        # The vectors of groups that were searched as a whole, with the ids of their entries.
        self._groups: dict[str, Whole] = {}

    @property
    def embedder(self) -> str:
        """The name of the embedder that makes the vectors."""
        return self._embedder.name

    def _open(self) -> "Collection":
        return self._client.get_or_create_collection(
            self._name,
            metadata={"embedder": self._embedder.name},
            configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}},
            embedding_function=None,
        )

    def waiting(self, passages: Mapping[str, Passage], *, anew: bool = False) -> list[str]:
        """Return the texts that `sync` would embed, or `rebuild` (*anew*)."""
        entries = _entries(passages)
        return [entries[key].text for key in (entries if anew else self._difference(entries)[0])]

    def sync(self, passages: Mapping[str, Passage], progress: Progress = lambda _: None) -> Synced:
        """Make the collection hold exactly *passages*: embed what is new, remove what vanished, leave the rest.

        Raises:
            EmbedderChanged: the collection was made by another embedder.
            IndexBusy: another process has been writing for a minute.

        """
        built_by = str((self._collection.metadata or {}).get("embedder"))
        if built_by != self._embedder.name:
            raise EmbedderChanged(built_by, self._embedder.name)
        entries = _entries(passages)
        new, gone, kept = self._difference(entries)
        if not new and not gone:
            return Synced(0, 0, kept)
        with self._writing():
            # Another process may have done the work while this one waited.
            new, gone, kept = self._difference(entries)
            if gone:
                self._collection.delete(ids=gone)
            for start in range(0, len(new), BATCH):
                progress(start / len(new))
                batch = [entries[key] for key in new[start : start + BATCH]]
                self._store(batch, self._embed(batch))
        progress(1.0)
        self._forget()
        return Synced(len(new), len(gone), kept)

    def rebuild(self, passages: Mapping[str, Passage], progress: Progress = lambda _: None) -> Synced:
        """Embed everything anew and put it in place of what is there; a failing embedder leaves the index as it was."""
        entries = list(_entries(passages).values())
        batches = [entries[start : start + BATCH] for start in range(0, len(entries), BATCH)]
        vectors = []
        for number, batch in enumerate(batches):
            progress(number / len(batches))
            vectors.append(self._embed(batch))
        with self._writing():
            self._client.delete_collection(self._name)
            self._collection = self._open()
            for batch, rows in zip(batches, vectors, strict=True):
                self._store(batch, rows)
        self._forget()
        return Synced(len(entries), 0, 0)

    def find(self, queries: Sequence[str], limit: int, groups: Sequence[frozenset[str]] = ()) -> list[dict[str, float]]:
        """Return for each query the ids of passages with their cosine similarity, their questions' counted in.

        Of a query that names *groups* these are all passages of them; of any other those of the nearest *limit* entries
        (texts and questions). Among many guides other roles would take all places near a question about one.
        """
        if self._size is None:
            self._size = self._collection.count()
        limit = min(limit, self._size)
        if not limit:
            return [{} for _ in queries]
        vectors = self._embedder.embed(queries)
        whole = groups or [frozenset[str]()] * len(queries)
        named = [self._of(vector, of) for vector, of in zip(vectors, whole, strict=True)]
        open_ones = [place for place, found in enumerate(named) if not found]
        nearest = iter(self._query(vectors[open_ones], limit) if open_ones else ())
        return [found or next(nearest) for found in named]

    def _of(self, vector: Vectors, groups: frozenset[str]) -> dict[str, float]:
        """Return the similarity of every passage of *groups* to *vector*; empty where one cannot be had."""
        found: dict[str, float] = {}
        for group in groups:
            whole = self._groups.get(group) or self._fetch(group)
            if whole is None:
                return {}
            found |= whole.similar(vector)
        return found

    def _fetch(self, group: str) -> Whole | None:
        try:
            stored = self._asked(lambda: self._collection.get(where={"group": group}, include=["embeddings"]))
        except IndexUnavailable:
            # Another process is writing: entries are gone that this one still knows. The nearest are found all the same
            # then, and the group is asked for again with the next question.
            return None
        whole = whole_group(stored["ids"], np.asarray(stored["embeddings"], np.float32))
        if whole is not None:
            self._groups[group] = whole
        return whole

    def _forget(self) -> None:
        self._size = None
        self._groups = {}

    def _query(self, vectors: Vectors, limit: int) -> list[dict[str, float]]:
        found = self._asked(
            lambda: self._collection.query(query_embeddings=vectors, n_results=limit, include=["distances"])
        )
        rows = zip(found["ids"], found["distances"] or [], strict=True)
        return [_nearest(ids, distances) for ids, distances in rows]

    def _asked(self, ask: Callable[[], T]) -> T:
        """Return what Chroma answers.

        Raises:
            IndexUnavailable: it does not.

        """
        from chromadb.errors import ChromaError, NotFoundError  # noqa: PLC0415 - loaded with the client already
        from httpx import HTTPError  # noqa: PLC0415

        try:
            try:
                return ask()
            except NotFoundError:
                # Another process has rebuilt the index under the same name.
                self._collection = self._open()
                return ask()
        except (ChromaError, HTTPError) as error:
            raise IndexUnavailable(f"The search index does not answer: {error}") from error

    def _difference(self, entries: "Mapping[str, Entry]") -> tuple[list[str], list[str], int]:
        stored = set(self._collection.get(include=[])["ids"])
        return (
            [key for key in entries if key not in stored],
            sorted(stored - entries.keys()),
            len(stored & entries.keys()),
        )

    def _embed(self, batch: "list[Entry]") -> Vectors:
        return self._embedder.embed([entry.text for entry in batch])

    def _store(self, batch: "list[Entry]", vectors: Vectors) -> None:
        self._collection.upsert(
            ids=[entry.id for entry in batch],
            embeddings=vectors,
            metadatas=[{"group": entry.passage.group, "section": entry.passage.section} for entry in batch],
        )

    def _writing(self) -> AbstractContextManager[object]:
        if self._lock is None:
            return nullcontext()
        try:
            return FileLock(self._lock).acquire(timeout=LOCK_SECONDS)
        except Timeout as error:
            raise IndexBusy(
                f"Another process is writing the index ({self._lock}); try again when it is done."
            ) from error
