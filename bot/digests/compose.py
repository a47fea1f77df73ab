"""Digests out of what is new: equal wishes are matched once for all who share them, and nothing is shown twice."""

import datetime as dt
import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.chats.reply import Reply
from bot.listings.cards import brief_card, pay_text, understood
from bot.listings.desk import Desk
from bot.listings.news import MOST
from bot.store.digests import Search
from bot.store.ledger import Claim
from knowledge.document import Block, Card, Line, Paragraph
from knowledge.listing.opening import Opening
from knowledge.listing.wish import Wish

# Openings of the last days that are looked at for a wish: nobody is sent more than this many in a week.
WITHIN, LOOKED_AT = 7, 70


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new for one search: openings, each with whether it was shown before and changed, and how many more."""

    search: Search
    openings: tuple[tuple[Opening, bool], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest ready to be posted; `reply` is None where there is nothing new. Equal ones have the same `key`."""

    claim: Claim
    reply: Reply | None
    items: tuple[Mapping[str, str], ...] = ()
    key: Hashable = None


class Composer:
    """Composes digests with what *desk* finds at one moment; to be used outside an event loop.

    What was matched for one wish is kept for all who share it, so one composer is for one moment.
    """

    def __init__(self, desk: Desk, now: dt.datetime) -> None:
        self._desk, self._now = desk, now
        self._openings: dict[str, Opening] = {}
        self._matched: dict[str, tuple[Opening, ...]] = {}
        self._markets: dict[str, Block | None] = {}
        self._cards: dict[tuple[str, str, bool], Card] = {}
        self._prints: dict[str, str] = {}
        self._replies: dict[Hashable, Reply] = {}

    def compose(self, claims: Sequence[Claim], shown: Mapping[int, Mapping[str, str]]) -> list[Composed]:
        """Compose *claims*; *shown* is what their digests have shown lately."""
        for search in (search for claim in claims for search in _of_today(claim)):
            if search.key not in self._matched:
                found = self._matched[search.key] = self._matching(search.wish)
                self._markets[search.key] = self._desk.market(search.wish) if found else None
        return [self._composed(claim, shown.get(claim.digest.id, {})) for claim in claims]

    def _matching(self, wish: Wish) -> tuple[Opening, ...]:
        recent = replace(wish, max_age_days=min(wish.max_age_days or WITHIN, WITHIN))
        return self._desk.recent(recent, self._now, LOOKED_AT, self._openings)

    def _composed(self, claim: Claim, before: Mapping[str, str]) -> Composed:
        seen = dict(before)
        found = [fresh for search in _of_today(claim) if (fresh := self._fresh(search, seen)).openings]
        if not found:
            return Composed(claim, None)
        date = claim.digest.due.date
        key = (date, *((one.search.key, one.more, *((o.id, was) for o, was in one.openings)) for one in found))
        if key not in self._replies:
            blocks: list[Block] = [Paragraph(Line(f"{date:%A}, {date.day} {date:%B}", "What is new"))]
            for fresh in found:
                blocks += self._blocks(fresh)
                told = self._markets[fresh.search.key]
                blocks += [told] if told else []
            self._replies[key] = Reply("digest", tuple(blocks))
        shown = (opening for fresh in found for opening, _ in fresh.openings)
        items = tuple({"opening": opening.id, "print": self._print(opening)} for opening in shown)
        return Composed(claim, self._replies[key], items, key)

    def _fresh(self, search: Search, seen: dict[str, str]) -> Fresh:
        """Return what was not shown or changed since; what is taken is marked as seen, for the next search."""
        matched = self._matched[search.key]
        new = [(opening, opening.id in seen) for opening in matched if seen.get(opening.id) != self._print(opening)]
        for opening, _ in new[:MOST]:
            seen[opening.id] = self._print(opening)
        return Fresh(search, tuple(new[:MOST]), max(0, len(new) - MOST))

    def _print(self, opening: Opening) -> str:
        if opening.id not in self._prints:
            self._prints[opening.id] = print_of(opening)
        return self._prints[opening.id]

    def _blocks(self, fresh: Fresh) -> list[Block]:
        count = len(fresh.openings) + fresh.more
        blocks: list[Block] = [Paragraph(Line(understood(fresh.search.wish), f"{count} new"))]
        blocks += [self._card(opening, fresh.search, updated=updated) for opening, updated in fresh.openings]
        if fresh.more:
            blocks.append(Paragraph(Line(f"and {fresh.more} more.")))
        return blocks

    def _card(self, opening: Opening, search: Search, *, updated: bool) -> Card:
        """Return a card, made once for all who look for the same."""
        key = (search.key, opening.id, updated)
        if key not in self._cards:
            card = brief_card(opening, search.wish, self._now)
            changed = Line("pay, way of working or place changed", "Updated")
            self._cards[key] = replace(card, lines=(changed, *card.lines)) if updated else card
        return self._cards[key]


def _of_today(claim: Claim) -> list[Search]:
    return [one for one in claim.digest.searches if claim.digest.due.date.isoweekday() in one.weekdays]


def print_of(opening: Opening) -> str:
    """Return what is compared to tell that an opening changed: pay, way of working, who may apply."""
    pay = pay_text(opening.pay) if opening.pay else ""
    places = ",".join(sorted(opening.eligible.markets)), opening.eligible.everywhere
    told = f"{pay}|{opening.listing.work.verdict}|{places}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
