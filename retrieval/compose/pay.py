"""Answers about pay: one line per source, differences in the open, no average, computed figures with their formula."""

from collections.abc import Iterable

from knowledge.document import Line, Tone
from knowledge.guide import Fact, Statement
from knowledge.levels import Level
from knowledge.markets import markets
from knowledge.pay import (
    MEASURE_WORDS,
    THOUSAND,
    AdjustmentKind,
    Measure,
    PayAdjustment,
    PayBand,
    money_range,
    overlap,
    rough_range,
)
from knowledge.vocabulary import company_kind
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask, mentions, neighbours
from retrieval.compose.offers import compare_offer, matched_benchmarks
from retrieval.compose.pay_choice import Derived, PayChoice, choose
from retrieval.lexical import STOP_WORDS, stems

# From this many lines on a table is easier to read than bullets.
TABLE_ROWS = 4
# Facts of the pay section besides bands are added when search ranks them this high.
EXTRA_RANK = 5


def compose_pay(draft: Draft, ask: Ask) -> None:
    """Answer a question about pay for every role it names."""
    if matched_benchmarks(draft, ask):
        return
    chosen = [(role, choose(ask.guides_of(role), ask.levels, ask.slots.markets)) for role in ask.slots.occupations]
    for role, choice in chosen:
        _say_gap(draft, ask, role, choice)
    shown = [band for _, choice in chosen for band in choice.bands or choice.nearest]
    if ask.slots.years is not None and not ask.levels and shown and not any(band.years for band in shown):
        draft.say("The guides map no years to levels for this role; each figure names its level.", tone=Tone.GAP)
    _say_years(draft, ask, shown)
    _say_bands(draft, shown)
    for role, choice in chosen:
        _say_derived(draft, choice.derived)
        for market in choice.missing_markets:
            _say_rules_nearby(draft, ask, market, {guide.slug for guide in ask.guides_of(role)})
    if not any(choice.answers for _, choice in chosen):
        draft.kind = Kind.ABSTAIN
    _say_company(draft, ask)
    _say_differences(draft, ask, shown)
    compare_offer(draft, ask, shown, [item for _, choice in chosen for item in choice.derived])
    _say_extras(draft, ask)
    if "conversion" in ask.slots.topics:
        draft.say(
            "The guides hold no exchange rate, so figures stay in their own currency. "
            "A conversion needs a rate and its date."
        )


def band_line(draft: Draft, band: PayBand) -> Line:
    """Return one band as a line that leads with its guide."""
    draft.figure(band)
    return draft.line(_capital(band.sentence), band, lead=f"{draft.guide(band).title} guide")


def _say_gap(draft: Draft, ask: Ask, role: str, choice: PayChoice) -> None:
    """Name what no guide states: wholly, then the nearest follows, or for some of the levels or places asked about."""
    title = ask.guides_of(role)[0].role
    missing = [f"at {' or '.join(choice.missing_levels)} level"] if choice.missing_levels else []
    missing += [f"for {markets().name(market)}" for market in choice.missing_markets]
    for words in missing:
        follows = " The nearest:" if (choice.nearest or choice.other_level) and words == missing[-1] else ""
        draft.say(f"No guide gives {title} pay {words}.{follows}", tone=Tone.GAP)


def _say_bands(draft: Draft, bands: list[PayBand]) -> None:
    """Show bands as a table where there are many alike, else line by line with everything they say."""
    alike = len({band.place.guide for band in bands}) == 1 and not any(band.condition for band in bands)
    if not alike or len(bands) < TABLE_ROWS:
        draft.bullets([band_line(draft, band) for band in bands])
        return
    rows = []
    for band in bands:
        draft.figure(band)
        cells = (_level(band) if band.levels else "not stated", band.market_words, band.range)
        rows.append(((*cells, MEASURE_WORDS[band.measure]), band))
    draft.table(("Level", "Market", "A year", "Measure"), rows)


def _say_years(draft: Draft, ask: Ask, bands: list[PayBand]) -> None:
    years = ask.slots.years
    with_years = [band for band in bands if band.years]
    if years is None or not with_years or any(band.years and years in band.years for band in with_years):
        return
    near = neighbours(with_years, years)
    if near:
        pair = [*near]
        shared = overlap(pair)
        text = f"{years:g} years falls between the bands for {pair[0].years} and {pair[1].years} years"
        both = f"; they overlap at {money_range(*shared, pair[0].currency)}" if shared else ""
        draft.say(f"{text}{both}.", *pair, tone=Tone.CONFLICT)


def _say_derived(draft: Draft, derived: list[Derived]) -> None:
    """Show each rule applied once, with every band it was applied to and every place it was applied for."""
    by_rule: dict[PayAdjustment, list[Derived]] = {}
    for item in derived:
        draft.figure(item.band, (item.low, item.high, item.market))
        by_rule.setdefault(item.rule, []).append(item)
    lines = []
    for rule, items in by_rule.items():
        # A region asked about as a whole is answered for the parts the rule names.
        places = dict.fromkeys(
            rule.market_words if item.via not in rule.markets else markets().name(item.market) for item in items
        )
        mapped = dict.fromkeys(
            f" ({markets().name(item.market)} counted as {markets().name(item.via)}: our mapping)"
            for item in items
            if item.via != item.market
        )
        sums = dict.fromkeys(_computed(item) for item in items)
        text = f"{rule.range} of {rule.of}, as for {rule.market_words}{''.join(mapped)}. {' '.join(sums)}"
        lines.append(
            draft.line(f"{text} A rule of thumb.", rule, *(item.band for item in items), lead=", ".join(places))
        )
    draft.bullets(lines)


