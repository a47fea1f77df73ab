"""The one place where the parts are put together. Plain functions; nothing happens at import."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.settings import Settings
from retrieval.embedding import Embedder, open_local, open_named
from retrieval.index import DenseIndex, open_client
from retrieval.passages import Passage

Progress = Callable[[str, float], None]


def _silent(_what: str, _share: float) -> None:
    return


def open_embedder(settings: Settings, progress: Progress = _silent) -> Embedder | None:
    """Open the embedder the settings name; the local one builds its graph the first time. None: no weights."""
    if settings.embedding_model:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        return open_named(settings.embedding_model, api_key=key, base_url=settings.openai_base_url)
    return open_local(
        settings.cache, settings.minilm_folder, lambda share: progress("Preparing the embedding model", share)
    )


def open_memory_index(embedder: Embedder, passages: Mapping[str, Passage]) -> DenseIndex:
    """Index *passages* in memory, for measurements."""
    import chromadb  # noqa: PLC0415 - slow to import

    index = DenseIndex(chromadb.EphemeralClient(), "memory", embedder)
    index.rebuild(passages)
    return index
