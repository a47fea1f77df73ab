"""Whole sections where a list is asked for: skills by tier, flags, checks, bottlenecks of the asked level."""

import re
from collections.abc import Iterable, Sequence

from knowledge.document import Line, Tone
from knowledge.guide import TITLES, Bottleneck, Fact, Guide, SectionKind, Statement
from knowledge.levels import Level
from knowledge.mention import mention_of
from knowledge.text import words
from knowledge.vocabulary import cue_words, topics
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.lines import GROUPS, asked_groups, counted_line, item, most_named
from retrieval.lexical import stems

# A whole list is shown up to this many words, then only the names of its items.
LIST_WORDS = 225
# What a counted skill takes in its line: "Docker 11 (50%)".
COUNTED_WORDS = 3
# So many skills of a group are read; what a seventh of the listings names or less is no reason to learn it.
COUNTED_NAMED = 10
# A group of bare names, told only where a guide counts nothing.
LISTED = "Listed by O*NET only"
# A question with more particular words than this wants an answer, not a list.
PARTICULAR = 4
# "get to senior", "become a staff engineer", in the languages that are read.
_TOWARDS = re.compile(
    r"\b(?:to|become|becoming|reach|reaching|towards|into|zum|zur|a|devenir|diventare|virar|passer|pasar a)\s+"
    r"(?:an?\s+)?LEVEL\b"
)
# An item of so few words needs no line of its own.
SHORT_ITEM = 6

# Topics that ask for a list; the others ("do I need a PhD?") ask for an answer.
LISTS = {
    "skills": SectionKind.SKILLS,
    "flags": SectionKind.FLAGS,
    "checks": SectionKind.CHECKS,
    "tracks": SectionKind.TRACKS,
    "employers": SectionKind.EMPLOYERS,
    "industries": SectionKind.INDUSTRIES,
    "responsibilities": SectionKind.RESPONSIBILITIES,
    "standout": SectionKind.STANDOUT,
    "progression": SectionKind.PROGRESSION,
    "interview": SectionKind.INTERVIEW,
    "remote": SectionKind.REMOTE,
    "overview": SectionKind.OVERVIEW,
    "hiring": SectionKind.HIRING,
    "bottlenecks": SectionKind.BOTTLENECKS,
    "listings": SectionKind.LISTINGS,
}


# Topics on which two guides of one role add to each other; of the others the first guide that has them is enough.
_SHARED = {"skills", "standout", "responsibilities"}


def compose_list(draft: Draft, ask: Ask, topic: str, occupation: str) -> bool:
    """Show the whole section of *topic* for one role; tell whether any of its guides has it."""
    # The guide of the asked level speaks first, then one that names it, then what has a source before our own guidance.
    guides = sorted(
        ask.guides_of(occupation),
        key=lambda guide: (
            guide.level not in ask.levels,
            not _names_level(guide.of(Bottleneck), ask.levels),
            _is_ours(guide, LISTS[topic]),
        ),
    )
    sections = [(g, _of_level(facts, _holding(ask))) for g, facts in _narrowed(ask, guides, LISTS[topic])]
    told = [(guide, facts) for guide, facts in sections if facts][: None if topic in _SHARED else 1]
    if topic == "bottlenecks" and ask.levels and told and not _names_level(told[0][1], ask.levels):
        level = " or ".join(ask.levels)
        draft.say(f"No guide names a bottleneck at {level} level. The nearest:", tone=Tone.GAP)
        told = [(guide, _nearest_level(facts, ask.levels)) for guide, facts in told]
    room = LIST_WORDS // len(ask.slots.occupations)
    for guide, facts in told:
        if len(told) > 1 or len(ask.slots.occupations) > 1:
            draft.say(f"{guide.title} guide, {TITLES[LISTS[topic]].lower()}:", *facts)
        room = _say_groups(draft, facts, room)
    return bool(told)


def _narrowed(ask: Ask, guides: Sequence[Guide], kind: SectionKind) -> list[tuple[Guide, list[Fact]]]:
    """Return what each guide has of the groups asked for; guides without any only where none has."""
    found = [(guide, list(guide.section(kind))) for guide in guides]
    kept = [(guide, facts) for guide, facts in found if _of_groups(facts, ask)]
    return [(guide, narrowed_to_groups(facts, ask)) for guide, facts in kept or found]


def _is_ours(guide: Guide, kind: SectionKind) -> bool:
    return all(guide.source(fact.place.source).is_ours for fact in guide.section(kind))


def is_uncovered(ask: Ask, topic: str) -> bool:
    """Tell whether the named roles' guides say that they leave *topic* out, or none has a section that answers it."""
    label = words(topics()[topic].label)
    if ask.slots.occupations and all(label in map(words, guide.not_covered) for guide in ask.guides):
        return True
    return (
        bool(ask.slots.occupations)
        and topic in LISTS
        and not any(
            True
            for guide in ask.guides
            for section in topics()[topic].sections
            for _ in guide.section(SectionKind(section))
        )
    )


