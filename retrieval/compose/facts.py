"""Answers from single facts: whole lists where a list is asked for, else the facts that fit the question best."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.document import Line, Tone
from knowledge.guide import TITLES, Bottleneck, Fact, Guide, SectionKind, Span, Statement
from knowledge.levels import Level
from knowledge.text import words
from knowledge.vocabulary import topics
from retrieval.answer import Draft
from retrieval.ask import Ask, mentions
from retrieval.lexical import stems

# A whole list is shown up to this many words, then only the names of its items.
LIST_WORDS = 225
# A single answer stops here; readers of chats skim.
BEST_WORDS = 90
# Comparisons need room for both sides, curated answers are long and whole.
COMPARED_WORDS = 130
# Facts whose score lies further below the best (in units of the fused z-score) answer something else.
NEAR = 2.5
MOST = 4

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
# Words that ask for how long or how many, not for which.
_DURATION = {"weeks", "long", "faster", "duration", "months", "dauert", "lange", "many"}
# Words of a question that narrow a list to some of its groups.
_GROUPS = {
    "Red": {"red", "warning", "bad", "sketchy"},
    "Green": {"green", "good", "signs", "legit"},
    "Nice to have": {"nice", "bonus", "optional", "plus"},
    "Required": {"required", "must", "need"},
    "Differentiators": {"differentiate", "differentiators", "special"},
}


def compose_list(draft: Draft, ask: Ask, topic: str, occupation: str) -> bool:
    """Show the whole section of *topic* for one role; tell whether any of its guides has it."""
    found = False
    # The guide of the asked level speaks first; one of all levels only adds to it.
    for guide in sorted(ask.guides_of(occupation), key=lambda g: g.level not in ask.levels):
        facts = _of_level(_narrowed(list(guide.section(LISTS[topic])), ask), ask.levels)
        if not facts or (found and topic not in {"skills", "standout", "responsibilities"}):
            continue
        found = True
        if len(ask.guides_of(occupation)) > 1 or len(ask.slots.occupations) > 1:
            draft.say(f"{guide.title} guide, {TITLES[LISTS[topic]].lower()}:", *facts)
        _say_groups(draft, facts, LIST_WORDS // len(ask.slots.occupations))
    return found


def is_uncovered(ask: Ask, topic: str) -> bool:
    """Tell whether no guide of the named roles has any section that answers *topic*."""
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


def compose_hiring(draft: Draft, ask: Ask, occupation: str) -> bool:
    """Show duration, stages in order and what decides; tell whether the role's guides say anything of it."""
    guides = ask.guides_of(occupation)
    facts = [fact for guide in guides for fact in guide.section(SectionKind.HIRING)]
    spans = [fact for fact in facts if isinstance(fact, Span)]
    if not spans:
        title = guides[0].title.removeprefix("Senior ")
        draft.say(f"No guide states how long hiring takes for {title}s. The nearest, for other roles:", tone=Tone.GAP)
        spans = [fact for guide in ask.library.roles for fact in guide.of(Span) if fact.unit == "weeks"]
        facts = []
    draft.bullets([draft.line(f"{fact.sentence}.", fact, lead=draft.guide(fact).title) for fact in spans])
    if spans and _DURATION & set(ask.question.query.split()):
        return bool(facts)
    stages = [fact for fact in facts if isinstance(fact, Statement) and fact.number]
    draft.bullets([_item(draft, fact) for fact in stages], ordered=True)
    rest = [fact for fact in facts if isinstance(fact, Statement) and not fact.number]
    draft.bullets([_item(draft, fact) for fact in rest[:1]])
    return bool(facts)


def compose_best(draft: Draft, ask: Ask, sections: Iterable[str] = (), most: int = MOST) -> bool:
    """Show up to *most* facts that fit best, of *sections* where given; tell whether there is any."""
    guides = ask.guides if ask.slots.occupations else ()
    ranked = list(ask.ranked(guides, sections))
    if not ranked:
        return False
    best = ranked[0][0].score
    curated = ranked[0][1].place.section == SectionKind.FAQ
    room = COMPARED_WORDS if curated or len(ask.slots.occupations) > 1 else BEST_WORDS
    chosen: list[Fact] = []
    length = 0
    groups = _groups(ask)
    for hit, fact in ranked:
        if groups and isinstance(fact, Statement) and fact.place.section == "flags" and fact.group not in groups:
            continue
        size = len(words(fact.sentence))
        if len(chosen) == most or hit.score < best - NEAR or (chosen and length + size > room):
            break
        chosen.append(fact)
        length += size
    lines = [_item(draft, fact, lead_with_guide=True) for fact in chosen]
    draft.bullets(
        _merged(
            lines if ask.slots.occupations else [_of_guide(draft, *pair) for pair in zip(lines, chosen, strict=True)]
        )
    )
    if any(isinstance(fact, Statement) and fact.name.startswith("Example") for fact in chosen):
        draft.say("These are patterns, not lines to copy: put your own real numbers in.")
    return True


