"""What an operator runs by hand: the index and a check of the whole set-up."""

import asyncio
import os
from collections.abc import Callable
from contextlib import closing

from rich.console import Console
from rich.table import Table

from adapters.chats.outcomes import SendError, TokenRejected
from adapters.chats.platform import ChatPlatform
from bot.listings.state import listings_in_short
from bot.progress import progress_bar
from bot.settings import Settings, read_settings
from bot.wiring import NO_WEIGHTS, open_gaps, open_index, open_model_thread
from bot.writing.prices import build_in_short
from knowledge.errors import AdvisorError
from knowledge.library import load_library
from retrieval.passages import searchable


def update_index(*, rebuild: bool) -> None:
    """Bring the index up to date and print what was done."""
    console = Console(highlight=False)
    found = searchable(load_library())
    with progress_bar() as progress:
        index = open_index(read_settings(), progress)
        if index is None:
            console.print(NO_WEIGHTS)
            return
        model = read_settings().embedding_model
        texts = index.waiting(found, anew=rebuild)
        if model and texts:
            console.print(f"Embedding {build_in_short(model, texts)}.")
        work = index.rebuild if rebuild else index.sync
        done = work(found, lambda share: progress("Indexing the guides", share))
    console.print(f"{done.added} passages embedded, {done.removed} removed, {done.kept} unchanged.")


def examine() -> int:
    """Bring the index up to date and print one line per part of the set-up; return 1 if any does not work."""
    settings = read_settings()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    healthy = True
    for name, check in CHECKS.items():
        try:
            fine, words = check(settings)
        except AdvisorError as error:
            fine, words = False, str(error)
        healthy = healthy and fine
        table.add_row("[green]✓[/]" if fine else "[red]✗[/]", name, words)
    Console(highlight=False).print(table)
    return 0 if healthy else 1


def _guides(_settings: Settings) -> tuple[bool, str]:
    library = load_library()
    if library.faults:
        return False, f"{len(library.faults)} faults, the first: {library.faults[0]} (see `advisor guides check`)"
    return True, f"{len(library.guides)} files, {sum(len(guide.facts) for guide in library.guides)} facts"


def _index(settings: Settings) -> tuple[bool, str]:
    index = open_index(settings)
    if index is None:
        return True, NO_WEIGHTS
    done = index.sync(searchable(load_library()))
    where = settings.chroma_url or settings.index_folder
    return True, f"{done.kept + done.added} passages, embedder {index.embedder} at {where}"


def _database(settings: Settings) -> tuple[bool, str]:
    count = len(open_gaps(settings).open())
    where = "DATABASE_URL" if settings.database_url else settings.database_file
    return True, f"{count} open gaps at {where}"


def _listings(settings: Settings) -> tuple[bool, str]:
    return True, listings_in_short(settings)


def _model(settings: Settings) -> tuple[bool, str]:
    """Ask the model for next to nothing."""
    if settings.answer_model is None:
        return True, "none; answers are composed (docs/model.md)"
    from bot.writing.prices import price_of  # noqa: PLC0415 - only where there is a model
    from retrieval.writing.writer import Writer  # noqa: PLC0415

    thread = open_model_thread(settings, settings.answer_model)
    with closing(thread):
        way = Writer(thread).probe(settings.answer_seconds)
    price = price_of(settings.answer_model, settings.model_price)
    cost = f"US$ {price.tokens_in:f} and {price.tokens_out:f} a million tokens" if price else "its price is not known"
    unpriced = price is None and settings.budget_day_usd is not None
    hint = ": MODEL_PRICE sets it, without one budgets in US$ do not hold" if unpriced else ""
    return True, f"{settings.answer_model} replies ({way}); {cost}{hint}"


def _telegram(settings: Settings) -> tuple[bool, str]:
    """Ask Telegram who we are."""
    if settings.telegram_token is None:
        return True, "not configured; docs/telegram.md shows how"
    from bot.serving.platforms import open_telegram  # noqa: PLC0415 - loads the library of a chat platform

    return _who_we_are(open_telegram(settings))


def _slack(settings: Settings) -> tuple[bool, str]:
    """Ask Slack who we are."""
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        return True, "not configured; docs/slack.md shows how"
    from bot.serving.platforms import open_slack  # noqa: PLC0415 - loads the library of a chat platform

    return _who_we_are(open_slack(settings))


def _who_we_are(platform: ChatPlatform) -> tuple[bool, str]:
    async def asked() -> str:
        try:
            return await platform.connect()
        finally:
            await platform.close()

    try:
        return True, asyncio.run(asked())
    except TokenRejected as error:
        return False, f"{error.setting}: {error}"
    except SendError as error:
        return False, f"{platform.name} cannot be reached: {error}"


def _folder(settings: Settings) -> tuple[bool, str]:
    home = settings.advisor_home
    writable = os.access(home if home.exists() else home.parent, os.W_OK)
    words = f"{home} (history, index); model cache {settings.cache}"
    return writable, words if writable else f"{home} cannot be written: set ADVISOR_HOME to a folder of yours"


CHECKS: dict[str, Callable[[Settings], tuple[bool, str]]] = {
    "Guides": _guides,
    "Search index": _index,
    "Database": _database,
    "Live listings": _listings,
    "Language model": _model,
    "Telegram": _telegram,
    "Slack": _slack,
    "Folder": _folder,
}
