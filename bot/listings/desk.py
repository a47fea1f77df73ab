"""Searching openings from synchronous code: the terminal and the command line."""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from bot.listings.cards import found_blocks
from bot.listings.finding import Found, find
from bot.listings.lines import opening_line
from bot.listings.salaries import salary_index
from bot.store.database import open_async
from bot.store.finding import OpeningFinder
from knowledge.document import Block, Line, Paragraph
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.listing.wish import Wish
from knowledge.listing.wish_reader import WishReader
from knowledge.pay import money, money_range
from retrieval.answer import Answer, Kind
from retrieval.openings import OpeningIndex

# Openings shown under an answer about a role: a hint that there are some, not a list.
BESIDE = 3


class Desk:
    """Reads wishes and finds openings for them."""

    def __init__(self, engine: sa.Engine, library: Library, index: Callable[[], OpeningIndex | None]) -> None:
        self._engine = open_async(engine)
        self._finder = OpeningFinder(self._engine)
        self._reader = WishReader(library)
        self._open_index = index
        self._index: OpeningIndex | None = None

    def read(self, text: str) -> Wish:
        """Return what *text* asks for."""
        return self._reader.read(text)

    def search(self, wish: Wish, text: str, limit: int = 10) -> Found:
        """Find openings for *wish*."""
        now = dt.datetime.now(dt.UTC)
        if self._index is None:
            self._index = self._open_index()
        return asyncio.run(find(self._finder, self._index, wish, text, now=now, limit=limit))

    def answer(self, base: Answer, wish: Wish, text: str) -> Answer:
        """Turn *base*, what the guides say to a wish, into an answer that shows openings first."""
        found = self.search(wish, text)
        # The guides' part begins after the sentence that says what is being looked for.
        rest = [block for block in base.blocks if not isinstance(block, Paragraph)]
        return replace(
            base,
            kind=Kind.LISTINGS,
            blocks=(*found_blocks(found), *rest),
            wish=wish.to_json(),
            listings=tuple(opening_line(opening) for opening in found.openings),
        )

    def live_pay(self, role: str, levels: tuple[Level, ...]) -> Block | None:
        """Return what live openings of *role* disclose, as one more source with its label; None below the number."""
        today = dt.datetime.now(dt.UTC).date()
        cells = [cell for cell in asyncio.run(salary_index(self._engine, role, today=today)) if cell.market is None]
        wanted = {level.value for level in levels}
        fitting = [cell for cell in cells if cell.level in wanted] or [cell for cell in cells if cell.level is None]
        if not fitting:
            return None
        cell = fitting[0]
        whose = f"{cell.level} {cell.name}" if cell.level else cell.name
        label = "" if cell.is_role else ", the whole category: fewer of the role itself disclose pay"
        text = (
            f"{whose}{label}: middle half {money_range(round(cell.p25), round(cell.p75), cell.currency)} a year, "
            f"median {money(round(cell.median), cell.currency)}, from {cell.n} live openings, {cell.date}."
        )
        return Paragraph(Line(text, "Live openings"))

    def beside(self, roles: tuple[str, ...], levels: tuple[Level, ...]) -> tuple[Block, ...]:
        """Return up to three openings for an answer about a role, nothing where there are none."""
        wish = Wish(roles=roles, levels=levels)
        found = self.search(wish, "", BESIDE)
        if not found.openings:
            return ()
        return tuple(found_blocks(replace(found, relaxed=()), understood=False))
