"""Claims about pay: every range is bound to one typed fact, and what is said of it must be true of that fact."""

import re
from collections.abc import Iterator, Sequence

from knowledge.currency import THOUSAND
from knowledge.guide import Fact, Statement
from knowledge.levels import Level
from knowledge.money import Amount
from knowledge.pay import AdjustmentKind, Benchmark, Measure, PayAdjustment, PayBand, overlap, scaled, share_of
from knowledge.pay_sample import Per
from retrieval.check.named import levels_in, places_in
from retrieval.check.quantities import Money, Quantities, quantities

Stated = PayBand | Benchmark
# Words that say what a figure counts, as answers write them.
_MEASURES = (
    (r"base/total not stated|not stated$", Measure.UNSPECIFIED),
    (r"\bbase\b", Measure.BASE),
    (r"\btotal\b", Measure.TOTAL),
)
# A line on two ranges ("mid, US: $1–$2 a year; senior, US: $3–$4 a year") says something of each by itself.
_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-Z])|;\s+(?=[^;:]+: (?:[$£€]|[A-Z]{3} )\d)")
_MINE = re.compile(r"(?:Your|The post's) (?:[$£€]|[A-Z]{3} )\d")
# How the person's own figure lies to a range.
_SIDES = ("below the bottom", "above the top", "inside", "overlaps", "open upper")
_GAP = re.compile(r"((?:[$£€]|[A-Z]{3} )[\d,.]+) ((?:above|below) (?:the|its) (?:top|bottom))")
_RANGE_IS = re.compile(r"this range is ([\w/ ]+)")


def pay_faults(text: str, facts: Sequence[Fact], own: Sequence[Amount]) -> Iterator[str]:
    """Yield what is wrong with the money in *text*, which cites *facts*; *own* are figures the person named."""
    bound: list[Stated] = []
    spoken: list[Money] = []
    for sentence in _SENTENCE.split(text):
        found = quantities(sentence)
        here = _bound(sentence, found.money, facts)
        # A sum or a comparison speaks of the range named in the sentence or just before it.
        bound = here or bound
        # The person's own figure comes first in a sentence about it.
        mine = found.money[:1] if _MINE.match(sentence) else ()
        rest = found._replace(money=found.money[len(mine) :])
        spoken = [money for money in rest.money if money.is_range and not _is_for_a_year(money, here)] or spoken
        if mine and not _is_own(mine[0], spoken, own):
            yield f"the person named no {mine[0].low:g} {mine[0].currency}"
        yield from _money_faults(rest, facts, (bound, spoken), own)
        yield from _overlap_faults(sentence, facts)
        yield from _formula_faults(found, (bound, spoken), facts, own)
        if here:
            yield from _words_faults(sentence, here)
        yield from _side_faults(sentence, spoken, own)
        named = _RANGE_IS.search(sentence)
        if named and bound and _measures(named[1]) not in [{fact.measure} for fact in bound]:
            yield f"this range is not {named[1]}"


def _bound(sentence: str, spoken: Sequence[Money], facts: Sequence[Fact]) -> list[Stated]:
    """Return the fact behind each figure of *sentence*: of several with it that whose level and place are named."""
    levels = levels_in(sentence)
    places = places_in(sentence)
    here: list[Stated] = []
    for money in spoken:
        found = _stated(money, facts)
        if found and not any(fact in here for fact in found):
            here.append(max(found, key=lambda fact: _named_in(fact, levels, places)))
    return here


def _named_in(fact: Stated, levels: frozenset[Level], places: frozenset[str]) -> tuple[bool, bool]:
    band = fact if isinstance(fact, PayBand) else None
    return bool(band and {*band.levels} == levels), bool(band and band.market in places)


Context = tuple[Sequence[Stated], Sequence[Money]]


def _money_faults(found: Quantities, facts: Sequence[Fact], context: Context, own: Sequence[Amount]) -> Iterator[str]:
    for money in found.money:
        if money.mixed:
            yield "a range in two currencies"
        elif not (_stated(money, facts) or _is_computed(money, facts, context, own)):
            yield f"no cited fact states {money.low:g}–{money.high:g} {money.currency}"


