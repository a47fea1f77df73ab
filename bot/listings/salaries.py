"""The salary index: quartiles of disclosed base pay of live openings, with how many there are; never below a number."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.rows import LEVELS, opening_of
from bot.store.tables import OPENINGS
from knowledge.listing.classify import roles
from knowledge.listing.opening import Opening
from knowledge.markets import markets
from knowledge.salary.signals import Kind, Period

# A figure of a role needs so many openings with disclosed pay; with fewer only its category is shown, with its label.
ENOUGH = 12
# Pay by the hour or day is another market; of a month or year a full-time year is known.
_PERIODS = {Period.YEAR: 1, Period.MONTH: 12}
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


async def salary_index(engine: AsyncEngine, role: str | None = None, *, today: dt.date) -> list[Cell]:
    """Return the cells with enough openings, the largest first; of a role without any, its category's."""
    query = sa.select(OPENINGS.c.card).where(OPENINGS.c.live, OPENINGS.c.pay_high.is_not(None))
    groups: dict[tuple[str, str, bool, str | None, str | None, str], list[float]] = {}
    async with engine.connect() as connection:
        async for row in await connection.stream(query):
            opening = opening_of(row.card)
            middle = _middle(opening)
            if middle:
                for key in _keys(opening, middle[1]):
                    groups.setdefault(key, []).append(middle[0])
    cells = [_cell(key, values, today) for key, values in groups.items() if len(values) >= ENOUGH]
    return sorted(_wanted(cells, role), key=lambda cell: (-cell.n, cell.name, cell.level or "", cell.market or ""))


def _middle(opening: Opening) -> tuple[float, str] | None:
    """Return the middle of disclosed base pay for a year with its currency; None where it is no such pay."""
    pay = opening.pay
    if pay is None or pay.kind not in _BASE or pay.period not in _PERIODS or pay.currency is None:
        return None
    if pay.min is None or pay.max is None:
        return None
    return (pay.min + pay.max) / 2 * _PERIODS[pay.period], pay.currency


def _keys(opening: Opening, currency: str) -> Iterable[tuple[str, str, bool, str | None, str | None, str]]:
    listing = opening.listing
    role = roles().get(listing.role or "")
    named = [(role.name, role.slug, True)] if role else []
    if listing.category:
        named.append((listing.category, listing.category, False))
    low = listing.seniority.low
    level = LEVELS[LEVELS.index(low)].value if low and low is listing.seniority.high else None
    market = opening.eligible.markets[0] if len(opening.eligible.markets) == 1 else None
    for name, slug, is_role in named:
        yield name, slug, is_role, None, None, currency
        if level:
            yield name, slug, is_role, level, None, currency
        if market:
            yield name, slug, is_role, None, market, currency


def _cell(key: tuple[str, str, bool, str | None, str | None, str], values: list[float], today: dt.date) -> Cell:
    name, slug, is_role, level, market, currency = key
    low, middle, high = quantiles(values, n=4, method="inclusive")
    place = markets().name(market) if market else None
    return Cell(name, slug, is_role, level, place, currency, low, middle, high, len(values), today)


def _wanted(cells: list[Cell], role: str | None) -> list[Cell]:
    """Return the cells of *role*, or of its category where it has none of its own."""
    if role is None:
        return cells
    own = [cell for cell in cells if cell.is_role and cell.slug == role]
    if own or role not in roles():
        return own
    return [cell for cell in cells if not cell.is_role and cell.slug == roles()[role].category]