def _computed(item: Derived) -> str:
    band, rule = item.band, item.rule
    low, high = _sum(rule.low, band.low), _sum(rule.high, band.high)
    roughly = rough_range(item.low, item.high, band.currency)
    return f"From {_level(band)} {band.range} US base: {low} and {high}, so roughly {roughly} USD-equivalent."


def _level(band: PayBand) -> str:
    return f"{band.level_words} ({band.years} years)" if band.years else band.level_words


def _sum(share: float, amount: int) -> str:
    return f"{share:g} × {amount / THOUSAND:g} = {share * amount / THOUSAND:g}"


def _say_rules_nearby(draft: Draft, ask: Ask, market: str, own: set[str]) -> None:
    """Name rules for places nearby and other roles' rules for this place; none is applied, because none holds here."""
    places = markets()
    around = set(places.around(market))
    continent = places.continent(market)
    lines = []
    for guide in ask.library.roles:
        for rule in guide.of(PayAdjustment):
            near = any(places.continent(code) == continent for code in rule.markets)
            if rule.kind is not AdjustmentKind.GEOGRAPHIC or not (
                near if guide.slug in own else around & {*rule.markets}
            ):
                continue
            label = "for other places" if guide.slug in own else "another role"
            text = f"{rule.market_words}: {rule.range} of {rule.of}."
            lines.append(draft.line(text, rule, lead=f"{guide.title} guide ({label})"))
    draft.bullets(lines)


def _say_differences(draft: Draft, ask: Ask, bands: list[PayBand]) -> None:
    for group in _by_role(ask, bands):
        sources = {band.place.guide for band in group}
        mixed = {Measure.BASE, Measure.TOTAL} <= {band.measure for band in group}
        if len(sources) > 1 and draft.kind is Kind.ANSWER and _same_level(group) and not mixed:
            common = [band for band in group if band.currency == group[0].currency]
            shared = overlap(common)
            both = f"They overlap at {money_range(*shared, group[0].currency)}. " if shared else "They do not overlap. "
            draft.say(
                f"The sources disagree and give no reason. {both}"
                "Use the one whose level, market and measure match your case.",
                *common,
                tone=Tone.CONFLICT,
            )
    if {Measure.BASE, Measure.TOTAL} <= {band.measure for band in bands}:
        draft.say(
            "Base and total compensation are not comparable: total includes equity and bonus.", tone=Tone.CONFLICT
        )


def _by_role(ask: Ask, bands: list[PayBand]) -> Iterable[list[PayBand]]:
    for occupation in ask.slots.occupations:
        slugs = {guide.slug for guide in ask.guides_of(occupation)}
        yield [band for band in bands if band.place.guide in slugs]


def _same_level(bands: list[PayBand]) -> bool:
    levels: list[set[Level]] = [set(band.levels) for band in bands if band.levels]
    return bool(levels) and bool(set.intersection(*levels))


def _say_company(draft: Draft, ask: Ask) -> None:
    for company in ask.slots.companies:
        name = company.title()
        draft.say(f"No guide gives a figure for {name} itself.", tone=Tone.GAP)
        named = [
            fact
            for guide in ask.guides
            for fact in guide.facts
            if isinstance(fact, Statement) and fact.place.section in {"pay", "employers"} and mentions(fact, company)
        ]
        draft.bullets([draft.line(fact.text, fact, lead=fact.name) for fact in named[:1]])


def _say_extras(draft: Draft, ask: Ask) -> None:
    """Add what else the pay sections say to exactly this question: a premium, a note on equity."""
    wanted: list[Fact] = []
    for rank, (_, fact) in enumerate(ask.ranked(ask.guides)):
        about_pay = fact.place.section == "pay" and isinstance(fact, Statement | PayAdjustment)
        if about_pay and (rank < EXTRA_RANK or _cued(fact, ask)) and _applies(fact, ask):
            wanted.append(fact)
        if len(wanted) == 2:
            break
    draft.bullets([draft.line(_capital(fact.sentence), fact) for fact in wanted])


def _cued(fact: Fact, ask: Ask) -> bool:
    return (
        isinstance(fact, PayAdjustment) and "premium" in ask.slots.topics and fact.kind is not AdjustmentKind.GEOGRAPHIC
    )


def _applies(fact: Fact, ask: Ask) -> bool:
    if isinstance(fact, PayAdjustment):
        # A rule for another place is noise; for the asked place it has been applied already.
        return fact.kind is not AdjustmentKind.GEOGRAPHIC and (
            "premium" in ask.slots.topics or bool(_shared(fact, ask))
        )
    return bool(_shared(fact, ask))


def _shared(fact: Fact, ask: Ask) -> set[str]:
    """Return the stems that *fact* shares with what is asked besides role, place and pay itself."""
    slots = ask.slots
    named = [*ask.question.focus, *(company_kind(name) for name in slots.companies), *slots.levels]
    if "perks" in slots.topics:
        named.append("equity bonus budget")
    return set(stems(" ".join(named), STOP_WORDS)) & set(stems(fact.sentence)) - set(
        stems("pay senior engineers experience company")
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
