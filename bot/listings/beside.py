"""What live openings say beside a job post: pay of its role, how often its skills are asked for, copies of it."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.boards import boards
from bot.listings.demand import demand_for
from bot.listings.salaries import Cell, fitting_cell
from bot.store.finding import OpeningFinder
from bot.store.rows import NO_COMPANY, company_group
from bot.store.tables import LISTINGS
from knowledge.levels import Level
from knowledge.listing.identity import Identity, compare, identify
from knowledge.listing.listing import Listing
from knowledge.listing.opening import Opening
from knowledge.listing.wish import Wish
from knowledge.post.post import Post
from retrieval.review.live import Copy, Live, LivePay

# Openings of one employer that a post is compared with.
COMPARED = 200


async def beside(engine: AsyncEngine, post: Post, cells: Sequence[Cell], now: dt.datetime) -> Live:
    """Return what live openings say beside *post*; *cells* is the salary index of its role."""
    levels = tuple(level for level in (post.listing.seniority.low, post.listing.seniority.high) if level)
    demand = None
    if post.listing.role:
        wish = Wish(roles=(post.listing.role,), levels=tuple(dict.fromkeys(levels)))
        demand = await demand_for(engine, wish, now) or await demand_for(engine, Wish(roles=wish.roles), now)
    return Live(now, tuple(_pays(post, cells, levels)), demand, await _copies(engine, post))


def _pays(post: Post, cells: Sequence[Cell], levels: Sequence[Level]) -> list[LivePay]:
    """Return the one cell that fits best: in the currency of the post, of its level where there is one."""
    pay = post.listing.pay
    cell = fitting_cell((cell for cell in cells if pay is None or cell.currency == pay.currency), levels)
    return [_pay(cell)] if cell else []


def _pay(cell: Cell) -> LivePay:
    label = "" if cell.is_role else ", the whole category"
    return LivePay(cell.whose + label, cell.currency, cell.p25, cell.median, cell.p75, cell.n, cell.date)


async def _copies(engine: AsyncEngine, post: Post) -> tuple[Copy, ...]:
    """Return the stored openings of the same employer that are the same job."""
    listing = post.listing
    key = company_group(listing.company)
    if key == NO_COMPANY:
        return ()
    named = sa.select(LISTINGS.c.opening).where(LISTINGS.c.company == key, LISTINGS.c.opening.is_not(None))
    async with engine.connect() as connection:
        ids = [row.opening for row in await connection.execute(named.distinct().limit(COMPARED))]
        openings = await OpeningFinder(connection).cards(ids)
    mine = _identity(listing)
    same = [one for one in openings if compare(mine, _identity(one.listing)).verdict != "different"]
    return tuple(_copy(one) for one in sorted(same, key=lambda one: one.posted_at, reverse=True))


def _identity(listing: Listing) -> Identity:
    return identify(listing.company, listing.title, listing.location, "")


def _copy(opening: Opening) -> Copy:
    names = dict.fromkeys(boards()[one.listing.raw.source].terms.label for one in opening.members)
    return Copy(
        title=opening.listing.title,
        company=opening.listing.company,
        boards=tuple(names),
        posted_at=opening.posted_at,
        first_seen=opening.first_seen,
        live=opening.live,
        reposted=opening.reposted,
    )
