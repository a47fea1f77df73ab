"""An offer or figure a person names, held against the guides' ranges. Never a verdict, never base against total."""

from knowledge.document import Line, Tone
from knowledge.money import Amount
from knowledge.pay import Benchmark, Measure, PayBand, money
from retrieval.answer import Draft
from retrieval.ask import Ask

THOUSAND = 1000


def compare_offer(draft: Draft, ask: Ask, bands: list[PayBand]) -> None:
    """Say for each band whether the person's figure lies below, within or above it, and by how much."""
    offers = [amount for amount in ask.question.amounts if not amount.is_range]
    lines: list[Line] = []
    for offer in offers[:1]:
        if offer.period != "year":
            draft.say(
                f"Your figure is per {offer.period}; the guides state yearly pay, so the two are not compared here.",
                tone=Tone.GAP,
            )
            return
        comparable = [band for band in bands if offer.currency in {None, band.currency}]
        lines = [_compared(draft, ask.question.measure, offer, band) for band in comparable]
        if not lines and bands:
            draft.say(
                f"Your figure is in {offer.currency}; the guides hold no exchange rate to compare it.", tone=Tone.GAP
            )
    if lines:
        draft.bullets(lines)
        draft.say(
            "Is your figure base or total? Equity and the kind of company weigh in too."
            if _open(ask)
            else "Equity and the kind of company weigh in too: ask about both."
        )


def _open(ask: Ask) -> bool:
    return ask.question.measure is Measure.UNSPECIFIED


def _compared(draft: Draft, measure: Measure, offer: Amount, band: PayBand) -> Line:
    figure = money(offer.low, band.currency) + ("" if offer.currency else f" (taken as {band.currency})")
    lead = f"Against {band.range}"
    if Measure.UNSPECIFIED not in {measure, band.measure} and measure is not band.measure:
        return draft.line(f"not comparable: your figure is {measure}, this range is {band.measure}.", band, lead=lead)
    if band.low <= offer.low <= band.high:
        return draft.line(f"{figure} lies inside this range.", band, lead=lead)
    if offer.low > band.high and band.open_high:
        return draft.line(f"{figure} lies in the open upper end of this range.", band, lead=lead)
    below = offer.low < band.low
    bound = band.low if below else band.high
    top, bottom = max(offer.low, bound), min(offer.low, bound)
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
        draft.say(f"No: {fact.sentence}" if asked else fact.sentence, fact)
    own = [band for role in ask.slots.occupations for guide in ask.guides_of(role) for band in guide.of(PayBand)]
    lines = []
    for band in own[:4]:
        draft.figure(band)
        lines.append(draft.line(f"{band.sentence}.", band))
    if lines:
        draft.say("The role's own figures:")
        draft.bullets(lines)
    return True