def is_list_question(ask: Ask, topic: str) -> bool:
    """Tell whether a whole list is asked for: nothing particular is named that its facts speak of."""
    if topic not in LISTS:
        return False
    if topic == "bottlenecks" and ask.levels:
        return True
    if len(ask.slots.occupations) > 1:
        return True
    if topic == "skills" and ask.on_skill:
        return False
    narrowing = {word for cues in GROUPS.values() for word in cues}
    general = narrowing | cue_words(topic)
    named = [word for word in ask.question.focus if word not in general and ask.spoken & set(stems(word))]
    return not named and len(ask.question.focus) <= PARTICULAR


def _say_groups(draft: Draft, facts: Sequence[Fact], room: int) -> int:
    """Show a section group by group, whole while there is room, then by names only; return the room that is left."""
    groups: dict[str, list[Fact]] = {}
    counts = any(map(mention_of, facts))
    told = [fact for fact in facts if not (counts and isinstance(fact, Statement) and fact.group == LISTED)]
    for fact in told:
        groups.setdefault(fact.group if isinstance(fact, Statement) else "", []).append(fact)
    for group, members in groups.items():
        size = sum(len(words(fact.sentence)) for fact in members)
        names = [fact.name for fact in members if isinstance(fact, Statement) and fact.name]
        if all(map(mention_of, members)):
            room -= COUNTED_WORDS * min(len(members), COUNTED_NAMED)
            draft.bullets([_counted_line(draft, group, members)])
            continue
        if size > room and 1 < len(names) == len(members):
            # What comes later matters less and must not be told at greater length.
            room = 0
            draft.bullets([draft.line("; ".join(names) + ".", *members, lead=group)])
            continue
        room -= size
        if all(_is_short(fact) for fact in members):
            draft.bullets(
                [draft.line("; ".join(fact.sentence.rstrip(".") for fact in members) + ".", *members, lead=group)]
            )
            continue
        flags = members[0].place.section == "flags"
        draft.bullets(
            [item(draft, fact, flagged=False) for fact in members],
            ordered=all(map(_numbered, members)),
            title=f"{group} flags" if flags and group else group,
        )
    return max(room, 0)


def _counted_line(draft: Draft, group: str, members: Sequence[Fact]) -> Line:
    """Name the skills of a group that most listings name."""
    counted = most_named(members, COUNTED_NAMED)
    cut = "most named, " if len(counted) < len(members) else ""
    return counted_line(draft, counted, f"{group} ({cut}of {counted[0][0].listings} listings)")


def _numbered(fact: Fact) -> bool:
    return isinstance(fact, Statement) and fact.number is not None


def _is_short(fact: Fact) -> bool:
    return len(words(fact.sentence)) <= SHORT_ITEM


def narrowed_to_groups(facts: list[Fact], ask: Ask) -> list[Fact]:
    """Return the facts of the groups asked for ("red ones"), all where none is or none is there."""
    return _of_groups(facts, ask) or facts


def _of_groups(facts: list[Fact], ask: Ask) -> list[Fact]:
    groups = asked_groups(ask)
    return [fact for fact in facts if isinstance(fact, Statement) and fact.group in groups]


def _holding(ask: Ask) -> tuple[Level, ...]:
    """Return the levels whose bottleneck is asked for: on the way "to senior" that of the level before counts too."""
    order = list(Level)
    level = ask.slots.level
    if level and _TOWARDS.search(f"{ask.question.query} ".replace(level.value, "LEVEL")):
        return (order[order.index(level) - 1], level)
    return ask.levels


def _names_level(facts: Iterable[Fact], levels: tuple[Level, ...]) -> bool:
    return any(isinstance(fact, Bottleneck) and set(levels) & set(fact.levels) for fact in facts)


def _nearest_level(facts: list[Fact], levels: tuple[Level, ...]) -> list[Fact]:
    order = list(Level)
    holding = [fact for fact in facts if isinstance(fact, Bottleneck)]
    return list(sorted(holding, key=lambda fact: abs(order.index(fact.levels[-1]) - order.index(levels[0])))[:1])


def _of_level(facts: list[Fact], levels: tuple[Level, ...]) -> list[Fact]:
    """Keep the bottlenecks of the asked level: for a step up ("senior to staff") the one that names both."""
    holding = [fact for fact in facts if isinstance(fact, Bottleneck)]
    if not holding or not levels:
        return facts
    best = max(len(set(levels) & set(fact.levels)) for fact in holding)
    matching: list[Fact] = [fact for fact in holding if best and len(set(levels) & set(fact.levels)) == best]
    return matching or facts
