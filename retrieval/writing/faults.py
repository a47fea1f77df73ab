"""The checks of a model's claim, in order; each is a pure function that yields what is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator

from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.claims import Claim
from retrieval.check.pay_claims import pay_faults
from retrieval.check.quantities import Money, Number, Quantities, quantities
from retrieval.check.word_claims import UNITS, level_faults, place_faults
from retrieval.writing.brief import Brief, Evidence, figures_of
from retrieval.writing.figures import bare, fill, placed
from retrieval.writing.proposal import Proposed
from retrieval.writing.support import content, joined, name_faults, polarity_faults, support_faults
from retrieval.writing.translation import translation_faults

Check = Callable[[Proposed, Brief], Iterator[str]]

_LISTS = word_list("writing")
# Words that count, or make another figure of one: they must stand in the evidence themselves.
_COUNTING = [word for kind in ("numbers", "bounds", "periods", "measures", "absolutes") for word in _LISTS[kind]]
_COUNTED = frozenset(_LISTS["periods"]) | UNITS
_LINK = re.compile(r"https?:|www\.|\]\(|</?\w|<[!@#]|(?<!\w)@\w|\bmailto:", re.IGNORECASE)
_DOMAIN = re.compile(r"\b[\w-]+\.(?!\d)[a-z]{2,}\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…][\")’”]*$")
_BRACES = re.compile(r"[{}\[\]|`*_#]|\bE\d+\b|\bf\d+\b")


def faults(claim: Proposed, brief: Brief) -> list[str]:
    """Return why *claim* is not said: what the first check finds that finds anything; empty for a right one."""
    return next((found for check in CHECKS if (found := list(dict.fromkeys(check(claim, brief))))), [])


def shape_faults(claim: Proposed, _brief: Brief) -> Iterator[str]:
    """A claim ends as a sentence does: what is cut off is none."""
    if not _ENDS.search(claim.text):
        yield "it is cut off"


def id_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """Evidence and placeholders are known, and a figure stands in the evidence that is named."""
    known = {one.id for one in brief.evidence}
    yield from (f"there is no evidence {name}" for name in claim.evidence if name not in known)
    own = {name for one in brief.of(claim.evidence) for name in one.figures}
    yield from (f"{{{name}}} is no figure of the evidence named" for name in placed(claim.text) if name not in own)
    rest = bare(claim.text)
    told = _told(brief.of(claim.evidence))
    yield from (f"{mark[0]!r} is no part of a sentence" for mark in _BRACES.finditer(rest) if mark[0] not in told)


def figure_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """Every figure is a placeholder, or stands as written in the evidence; nothing makes another one of it."""
    behind = brief.of(claim.evidence)
    if sum(one.band is not None for one in behind) > 1:
        yield "pay of several evidences in one claim"
    told = _told(behind)
    known = quantities(told)
    found = quantities(_filled(claim, behind))
    spoken = {_amount(money) for money in known.money}
    yield from ("an amount that no evidence has" for money in found.money if _amount(money) not in spoken)
    yield from ("a sum" for _ in found.formulas)
    yield from (f"{number.written} stands in no evidence" for number in found.numbers if not _stands(number, known))
    yield from _changed(bare(claim.text), told)
    yield from (f"{place} is said of another figure" for place in _misplaced(claim, behind))


def label_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """Level, place and measure are those of the fact."""
    behind = brief.of(claim.evidence)
    facts = [fact for one in behind for fact in one.facts]
    text = _filled(claim, behind)
    yield from pay_faults(text, facts, ())
    said, told = Claim("", "", text, ()), _told(behind)
    yield from level_faults(said, facts, told)
    yield from place_faults(said, facts, told)


def word_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """The words stand in the evidence and are not turned round; every evidence named says something of it."""
    behind = brief.of(claim.evidence)
    text, told = _filled(claim, behind), _told(behind)
    pay = _LISTS["soft_pay"] if any(one.band for one in behind) else ()
    # Words of the question are no evidence: whoever asks could have anything said.
    named = " ".join([*(one.titles for one in behind), *pay])
    yield from support_faults(text, [source for one in behind for source in one.sources], named)
    yield from name_faults(text, told)
    yield from polarity_faults(text, told)
    for one in behind if len(behind) > 1 else ():
        if not {*content(text)} & {*content(f"{one.line.lead} {one.line.text}")}:
            yield f"{one.id} does not say this"


def link_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """No addresses, no markup, nobody is pinged: sources are ours to show."""
    told = _told(brief.of(claim.evidence))
    found = [*_LINK.findall(claim.text), *(name for name in _DOMAIN.findall(claim.text) if name not in told)]
    yield from ("a link or markup" for _ in found[:1])


def policy_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """Nothing that no answer of ours says."""
    told = joined(_told(brief.of(claim.evidence)))
    text = joined(claim.text)
    yield from (f"'{word}' is nothing we say" for word in _spoken(_LISTS["never"], text) if f" {word} " not in told)


def said_faults(claim: Proposed, brief: Brief) -> Iterator[str]:
    """In the person's own language it says the same, with no more to it than letters."""
    if brief.language:
        yield from shape_faults(Proposed(claim.said, ()), brief)
        yield from link_faults(Proposed(claim.said, claim.evidence), brief)
        yield from translation_faults(claim, brief.language)


CHECKS: tuple[Check, ...] = (
    shape_faults,
    id_faults,
    link_faults,
    policy_faults,
    figure_faults,
    label_faults,
    word_faults,
    said_faults,
)


def _told(behind: Iterable[Evidence]) -> str:
    return ". ".join(one.told for one in behind)


def _filled(claim: Proposed, behind: Iterable[Evidence]) -> str:
    return fill(claim.text, figures_of(behind))


def _amount(money: Money) -> tuple[object, ...]:
    """Return what *money* is, wherever it stands."""
    return money.low, money.high, money.currency, money.open_high, money.mixed


def _stands(number: Number, known: Quantities) -> bool:
    """Tell whether *number* stands in the evidence, counting the same where it counts time or people."""
    written = {one.written for one in known.numbers}
    return number in known.numbers or (number.unit not in UNITS and number.written in written)


def _changed(rest: str, told: str) -> Iterator[str]:
    """Yield words that stand for a number or change one, where the evidence has none of them."""
    spoken, text = joined(told), joined(rest)
    yield from (f"'{word}' stands in no evidence" for word in _spoken(_COUNTING, text) if f" {word} " not in spoken)


def _misplaced(claim: Proposed, behind: Iterable[Evidence]) -> Iterator[str]:
    """Yield figures that count something else than in their evidence, or that a word in front makes another one."""
    says = {name: _around(one.says, name) for one in behind for name in one.figures}
    for name in placed(claim.text):
        (front, unit), (own_front, own_unit) = _around(claim.text, name), says.get(name, ("", ""))
        if (unit != own_unit and {unit, own_unit} & _COUNTED) or (front != own_front and front):
            yield f"'{front} {{{name}}} {unit}'"


def _around(text: str, name: str) -> tuple[str, str]:
    """Return the word before the placeholder *name* that makes another figure of it (or ""), and the word after it."""
    before, _, after = text.partition(f"{{{name}}}")
    ended = f" {' '.join(words(before))}"
    unit = re.match(r"[\s-]*([A-Za-z]+)", after)
    return next((word for word in _LISTS["before"] if ended.endswith(f" {word}")), ""), unit[1].lower() if unit else ""


def _spoken(phrases: Iterable[str], text: str) -> list[str]:
    return [phrase for phrase in phrases if f" {phrase} " in text]
