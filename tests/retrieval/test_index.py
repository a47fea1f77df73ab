"""The index in a real Chroma in memory and in a folder, with an embedder that counts what it is given."""

import threading
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import chromadb
import pytest
from filelock import FileLock

from knowledge.errors import EmbedderChanged, EmbeddingFailed
from retrieval.chroma import open_client
from retrieval.embedding import Vectors
from retrieval.index import DenseIndex, Synced
from retrieval.passages import passage
from tests.retrieval.counting import FIRST, Counting, some

_numbers = count()


class Failing:
    """An embedder whose service is down."""

    name = "failing"

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise EmbeddingFailed(f"no answer for {len(texts)} texts")


EDITED = some("Python is needed", "CUDA helps a lot", "Papers count")


@pytest.fixture
def embedder() -> Counting:
    return Counting()


@pytest.fixture
def index(embedder: Counting) -> DenseIndex:
    """A filled index in memory; what was embedded to fill it is forgotten."""
    # All clients in memory share one store, so each test has a collection of its own.
    made = DenseIndex(chromadb.EphemeralClient(), f"collection-{next(_numbers)}", embedder)
    made.sync(FIRST)
    embedder.texts.clear()
    return made


def stored(index: DenseIndex) -> set[str]:
    """Return the ids that a search over everything finds."""
    return set(index.find(["anything"], 100)[0])


def test_an_unchanged_sync_embeds_nothing(index: DenseIndex, embedder: Counting) -> None:
    assert (Synced(0, 0, 3), []) == (index.sync(FIRST), embedder.texts)


def test_an_edited_passage_embeds_only_itself(index: DenseIndex, embedder: Counting) -> None:
    expected = [EDITED[key].embedded for key in EDITED.keys() - FIRST.keys()]
    index.sync(EDITED)

    assert expected == embedder.texts


def test_an_edited_passage_replaces_the_old_one(index: DenseIndex) -> None:
    assert Synced(1, 1, 2) == index.sync(EDITED)
    assert set(EDITED) == stored(index)


def test_a_vanished_passage_is_removed(index: DenseIndex) -> None:
    left = some("CUDA helps")

    assert Synced(0, 2, 1) == index.sync(left)
    assert set(left) == stored(index)


def test_a_passage_is_nearest_to_its_own_text(index: DenseIndex) -> None:
    (found,) = index.find(["CUDA helps"], 3)

    assert next(iter(some("CUDA helps"))) == next(iter(found))
    assert pytest.approx(1.0, abs=1e-5) == next(iter(found.values()))


def test_a_named_group_is_found_whole_however_many_others_are_nearer(index: DenseIndex) -> None:
    other = [passage("other", "skills", f"Papers count {number}") for number in range(50)]
    index.sync(FIRST | {one.id: one for one in other})
    near, named = index.find(["Papers count 7"] * 2, 5, [frozenset(), frozenset({"guide"})])

    assert len(near) == 5
    assert set(named) == set(FIRST)


def test_without_a_named_group_the_nearest_are_found(index: DenseIndex) -> None:
    (found,) = index.find(["CUDA helps"], 3, [frozenset({"gone"})])

    assert found == index.find(["CUDA helps"], 3)[0]


def test_an_empty_index_finds_nothing(index: DenseIndex) -> None:
    expected: list[dict[str, float]] = [{}, {}]
    index.sync({})

    assert expected == index.find(["one", "two"], 5)


def test_progress_ends_at_one(index: DenseIndex) -> None:
    expected, shares = [0.0, 0.64, 1.0], list[float]()
    index.sync(some(*map(str, range(100))), shares.append)

    assert expected == shares


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index that the counting embedder built."""
    DenseIndex(open_client(tmp_path, None), "guides", Counting()).sync(FIRST)
    return tmp_path


def test_an_index_on_disk_is_found_again(folder: Path) -> None:
    embedder = Counting()

    assert Synced(0, 0, 3) == DenseIndex(open_client(folder, None), "guides", embedder).sync(FIRST)
    assert not embedder.texts


def test_another_embedder_is_refused_with_the_command_to_run(folder: Path) -> None:
    other = DenseIndex(open_client(folder, None), "guides", Counting("other"))

    with pytest.raises(EmbedderChanged, match=r"'counting'.*'other'.*`advisor index --rebuild`"):
        other.sync(FIRST)


def test_a_rebuild_takes_over_from_another_embedder(folder: Path) -> None:
    other = DenseIndex(open_client(folder, None), "guides", Counting("other"))

    assert Synced(3, 0, 0) == other.rebuild(FIRST)
    assert Synced(0, 0, 3) == other.sync(FIRST)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(folder: Path) -> None:
    with pytest.raises(EmbeddingFailed):
        DenseIndex(open_client(folder, None), "guides", Failing()).rebuild(FIRST)

    assert Synced(0, 0, 3) == DenseIndex(open_client(folder, None), "guides", Counting()).sync(FIRST)


def test_a_reader_follows_a_rebuild_by_another_process(folder: Path) -> None:
    reader = DenseIndex(open_client(folder, None), "guides", Counting())
    found = reader.find(["Papers count"], 3)
    named = [frozenset({"guide"})]
    whole = reader.find(["Papers count"], 3, named)
    DenseIndex(open_client(folder, None), "guides", Counting()).rebuild(FIRST)

    assert found == reader.find(["Papers count"], 3)
    assert whole == reader.find(["Papers count"], 3, named)


def test_a_reader_does_not_wait_for_a_writer(folder: Path) -> None:
    lock = folder / "index.lock"
    reader = DenseIndex(open_client(folder, None), "guides", Counting(), lock)

    with FileLock(lock):
        assert Synced(0, 0, 3) == reader.sync(FIRST)


def test_two_writers_at_once_embed_each_passage_once(tmp_path: Path) -> None:
    embedders = [Counting(), Counting()]
    indexes = [DenseIndex(open_client(tmp_path, None), "guides", e, tmp_path / "index.lock") for e in embedders]
    writers = [threading.Thread(target=index.sync, args=[FIRST]) for index in indexes]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(FIRST) == sum(len(embedder.texts) for embedder in embedders)
