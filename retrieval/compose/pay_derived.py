"""Figures computed by a guide's own rule: always with the formula, the rule's words and "rule of thumb"."""

from collections.abc import Mapping

from knowledge.currency import THOUSAND, money, rough_range
from knowledge.markets import markets
from knowledge.money import Amount
from knowledge.pay import AdjustmentKind, PayAdjustment, PayBand, scaled
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.offers import Range
from retrieval.compose.pay_choice import Derived

# Which topic asks for which rule.
_ASKED = {"premium": AdjustmentKind.PREMIUM, "remote pay": AdjustmentKind.REMOTE}


def say_derived(draft: Draft, derived: list[Derived], notes: Mapping[Range, str]) -> None:
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
            f", as for {rule.market_words} ({markets().name(item.market)} counted as {markets().name(item.via)}: "
            "our mapping)"
            for item in items
            if item.via != item.market
        )
        basis, lead = f"{rule.range} of {rule.of}{''.join(mapped)}.", ", ".join(places)
        sums = {f"{_computed(item)} {notes.get(item.range, '')}".rstrip(): item.band for item in items}
        if len(sums) == 1:
            lines += [
                draft.line(f"{basis} {said} A rule of thumb.", rule, band, lead=lead) for said, band in sums.items()
            ]
        else:
            lines.append(draft.line(f"{basis} A rule of thumb, for each level.", rule, lead=lead))
            lines += [draft.line(said, rule, band) for said, band in sums.items()]
    draft.bullets(lines)


def _computed(item: Derived) -> str:
    band, rule = item.band, item.rule
    low, high = _sum(rule.low, band.low), _sum(rule.high, band.high)
    roughly = rough_range(item.low, item.high, band.currency)
    return f"From {level_words(band)} {band.range} US base: {low} and {high}, so roughly {roughly} USD-equivalent."


def level_words(band: PayBand) -> str:
    """Return the level with its years: "senior (5–8 years)"."""
    return f"{band.level_words} ({band.years} years)" if band.years else band.level_words


def _sum(share: float, amount: float) -> str:
    return f"{share:g} × {amount / THOUSAND:g} = {share * amount / THOUSAND:g}"


def say_rules_nearby(draft: Draft, ask: Ask, market: str, own: set[str]) -> None:
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


def compose_rules(draft: Draft, ask: Ask) -> bool:
    """Apply a premium or the remote difference to the figure a person names; tell whether that was the question.

    Without a figure the remote difference is applied to the guide's own US base ranges of the asked level.
    """
    kinds = [kind for topic, kind in _ASKED.items() if topic in ask.slots.topics]
    rules = [rule for guide in ask.guides for rule in guide.of(PayAdjustment) if rule.kind in kinds]
    if not ask.slots.occupations or not rules:
        return False
    own = [amount for amount in ask.question.amounts if not amount.is_range and amount.period == "year"]
    for rule in rules:
        bands = [band for band in ask.library.by_slug[rule.place.guide].of(PayBand) if band.market in rule.markets]
        asked = [band for band in bands if ask.levels and set(ask.levels) & set(band.levels)]
        sums = [_on_figure(draft, rule, amount) for amount in own[:1]]
        sums = sums or [_on_band(draft, rule, band) for band in asked if rule.kind is AdjustmentKind.REMOTE]
        said = f"{rule.sentence[:1].upper()}{rule.sentence[1:]}. {' '.join(sums)}".rstrip()
        tail = " A rule of thumb." if sums else ""
        draft.bullets([draft.line(said + tail, rule, *(asked if sums and not own else ()))])
    return bool(own) or not ask.levels


def _on_figure(draft: Draft, rule: PayAdjustment, amount: Amount) -> str:
    """Apply *rule* to what a person says they are paid; the currency stays theirs."""
    currency = amount.currency or "USD"
    start = f"Your {money(amount.low, currency)}"
    low, high = scaled(rule, amount.low, amount.low)
    draft.computed(rule, (low, high), currency)
    sums = " and ".join(_sum(factor, amount.low) for factor in rule.factors)
    if rule.kind is AdjustmentKind.PREMIUM:
        return f"{start} as {rule.of}: {sums}, so roughly {rough_range(low, high, currency)}."
    return f"{start} in an office: {sums}, so a difference of roughly {rough_range(low, high, currency)}."


def _on_band(draft: Draft, rule: PayAdjustment, band: PayBand) -> str:
    low, high = scaled(rule, band.low, band.high)
    draft.figure(band, (low, high, band.market or ""))
    sums = f"{_sum(rule.low, band.low)} and {_sum(rule.high, band.high)}"
    roughly = rough_range(low, high, band.currency)
    return f"Of {level_words(band)} {band.range} US base: {sums}, so a difference of roughly {roughly}."
