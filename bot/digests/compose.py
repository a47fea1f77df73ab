"""Digests out of what is new: equal wishes are matched once for all who share them, and nothing is shown twice."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.chats.reply import Reply
from bot.listings.cards import brief_card, understood
from bot.listings.desk import Desk
from bot.store.digests import Digest, Search
from knowledge.document import Block, Card, Line, Paragraph
from knowledge.listing.opening import Opening
from knowledge.salary.wording import pay_text
from knowledge.subscription.schedule import is_zone
from knowledge.workmode.verdict import Verdict

# Openings of the last days that are looked at for a wish: nobody is sent more than this many in a week.
WITHIN, LOOKED_AT = 7, 70
# Openings of one alert; more come with the next one or the digest.
AT_ONCE = 5
# Boards that nobody could read for so long are said to be silent.
SILENT = dt.timedelta(days=3)
# Employers offered to be left out.
MAKERS = 3
_MODES = {"hybrid": Verdict.HYBRID, "onsite": Verdict.ONSITE}


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new for one search: openings, each with whether it was shown before and changed, and how many more."""

    search: Search
    openings: tuple[tuple[Opening, bool], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest or alert ready to be posted; `reply` is None where there is nothing new.

    Equal ones have the same `key`. `fewer` are facets of what it shows that somebody may not want.
    """

    digest: Digest
    reply: Reply | None
    items: tuple[Mapping[str, str], ...] = ()
    key: Hashable = None
    fewer: tuple[str, ...] = ()


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
        self._read: dt.datetime | None = None

    def compose(self, digests: Sequence[Digest], shown: Mapping[int, Mapping[str, str]]) -> list[Composed]:
        """Compose *digests* for the date they are due on; *shown* is what they have shown lately."""
        return [self._digest(one, shown.get(one.id, {})) for one in digests]

    def alerts(self, digests: Sequence[Digest], shown: Mapping[int, Mapping[str, str]]) -> list[Composed]:
        """Compose alerts for what came since they were ordered; what only changed is left to the digest."""
        return [self._alert(one, shown.get(one.id, {})) for one in digests]

    def _digest(self, digest: Digest, before: Mapping[str, str]) -> Composed:
        date, seen = digest.due.date, dict(before)
        searches = [one for one in digest.searches if date.isoweekday() in one.weekdays]
        found = [fresh for one in searches if (fresh := self._fresh(one, digest.most, seen)).openings]
        lead = Line(f"{date:%A}, {date.day} {date:%B}", "What is new")
        silence = self._silence(digest)
        if not found and silence:
            # Nothing new is worth a word where nobody knows whether there is anything.
            return Composed(digest, Reply("digest", tuple(map(Paragraph, silence))))
        return self._composed(digest, found, (lead, *silence, *_unknown_zone(digest)), markets=True)

    def _alert(self, digest: Digest, before: Mapping[str, str]) -> Composed:
        seen = dict(before)
        searches = [one for one in digest.searches if one.at_once]
        found = [self._fresh(one, AT_ONCE, seen, since=one.since, changed=False) for one in searches]
        found = [fresh for fresh in found if fresh.openings]
        return self._composed(digest, found, (Line("just came in", "New"),), markets=False)

    def _composed(self, digest: Digest, found: Sequence[Fresh], lead: tuple[Line, ...], *, markets: bool) -> Composed:
        if not found:
            return Composed(digest, None)
        key = (lead, *((one.search.key, one.more, *((o.id, was) for o, was in one.openings)) for one in found))
        if key not in self._replies:
            blocks: list[Block] = [Paragraph(line) for line in lead]
            for fresh in found:
                blocks += self._blocks(fresh)
                told = self._market(fresh.search) if markets else None
                blocks += [told] if told else []
            self._replies[key] = Reply("digest", tuple(blocks))
        shown = [opening for fresh in found for opening, _ in fresh.openings]
        items = tuple({"opening": opening.id, "print": self._print(opening)} for opening in shown)
        return Composed(digest, self._replies[key], items, key, fewer_of(shown))

    def _silence(self, digest: Digest) -> list[Line]:
        """Say, on the first date after it was noticed, that no board could be read for days."""
        read = self._read = self._read or self._desk.latest()
        if read is None or not digest.before().moment < read + SILENT <= digest.due.moment:
            return []
        return [Line(f"no board could be read since {read:%A}, {read.day} {read:%B}: there may be more", "Beware")]

    def _matching(self, search: Search) -> tuple[Opening, ...]:
        """Return what matches, looked up once for all who look for the same."""
        if search.key not in self._matched:
            wish = search.wish
            recent = replace(wish, max_age_days=min(wish.max_age_days or WITHIN, WITHIN))
            self._matched[search.key] = self._desk.recent(recent, self._now, LOOKED_AT, self._openings)
        return self._matched[search.key]

    def _market(self, search: Search) -> Block | None:
        if search.key not in self._markets:
            self._markets[search.key] = self._desk.market(search.wish)
        return self._markets[search.key]

    def _fresh(
        self,
        search: Search,
        most: int,
        seen: dict[str, str],
        *,
        since: dt.datetime | None = None,
        changed: bool = True,
    ) -> Fresh:
        """Return what was not shown, or *changed* since; what is taken is marked as seen, for the next search."""
        new = [
            (opening, opening.id in seen)
            for opening in self._matching(search)
            if (since is None or opening.first_seen >= since)
            and (seen.get(opening.id) != self._print(opening) if changed else opening.id not in seen)
        ]
        for opening, _ in new[:most]:
            seen[opening.id] = self._print(opening)
        return Fresh(search, tuple(new[:most]), max(0, len(new) - most))

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


def _unknown_zone(digest: Digest) -> list[Line]:
    """Say that the hour is another than was asked for, because its zone is known no more."""
    if is_zone(digest.zone):
        return []
    text = (
        f"the time zone “{digest.zone}” is not known any more, so {digest.at:%H:%M} is UTC. Name a city to set it right"
    )
    return [Line(text, "Beware")]


def fewer_of(openings: Sequence[Opening]) -> tuple[str, ...]:
    """Return facets of *openings* by which somebody may want fewer: ways of working, then who offers most."""
    modes = [mode for mode, verdict in _MODES.items() if any(one.listing.work.verdict == verdict for one in openings)]
    makers = Counter(one.listing.company for one in openings if one.listing.company)
    return (*(f"mode:{mode}" for mode in modes), *(f"company:{name}" for name, _ in makers.most_common(MAKERS)))


def print_of(opening: Opening) -> str:
    """Return what is compared to tell that an opening changed: pay, way of working, who may apply."""
    pay = pay_text(opening.pay) if opening.pay else ""
    places = ",".join(sorted(opening.eligible.markets)), opening.eligible.everywhere
    told = f"{pay}|{opening.listing.work.verdict}|{places}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
