"""`advisor refresh` and `advisor listings export`."""

import asyncio
import dataclasses
import json
import sys
from collections.abc import Mapping

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from adapters.boards import boards as known_boards
from adapters.boards.board import Board, BoardSettings
from adapters.chats.reply import Reply
from adapters.chats.terminal import plain, show
from bot.listings.cards import found_blocks
from bot.listings.lines import opening_line
from bot.listings.refresh import Progress as Moved
from bot.listings.refresh import Report, refresh
from bot.listings.vectors import sync_vectors
from bot.listings.wiring import board_settings, chosen_boards, open_desk, open_listings, open_opening_index
from bot.progress import progress_bar
from bot.settings import Settings, read_settings
from bot.store.listings import ListingStore
from bot.wiring import open_parts

# What a table shows of long lists of reasons and errors.
SHOWN = 6


def run_refresh(board: str | None, *, as_json: bool) -> int:
    """Fetch boards once, now; return 1 where every board that was asked failed."""
    settings = read_settings()
    boards = chosen_boards(board)
    options = board_settings(settings)
    store, _ = open_listings(settings)
    if as_json:
        reports = asyncio.run(_refreshed(settings, store, boards, options, lambda *_: None))
        for report in reports:
            sys.stdout.write(f"{json.dumps(dataclasses.asdict(report))}\n")
    else:
        reports = _with_bars(store, settings, board)
        _show(Console(), reports)
    tried = [report for report in reports if report.feeds > report.skipped]
    return 1 if tried and all(report.failed for report in tried) else 0


async def _refreshed(
    settings: Settings,
    store: ListingStore,
    boards: Mapping[str, Board],
    options: Mapping[str, BoardSettings],
    progress: Moved,
) -> list[Report]:
    async with store:
        reports = await refresh(store, boards, options, progress=progress)
        index = open_opening_index(settings)
        if index:
            await sync_vectors(store.engine, index, lambda done, of: progress("embedding", done, of))
        return reports


def _with_bars(store: ListingStore, settings: Settings, board: str | None) -> list[Report]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        names = [*chosen_boards(board), "embedding"]
        tasks = {name: bars.add_task(name, total=None) for name in names}

        def moved(name: str, done: int, of: int) -> None:
            bars.update(tasks[name], completed=done, total=of)

        return asyncio.run(_refreshed(settings, store, chosen_boards(board), board_settings(settings), moved))


def _show(console: Console, reports: list[Report]) -> None:
    table = Table(
        "board",
        *("fetched", "kept", "new", "updated", "closed", "with pay", "dropped"),
        "status",
        box=None,
        pad_edge=False,
    )
    for report in reports:
        counts = (report.fetched, report.kept, report.new, report.updated, report.closed, report.with_pay)
        dropped = sum(report.dropped.values())
        table.add_row(known_boards()[report.board].terms.label, *map(str, counts), str(dropped), report.status)
    console.print(table)
    for report in reports:
        label = known_boards()[report.board].terms.label
        reasons = sorted(report.dropped.items(), key=lambda pair: -pair[1])
        for reason, count in reasons[:SHOWN]:
            console.print(f"  {label}: dropped {count}: {reason}", highlight=False, markup=False)
        for text in [*report.errors, *report.notes][:SHOWN]:
            console.print(f"  {label}: {text}", highlight=False, markup=False)


def export() -> None:
    """Print every opening as one JSON line, with every listing it is made of and its attribution."""
    store, _ = open_listings(read_settings())

    async def lines() -> None:
        async with store:
            async for opening in store.openings():
                sys.stdout.write(f"{json.dumps(opening_line(opening), ensure_ascii=False)}\n")

    asyncio.run(lines())


def jobs(words: str, *, as_json: bool) -> None:
    """Print what was understood of a wish and the openings that match."""
    settings = read_settings()
    with progress_bar() as progress:
        parts = open_parts(settings, progress)
    desk = open_desk(settings, parts)
    if desk is None:
        # Says why.
        open_listings(settings)
        return
    wish = desk.read(words)
    found = desk.search(wish, words)
    blocks = tuple(found_blocks(found))
    if as_json:
        text = plain(Reply(kind="listings", blocks=blocks))
        line = {
            "kind": "listings",
            "text": text,
            "wish": wish.to_json(),
            "count": found.count.number,
            "undisclosed": found.undisclosed.number,
            "relaxed": [{"words": one.words, "count": one.count.number} for one in found.relaxed],
            "listings": [opening_line(opening) for opening in found.openings],
        }
        sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    else:
        show(Console(), Reply(kind="listings", blocks=blocks))
