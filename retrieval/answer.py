"""An answer with its evidence. Only `Draft` makes one, so nothing is cited that has no fact behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.currency import money, rough_range
from knowledge.document import Block, Bullets, Line, Paragraph, Table, Tone
from knowledge.guide import Fact, Guide, Source
from knowledge.library import Library
from knowledge.pay import Benchmark, Measure, PayAdjustment, PayBand


class Kind(StrEnum):
    """What sort of reply it is (see the outside contract)."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    LISTINGS = "listings"
    SUBSCRIPTION = "subscription"
    POST_REVIEW = "post_review"
    SKILL_GAP = "skill_gap"
    CLARIFY = "clarify"
    SOCIAL = "social"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Citation:
    """A section of a guide that an answer rests on; `quote` holds the facts used, in our guide's words."""

    n: int
    guide: str
    title: str
    section: str
    quote: str
    source: Source


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated or computed range of pay, with everything it means; `citation` is the number it is cited by."""

    as_written: str
    low: float
    high: float
    currency: str
    measure: str
    level: str | None
    market: str | None
    citation: int
    derived: bool
    period: str = "year"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the answer took the question to be about, by ids; `words` say it to the person."""

    roles: tuple[str, ...] = ()
    level: str | None = None
    market: str | None = None
    topics: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer. `opening` is a line in the person's language, `suggestions` are questions to ask next."""

    kind: Kind
    scope: Scope
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    suggestions: tuple[str, ...] = ()
    opening: str = ""
    # A wish for listings as JSON, and the openings found for it.
    wish: dict[str, Any] | None = None
    listings: tuple[dict[str, Any], ...] = ()
    # What is to be sent again and again, as JSON.
    subscription: dict[str, Any] | None = None


class Draft:
    """Collects what an answer says and numbers the sections it rests on, in order of first use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._cited: dict[tuple[str, str, str], list[Fact]] = {}
        self.blocks: list[Block] = []
        self.figures: list[Figure] = []
        self.suggestions: list[str] = []
        self.kind = Kind.ANSWER

    def guide(self, fact: Fact) -> Guide:
        """Return the guide *fact* stands in."""
        return self._library.by_slug[fact.place.guide]

    def cite(self, *facts: Fact) -> tuple[int, ...]:
        """Return the numbers of the citations for *facts*, making new ones as needed."""
        numbers: dict[int, None] = {}
        for fact in facts:
            key = (fact.place.guide, fact.place.section, fact.place.source)
            used = self._cited.setdefault(key, [])
            if fact not in used:
                used.append(fact)
            numbers[list(self._cited).index(key) + 1] = None
        return tuple(numbers)

    @property
    def cited(self) -> tuple[Fact, ...]:
        """Every fact the answer rests on so far."""
        return tuple(fact for facts in self._cited.values() for fact in facts)

    def line(self, text: str, *facts: Fact, lead: str = "") -> Line:
        """Make a line that rests on *facts*."""
        return Line(text, lead, self.cite(*facts))

    def say(self, text: str, *facts: Fact, tone: Tone = Tone.PLAIN) -> None:
        """Add a paragraph that rests on *facts* (none: it states no fact of a guide)."""
        self.blocks.append(Paragraph(self.line(text, *facts), tone))

    def insert(self, place: int, text: str) -> None:
        """Add a paragraph that states no fact before the block at *place*."""
        self.blocks.insert(place, Paragraph(Line(text)))

    def bullets(self, lines: Iterable[Line], *, ordered: bool = False, title: str = "") -> None:
        """Add a list; nothing for an empty one."""
        collected = tuple(lines)
        if collected:
            self.blocks.append(Bullets(collected, ordered, title))

    def table(self, header: tuple[str, ...], rows: Iterable[tuple[tuple[str, ...], Fact]]) -> None:
        """Add a table whose rows rest on one fact each."""
        pairs = [(cells, self.cite(fact)) for cells, fact in rows]
        self.blocks.append(Table(header, tuple(c for c, _ in pairs), tuple(n for _, n in pairs)))

    def figure(self, fact: PayBand | Benchmark, derived: tuple[float, float, str] | None = None) -> None:
        """Record the range of *fact*, or what was computed from it: (low, high, market code or "")."""
        band = fact if isinstance(fact, PayBand) else None
        level = band.level_words if band and band.levels else None
        own_market = band.market if band else None
        low, high, market = derived or (fact.low, fact.high, own_market)
        self._add(
            Figure(
                as_written=_computed(low, high, fact.currency) if derived else fact.range,
                low=low,
                high=high,
                currency=fact.currency,
                measure="unspecified" if fact.measure is Measure.UNSPECIFIED else fact.measure.value,
                level=level,
                market=market or None,
                citation=self.cite(fact)[0],
                derived=derived is not None,
                period="year" if band is None or derived else band.per.value,
            )
        )

    def computed(self, fact: PayBand | PayAdjustment, span: tuple[float, float], currency: str) -> None:
        """Record a range computed from a figure of the person's own by *fact*; what it measures is theirs to know."""
        low, high = span
        number = self.cite(fact)[0]
        written = _computed(low, high, currency)
        self._add(Figure(written, low, high, currency, "unspecified", None, None, number, derived=True))

    def _add(self, figure: Figure) -> None:
        if figure not in self.figures:
            self.figures.append(figure)

    def finish(self, scope: Scope, opening: str = "") -> Answer:
        """Return the answer."""
        return Answer(
            self.kind,
            scope,
            tuple(self.blocks),
            self._citations(),
            tuple(self.figures),
            tuple(self.suggestions),
            opening,
        )

    def _citations(self) -> tuple[Citation, ...]:
        found = []
        for number, ((slug, section, source), facts) in enumerate(self._cited.items(), 1):
            guide = self._library.by_slug[slug]
            quote = " … ".join(fact.sentence for fact in facts)
            found.append(Citation(number, slug, guide.title, section, quote, guide.source(source)))
        return tuple(found)


def _computed(low: float, high: float, currency: str) -> str:
    return money(low, currency) if low == high else rough_range(low, high, currency)
