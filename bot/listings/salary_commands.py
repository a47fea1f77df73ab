"""`advisor salary-index`: a table, JSON, or a picture beside the guides' ranges."""

import asyncio
import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.listings.pay_picture import pay_picture
from bot.listings.salaries import ENOUGH, Cell, salary_index
from bot.listings.wiring import open_listings
from bot.settings import read_settings
from knowledge.currency import money
from knowledge.errors import InputError
from knowledge.library import load_library
from knowledge.listing.classify import listing_roles, roles


def show_index(role: str | None, chart: Path | None, *, as_json: bool, dark: bool) -> None:
    """Print the salary index, or draw a role's to *chart*.

    Raises:
        InputError: *role* is no role of the taxonomy and of no guide, or a picture was asked for without one.

    """
    wanted = listing_roles(role) if role else ()
    if role and not wanted:
        raise InputError(f"--role {role}: no such role; `advisor salary-index --json` lists those with figures")
    if chart and not role:
        raise InputError("--chart needs --role")
    store, _ = open_listings(read_settings())
    today = dt.datetime.now(dt.UTC).date()
    cells = asyncio.run(salary_index(store.engine, wanted, today=today))
    if chart and role:
        _draw(role, cells, chart, today, dark=dark)
    elif as_json:
        for cell in cells:
            sys.stdout.write(f"{json.dumps(dataclasses.asdict(cell), default=str, ensure_ascii=False)}\n")
    else:
        _table(cells, named(wanted))


def named(wanted: tuple[str, ...]) -> str:
    """Return the names of roles: "DevOps Engineer or Cloud Engineer"; empty for none."""
    return " or ".join(roles()[slug].name for slug in wanted)


def _table(cells: list[Cell], name: str) -> None:
    console = Console()
    if not cells:
        what = name or "any role or category"
        console.print(f"Fewer than {ENOUGH} live openings of {what} disclose base pay, so there is no figure yet.")
        console.print("Listings are fetched with: advisor refresh")
        return
    if name and not cells[0].is_role:
        console.print(f"Fewer than {ENOUGH} live {name} openings disclose base pay; this is their whole category:")
    table = Table("of", "level", "open in", "25 %", "median", "75 %", "openings", box=None, pad_edge=False)
    for cell in cells:
        amounts = (money(value, cell.currency) for value in (cell.p25, cell.median, cell.p75))
        whose = cell.name if cell.is_role else f"{cell.name} (category)"
        table.add_row(whose, cell.level or "any", cell.market or "any", *amounts, str(cell.n))
    console.print(table)
    console.print(f"A year's base pay as disclosed by live openings, the middle of each range; as of {cells[0].date}.")


def _draw(role: str, cells: list[Cell], chart: Path, today: dt.date, *, dark: bool) -> None:
    picture = pay_picture(load_library(), role, cells, today, dark=dark)
    if picture is None:
        raise InputError(f"there is no figure for {named(listing_roles(role))} yet, neither in a guide nor live")
    chart.write_bytes(picture)
    Console().print(f"Written to {chart}")
