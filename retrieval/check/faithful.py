"""The check of a whole answer: each claim by itself, then what must not be missing, then the figures as data."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.document import Tone
from knowledge.guide import Fact
from knowledge.library import Library
from knowledge.money import Amount
from knowledge.pay import AdjustmentKind, Benchmark, Measure, PayAdjustment, PayBand, contradicts, scaled, share_of
from knowledge.pay_sample import Per
from knowledge.question import Question
from retrieval.answer import Answer, Figure, Kind
from retrieval.check.claims import Claim, claims_of, facts_of
from retrieval.check.pay_claims import edges_of, pay_faults
from retrieval.check.quantities import quantities
from retrieval.check.word_claims import title_faults, word_faults
from retrieval.compose.conflict import opposing


class Fault(NamedTuple):
    """What is wrong with which text of an answer."""

    text: str
    reason: str


def check_answer(answer: Answer, question: Question, library: Library) -> list[Fault]:
    """Return every fault of *answer* to *question*; empty for a faithful one."""
    cited = {citation.n: facts_of(citation, library) for citation in answer.citations}
    claims = list(claims_of(answer))
    faults = [Fault(c.quote[:60], "the quote is not what the guide says") for c in answer.citations if not cited[c.n]]
    for claim in claims:
        faults += [Fault(claim.whole, reason) for reason in _claim_faults(claim, cited, question, library)]
    used = {number for claim in claims for number in claim.cites}
    faults += [Fault(f"[{number}]", "no claim rests on this source") for number in cited if number not in used]
    faults += [Fault("", reason) for reason in _missing(answer, claims, cited, library, question)]
    for figure in answer.figures:
        faults += [Fault(figure.as_written, reason) for reason in _figure_faults(figure, cited, question.amounts)]
    return faults


def _claim_faults(claim: Claim, cited: dict[int, list[Fact]], question: Question, library: Library) -> Iterator[str]:
    unknown = [number for number in claim.cites if number not in cited]
    if unknown:
        yield f"there is no source {unknown[0]}"
        return
    facts = [fact for number in claim.cites for fact in cited[number]]
    if claim.cites:
        yield from pay_faults(claim.text, facts, question.amounts)
        if claim.tone is Tone.CONFLICT or claim.text.endswith(":"):
            # What is said over several facts together is checked by what they must show (see `_missing`).
            yield from title_faults(claim.text, facts, library)
            return
        yield from word_faults(claim, facts, library, question.text)
        silent = [number for number in claim.cites if not _speaks(claim, cited[number], library)]
        yield from (f"source {number} does not say this" for number in silent)
        return
    found = quantities(claim.whole)
    own = {(amount.low, amount.high) for amount in question.amounts}
    if any((money.low, money.high) not in own for money in found.money) or found.formulas:
        yield "a figure without a source"


def _speaks(claim: Claim, facts: Sequence[Fact], library: Library) -> bool:
    return next(word_faults(claim, facts, library, claim.whole), "") != "no cited fact says this"


def _missing(
    answer: Answer, claims: Sequence[Claim], cited: dict[int, list[Fact]], library: Library, question: Question
) -> Iterator[str]:
    """Yield what the answer leaves out although its own facts ask for it: a conflict, base beside total."""
    conflicts = [
        {fact for n in claim.cites for fact in cited.get(n, ())} for claim in claims if claim.tone is Tone.CONFLICT
    ]
    facts = [fact for found in cited.values() for fact in found]
    for one, other in _disagreeing(answer, facts, library, question):
        if not any({one, other} <= together for together in conflicts):
            yield "the sources disagree, and the answer does not say so"
            return


def _disagreeing(
    answer: Answer, facts: Sequence[Fact], library: Library, question: Question
) -> Iterator[tuple[Fact, Fact]]:
    if answer.kind is not Kind.ANSWER:
        return
    yield from ((fact, other) for fact, (_, other) in opposing(question, facts, library).items())
    bands = [fact for fact in facts if isinstance(fact, PayBand)]
    for place, one in enumerate(bands):
        for other in bands[place + 1 :]:
            if _differ(one, other, library):
                yield one, other


def _differ(one: PayBand, other: PayBand, library: Library) -> bool:
    """Tell whether two sources speak of the same pay in different figures, or one of base and one of total."""
    if {one.measure, other.measure} == {Measure.BASE, Measure.TOTAL}:
        return True
    guides = library.by_slug
    same_role = guides[one.place.guide].occupation == guides[other.place.guide].occupation
    return same_role and contradicts(one, other)


def _figure_faults(figure: Figure, cited: dict[int, list[Fact]], own: Sequence[Amount]) -> Iterator[str]:
    facts = cited.get(figure.citation)
    if not facts:
        yield f"there is no source {figure.citation}"
        return
    if figure.as_written and not _is_written(figure):
        yield "the figure is written otherwise than it is given"
    if figure.derived:
        if not _follows(figure, facts, own):
            yield "the computed figure does not follow from its source"
    elif not any(_is_same(figure, fact) for fact in facts if isinstance(fact, PayBand | Benchmark)):
        yield "no cited fact has this figure with this level, place and measure"


def _is_written(figure: Figure) -> bool:
    money = quantities(figure.as_written).money
    return bool(money) and (money[0].low, money[0].high, money[0].currency) == (
        figure.low,
        figure.high,
        figure.currency,
    )


def _is_same(figure: Figure, fact: PayBand | Benchmark) -> bool:
    band = fact if isinstance(fact, PayBand) else None
    level = band.level_words if band and band.levels else None
    measure = "unspecified" if fact.measure is Measure.UNSPECIFIED else fact.measure.value
    period = band.per.value if band else Per.YEAR.value
    told = (fact.low, fact.high, fact.currency, measure, level, band.market if band else None, period)
    stated = (figure.low, figure.high, figure.currency, figure.measure, figure.level, figure.market, figure.period)
    return told == stated


def _follows(figure: Figure, facts: Sequence[Fact], own: Sequence[Amount]) -> bool:
    bands = [fact for fact in facts if isinstance(fact, PayBand)]
    rules = [fact for fact in facts if isinstance(fact, PayAdjustment)]
    span = (figure.low, figure.high)
    shares = [(band, rule) for band in bands for rule in rules if rule.kind is AdjustmentKind.GEOGRAPHIC]
    for band, rule in shares:
        if share_of(band, rule) == span and _labelled(figure, band):
            return True
    differences = [
        b for b in bands for r in rules if r.kind is AdjustmentKind.REMOTE and scaled(r, b.low, b.high) == span
    ]
    if any(_labelled(figure, band) for band in differences):
        return True
    edges = {edge for band in bands for edge in edges_of(band)}
    edges |= {edge for band, rule in shares for edge in share_of(band, rule)}
    gaps = {round(abs(end - edge), 2) for a in own for end in (a.low, a.high) for edge in edges}
    applied = {scaled(rule, amount.low, amount.low) for amount in own for rule in rules}
    personal = span in applied or (figure.low == figure.high and figure.low in gaps)
    return personal and figure.level is None and figure.measure == "unspecified"


def _labelled(figure: Figure, band: PayBand) -> bool:
    level = band.level_words if band.levels else None
    return (figure.level, figure.measure, figure.currency) == (level, band.measure.value, band.currency)