def compose_mention(draft: Draft, ask: Ask) -> bool:
    """Show what a guide's question says of a role that has no guide ("ML engineer or data scientist?"), if one does."""
    guides = ask.guides if ask.slots.occupations else ()
    for name in ask.slots.other_occupations:
        found = [
            fact for _, fact in ask.ranked(guides, ("faq",)) if isinstance(fact, Statement) and mentions(fact, name)
        ]
        if found:
            draft.bullets(_merged([_item(draft, fact) for fact in found[:2]]))
            return True
    return False


def _of_guide(draft: Draft, line: Line, fact: Fact) -> Line:
    """Name the role a fact is about where the question named none."""
    guide = draft.guide(fact)
    return replace(line, lead=f"{guide.title}: {line.lead}".rstrip(": ")) if guide.occupation else line


def _merged(lines: list[Line]) -> list[Line]:
    """Join lines with the same lead, such as two paragraphs of one answer."""
    joined: dict[str, Line] = {}
    for number, line in enumerate(lines):
        key = line.lead or f"line {number}"
        earlier = joined.get(key)
        joined[key] = replace(earlier, text=f"{earlier.text} {line.text}") if earlier else line
    return list(joined.values())


def _item(draft: Draft, fact: Fact, *, lead_with_guide: bool = False, flagged: bool = True) -> Line:
    match fact:
        case Statement(name=name, text=text, group=group):
            label = f"{group} flag" if flagged and fact.place.section == "flags" else ""
            lead = ": ".join(part for part in (label, name) if part)
            return draft.line(text, fact, lead=lead)
        case Bottleneck(heading=heading, name=name, text=text):
            return draft.line(f"{name}. {text}", fact, lead=heading)
        case _:
            lead = draft.guide(fact).title if lead_with_guide else ""
            return draft.line(f"{fact.sentence}.", fact, lead=lead)


def _say_groups(draft: Draft, facts: Sequence[Fact], room: int) -> None:
    """Show a section group by group: whole while there is room, then the names of the items only."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.group if isinstance(fact, Statement) else "", []).append(fact)
    for group, members in groups.items():
        size = sum(len(words(fact.sentence)) for fact in members)
        names = [fact.name for fact in members if isinstance(fact, Statement) and fact.name]
        if size > room and len(names) == len(members):
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
        if len(groups) > 1:
            draft.say(f"{group}:")
        draft.bullets(
            [_item(draft, fact, flagged=len(groups) == 1) for fact in members], ordered=all(map(_numbered, members))
        )


def _numbered(fact: Fact) -> bool:
    return isinstance(fact, Statement) and fact.number is not None


def _is_short(fact: Fact) -> bool:
    return len(words(fact.sentence)) <= 6


def _narrowed(facts: list[Fact], ask: Ask) -> list[Fact]:
    groups = _groups(ask)
    kept: list[Fact] = [fact for fact in facts if isinstance(fact, Statement) and fact.group in groups]
    return kept or facts


def _groups(ask: Ask) -> set[str]:
    asked = set(words(ask.question.query))
    return {group for group, cues in _GROUPS.items() if cues & asked}


def _of_level(facts: list[Fact], levels: tuple[Level, ...]) -> list[Fact]:
    """Keep the bottlenecks of the asked level: for a step up ("senior to staff") the one that names both."""
    holding = [fact for fact in facts if isinstance(fact, Bottleneck)]
    if not holding or not levels:
        return facts
    best = max(len(set(levels) & set(fact.levels)) for fact in holding)
    matching: list[Fact] = [fact for fact in holding if best and len(set(levels) & set(fact.levels)) == best]
    return matching or facts


def is_list_question(ask: Ask, topic: str) -> bool:
    """Tell whether a whole list is asked for: nothing particular is named that its facts speak of."""
    if topic not in LISTS:
        return False
    if topic == "bottlenecks" and ask.levels:
        return True
    facts = [fact for guide in ask.guides for fact in guide.section(LISTS[topic])]
    if len(ask.slots.occupations) > 1:
        return True
    spoken = {stem for fact in facts for stem in stems(fact.sentence)}
    narrowing = {word for cues in _GROUPS.values() for word in cues}
    named = [word for word in ask.question.focus if word not in narrowing and spoken & set(stems(word))]
    telling = len(ask.question.focus) > MOST
    return not (named or telling) or sum(len(words(fact.sentence)) for fact in facts) <= BEST_WORDS


def labels(ids: Iterable[str]) -> str:
    """Return the labels of topics, joined for reading."""
    return ", ".join(topics()[key].label for key in ids)


def title_of(guides: Sequence[Guide]) -> str:
    """Return what to call a role that *guides* are about."""
    return guides[0].title.removeprefix("Senior ")
