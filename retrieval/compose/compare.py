"""Two or three roles side by side on the same things, with "not stated" in the open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.document import Line
from knowledge.guide import Fact, Guide, SectionKind, Span, Statement
from knowledge.pay import PayBand
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.vocabulary import topics
from retrieval.answer import Draft
from retrieval.ask import Ask, mentions
from retrieval.compose.best import compose_best
from retrieval.compose.lines import item, merged, names_line
from retrieval.compose.lists import LISTS, is_uncovered, narrowed_to_groups
from retrieval.compose.pay_choice import choose
from retrieval.compose.pay_notes import say_differences

# A comparison of whole roles shows so many names of a list per role; more is a list, not a comparison.
NAMES = 6
# What guides say of a pair of roles: one side each.
PAIR_FACTS = 2
# A cell of a comparison says no more than this many words before only the names of its facts are shown.
CELL_WORDS = 30


def compose_difference(draft: Draft, ask: Ask) -> None:
    """Answer "what is the difference": by what a guide says of the pair, else side by side on the main things."""
    if compose_pair(draft, ask):
        return
    for title, line in (("What it is", _overview), ("Skills", _skills), ("Pay", _pay), ("Hiring", _hiring)):
        draft.bullets([line(draft, ask, role) for role in ask.slots.occupations], title=title)
    say_differences(draft, ask, [fact for fact in draft.cited if isinstance(fact, PayBand)])


def compose_pair(draft: Draft, ask: Ask) -> bool:
    """Show what guides say of the two roles asked about together, what has a source first; tell whether one does."""
    if len(ask.slots.occupations) != 2:
        return False
    told = [fact for fact in _questions(ask) if _names_other(ask, fact)]
    told.sort(key=lambda fact: ask.library.by_slug[fact.place.guide].source(fact.place.source).is_ours)
    draft.bullets(merged([item(draft, fact) for fact in told[:PAIR_FACTS]]))
    return bool(told)


def compose_side_by_side(draft: Draft, ask: Ask, topic: str) -> None:
    """Answer one topic for every role: what they share of skills, else the best facts of each."""
    roles = ask.slots.occupations
    curated = topics()[topic].sections[:1] == ("faq",)
    if topic == "skills" and len(roles) == 2 and _compose_shared(draft, ask):
        return
    for role in roles:
        title = ask.guides_of(role)[0].role
        narrowed = ask.about(topic, role)
        sections = topics()[topic].sections
        if is_uncovered(narrowed, topic):
            draft.bullets([_instead(draft, ask, role) if curated else Line("not stated.", title)])
        elif not ask.question.focus and topic in LISTS:
            draft.bullets([_names(draft, narrowed_to_groups(_section(ask.guides_of(role), LISTS[topic]), ask), title)])
        elif not compose_best(draft, narrowed, sections, most=1 if curated else 2, title=title):
            draft.bullets([Line("not stated.", title)])


def _compose_shared(draft: Draft, ask: Ask) -> bool:
    """Say which skills both roles name and what each adds; False where they share no known one."""
    named = [_skills_of(_section(ask.guides_of(role), SectionKind.SKILLS)) for role in ask.slots.occupations]
    shared = [skill for skill in named[0] if skill in named[1]]
    if not shared:
        return False
    facts = [fact for found in named for skill in shared for fact in found[skill]]
    lines = [draft.line(f"{', '.join(shared)}.", *dict.fromkeys(facts), lead="Both name")]
    for role, found in zip(ask.slots.occupations, named, strict=True):
        own = [skill for skill in found if skill not in shared]
        adding = dict.fromkeys(fact for skill in own for fact in found[skill])
        title = ask.guides_of(role)[0].role
        lines.append(draft.line(f"{', '.join(own)}.", *adding, lead=f"{title} adds"))
    draft.bullets(lines)
    return True


def _skills_of(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for skill in skills_in(fact.sentence):
            found.setdefault(skill, []).append(fact)
    return found


def _section(guides: Iterable[Guide], kind: SectionKind) -> list[Fact]:
    return [fact for guide in guides for fact in guide.section(kind)]


def _questions(ask: Ask) -> list[Statement]:
    guides = [guide for role in ask.slots.occupations for guide in ask.guides_of(role)]
    return [fact for fact in _section(guides, SectionKind.FAQ) if isinstance(fact, Statement)]


def _names_other(ask: Ask, fact: Statement) -> bool:
    """Tell whether the question *fact* answers names two of the roles asked about."""
    home = next(guide for guide in ask.library.roles if guide.slug == fact.place.guide)
    others = [role for role in ask.slots.occupations if role != home.occupation]
    names = [name for role in others for guide in ask.guides_of(role) for name in (guide.role, *guide.aliases)]
    asked = Statement(fact.place, "", fact.name, "")
    return any(mentions(asked, " ".join(words(name))) for name in names if len(words(name)) > 1)


def _instead(draft: Draft, ask: Ask, role: str) -> Line:
    """Say that nothing is stated, and what the role is, from which a person may conclude something."""
    line = _overview(draft, ask, role)
    return replace(line, text=f"not stated. What the role is: {line.text}") if line.cites else line


def _overview(draft: Draft, ask: Ask, role: str) -> Line:
    guides = ask.guides_of(role)
    first = next(iter(_section(guides, SectionKind.OVERVIEW)), None)
    title = guides[0].role
    return draft.line(first.text, first, lead=title) if isinstance(first, Statement) else _missing(title)


def _skills(draft: Draft, ask: Ask, role: str) -> Line:
    return _names(draft, _section(ask.guides_of(role), SectionKind.SKILLS), ask.guides_of(role)[0].role)


def _names(draft: Draft, facts: Sequence[Fact], title: str) -> Line:
    named = [fact for fact in facts if isinstance(fact, Statement)]
    if not named:
        return _missing(title)
    short = sum(len(words(fact.sentence)) for fact in named) <= CELL_WORDS
    return names_line(draft, named, len(named) if short else NAMES, title)


def _pay(draft: Draft, ask: Ask, role: str) -> Line:
    guides = ask.guides_of(role)
    bands = choose(guides, ask.levels, ()).bands[:2]
    for band in bands:
        draft.figure(band)
    title = guides[0].role
    return (
        draft.line("; ".join(band.sentence for band in bands) + ".", *bands, lead=title) if bands else _missing(title)
    )


def _hiring(draft: Draft, ask: Ask, role: str) -> Line:
    spans = [span for guide in ask.guides_of(role) for span in guide.of(Span)]
    title = ask.guides_of(role)[0].role
    return (
        draft.line("; ".join(span.sentence for span in spans) + ".", *spans, lead=title) if spans else _missing(title)
    )


def _missing(title: str) -> Line:
    return Line("not stated.", title)
