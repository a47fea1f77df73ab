"""Answers about pay: one line per source, differences in the open, no average, computed figures with their formula."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.currency import money_range
from knowledge.document import Line, Tone
from knowledge.guide import Bottleneck
from knowledge.markets import markets
from knowledge.pay import MEASURE_WORDS, AdjustmentKind, PayAdjustment, PayBand, overlap
from knowledge.text import words
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask, neighbours
from retrieval.compose.benchmarks import matched_benchmarks
from retrieval.compose.offers import Offered, Range, hold_offer
from retrieval.compose.pay_choice import PayChoice, choose
from retrieval.compose.pay_counted import say_counted
from retrieval.compose.pay_cut import cut_of
from retrieval.compose.pay_derived import compose_rules, level_words, say_derived, say_rules_nearby
from retrieval.compose.pay_notes import capital, say_company, say_differences, say_extras

# Words of a role without a guide that mean software engineers in general, whom the guides' premium is measured against.
_SOFTWARE = {"software", "swe", "sde", "backend", "developer", "dev", "programmer"}
# From this many lines on a table is easier to read than bullets.
TABLE_ROWS = 4


def compose_pay(draft: Draft, ask: Ask) -> None:
    """Answer a question about pay for every role it names."""
    if matched_benchmarks(draft, ask) or compose_rules(draft, ask):
        return
    cut = cut_of(words(ask.question.query))
    chosen = [(role, choose(ask.guides_of(role), ask.levels, ask.slots.markets, cut)) for role in ask.slots.occupations]
    for role, choice in chosen:
        _say_gap(draft, ask, role, choice)
    shown = [band for _, choice in chosen for band in choice.bands or choice.nearest]
    if ask.slots.years is not None and not ask.levels and shown and not any(band.years for band in shown):
        draft.say("The guides map no years to levels for this role; each figure names its level.", tone=Tone.GAP)
    _say_years(draft, ask, shown)
    computed = [item.range for _, choice in chosen for item in choice.derived]
    notes = hold_offer(
        draft, Offered(ask.question.amounts, ask.question.measure), [*map(Range.stated, shown), *computed]
    )
    _say_bands(draft, [band for band in shown if not band.sample], notes.lines)
    counted = [band for band in shown if band.sample]
    say_counted(draft, counted, notes.lines, several=len({draft.guide(band).role for band in shown}) > 1)
    for _, choice in chosen:
        _say_elsewhere(draft, choice)
    for role, choice in chosen:
        say_derived(draft, choice.derived, notes.lines)
        for market in choice.missing_markets:
            say_rules_nearby(draft, ask, market, {guide.slug for guide in ask.guides_of(role)})
    if not any(choice.answers or (choice.broader and notes.lines) for _, choice in chosen):
        draft.kind = Kind.ABSTAIN
    say_company(draft, ask)
    say_differences(draft, ask, shown)
    for text, tone in notes.remarks:
        draft.say(text, tone=tone)
    say_extras(draft, ask)
    if "conversion" in ask.slots.topics:
        draft.say(
            "The guides hold no exchange rate, so figures stay in their own currency. "
            "A conversion needs a rate and its date."
        )


def compose_one_side(draft: Draft, ask: Ask) -> None:
    """Answer pay of a role beside one without a guide: by a rule for both, else by the one side there is."""
    names = ask.slots.other_occupations
    rules = [rule for guide in ask.guides for rule in guide.of(PayAdjustment)]
    related = {word for name in names for word in name.split()} & _SOFTWARE
    if related and any(rule.kind is AdjustmentKind.PREMIUM for rule in rules):
        slots = replace(ask.slots, topics=tuple(dict.fromkeys((*ask.slots.topics, "premium"))), other_occupations=())
        compose_pay(draft, replace(ask, question=replace(ask.question, slots=slots)))
        return
    compose_pay(draft, ask)
    if "compare" in ask.slots.topics:
        draft.kind = Kind.ABSTAIN
        missing = " or ".join(names)
        draft.insert(
            0, f"No guide gives pay for the role “{missing}”, so the two cannot be compared. The one side there is:"
        )


def _band_line(draft: Draft, band: PayBand, notes: Mapping[Range, str]) -> Line:
    """Return one band as a line that leads with its guide, with what a person's own figure is beside it."""
    draft.figure(band)
    note = notes.get(Range.stated(band), "")
    text = f"{capital(band.sentence)}. {note}" if note else capital(band.sentence)
    return draft.line(text, band, lead=f"{draft.guide(band).title} guide")