def _stated(money: Money, facts: Sequence[Fact]) -> list[Stated]:
    """Return the cited facts that state exactly this range, or have it as their median or as their range for a year."""
    pay = [fact for fact in facts if isinstance(fact, PayBand | Benchmark) and fact.currency == money.currency]
    return [fact for fact in pay if _is_range_of(money, fact) or _is_median_of(money, fact)]


def _is_range_of(money: Money, fact: Stated) -> bool:
    open_high = isinstance(fact, PayBand) and fact.open_high
    return (money.low, money.high) in _ranges(fact) and money.open_high == open_high


def _is_median_of(money: Money, fact: Stated) -> bool:
    sample = fact.sample if isinstance(fact, PayBand) else None
    return sample is not None and not money.is_range and money.low == sample.median


def _ranges(fact: Stated) -> set[tuple[float, float]]:
    return {(fact.low, fact.high)} | ({fact.yearly} if isinstance(fact, PayBand) else set())


def _is_own(money: Money, spoken: Sequence[Money], own: Sequence[Amount]) -> bool:
    """Tell whether the person named this figure; without a currency it is read in that of the range beside it."""
    currency = spoken[-1].currency if spoken else "USD"
    return any((money.low, money.high, money.currency) == (a.low, a.high, a.currency or currency) for a in own)


def _overlaps(facts: Sequence[Fact]) -> Iterator[tuple[float, float, str]]:
    """Yield what ranges of the cited facts have in common, all of one currency together and in pairs."""
    bands = [fact for fact in facts if isinstance(fact, PayBand)]
    groups = [[band for band in bands if band.currency == code] for code in {band.currency for band in bands}]
    groups += [[one, other] for one in bands for other in bands if one is not other]
    for group in groups:
        shared = overlap(group)
        if shared:
            yield (*shared, group[0].currency)


def _overlap_faults(sentence: str, facts: Sequence[Fact]) -> Iterator[str]:
    _, said, rest = sentence.partition("overlap at ")
    for money in quantities(rest).money[:1] if said else ():
        if (money.low, money.high, money.currency) not in set(_overlaps(facts)):
            yield "the sources do not overlap there"


def _is_computed(money: Money, facts: Sequence[Fact], context: Context, own: Sequence[Amount]) -> bool:
    """Tell whether *money* follows from what is cited: a share, an overlap, a premium, a difference to the own one."""
    bound, spoken = context
    bands = [fact for fact in bound if isinstance(fact, PayBand) and fact.currency == money.currency]
    rules = [fact for fact in facts if isinstance(fact, PayAdjustment)]
    spans: set[tuple[float, float]] = {
        share_of(band, rule) for band in bands for rule in rules if rule.kind is AdjustmentKind.GEOGRAPHIC
    }
    spans |= {scaled(rule, a.low, a.low) for a in own for rule in rules if (a.currency or "USD") == money.currency}
    spans |= {scaled(rule, b.low, b.high) for b in bands for rule in rules if rule.kind is AdjustmentKind.REMOTE}
    told = [m for fact in facts if isinstance(fact, Statement) for m in quantities(fact.sentence).money]
    spans |= {(m.low, m.high) for m in told if m.currency == money.currency}
    spans |= {(low, high) for low, high, currency in _overlaps(facts) if currency == money.currency}
    edges = [edge for item in spoken if item.currency == money.currency for edge in (item.low, item.high)]
    edges += [edge for band in bands for edge in edges_of(band)]
    gaps = {round(abs(end - edge), 2) for edge in edges for a in own for end in (a.low, a.high)}
    return (money.low, money.high) in spans or (not money.is_range and money.low in gaps)


