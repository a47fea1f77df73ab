"""Put together what listings need: the store, the boards, their settings."""

from collections.abc import Callable

import sqlalchemy as sa

from adapters.boards import boards as known_boards
from adapters.boards.board import Board, BoardSettings
from bot.listings.desk import Desk
from bot.listings.finding import PAGE
from bot.settings import Settings
from bot.store.database import open_async
from bot.store.listings import ListingStore
from bot.wiring import Parts, open_embedder, open_store
from knowledge.errors import SettingError, StoreError
from retrieval.chroma import open_client
from retrieval.openings import OpeningIndex


def open_listings(settings: Settings) -> tuple[ListingStore, sa.Engine]:
    """Open the store of listings, and the same database for synchronous work.

    Raises:
        StoreError: the database cannot be opened.

    """
    engine = open_store(settings)
    return ListingStore(open_async(engine)), engine


def open_desk(
    settings: Settings, parts: Parts, page: int = PAGE, index: Callable[[], OpeningIndex | None] | None = None
) -> Desk | None:
    """Open searches over the stored openings; None where the database is not to be had: guides answer without it."""
    try:
        engine = open_store(settings)
    except StoreError:
        return None
    return Desk(engine, parts.library, index or (lambda: open_opening_index(settings)), page)


def open_opening_index(settings: Settings) -> OpeningIndex | None:
    """Open the vectors of openings; None where there is no embedder."""
    embedder = open_embedder(settings)
    if embedder is None:
        return None
    client = open_client(settings.index_folder, settings.chroma_url)
    return OpeningIndex(client, embedder, None if settings.chroma_url else settings.advisor_home / "index.lock")


def board_settings(settings: Settings) -> dict[str, BoardSettings]:
    """Return what the operator set for each board, by its name.

    Raises:
        SettingError: a setting names no board.

    """
    boards = known_boards()
    for name in settings.boards:
        if name not in boards:
            raise SettingError(f"BOARDS__{name.upper()}", f"there is no such board: one of {', '.join(boards)}")
    return {
        name: BoardSettings(
            options.enabled,
            str(options.url) if options.url else None,
            tuple(token.strip() for token in options.tokens.split(",") if token.strip()),
        )
        for name, options in settings.boards.items()
    }


def chosen_boards(name: str | None) -> dict[str, Board]:
    """Return the board called *name*, or all.

    Raises:
        SettingError: there is none of that name.

    """
    boards = known_boards()
    if name is None:
        return boards
    wanted = name.casefold().replace(" ", "").replace("_", "")
    if wanted not in boards:
        raise SettingError("--board", f"'{name}' is no board: one of {', '.join(boards)}")
    return {wanted: boards[wanted]}
