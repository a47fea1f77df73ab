"""Which of a role's pay facts answer a question: by level, years and place. Choosing only; saying it is `pay`'s."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.guide import Guide
from knowledge.levels import Level
from knowledge.markets import WORLDWIDE, markets
from knowledge.pay import AdjustmentKind, Measure, PayAdjustment, PayBand, share_of
from retrieval.compose.offers import Range
from retrieval.compose.pay_cut import Cut, narrowed

UNITED_STATES = "US"


@dataclass(frozen=True, slots=True)
class Derived:
    """A band scaled by a guide's own rule; `market` is the place asked about, `via` the wider one the rule names."""

    band: PayBand
    rule: PayAdjustment
    market: str
    via: str
    low: int
    high: int

    @property
    def range(self) -> Range:
        """The computed range, as an offer is held against it."""
        return Range(self.band, self.low, self.high)


@dataclass
class PayChoice:
    """What a role's guides say for one level and place. `nearest` is offered, labelled, where nothing else is there;
    `broader` are the places asked about for which only the figure of a wider region is there; `elsewhere` those whose
    counted figures a question without level and place leaves out.
    """

    bands: list[PayBand] = field(default_factory=list)
    derived: list[Derived] = field(default_factory=list)
    nearest: list[PayBand] = field(default_factory=list)
    missing_levels: tuple[Level, ...] = ()
    missing_markets: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    other_level: bool = False

    @property
    def answers(self) -> bool:
        """Tell whether the question is answered rather than only approached."""
        own = len(self.bands) > 0 and not self.broader
        return (own or bool(self.derived)) and not self.other_level


def choose(
    guides: Iterable[Guide], levels: tuple[Level, ...], asked: tuple[str, ...], cut: Cut | None = None
) -> PayChoice:
    """Choose among the pay facts of *guides* (one role) for *levels* and markets *asked* (empty: all), in one *cut*."""
    guides = list(guides)
    every = [band for guide in guides for band in guide.of(PayBand)]
    bands = narrowed(every, cut or Cut(), leveled=bool(levels))
    rules = [r for guide in guides for r in guide.of(PayAdjustment) if r.kind is AdjustmentKind.GEOGRAPHIC]
    named = {level for band in bands for level in band.levels}
    choice = PayChoice(missing_levels=tuple(level for level in levels if bands and level not in named))
    choice.other_level = bool(levels) and choice.missing_levels == levels
    # The nearest level stands in, labelled, and is looked up for the same place.
    fitting = [b for b in bands if _fits(b, levels)]
    if choice.other_level:
        # A figure of no stated level stays beside the nearest level's.
        fitting += _closest_level(bands, levels)
    if not asked:
        choice.bands = fitting if levels else _without_heads(_at_home(fitting))
        choice.elsewhere = tuple(
            dict.fromkeys(b.market for b in fitting if b.market and b.market not in {c.market for c in choice.bands})
        )
        return choice
    for market in _narrowed(asked, fitting):
        found = [band for band in fitting if _serves(band, market)]
        computed = list(_derived(market, fitting, rules))
        choice.bands += [band for band in found if band not in choice.bands]
        choice.derived += computed
        if found and not computed and all(_is_wider(band, market) for band in found):
            choice.broader += (market,)
        if not found and not computed:
            choice.missing_markets += (market,)
    if not (choice.bands or choice.derived):
        choice.nearest = _closest_market(fitting, asked[0])
    return choice


def _at_home(bands: list[PayBand]) -> list[PayBand]:
    """Leave out the counted figures of all places but the one where most were counted."""
    counts: dict[str | None, int] = {}
    for band in bands:
        counts[band.market] = counts.get(band.market, 0) + ((band.sample.n or 0) if band.sample else 0)
    home = max(counts, key=lambda market: counts[market], default=None)
    return [band for band in bands if not band.sample or band.sample.is_official or band.market == home]


def _without_heads(bands: list[PayBand]) -> list[PayBand]:
    """Leave out counted figures of executives, who are no step of a role's ladder, where there are others."""
    steps = [band for band in bands if not band.sample or band.levels != (Level.EXECUTIVE,)]
    return steps or bands


def _derived(market: str, bands: list[PayBand], rules: list[PayAdjustment]) -> Iterator[Derived]:
    around = list(markets().around(market))
    for rule in rules:
        via = next((code for code in around if code in rule.markets), None)
        # A region asked about as a whole ("Europe") is answered by every rule for a part of it.
        if via is None and any(market in markets().around(code) for code in rule.markets):
            via = market
        for band in bands:
            # A rule speaks of its own guide's US base figures; applied to another guide's it would be ours.
            same = (
                band.place.guide == rule.place.guide and band.market == UNITED_STATES and band.measure is Measure.BASE
            )
            if via and same:
                yield Derived(band, rule, market, via, *share_of(band, rule))


def _narrowed(asked: tuple[str, ...], bands: list[PayBand]) -> tuple[str, ...]:
    """Return the one market that counts where several are named: "in Brazil, a US startup hires anywhere"."""
    if WORLDWIDE not in asked or not any(band.market == WORLDWIDE for band in bands):
        return asked
    own = tuple(market for market in asked if any(band.market == market for band in bands))
    # A place with a figure of its own is asked about beside the world, another one only says where somebody lives.
    return own if UNITED_STATES not in own else (WORLDWIDE,)


def _fits(band: PayBand, levels: tuple[Level, ...]) -> bool:
    return not levels or not band.levels or any(level in band.levels for level in levels)


def _serves(band: PayBand, market: str) -> bool:
    if band.market is None:
        # A figure in dollars without a market is shown for the United States, with its label.
        return market == UNITED_STATES and band.currency == "USD"
    places = markets()
    if WORLDWIDE in {market, band.market}:
        return market == band.market
    return band.market in places.around(market) or market in places.around(band.market)


def _is_wider(band: PayBand, market: str) -> bool:
    return band.market is not None and band.market != market and band.market in markets().around(market)


def _closest_level(bands: list[PayBand], levels: tuple[Level, ...]) -> list[PayBand]:
    order = list(Level)
    wanted = order.index(levels[0])
    known = [band for band in bands if band.levels]
    gaps = {id(band): min(abs(order.index(level) - wanted) for level in band.levels) for band in known}
    smallest = min(gaps.values(), default=0)
    return [band for band in known if gaps[id(band)] == smallest]


def _closest_market(bands: list[PayBand], market: str) -> list[PayBand]:
    places = markets()
    continent = places.continent(market)
    same = [b for b in bands if b.market and b.market != WORLDWIDE and places.continent(b.market) == continent]
    worldwide = [band for band in bands if band.market == WORLDWIDE]
    home = [band for band in bands if band.market == UNITED_STATES]
    return [*same, *worldwide] or home or bands