def _formula_faults(found: Quantities, context: Context, facts: Sequence[Fact], own: Sequence[Amount]) -> Iterator[str]:
    bound, spoken = context
    shares = {float(f"{x:g}") for rule in facts if isinstance(rule, PayAdjustment) for x in rule.factors}
    ends = {end / THOUSAND for item in (*bound, *spoken) for end in (item.low, item.high)}
    ends |= {end / THOUSAND for amount in own for end in (amount.low, amount.high)}
    # Hours are not written in thousands.
    ends |= {end for fact in bound if _is_hourly(fact) for end in (fact.low, fact.high)}
    ends |= {end for amount in own if amount.period == Per.HOUR for end in (amount.low, amount.high)}
    for formula in found.formulas:
        known = formula.right in ends and formula.left in (shares if formula.sign == "×" else ends)
        if not formula.holds or not known:
            yield f"the sum {formula.left:g} {formula.sign} {formula.right:g} = {formula.result:g} does not follow"


def edges_of(band: PayBand) -> tuple[float, ...]:
    """Return what a person's figure is held against: both ends of a range, and its median."""
    median = band.sample.median if band.sample else None
    return (band.low, band.high) if median is None else (band.low, band.high, median)


def _is_for_a_year(money: Money, bound: Sequence[Stated]) -> bool:
    """Tell whether *money* is our sum for a year beside an hourly range: nobody's hour is held against it."""
    return any(
        isinstance(fact, PayBand) and _is_hourly(fact) and fact.yearly == (money.low, money.high) for fact in bound
    )


def _is_hourly(fact: Stated) -> bool:
    return isinstance(fact, PayBand) and fact.per is Per.HOUR


def _words_faults(sentence: str, bound: Sequence[Stated]) -> Iterator[str]:
    """Hold the level, place and measure words of a sentence against the facts its ranges are bound to."""
    bands = [fact for fact in bound if isinstance(fact, PayBand)]
    named = levels_in(_without_conditions(sentence, bound))
    allowed = {level for band in bands for level in band.levels}
    if bands and allowed and named and named != allowed:
        yield f"level {', '.join(sorted(named))} is not that of the figure"
    if bands and not allowed and named:
        yield "the figure is of no stated level"
    yield from _place_faults(sentence, bands)
    measures = {fact.measure for fact in bound}
    other = _measures(_without_conditions(sentence, bound)) - measures
    if other:
        yield f"the figure is {', '.join(sorted(measures))}, not {', '.join(sorted(other))}"


def _place_faults(sentence: str, bands: Sequence[PayBand]) -> Iterator[str]:
    places = {band.market for band in bands}
    found = places_in(_without_conditions(sentence, bands))
    if bands and not found <= places:
        yield f"{', '.join(sorted(found - places))} is not the place of the figure"


def _without_conditions(sentence: str, bound: Sequence[Stated]) -> str:
    """Return *sentence* without what its facts say besides level, place and measure."""
    for fact in bound:
        extra = fact.condition if isinstance(fact, PayBand) else fact.sentence
        sentence = sentence.replace(extra, "") if extra else sentence
    return sentence


def _measures(text: str) -> set[Measure]:
    """Return every measure that *text* names."""
    found = set()
    for pattern, measure in _MEASURES:
        text, count = re.subn(pattern, " ", text)
        if count:
            found.add(measure)
    return found


def _side_faults(sentence: str, spoken: Sequence[Money], own: Sequence[Amount]) -> Iterator[str]:
    """Check "below the bottom", "above the top" and "inside" against the range they speak of."""
    sides = {side for side in _SIDES if side in sentence}
    if own and spoken and sides and not any(_side(amount, spoken[-1]) in sides for amount in own):
        yield "your figure does not lie there"
    for gap, edge in _GAP.findall(sentence):
        size = quantities(gap).money[0].low
        ends = [item.low if "bottom" in edge else item.high for item in spoken[-1:]]
        if not any(
            abs(abs(end - bound) - size) < 1 for amount in own for end in (amount.low, amount.high) for bound in ends
        ):
            yield f"your figure is not {gap} {edge}"


def _side(amount: Amount, span: Money) -> str:
    if span.low <= amount.low and amount.high <= span.high:
        return "inside"
    if amount.high < span.low:
        return "below the bottom"
    if amount.low > span.high:
        return "open upper" if span.open_high else "above the top"
    return "overlaps"
