"""Searching openings from synchronous code: the terminal and the command line."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.listings.beside import beside
from bot.listings.cards import found_blocks
from bot.listings.demand import demand_blocks, demand_for, kind_of
from bot.listings.finding import PAGE, Found, find
from bot.listings.lines import opening_line
from bot.listings.news import MOST, WITHIN, hint_blocks, news_blocks
from bot.listings.orders import order_blocks
from bot.listings.pay_picture import pay_picture
from bot.listings.salaries import Cell, fitting_cell, salary_index
from bot.listings.share_chart import draw_demand
from bot.store.database import open_async
from bot.store.finding import OpeningFinder
from knowledge.currency import money, money_range
from knowledge.document import Block, Line, Paragraph
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.listing.classify import listing_roles, roles
from knowledge.listing.listing import Listing
from knowledge.listing.opening import Opening
from knowledge.listing.wish import Wish
from knowledge.listing.wish_reader import WishReader
from knowledge.post.post import Post
from knowledge.subscription.order import OrderReader
from retrieval.answer import Answer, Kind
from retrieval.openings import OpeningIndex
from retrieval.review.live import Demand, Live

# Openings shown under an answer about a role: a hint that there are some, not a list.
BESIDE = 3
# Seconds after which the store is asked again whether it holds any opening.
LOOK_AGAIN = 60.0
# Seconds for which a role's salary index holds.
SALARIES_LAST = 600.0


class Desk:
    """Reads wishes and finds openings for them."""

    def __init__(
        self, engine: sa.Engine, library: Library, index: Callable[[], OpeningIndex | None], page: int = PAGE
    ) -> None:
        self._library, self._page = library, page
        self._engine = open_async(engine)
        # Only the asynchronous one is used; a connection left in the other's pool would stay open.
        engine.dispose()
        self._reader = WishReader(library)
        self._open_index = index
        self._index: OpeningIndex | None = None
        self._cells: dict[tuple[str, ...], tuple[float, list[Cell]]] = {}
        self._any, self._looked = False, -LOOK_AGAIN

    def _stocked(self) -> bool:
        """Tell whether there are openings at all; asked again after a minute, so that most answers cost nothing."""
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self._looked = time.monotonic()
            self._any = self.latest() is not None
        return self._any

    def latest(self) -> dt.datetime | None:
        """Return when a board was read last; None where there is no opening."""
        return asyncio.run(_latest(self._engine))

    @property
    def wishes(self) -> WishReader:
        """The reader of wishes."""
        return self._reader

    def read(self, text: str) -> Wish:
        """Return what *text* asks for."""
        return self._reader.read(text)

    def search(self, wish: Wish, text: str, limit: int | None = None) -> Found:
        """Find openings for *wish*, a page of them where no *limit* is given."""
        now = dt.datetime.now(dt.UTC)
        if self._index is None:
            self._index = self._open_index()
        return asyncio.run(find(self._engine, self._index, wish, text, now=now, limit=limit or self._page))

    def answer(self, base: Answer, wish: Wish, text: str) -> Answer:
        """Turn *base*, what the guides say to a wish, into an answer that shows openings first."""
        found = self.search(wish, text)
        shown = replace(base, kind=Kind.LISTINGS, wish=wish.to_json())
        if found.openings:
            # What guides say about listings in general is noise beside listings.
            listings = tuple(opening_line(opening) for opening in found.openings)
            return replace(shown, blocks=tuple(found_blocks(found)), citations=(), figures=(), listings=listings)
        # The guides' part begins after the sentence that says what is being looked for.
        rest = [block for block in base.blocks if not isinstance(block, Paragraph)]
        return replace(shown, blocks=(*found_blocks(found), *rest))

    def ordered(self, base: Answer, text: str) -> Answer:
        """Say what *text* orders to be sent and when; where nobody is known to whom it could go, nothing is set up."""
        order = OrderReader(self._reader).read(text, dt.datetime.now(dt.UTC).date())
        return replace(base, blocks=order_blocks(order), subscription=order.to_json(), citations=(), figures=())

    def recent(self, wish: Wish, now: dt.datetime, limit: int, known: dict[str, Opening]) -> tuple[Opening, ...]:
        """Return the newest openings for *wish*, newest first; cards already *known* are not read again."""
        return asyncio.run(_recent(self._engine, wish, now, limit, known))

    def roles_meant(self, text: str, occupation: str) -> tuple[str, ...]:
        """Return the roles of listings that a question on an *occupation* means: those its *text* names, else all."""
        named = (slug for slug in self.read(text).roles if occupation in {slug, roles()[slug].guide})
        return tuple(named) or listing_roles(occupation)

    def _salaries(self, meant: tuple[str, ...]) -> list[Cell]:
        """Return the index of roles, worked out once in a while: it changes with a refresh, not with a question."""
        made, cells = self._cells.get(meant, (-SALARIES_LAST, []))
        if time.monotonic() - made > SALARIES_LAST:
            today = dt.datetime.now(dt.UTC).date()
            cells = asyncio.run(salary_index(self._engine, meant, today=today)) if meant else []
            self._cells[meant] = (time.monotonic(), cells)
        return cells

    def pay_picture(self, role: str) -> bytes | None:
        """Return a picture of what *role* pays by the guides and by live openings; None without any figure."""
        cells = self._salaries(listing_roles(role)) if self._stocked() else []
        return pay_picture(self._library, role, cells, dt.datetime.now(dt.UTC).date())

    def live_pay(self, meant: tuple[str, ...], levels: tuple[Level, ...]) -> Block | None:
        """Return what live openings of roles disclose, as one more source with its label; None below the number."""
        if not self._stocked():
            return None
        cell = fitting_cell(self._salaries(meant), levels)
        if cell is None:
            return None
        label = "" if cell.is_role else ", the whole category: fewer of the role itself disclose pay"
        text = (
            f"{cell.whose}{label}: middle half {money_range(round(cell.p25), round(cell.p75), cell.currency)} a year, "
            f"median {money(round(cell.median), cell.currency)}, from {cell.n} live openings, {cell.date}."
        )
        return Paragraph(Line(text, "Live openings"))

    def beside_post(self, post: Post) -> Live | None:
        """Return what live openings say beside *post*: pay, demand for skills, copies; None where there are none."""
        if not self._stocked():
            return None
        now = dt.datetime.now(dt.UTC)
        cells = self._salaries((post.listing.role,)) if post.listing.role else []
        return asyncio.run(beside(self._engine, post, cells, now))

    def listing(self, name: str) -> Listing | None:
        """Return the listing whose words the opening called *name* shows; None where it is gone."""
        found = asyncio.run(_cards(self._engine, [name]))
        return found[0].listing if found else None

    def demand(self, wish: Wish) -> Demand | None:
        """Return which skills the live openings for *wish* ask for; None where too few are there to tell."""
        return asyncio.run(demand_for(self._engine, kind_of(wish), dt.datetime.now(dt.UTC)))

    def demand_picture(self, wish: Wish, told: frozenset[str]) -> bytes | None:
        """Return a picture of what live openings for *wish* ask for; None where there are too few."""
        demand = self.demand(wish)
        return draw_demand(demand, told) if demand else None

    def demanded(self, base: Answer, wish: Wish, told: frozenset[str]) -> Answer:
        """Put what live openings for *wish* ask for, and the person did not tell of, before what the guides say."""
        blocks = demand_blocks(self.demand(wish), kind_of(wish), told)
        return replace(base, kind=Kind.SKILL_GAP, blocks=(*blocks, *base.blocks))

    def market(self, wish: Wish) -> Block | None:
        """Return what live openings of the one role of *wish* pay; None where that says nothing."""
        return self.live_pay(wish.roles, wish.levels) if len(wish.roles) == 1 else None

    def news(self, wish: Wish, text: str) -> tuple[Block, ...]:
        """Return what is new for *wish*: of the last day or, where that brought nothing, of the last week."""
        for days in [wish.max_age_days] if wish.max_age_days else WITHIN:
            found = self.search(replace(wish, max_age_days=days), text, limit=MOST)
            if found.openings:
                break
        market = self.market(wish) if found.openings else None
        return (*news_blocks(found), *([market] if market else []))

    def beside(self, meant: tuple[str, ...], levels: tuple[Level, ...], regions: tuple[str, ...]) -> tuple[Block, ...]:
        """Return up to three openings for an answer about roles in some places, nothing where there are none."""
        if not self._stocked() or not meant:
            return ()
        now = dt.datetime.now(dt.UTC)
        wish = Wish(roles=meant, levels=levels, regions=regions)
        return tuple(hint_blocks(asyncio.run(find(self._engine, None, wish, "", now=now, limit=BESIDE))))


async def _recent(
    engine: AsyncEngine, wish: Wish, now: dt.datetime, limit: int, known: dict[str, Opening]
) -> tuple[Opening, ...]:
    async with engine.connect() as connection:
        finder = OpeningFinder(connection)
        ids = [one.id for one in await finder.newest(wish, limit, now)]
        unknown = [name for name in ids if name not in known]
        known |= {opening.id: opening for opening in await finder.cards(unknown)}
    return tuple(known[name] for name in ids if name in known)


async def _cards(engine: AsyncEngine, ids: list[str]) -> list[Opening]:
    async with engine.connect() as connection:
        return await OpeningFinder(connection).cards(ids)


async def _latest(engine: AsyncEngine) -> dt.datetime | None:
    async with engine.connect() as connection:
        return await OpeningFinder(connection).latest()