def _say_gap(draft: Draft, ask: Ask, role: str, choice: PayChoice) -> None:
    """Name what no guide states: wholly, then the nearest follows, or for some of the levels or places asked about."""
    title = ask.guides_of(role)[0].role
    missing = [f"at {' or '.join(choice.missing_levels)} level"] if choice.missing_levels else []
    missing += [f"for {markets().name(market)}" for market in choice.missing_markets]
    for lacking in missing:
        follows = " The nearest:" if (choice.nearest or choice.other_level) and lacking == missing[-1] else ""
        draft.say(f"No guide gives {title} pay {lacking}.{follows}", tone=Tone.GAP)
    for market in choice.broader:
        wider = ", ".join(dict.fromkeys(band.market_words for band in choice.bands))
        draft.say(f"No guide gives {title} pay for {markets().name(market)} itself. For {wider}:", tone=Tone.GAP)


def _say_elsewhere(draft: Draft, choice: PayChoice) -> None:
    """Name the places a question without a place left out."""
    places = [markets().name(code) for code in choice.elsewhere]
    if places:
        draft.say(f"There are figures for {' and '.join(places)} too: name the place.")


def _say_bands(draft: Draft, bands: list[PayBand], notes: Mapping[Range, str]) -> None:
    """Show bands as a table where there are many alike, else line by line with everything they say."""
    if not bands:
        return
    alike = len({band.place.guide for band in bands}) == 1 and not any(band.condition for band in bands)
    if not alike or len(bands) < TABLE_ROWS or notes:
        draft.bullets([_band_line(draft, band, notes) for band in bands])
        return
    rows = []
    for band in bands:
        draft.figure(band)
        cells = (level_words(band) if band.levels else "not stated", band.market_words, band.range)
        rows.append(((*cells, MEASURE_WORDS[band.measure]), band))
    draft.table(("Level", "Market", "A year", "Measure"), rows)


def _say_years(draft: Draft, ask: Ask, bands: list[PayBand]) -> None:
    years = ask.slots.years
    with_years = [band for band in bands if band.years]
    if years is None or not with_years or any(band.years and years in band.years for band in with_years):
        return
    near = neighbours(with_years, years)
    last = max(with_years, key=lambda band: band.years.low if band.years else 0.0)
    if last.years and last.years.high is not None and years > last.years.high:
        text = f"{years:g} years lies beyond the last band that names years ({last.years}); higher levels name none."
        draft.say(text, last, tone=Tone.CONFLICT)
    if near:
        pair = [*near]
        shared = overlap(pair)
        text = f"{years:g} years falls between the bands for {pair[0].years} and {pair[1].years} years"
        both = f"; they overlap at {money_range(*shared, pair[0].currency)}" if shared else ""
        levels = " or ".join(band.level_words for band in pair)
        draft.say(f"{text}{both}. Which are you: {levels}?", *pair, tone=Tone.CONFLICT)
        _say_other_mapping(draft, pair[0], years)


def _say_other_mapping(draft: Draft, band: PayBand, years: float) -> None:
    """Add what the same guide says elsewhere of the level at so many years."""
    for fact in draft.guide(band).of(Bottleneck):
        if fact.years and years in fact.years:
            level = " or ".join(fact.levels)
            draft.say(f"The same guide's bottlenecks count {fact.years} years as {level}.", fact, tone=Tone.CONFLICT)
            return
