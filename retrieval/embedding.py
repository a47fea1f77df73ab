"""Texts as vectors: the local model by default, any LangChain embedding by name.

An `Embedder` has a `name` that the index remembers, so that vectors of two models never meet.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from knowledge.errors import AdvisorError, EmbeddingFailed, SettingError, WeightsError
from knowledge.masking import mask
from retrieval.minilm_graph import Progress, build
from retrieval.weights import SHA256, find_weights, verify

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Vectors = np.ndarray[Any, np.dtype[np.float32]]

# sentence-transformers' own limit for this model; longer passages are cut, none of ours comes near.
MAX_TOKENS = 256


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What the index remembers; another name means other vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order, as float32 of shape (texts, dimensions)."""
        ...


class LocalEmbedder:
    """all-MiniLM-L6-v2, int8, on onnxruntime; no network."""

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        import onnxruntime  # noqa: PLC0415 - loads a native library
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        # A question is one short text: more threads only wait for each other.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        # The file of the tokenizer asks to fill every text up to one length; alone a text needs none.
        self._tokenizer.no_padding()
        # Kept: to start its threads takes as long as a question.
        self._cores = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="embedding")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector of 384 numbers per text."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        # The graph leaves the interpreter free while it runs, so that every core works.
        others = self._cores.map(self._run, texts[1:])
        return np.concatenate([self._run(texts[0]), *others])

    def _run(self, text: str) -> Vectors:
        """Run the graph on one text: among others the short ones are filled up to the longest, three times the work.

        The int8 graph also scales its numbers by the largest of a run, so alone a text has the same vector every time.
        """
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], np.int32)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        vectors: Vectors = self._session.run(["embedding"], inputs)[0]
        return vectors


class NamedEmbedder:
    """An embedding model by LangChain name, such as `openai:text-embedding-3-small`."""

    def __init__(self, name: str, model: "Embeddings") -> None:
        self.name = name
        self._model = model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text.

        Raises:
            EmbeddingFailed: the service did not answer, or not with one vector per text.

        """
        with _providers_errors_as(lambda e: EmbeddingFailed(f"EMBEDDING_MODEL {self.name} did not answer: {e}")):
            # What names or unlocks a person helps to find nothing, and does not leave.
            vectors = np.asarray(self._model.embed_documents([mask(text) for text in texts]), np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbeddingFailed(f"EMBEDDING_MODEL {self.name} gave {vectors.shape}, not one vector per text")
        unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return unit


def open_local(cache: Path, weights_folder: Path | None, progress: Progress) -> LocalEmbedder | None:
    """Open the local model, building its graph into *cache* the first time; None where no weights are to be had.

    Raises:
        WeightsError: the weights found are not the published ones, or the cache cannot be written.

    """
    weights = find_weights(weights_folder)
    if weights is None:
        return None
    graph = cache / f"minilm-int8-{SHA256[:12]}.onnx"
    try:
        if not graph.exists():
            verify(weights)
            build(weights.model, graph, progress)
    except OSError as error:
        raise WeightsError(f"The embedding model cannot be built in {cache}: {error}") from error
    return LocalEmbedder(graph, weights.tokenizer)


def open_named(name: str, *, api_key: str | None, base_url: str | None) -> NamedEmbedder:
    """Open an embedding model by LangChain name (`provider:model`).

    Raises:
        SettingError: the name or its key cannot be used.

    """
    from langchain.embeddings import init_embeddings  # noqa: PLC0415 - slow to import

    options: dict[str, Any] = {}
    if name.startswith("openai:"):
        if api_key:
            options["api_key"] = api_key
        if base_url:
            # Other servers take text, not token ids, and plain floats, not base64.
            options |= {"base_url": base_url, "check_embedding_ctx_length": False}
            options["model_kwargs"] = {"encoding_format": "float"}
    with _providers_errors_as(lambda error: _cannot_open(name, error)):
        return NamedEmbedder(name, init_embeddings(name, **options))


def _cannot_open(name: str, error: Exception) -> SettingError:
    first = "".join(str(error).splitlines()[:1])
    return SettingError("EMBEDDING_MODEL", f"'{name}' cannot be opened: {first}")


@contextmanager
def _providers_errors_as(ours: Callable[[Exception], AdvisorError]) -> Iterator[None]:
    """Turn whatever a provider raises into an error of ours: each has its own tree, people need the setting."""
    try:
        yield
    except Exception as error:
        raise ours(error) from error
