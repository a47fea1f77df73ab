"""An offer or figure a person names, held against the guides' ranges. Never a verdict, never base against total."""

from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.currency import THOUSAND, money, money_range
from knowledge.document import Tone
from knowledge.money import Amount
from knowledge.pay import Measure, PayBand
from knowledge.pay_sample import Per
from retrieval.answer import Draft


class Range(NamedTuple):
    """A stated or computed range to hold an offer against."""

    band: PayBand
    low: float
    high: float

    @classmethod
    def stated(cls, band: PayBand) -> "Range":
        """Return the range a guide states."""
        return cls(band, band.low, band.high)


@dataclass
class Notes:
    """What to say of a person's figure: beside each range it was held against, and about the whole."""

    lines: dict[Range, str] = field(default_factory=dict)
    remarks: list[tuple[str, Tone]] = field(default_factory=list)


class Offered(NamedTuple):
    """Figures to hold against ranges, what they measure, and whose they are ("Your", "The post's")."""

    amounts: tuple[Amount, ...]
    measure: Measure
    whose: str = "Your"


def hold_offer(draft: Draft, offered: Offered, ranges: list[Range]) -> Notes:
    """Hold figures against *ranges*: below, inside or above, and by how much. No verdict."""
    notes = Notes()
    stated = {(item.low, item.high) for item in ranges}
    offers = [offer for offer in offered.amounts if (offer.low, offer.high) not in stated]
    if not offers or not ranges:
        return notes
    if len(offers) > len({offer.currency for offer in offers}):
        several = "You name several figures; ask about each with its role and place, so that I compare like with like."
        notes.remarks.append((several, Tone.PLAIN))
        return notes
    computed = any((item.low, item.high) != (item.band.low, item.band.high) for item in ranges)
    if computed and any(offer.currency is None for offer in offers):
        asked = "In which currency is your figure? The computed ranges are in US dollars, so I compare nothing yet."
        notes.remarks.append((asked, Tone.PLAIN))
        return notes
    for offer in offers:
        _hold(draft, offered, offer, ranges, notes)
    if notes.lines:
        open_measure = offered.measure is Measure.UNSPECIFIED
        start = "Is your figure base or total? " if open_measure else ""
        rest = "Equity and the kind of company weigh in too" + ("." if open_measure else ": ask about both.")
        notes.remarks.append((start + rest, Tone.PLAIN))
    return notes


def _hold(draft: Draft, offered: Offered, offer: Amount, ranges: list[Range], notes: Notes) -> None:
    alike = [item for item in ranges if item.band.per == offer.period]
    if not alike:
        told = " or ".join(sorted({f"{item.band.per}ly" for item in ranges}, reverse=True))
        text = f"Your figure is per {offer.period}; the guides state {told} pay, so the two are not compared here."
        notes.remarks.append((text, Tone.GAP))
        return
    # An offer without a currency is read in one currency, that of the first range shown.
    currency = offer.currency or alike[0].band.currency
    matching = [item for item in alike if item.band.currency == currency]
    if not matching:
        text = f"Your figure is in {currency}; the guides hold no exchange rate to compare it."
        notes.remarks.append((text, Tone.GAP))
    for item in matching:
        notes.lines[item] = compared(draft, offered, offer, item)


def compared(draft: Draft, offered: Offered, offer: Amount, against: Range) -> str:
    """Say where *offer* lies by one range: below, inside, above, or not to be compared."""
    band, measure = against.band, offered.measure
    figure = f"{offered.whose} {money_range(offer.low, offer.high, band.currency)}"
    figure += "" if offer.currency else f" (taken as {band.currency})"
    if Measure.UNSPECIFIED not in {measure, band.measure} and measure is not band.measure:
        return f"Not comparable: {offered.whose.lower()} figure is {measure}, this range is {band.measure}."
    if against.low <= offer.low and offer.high <= against.high:
        return f"{figure} lies inside this range{_inside(draft, offer, against)}."
    below, above = offer.high < against.low, offer.low > against.high
    if not below and not above:
        return f"{figure} overlaps this range."
    if above and band.open_high:
        return f"{figure} lies in the open upper end of this range."
    top, bottom = (against.low, offer.high) if below else (offer.low, against.high)
    side = "below the bottom of this range" if below else "above the top of this range"
    if against.low == against.high:
        side = f"{'below' if below else 'above'} this {band.range_kind}"
    gap = round(top - bottom, 2)
    draft.computed(band, (gap, gap), band.currency)
    if band.per is Per.HOUR:
        return f"{figure} is {money(gap, band.currency)} {side}: {top:g} − {bottom:g} = {gap:g} an hour."
    formula = f"{top / THOUSAND:g} − {bottom / THOUSAND:g} = {gap / THOUSAND:g} (thousand)"
    return f"{figure} is {money(gap, band.currency)} {side}: {formula}."


def _inside(draft: Draft, offer: Amount, against: Range) -> str:
    """Say how far a single figure lies from the ends of the range; nothing at an end, and of an open top."""
    above, below = round(offer.low - against.low, 2), round(against.high - offer.low, 2)
    if offer.is_range or not above or not below:
        return ""
    currency, ends = against.band.currency, [(above, "above its bottom"), (below, "below its top")]
    shown = ends[:1] if against.band.open_high else ends
    median = against.band.sample.median if against.band.sample else None
    if median is not None and offer.low != median:
        side = "below" if offer.low < median else "above"
        shown = [*shown, (round(abs(offer.low - median), 2), f"{side} its median")]
    for gap, _ in shown:
        draft.computed(against.band, (gap, gap), currency)
    *first, last = [f"{money(gap, currency)} {end}" for gap, end in shown]
    before = f"{', '.join(first)} and " if first else ""
    return f", {before}{last}"
