"""Claims in words: what is said must stand in the cited facts, with their numbers, levels, places and labels."""

import re
from collections.abc import Iterator, Sequence

from knowledge.guide import Bottleneck, Fact, Statement
from knowledge.library import Library
from knowledge.markets import markets
from knowledge.mention import mention_of
from knowledge.pay import Benchmark, PayAdjustment, PayBand
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.claims import Claim
from retrieval.check.named import levels_in, places_in
from retrieval.check.quantities import Number, quantities
from retrieval.lexical import STOP_WORDS, stems

# A fact supports a claim when so much of either is found in the other.
SHARED = 0.6
# A fact so much of which stands in a claim is retold by it.
RETOLD = 0.8
# So much of a claim's words must stand in the facts it cites; the rest are the answer's own words around them.
SUPPORTED = 0.6
# The words answers put around facts.
FRAME = STOP_WORDS | frozenset(word_list("small")["frame"])
NEGATIONS = frozenset({"not", "no", "never", "without", "neither", "nor", "rarely", "seldom", "cannot", "hardly"})
# Words after a number that say what it counts; another word after it only goes on.
UNITS = frozenset(
    {"year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "stage", "stages", "round"}
    | {"rounds", "remote", "cities", "listings", "percent", "people", "person"}
)
# Labels of lists and lines, and the groups of facts that may stand under them.
_NEEDED = frozenset({"Core", "Required", "Differentiators"})
_LABELS = {
    "Red flag": frozenset({"Red"}),
    "Green flag": frozenset({"Green"}),
    "Nice to have": frozenset({"Nice to have"}),
    "Missing": _NEEDED,
    "Core": frozenset({"Core"}),
    "Required": frozenset({"Required"}),
    "Differentiators": frozenset({"Differentiators"}),
}


def word_faults(claim: Claim, facts: Sequence[Fact], library: Library, asked: str) -> Iterator[str]:
    """Yield what *claim* says that the *facts* it cites do not; *asked* is the person's message."""
    behind = supporters(claim, facts)
    if not behind:
        yield "no cited fact says this"
        return
    told = " ".join(fact.sentence for fact in behind)
    # Answers name skills by their usual name, guides sometimes by another.
    told = f"{told} {' '.join(skills_in(told))}"
    titles = " ".join(title for fact in behind for title in titles_of(fact, library))
    yield from _number_faults(claim, behind, asked)
    yield from _count_faults(claim, behind)
    yield from level_faults(claim, behind, f"{told} {titles}")
    yield from place_faults(claim, behind, told)
    yield from _label_faults(claim, behind)
    yield from title_faults(claim.lead, behind, library)
    yield from _polarity_faults(claim, behind)
    own = [stem for stem in stems(f"{claim.lead} {claim.text}", FRAME) if not stem[0].isdigit()]
    known = set(stems(f"{told} {titles} {asked}"))
    if own and sum(stem in known for stem in own) / len(own) < SUPPORTED:
        yield "most of it does not stand in the cited facts"


def supporters(claim: Claim, facts: Sequence[Fact]) -> list[Fact]:
    """Return those of the cited *facts* that *claim* speaks of: named in it, or with most of their words or its."""
    spoken = frozenset(stems(claim.whole, FRAME))
    skills = set(skills_in(claim.text))
    return [
        fact
        for fact in facts
        if isinstance(fact, PayBand | PayAdjustment | Benchmark)
        or _is_named(fact, claim)
        or _shares_most(fact, spoken)
        or skills & set(skills_in(fact.sentence))
    ]


def _shares_most(fact: Fact, spoken: frozenset[str]) -> bool:
    own = frozenset(stems(fact.sentence, FRAME))
    return len(own & spoken) >= SHARED * min(len(own), len(spoken))


def _is_named(fact: Fact, claim: Claim) -> bool:
    name = fact.name if isinstance(fact, Statement | Bottleneck) else ""
    return bool(name) and f" {' '.join(words(name))} " in f" {' '.join(words(claim.whole))} "


def titles_of(fact: Fact, library: Library) -> tuple[str, str]:
    """Return the names of the guide *fact* stands in: its title, and the role it is about."""
    guide = library.by_slug[fact.place.guide]
    return guide.title, guide.role


def _number_faults(claim: Claim, behind: Sequence[Fact], asked: str) -> Iterator[str]:
    known = {number for fact in behind for number in quantities(fact.sentence).numbers}
    known |= set(quantities(asked).numbers)
    written = {number.written for number in known}
    for number in quantities(claim.whole).numbers:
        if number.unit == "more":
            continue
        if not (number in known or (number.unit not in UNITS and number.written in written) or _alone(number, asked)):
            yield f"{number.written} {number.unit} does not stand in the cited facts".replace("  ", " ")


def _count_faults(claim: Claim, behind: Sequence[Fact]) -> Iterator[str]:
    """Hold what stands behind the name of a counted skill against its own count: others stand in the same line."""
    for mention in filter(None, map(mention_of, behind)):
        said = re.search(
            rf"(?<!\w){re.escape(mention.name)}(?::? in)? (\d+)(?: of (\d+) listings)?(?: \((\d+)%\))?", claim.whole
        )
        if not said:
            continue
        told = (mention.named, mention.listings if said[2] else None, mention.share)
        if tuple(int(part) if part else None for part in said.groups()) != told:
            yield f"{mention.name} is counted otherwise"


def _alone(number: Number, asked: str) -> bool:
    """Tell whether the person named the number in another way ("4.5 yrs")."""
    return number.unit in {"year", "years"} and number.written in asked


def level_faults(claim: Claim, behind: Sequence[Fact], told: str) -> Iterator[str]:
    """Yield a fault where *claim* names a level that *told* does not, or leaves out one that the facts need."""
    extra = levels_in(f"{claim.lead} {claim.text}") - levels_in(told)
    if extra:
        yield f"level {', '.join(sorted(extra))} is not that of the facts"
    for fact in behind:
        text = fact.text if isinstance(fact, Statement | Bottleneck) else ""
        own = frozenset(stems(text, FRAME))
        retold = bool(own) and len(own & frozenset(stems(claim.text, FRAME))) >= RETOLD * len(own)
        if retold and not levels_in(text) <= levels_in(claim.text):
            yield "a level of the fact is missing"


def place_faults(claim: Claim, behind: Sequence[Fact], told: str) -> Iterator[str]:
    """Yield a fault where *claim* names a place that neither the facts behind it nor *told* are of."""
    allowed = places_in(told) | {code for fact in behind if isinstance(fact, PayAdjustment) for code in fact.markets}
    around = {code for place in allowed for code in markets().around(place)}
    inside = {code for code in places_in(claim.text) if not set(markets().around(code)) & allowed}
    if inside - around:
        yield f"{', '.join(sorted(inside - around))} is no place of the cited facts"


def _label_faults(claim: Claim, behind: Sequence[Fact]) -> Iterator[str]:
    named = [fact for fact in behind if _is_named(fact, claim)]
    for label, groups in _LABELS.items():
        labelled = any(
            text == label or text.startswith((f"{label}s", f"{label}:", f"{label},"))
            for text in (claim.title, claim.lead)
        )
        found = {fact.group for fact in named or behind if isinstance(fact, Statement) and fact.group}
        if labelled and found and not found <= groups:
            yield f"'{label}' stands over what is {', '.join(sorted(found - groups))}"


def title_faults(lead: str, behind: Sequence[Fact], library: Library) -> Iterator[str]:
    """Yield a fault where a line opens with the name of a guide that none of its facts is of."""
    lead, guide, _ = lead.partition(" guide")
    lead = lead.partition(":")[0]
    titles = {guide.title for guide in library.guides}
    # "Computer Vision Engineer guide" is one guide; "Computer Vision Engineer" is what several are about.
    allowed = {title for fact in behind for title in titles_of(fact, library)[: 1 if guide else 2]}
    if lead in titles and lead not in allowed:
        yield f"the facts are not of '{lead}'"


def _polarity_faults(claim: Claim, behind: Sequence[Fact]) -> Iterator[str]:
    """A claim that retells a fact whole may neither drop nor add a "not"."""
    said = frozenset(words(_without_gaps(claim.whole)))
    for fact in (fact for fact in behind if isinstance(fact, Statement | Bottleneck)):
        own = frozenset(stems(fact.sentence, FRAME))
        whole = own <= frozenset(stems(claim.whole, FRAME))
        if whole and len(behind) == 1 and (said ^ frozenset(words(_without_gaps(fact.sentence)))) & NEGATIONS:
            yield "it denies what the fact says, or the other way round"


def _without_gaps(text: str) -> str:
    return text.replace("not stated", "")
