"""`advisor salary-index`: a table, JSON, or a picture beside the guides' ranges."""

import asyncio
import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.listings.chart import Bar, draw
from bot.listings.salaries import ENOUGH, Cell, salary_index
from bot.listings.wiring import open_listings
from bot.settings import read_settings
from knowledge.errors import InputError
from knowledge.library import load_library
from knowledge.listing.classify import roles
from knowledge.pay import MEASURE_WORDS, SYMBOLS, PayBand, money

# Bars on a picture that a phone still shows well.
BARS = 7


def show_index(role: str | None, chart: Path | None, *, as_json: bool, dark: bool) -> None:
    """Print the salary index, or draw a role's to *chart*.

    Raises:
        InputError: *role* is no role of the taxonomy, or a picture was asked for without one.

    """
    if role is not None and role not in roles():
        raise InputError(f"--role {role}: no such role; `advisor salary-index --json` lists those with figures")
    if chart and not role:
        raise InputError("--chart needs --role")
    store, _ = open_listings(read_settings())
    today = dt.datetime.now(dt.UTC).date()
    cells = asyncio.run(salary_index(store.engine, role, today=today))
    if chart and role:
        _draw(role, cells, chart, today, dark=dark)
    elif as_json:
        for cell in cells:
            sys.stdout.write(f"{json.dumps(dataclasses.asdict(cell), default=str, ensure_ascii=False)}\n")
    else:
        _table(cells, role)


def _table(cells: list[Cell], role: str | None) -> None:
    console = Console()
    if not cells:
        what = roles()[role].name if role else "any role or category"
        console.print(f"Fewer than {ENOUGH} live openings of {what} disclose base pay, so there is no figure yet.")
        console.print("Listings are fetched with: advisor refresh")
        return
    if role and not cells[0].is_role:
        console.print(
            f"Fewer than {ENOUGH} live {roles()[role].name} openings disclose base pay; this is their whole category:"
        )
    table = Table("of", "level", "open in", "25 %", "median", "75 %", "openings", box=None, pad_edge=False)
    for cell in cells:
        amounts = (money(value, cell.currency) for value in (cell.p25, cell.median, cell.p75))
        name = cell.name if cell.is_role else f"{cell.name} (category)"
        table.add_row(name, cell.level or "any", cell.market or "any", *amounts, str(cell.n))
    console.print(table)
    console.print(f"A year's base pay as disclosed by live openings, the middle of each range; as of {cells[0].date}.")


def _draw(role: str, cells: list[Cell], chart: Path, today: dt.date, *, dark: bool) -> None:
    """Draw the guides' ranges in the currency most of them use beside the live quartiles of the same currency."""
    bands = [band for guide in load_library().roles if guide.occupation == role for band in guide.of(PayBand)]
    currency = bands[0].currency if bands else cells[0].currency if cells else None
    bars = [
        Bar(
            f"Guide: {band.level_words}, {band.market_words}",
            f" · {MEASURE_WORDS[band.measure]}",
            band.low,
            band.high,
            None,
            live=False,
        )
        for band in bands
        if band.currency == currency
    ]
    bars += [
        Bar(
            f"Live: {cell.name}{f', {cell.level}' if cell.level else ''}{f', {cell.market}' if cell.market else ''}",
            f" · n={cell.n}",
            cell.p25,
            cell.p75,
            cell.median,
            live=True,
        )
        for cell in cells
        if cell.currency == currency
    ]
    if not bars or currency is None:
        raise InputError(f"there is no figure for {roles()[role].name} yet, neither in a guide nor live")
    footer = f"Blue: role guides (RemNavi). Orange: middle half of live openings with disclosed base pay, {today}."
    symbol = SYMBOLS.get(currency, f"{currency} ")
    chart.write_bytes(draw(f"{roles()[role].name}: pay for a year", bars[:BARS], symbol, footer, dark=dark))
    Console().print(f"Written to {chart}")
