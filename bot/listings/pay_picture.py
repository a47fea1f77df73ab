"""A role's pay as a picture: the guides' ranges beside the live quartiles, readable on a phone."""

import datetime as dt
from collections.abc import Sequence

from bot.listings.chart import Bar, draw
from bot.listings.salaries import Cell
from knowledge.currency import SYMBOLS
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.listing.classify import listing_roles, roles
from knowledge.pay import MEASURE_WORDS, PayBand

# Bars on a picture that a phone still shows well.
BARS = 7


def pay_picture(
    library: Library, role: str, cells: Sequence[Cell], today: dt.date, *, dark: bool = False
) -> bytes | None:
    """Return a PNG with the guides' ranges in the currency most of them use, and live quartiles in the same one.

    None where neither guides nor live openings have a figure.
    """
    own = [guide for guide in library.roles if role in _names(guide)]
    bands = [band for guide in own for band in guide.of(PayBand)]
    currency = bands[0].currency if bands else cells[0].currency if cells else None
    bars = [_stated(band) for band in bands if band.currency == currency]
    bars += [_live(cell) for cell in cells if cell.currency == currency]
    if not bars or currency is None:
        return None
    footer = f"Blue: role guides (RemNavi). Orange: middle half of live openings with disclosed base pay, {today}."
    symbol = SYMBOLS.get(currency, f"{currency} ")
    name = roles()[role].name if role in roles() else own[0].title if own else role.replace("-", " ")
    return draw(f"{name}: pay for a year", bars[:BARS], symbol, footer, dark=dark)


def _names(guide: Guide) -> tuple[str, ...]:
    """Return the slugs of what *guide* is about: its occupation, and the roles of listings which that is."""
    return (guide.occupation, *listing_roles(guide.occupation)) if guide.occupation else ()


def _stated(band: PayBand) -> Bar:
    title = f"Guide: {band.level_words}, {band.market_words}"
    return Bar(title, f" · {MEASURE_WORDS[band.measure]}", band.low, band.high, None, live=False)


def _live(cell: Cell) -> Bar:
    title = f"Live: {cell.name}{f', {cell.level}' if cell.level else ''}{f', {cell.market}' if cell.market else ''}"
    return Bar(title, f" · n={cell.n}", cell.p25, cell.p75, cell.median, live=True)
