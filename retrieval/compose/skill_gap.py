"""What somebody has and lacks for a role, from the skills they name and the guides' tiers."""

from collections.abc import Sequence

from knowledge.asker import claimed
from knowledge.document import Line
from knowledge.guide import Bottleneck, SectionKind, Statement
from knowledge.mention import mention_of
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.vocabulary import topics
from knowledge.word_lists import word_list
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.lines import counted_line, most_named
from retrieval.compose.lists import LISTED
from retrieval.lexical import STOP_WORDS, stems

# Tiers that a post asks for; nice-to-haves are never called missing.
_NEEDED = {"Core", "Required", "Differentiators"}
# Groups of a guide that are no tier: abilities beside tools, and names of tools without more.
_CARRYING = "What carries the work"
_EMPTY = STOP_WORDS | frozenset(word_list("small")["skill"])
# So many skills are named of a tier that is missing; the guide has the rest.
SKILLS_NAMED = 4
# So many skills that listings name are worth looking at next.
COUNTED_NAMED = 8
# A shorter fact says little more than its name, which is shown already.
TELLING_WORDS = 10


def compose_skill_gap(draft: Draft, ask: Ask) -> bool:
    """Split the asked role's skills into named and not named by the person; False where there is nothing to split."""
    target = ask.slots.occupations[-1]
    skills = _skills(ask, target)
    told = _told(ask)
    have = [fact for fact in skills if _shared(fact, told)]
    if not skills or not (have or "gap" in ask.slots.topics):
        return False
    draft.kind = Kind.SKILL_GAP
    rest = [fact for fact in skills if fact not in have]
    counted = [fact for fact in rest if mention_of(fact)]
    stated = [fact for fact in rest if fact not in counted and fact.group != LISTED]
    carrying = [fact for fact in stated if fact.group == _CARRYING]
    missing = [fact for fact in stated if fact.group in _NEEDED]
    optional = [fact for fact in stated if fact not in missing and fact not in carrying]
    lines = [_line(draft, "You have or touch", have, told), _missing(draft, missing), _unnamed(draft, counted)]
    lines += [
        _line(draft, "Nice to have, not required", optional, set()),
        _line(draft, "What carries the work, beside tools", carrying, set()),
    ]
    draft.bullets([line for line in lines if line])
    _say_closest(draft, ask, told)
    _say_step(draft, ask, target)
    return True


def _skills(ask: Ask, target: str) -> list[Statement]:
    """Return the skills of the role; a mere list of names counts only where there is nothing else to hold against."""
    found = [
        fact
        for guide in ask.guides_of(target)
        for fact in guide.section(SectionKind.SKILLS)
        if isinstance(fact, Statement)
    ]
    told = [fact for fact in found if fact.group not in {LISTED, _CARRYING}]
    return [fact for fact in found if fact.group != LISTED] if told else found


def _unnamed(draft: Draft, counted: Sequence[Statement]) -> Line | None:
    """Name what listings name and the person does not, most often named first."""
    shown = most_named(counted, COUNTED_NAMED)
    if not shown:
        return None
    return counted_line(draft, shown, f"Named in listings, not by you (of {shown[0][0].listings} listings)")


def _told(ask: Ask) -> set[str]:
    """Return the skills a person says they have, by name, and the stems of what else they say they know."""
    named = claimed(ask.question.query)
    spoken = [word for word in named if word in ask.question.focus]
    return set(skills_in(" ".join(named))) | set(stems(" ".join(spoken), _EMPTY))


def _shared(fact: Statement, told: set[str]) -> list[str]:
    """Return what *fact* names of the told skills: known skills by name, other words as the guide writes them."""
    known = [skill for skill in skills_in(fact.sentence) if skill in told]
    covered = {stem for skill in known for stem in stems(skill)}
    others = [word for word in words(fact.sentence) if told & set(stems(word, _EMPTY)) - covered]
    return list(dict.fromkeys([*known, *others]))


def _line(draft: Draft, lead: str, facts: Sequence[Statement], told: set[str]) -> Line | None:
    if not facts:
        return None
    parts = []
    for fact in facts:
        named = [name for name in _shared(fact, told) if name.casefold() not in fact.name.casefold()]
        parts.append(f"{fact.name} ({', '.join(named)})" if named else fact.name)
    return draft.line("; ".join(parts) + ".", *facts, lead=lead)


def _missing(draft: Draft, facts: Sequence[Statement]) -> Line | None:
    """Name what is missing, each with the skills it stands for."""
    if not facts:
        return None
    parts = []
    for fact in facts:
        named = [name for name in skills_in(fact.text) if name.casefold() not in fact.name.casefold()]
        parts.append(f"{fact.name} ({', '.join(named[:SKILLS_NAMED])})" if named else fact.name)
    return draft.line("; ".join(parts) + ".", *facts, lead="Missing")


def _say_closest(draft: Draft, ask: Ask, told: set[str]) -> None:
    """Show the fact of the role's guides that is nearest to what the person brings."""
    for _, fact in ask.ranked(ask.guides_of(ask.slots.occupations[-1]), ("skills", "tracks", "bottlenecks")):
        if isinstance(fact, Statement) and len(words(fact.text)) >= TELLING_WORDS and _shared(fact, told):
            draft.bullets([draft.line(fact.text, fact, lead=f"Closest to what you bring: {fact.name}")])
            return


def _say_step(draft: Draft, ask: Ask, target: str) -> None:
    """Add what the guides call the bottleneck on the way to the asked level."""
    # The guide of the asked level speaks first.
    guides = sorted(ask.guides_of(target), key=lambda guide: guide.level not in ask.levels)
    holding = [fact for guide in guides for fact in guide.of(Bottleneck)]
    steps = [fact for fact in holding if ask.levels and ask.levels[-1] in fact.levels]
    if steps:
        fact = steps[0]
        draft.bullets([draft.line(f"{fact.name}. {fact.text}", fact, lead=f"The step: {fact.heading}")])
        return
    own = {stem for guide in ask.guides_of(target) for stem in stems(guide.title)}
    asked = set(stems(ask.question.query, _EMPTY)) - own
    if ask.slots.other_occupations:
        asked |= set(stems(topics()["transition"].label, _EMPTY))
    ways = ask.about("transition", target, whole=True).ranked(ask.guides_of(target), ("faq", "progression"))
    fitting = (fact for _, fact in ways if isinstance(fact, Statement) and asked & set(stems(fact.name)))
    draft.bullets([draft.line(fact.text, fact, lead=fact.name) for fact in list(fitting)[:1]])
