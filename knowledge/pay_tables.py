"""Rows of a guide's pay tables as typed facts; a row that cannot be read raises ValueError with the reason."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from knowledge.currency import CURRENCIES
from knowledge.levels import Level, read_levels, read_years
from knowledge.markets import markets
from knowledge.pay import AdjustmentKind, Benchmark, Measure, PayAdjustment, PayBand, Place, RangeKind
from knowledge.pay_sample import Per, Sample, Setting

E = TypeVar("E", bound=StrEnum)
Cells = dict[str, str]

# How people call them in a line about pay.
_SHORT = {"United States": "US", "United Kingdom": "UK"}
_NOTHING = {"", "-", "–", "—"}


def read_row(cells: Cells, place: Place) -> PayBand | PayAdjustment | Benchmark:
    """Read one row as the kind of fact its column titles announce.

    Raises:
        ValueError: the columns are not those of a known table, or a cell cannot be read.

    """
    for columns, read in _TABLES:
        if columns <= cells.keys():
            return read(cells, place)
    raise ValueError(f"no pay table has the columns {', '.join(cells)}")


def _band(cells: Cells, place: Place) -> PayBand:
    low, high, open_high = _bounds(cells)
    found = markets().read(cells["market"])
    if len(found) > 1:
        raise ValueError(f"a pay band has one market, not '{cells['market']}'")
    return PayBand(
        place=place,
        levels=_levels(cells["level"]),
        level_words=cells["level"],
        years=read_years(cells.get("years", "")),
        market=found[0] if found else None,
        market_words=_SHORT.get(cells["market"], cells["market"]) if found else "market not stated",
        currency=_currency(cells),
        low=low,
        high=high,
        open_high=open_high,
        measure=_one_of(Measure, cells, "measure"),
        range_kind=_one_of(RangeKind, cells, "range kind"),
        condition=_words(cells.get("condition", cells.get("note", ""))),
        per=_one_of(Per, cells, "per") if "per" in cells else Per.YEAR,
        sample=_sample(cells) if "counted as" in cells else None,
    )


def _sample(cells: Cells) -> Sample:
    for column in ("counted as", "data of"):
        if cells[column] in _NOTHING:
            raise ValueError(f"missing {column}: a figure that was counted needs it")
    return Sample(
        counted_as=cells["counted as"],
        setting=_one_of(Setting, cells, "setting"),
        dates=cells["data of"],
        n=None if cells["n"] == "all" else _number(cells["n"]),
        distinct=None if cells["distinct"] in _NOTHING else _number(cells["distinct"]),
        median=None if cells["median"] in _NOTHING else _amount(cells["median"], cells),
    )


def _adjustment(cells: Cells, place: Place) -> PayAdjustment:
    low, high = (_share(cells[name]) for name in ("low", "high"))
    if high < low:
        raise ValueError(f"high {cells['high']} is below low {cells['low']}")
    return PayAdjustment(
        place=place,
        kind=_one_of(AdjustmentKind, cells, "adjustment"),
        low=low,
        high=high,
        markets=markets().read(cells["markets"]),
        market_words=_words(cells["markets"]),
        of=cells["of"],
        condition=_words(cells["condition"]),
    )


def _benchmark(cells: Cells, place: Place) -> Benchmark:
    low, high, _ = _bounds(cells)
    return Benchmark(
        place=place,
        category=cells["category"],
        currency=_currency(cells),
        low=int(low),
        high=int(high),
        measure=_one_of(Measure, cells, "measure"),
        range_kind=_one_of(RangeKind, cells, "range kind"),
        n=_number(cells["listings"]),
        note=_words(cells["note"]),
    )


_TABLES: tuple[tuple[frozenset[str], Callable[[Cells, Place], PayBand | PayAdjustment | Benchmark]], ...] = (
    (
        frozenset({"level", "years", "market", "currency", "low", "high", "measure", "range kind", "condition"}),
        _band,
    ),
    (
        frozenset(
            {
                "counted as",
                "level",
                "setting",
                "market",
                "data of",
                "n",
                "distinct",
                "currency",
                "low",
                "median",
                "high",
            }
        )
        | {"per", "measure", "range kind", "note"},
        _band,
    ),
    (frozenset({"adjustment", "low", "high", "markets", "of", "condition"}), _adjustment),
    (
        frozenset({"category", "currency", "low", "high", "measure", "range kind", "listings", "note"}),
        _benchmark,
    ),
)


def _words(cell: str) -> str:
    return "" if cell in _NOTHING else cell


def _levels(cell: str) -> tuple[Level, ...]:
    try:
        return read_levels(cell)
    except ValueError as error:
        raise ValueError(f"unknown level '{cell}'") from error


def _bounds(cells: Cells) -> tuple[float, float, bool]:
    low, high = _amount(cells["low"], cells), _amount(cells["high"].removesuffix("+"), cells)
    if high < low:
        raise ValueError(f"high {cells['high']} is below low {cells['low']}")
    return low, high, cells["high"].endswith("+")


def _amount(cell: str, cells: Cells) -> float:
    """Read money: whole units for a year; an hour has cents too ("48.65")."""
    if cells.get("per") == Per.HOUR and re.fullmatch(r"\d+\.\d\d", cell):
        return float(cell)
    return _number(cell)


def _number(cell: str) -> int:
    if not re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d+", cell):
        raise ValueError(f"'{cell}' is not a whole number such as 170,000")
    return int(cell.replace(",", ""))


def _share(cell: str) -> float:
    if not re.fullmatch(r"\d+(?:\.\d+)?\s?%", cell):
        raise ValueError(f"'{cell}' is not a percentage such as 50%")
    return float(cell.rstrip("% ")) / 100


def _currency(cells: Cells) -> str:
    if cells["currency"] not in CURRENCIES:
        raise ValueError(f"unknown currency '{cells['currency']}' (three capital letters, ISO 4217)")
    return cells["currency"]


def _one_of(kind: type[E], cells: Cells, column: str) -> E:
    cell = cells[column].strip()
    if cell in _NOTHING:
        raise ValueError(f"missing {column}: one of {', '.join(kind)}")
    try:
        return kind(cell)
    except ValueError as error:
        raise ValueError(f"unknown {column} '{cell}': one of {', '.join(kind)}") from error
