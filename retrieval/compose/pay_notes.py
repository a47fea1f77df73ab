"""What belongs beside figures of pay: sources that disagree, an employer's own figure, what comes on top."""

from collections.abc import Iterable
from itertools import islice

from knowledge.currency import money_range
from knowledge.document import Tone
from knowledge.guide import Fact, SectionKind, Statement
from knowledge.pay import AdjustmentKind, Measure, PayAdjustment, PayBand, contradicts, overlap
from knowledge.vocabulary import company_kind, is_single_employer
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask, mentions
from retrieval.lexical import STOP_WORDS, stems

# Facts of the pay section besides bands are added when search ranks them this high.
EXTRA_RANK = 5


def say_differences(draft: Draft, ask: Ask, bands: list[PayBand]) -> None:
    """Say where sources of one role and level differ, with the overlap, and never set base beside total."""
    for group in _by_role(ask, bands):
        common = [band for band in group if any(contradicts(band, other) for other in group)]
        mixed = {Measure.BASE, Measure.TOTAL} <= {band.measure for band in group}
        if common and draft.kind is Kind.ANSWER and not mixed:
            shared = overlap(common)
            both = f"They overlap at {money_range(*shared, group[0].currency)}" if shared else "They do not overlap"
            draft.say(
                f"The sources disagree and give no reason. {both}. Use the one that matches your case.",
                *common,
                tone=Tone.CONFLICT,
            )
    if {Measure.BASE, Measure.TOTAL} <= {band.measure for band in bands}:
        apart = [band for band in bands if band.measure is not Measure.UNSPECIFIED]
        draft.say(
            "Base and total compensation are not comparable: total includes equity and bonus.",
            *apart,
            tone=Tone.CONFLICT,
        )


def _by_role(ask: Ask, bands: list[PayBand]) -> Iterable[list[PayBand]]:
    for occupation in ask.slots.occupations:
        slugs = {guide.slug for guide in ask.guides_of(occupation)}
        yield [band for band in bands if band.place.guide in slugs]


def say_company(draft: Draft, ask: Ask) -> None:
    """Say that no guide has an employer's own figure, and where one names the employer."""
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
        if not (named or _tells_kind(ask, company)) and not ask.question.amounts and is_single_employer(company):
            # What the role is paid elsewhere is only the nearest thing.
            draft.kind = Kind.ABSTAIN


def _tells_kind(ask: Ask, company: str) -> bool:
    """Tell whether a pay section says what employers of the company's kind pay."""
    kind = set(stems(company_kind(company))) - set(stems("company companies large"))
    facts = [fact for guide in ask.guides for fact in guide.facts if fact.place.section == "pay"]
    return any(kind <= set(stems(fact.sentence)) for fact in facts)


def say_extras(draft: Draft, ask: Ask) -> None:
    """Add what else the pay sections say to exactly this question: a premium, a note on equity."""
    notes = [fact for guide in ask.guides for fact in guide.section(SectionKind.PAY)]
    fitting = [fact for fact in notes if isinstance(fact, Statement | PayAdjustment) and _applies(fact, ask)]
    # Most questions about pay share no word with a note, and need no search then.
    ranked = enumerate(ask.ranked(ask.guides)) if fitting else ()
    wanted = (fact for rank, (_, fact) in ranked if fact in fitting and (rank < EXTRA_RANK or _cued(fact, ask)))
    draft.bullets([draft.line(capital(fact.sentence), fact) for fact in islice(wanted, 2)])


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
    if "employers" in (*slots.topics, *slots.leanings):
        named.append("upper end platforms firms labs above")
    if "perks" in slots.topics:
        named.append("equity bonus budget")
    return set(stems(" ".join(named), STOP_WORDS)) & set(stems(fact.sentence)) - set(
        stems("pay senior engineers experience company")
    )


def capital(text: str) -> str:
    """Return *text* with its first letter in upper case."""
    return text[:1].upper() + text[1:]
