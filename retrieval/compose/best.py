"""The few facts that fit a question best, by search."""

from collections.abc import Iterable
from itertools import islice

from knowledge.guide import Fact, SectionKind, Statement
from knowledge.text import words
from knowledge.vocabulary import cue_words, topics
from retrieval.answer import Draft
from retrieval.ask import Ask, mentions
from retrieval.compose.lines import asked_groups, item, merged, of_role
from retrieval.lexical import STOP_WORDS, stems

# A single answer stops here; readers of chats skim. Words; at 75 the held-out answers have 92 at the median, at 66 89.
BEST_WORDS = 66
# Comparisons need room for both sides, curated answers are long and whole.
COMPARED_WORDS = 130
# Facts whose score lies further below the best (in units of the fused z-score) answer something else.
NEAR = 2.0
# Beside a curated answer only what is as near as the best.
BESIDE_LEAD = 1.0
MOST = 4
# So many words of a fact's name, beside those of the role, and so much of what is asked make it the thing asked about.
OWN_WORDS, OWN_SHARE = 2, 0.6
_EXAMPLE = {"example", "examples", "sample", "samples"}
# A part of a message is answered from this score on; below it the nearest fact is about something else.
PART_SCORE = 5.5


def compose_best(
    draft: Draft,
    ask: Ask,
    sections: Iterable[str] = (),
    most: int = MOST,
    title: str = "",
    lead: Fact | None = None,
) -> bool:
    """Show up to *most* facts that fit best, of *sections* where given, under *title*; tell whether there is any.

    *lead* comes first, whatever search says: the curated answer to what is asked.
    """
    chosen = _chosen(ask, tuple(sections), most, lead)
    lines = [item(draft, fact, lead_with_guide=True) for fact in chosen]
    if not ask.slots.occupations:
        lines = [of_role(draft, line, fact) for line, fact in zip(lines, chosen, strict=True)]
    draft.bullets(merged(lines), title=title)
    if any(isinstance(fact, Statement) and fact.name.startswith("Example") for fact in chosen):
        draft.say("These are patterns, not lines to copy: put your own real numbers in.")
    return bool(chosen)


def compose_own_words(draft: Draft, ask: Ask) -> bool:
    """Answer what a guide of a named role asks or names in the same words, whatever topics these words stand for.

    "Do managers still write code?" has a word of somebody who wants code written, and a guide answers it all the same.
    """
    # What tells two things apart is asked of any two, and the kind of answer that is asked for is no part of its name.
    kinds = [word for topic in ("compare", *ask.slots.topics) if topics()[topic].sections for word in cue_words(topic)]
    own = {stem for guide in ask.guides for stem in stems(guide.title)} | set(stems(" ".join(kinds)))
    asked = set(stems(ask.question.query, STOP_WORDS)) - own
    for _, fact in islice(ask.ranked(ask.guides), MOST) if ask.slots.occupations else ():
        named = set(stems(fact.name if isinstance(fact, Statement) else "", STOP_WORDS)) - own
        if len(named & asked) >= max(OWN_WORDS, OWN_SHARE * len(asked), OWN_SHARE * len(named)):
            draft.bullets([item(draft, fact)])
            return True
    return False


def _chosen(ask: Ask, sections: tuple[str, ...], most: int, lead: Fact | None) -> list[Fact]:
    guides = ask.guides if ask.slots.occupations else ()
    ranked = [(hit, fact) for hit, fact in ask.ranked(guides, sections) if _wanted(ask, fact)]
    if not ranked:
        return []
    decisive = asked_groups(ask) & {"What decides"} if {"hiring", "interview"} & {*ask.slots.topics} else set()
    if decisive:
        ranked.sort(key=lambda pair: getattr(pair[1], "group", "") not in decisive)
    best, first = ranked[0][0], lead or ranked[0][1]
    examples = isinstance(first, Statement) and first.name.startswith("Example")
    roomy = first.place.section == SectionKind.FAQ or len(ask.slots.occupations) > 1 or examples
    reach = BESIDE_LEAD if lead else NEAR
    near = [fact for hit, fact in ranked[:most] if hit.score >= best.score - reach]
    chosen: list[Fact] = []
    length = 0
    for fact in dict.fromkeys([first, *_of_parts(ask, sections), *near]):
        length += len(words(fact.sentence))
        if chosen and length > (COMPARED_WORDS if roomy else BEST_WORDS):
            break
        chosen.append(fact)
    return chosen


def _of_parts(ask: Ask, sections: tuple[str, ...]) -> list[Fact]:
    """Return the best fact for each question inside the message, as far as one is near enough."""
    found = []
    for part in ask.parts:
        hit, fact = next(part.ranked(part.guides if part.slots.occupations else (), sections), (None, None))
        if hit and fact and hit.score >= PART_SCORE:
            found.append(fact)
    return found


def _wanted(ask: Ask, fact: Fact) -> bool:
    """Leave out red flags where green ones are asked for, and what is no example where examples are."""
    if _EXAMPLE & set(words(ask.question.query)) and fact.place.section == SectionKind.STANDOUT:
        return isinstance(fact, Statement) and fact.name.startswith("Example")
    if "transition" in ask.slots.topics and fact.place.section == SectionKind.PROGRESSION:
        # "From ML research engineer outwards" is no way in.
        return not isinstance(fact, Statement) or not any(name in fact.name.casefold() for name in ask.role_names)
    if fact.place.section != "flags" or not isinstance(fact, Statement):
        return True
    groups = asked_groups(ask) & {"Red", "Green"}
    return not groups or fact.group in groups


def compose_mention(draft: Draft, ask: Ask) -> bool:
    """Show what a guide's question says of a role that has no guide ("ML engineer or data scientist?"), if one does."""
    guides = ask.guides if ask.slots.occupations else ()
    for name in ask.slots.other_occupations:
        found = [
            fact for _, fact in ask.ranked(guides, ("faq",)) if isinstance(fact, Statement) and mentions(fact, name)
        ]
        if found:
            draft.bullets(merged([item(draft, fact) for fact in found[:2]]))
            return True
    return False
