"""The salary index: quartiles of disclosed base pay of live openings, with how many there are; never below a number."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.rows import LEVELS
from bot.store.tables import CARDS, OPENINGS
from knowledge.levels import Level
from knowledge.listing.classify import roles
from knowledge.markets import markets
from knowledge.salary.signals import Kind, Period

# A figure of a role needs so many openings with disclosed pay; with fewer only its category is shown, with its label.
ENOUGH = 12
# Pay by the hour or day is another market; of a month or year a full-time year is known.
_PERIODS = {Period.YEAR: 1, Period.MONTH: 12}
# Name, slug, whether it is a role, level, market, currency.
_Key = tuple[str, str, bool, str | None, str | None, str]
_BASE = {Kind.BASE, Kind.UNSTATED}


@dataclass(frozen=True, slots=True)
class Cell:
    """Quartiles of one group: `name` is a role or a category, `level` and `market` None for all of them.

    Amounts are for a year in `currency`; each opening counts with the middle of its range; `n` openings, as of `date`.
    """

    name: str
    slug: str
    is_role: bool
    level: str | None
    market: str | None
    currency: str
    p25: float
    median: float
    p75: float
    n: int
    date: dt.date

    @property
    def whose(self) -> str:
        """The group in words: the level, where it is of one, and the name."""
        return f"{self.level} {self.name}" if self.level else self.name


async def salary_index(engine: AsyncEngine, wanted: Collection[str] = (), *, today: dt.date) -> list[Cell]:
    """Return the cells with enough openings, the largest first; of *wanted* roles without any, their category's."""
    c = OPENINGS.c
    joined = OPENINGS.join(CARDS, CARDS.c.opening == c.id)
    query = sa.select(c.role, c.category, c.level_low, c.level_high, CARDS.c.card).select_from(joined)
    query = query.where(c.live, c.pay_high.is_not(None))
    if wanted:
        query = query.where(sa.or_(c.role.in_(wanted), c.category.in_(_categories(wanted))))
    groups: dict[_Key, list[float]] = {}
    async with engine.connect() as connection:
        async for row in await connection.stream(query):
            middle = _middle(row.card["pay"])
            if middle:
                for key in _keys(row, middle[1]):
                    groups.setdefault(key, []).append(middle[0])
    cells = [_cell(key, values, today) for key, values in groups.items() if len(values) >= ENOUGH]
    return sorted(_wanted(cells, wanted), key=lambda cell: (-cell.n, cell.name, cell.level or "", cell.market or ""))


def fitting_cell(cells: Iterable[Cell], levels: Iterable[Level]) -> Cell | None:
    """Return the first of *cells* of one of *levels*, else the first of all levels; never one of a single market."""
    everywhere = [cell for cell in cells if cell.market is None]
    wanted = {level.value for level in levels}
    fitting = [cell for cell in everywhere if cell.level in wanted] or [c for c in everywhere if c.level is None]
    return fitting[0] if fitting else None


def _middle(pay: dict[str, Any] | None) -> tuple[float, str] | None:
    """Return the middle of disclosed base pay for a year with its currency; None where it is no such pay."""
    if pay is None or pay["kind"] not in _BASE or pay["period"] not in _PERIODS or pay["currency"] is None:
        return None
    if pay["min"] is None or pay["max"] is None:
        return None
    return (pay["min"] + pay["max"]) / 2 * _PERIODS[pay["period"]], pay["currency"]


def _keys(row: Any, currency: str) -> Iterable[_Key]:  # noqa: ANN401 - a row of the query above
    """Return the groups an opening counts in: its role and its category, each as a whole, by level and by market."""
    role = roles().get(row.role or "")
    named = [(role.name, role.slug, True)] if role else []
    if row.category:
        named.append((row.category, row.category, False))
    level = LEVELS[row.level_low].value if row.level_low is not None and row.level_low == row.level_high else None
    codes = row.card["eligible"]["markets"]
    for name, slug, is_role in named:
        yield name, slug, is_role, None, None, currency
        if level:
            yield name, slug, is_role, level, None, currency
        if len(codes) == 1:
            yield name, slug, is_role, None, codes[0], currency


def _cell(key: _Key, values: list[float], today: dt.date) -> Cell:
    name, slug, is_role, level, market, currency = key
    low, middle, high = quantiles(values, n=4, method="inclusive")
    place = markets().name(market) if market else None
    return Cell(name, slug, is_role, level, place, currency, low, middle, high, len(values), today)


def _wanted(cells: list[Cell], wanted: Collection[str]) -> list[Cell]:
    """Return the cells of the roles *wanted*, or of their category where they have none of their own."""
    if not wanted:
        return cells
    own = [cell for cell in cells if cell.is_role and cell.slug in wanted]
    return own or [cell for cell in cells if not cell.is_role and cell.slug in _categories(wanted)]


def _categories(wanted: Collection[str]) -> set[str]:
    return {roles()[slug].category for slug in wanted if slug in roles()}
