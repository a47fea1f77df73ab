"""An offer or figure a person names, held against the guides' ranges. Never a verdict, never base against total."""

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.document import Line, Tone
from knowledge.money import Amount
from knowledge.pay import THOUSAND, Benchmark, Measure, PayBand, money, money_range, rough_range
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.pay_choice import Derived


def compare_offer(draft: Draft, ask: Ask, bands: list[PayBand], derived: list[Derived]) -> None:
    """Say whether the person's figure lies below, within or above each range, and by how much."""
    stated = {(band.low, band.high) for band in bands}
    offers = [offer for offer in ask.question.amounts if (offer.low, offer.high) not in stated]
    if not offers or not (bands or derived):
        return
    if len(offers) > len({offer.currency for offer in offers}):
        draft.say("You name several figures; ask about each with its role and place, so that I compare like with like.")
        return
    lines = [line for offer in offers for line in _compared(draft, ask.question.measure, offer, bands, derived)]
    draft.bullets(lines)
    if lines:
        open_measure = ask.question.measure is Measure.UNSPECIFIED
        start = "Is your figure base or total? " if open_measure else ""
        draft.say(f"{start}Equity and the kind of company weigh in too{'.' if open_measure else ': ask about both.'}")


def _compared(
    draft: Draft, measure: Measure, offer: Amount, bands: list[PayBand], derived: list[Derived]
) -> Iterator[Line]:
    if offer.period != "year":
        text = f"Your figure is per {offer.period}; the guides state yearly pay, so the two are not compared here."
        draft.say(text, tone=Tone.GAP)
        return
    # An offer without a currency is read in one currency, that of the first range shown.
    currency = offer.currency or (bands[0] if bands else derived[0].band).currency
    ranges = [_Range(band, band.low, band.high, band.range) for band in bands]
    ranges += [_Range(d.band, d.low, d.high, rough_range(d.low, d.high, d.band.currency)) for d in derived]
    matching = [item for item in ranges if item.band.currency == currency]
    if not matching:
        draft.say(f"Your figure is in {currency}; the guides hold no exchange rate to compare it.", tone=Tone.GAP)
    for item in matching:
        yield _against(draft, measure, offer, item)


class _Range(NamedTuple):
    """A stated or computed range to hold an offer against."""

    band: PayBand
    low: int
    high: int
    words: str


def _against(draft: Draft, measure: Measure, offer: Amount, against: _Range) -> Line:
    band = against.band
    lead = f"Against {against.words}"
    figure = money_range(offer.low, offer.high, band.currency)
    figure += "" if offer.currency else f" (taken as {band.currency})"
    if Measure.UNSPECIFIED not in {measure, band.measure} and measure is not band.measure:
        return draft.line(f"not comparable: your figure is {measure}, this range is {band.measure}.", band, lead=lead)
    if against.low <= offer.low and offer.high <= against.high:
        return draft.line(f"{figure} lies inside this range.", band, lead=lead)
    below, above = offer.high < against.low, offer.low > against.high
    if not below and not above:
        return draft.line(f"{figure} overlaps this range.", band, lead=lead)
    if above and band.open_high:
        return draft.line(f"{figure} lies in the open upper end of this range.", band, lead=lead)
    top, bottom = (against.low, offer.high) if below else (offer.low, against.high)
    side = "below the bottom" if below else "above the top"
    draft.figure(band, (round(top - bottom), round(top - bottom), band.market or ""))
    formula = f"{top / THOUSAND:g} − {bottom / THOUSAND:g} = {(top - bottom) / THOUSAND:g} (thousand)"
    return draft.line(
        f"{figure} is {money(top - bottom, band.currency)} {side} of this range; {formula}.", band, lead=lead
    )


def matched_benchmarks(draft: Draft, ask: Ask) -> bool:
    """Answer a question about a category benchmark's own figures with its label; tell whether it was one."""
    asked = {bound for amount in ask.question.amounts for bound in (amount.low, amount.high)}
    found = [
        fact
        for guide in ask.guides
        for fact in guide.of(Benchmark)
        if {fact.low, fact.high} & asked or "benchmark" in ask.slots.topics
    ]
    if not found:
        return False
    for fact in found[:1]:
        draft.figure(fact)
        mistaken = {fact.low, fact.high} & asked
        draft.say(f"No: {fact.sentence}" if mistaken else fact.sentence, fact)
    own = [band for role in ask.slots.occupations for guide in ask.guides_of(role) for band in guide.of(PayBand)]
    lines = []
    for band in own[:4]:
        draft.figure(band)
        lines.append(draft.line(f"{band.sentence}.", band))
    if lines:
        draft.say("The role's own figures:")
        draft.bullets(lines)
    return True
