"""What somebody has and lacks for a role, from the skills they name and the guides' tiers."""

from collections.abc import Sequence

from knowledge.document import Line
from knowledge.guide import Bottleneck, SectionKind, Statement
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.best import compose_best
from retrieval.lexical import STOP_WORDS, stems

# Tiers that a post asks for; nice-to-haves are never called missing.
_NEEDED = {"Core", "Required", "Differentiators"}
_EMPTY = STOP_WORDS | frozenset(word_list("small")["skill"])


def compose_skill_gap(draft: Draft, ask: Ask) -> bool:
    """Split the asked role's skills into named and not named by the person; False where no guide lists skills."""
    target = ask.slots.occupations[-1]
    skills = [
        fact
        for guide in ask.guides_of(target)
        for fact in guide.section(SectionKind.SKILLS)
        if isinstance(fact, Statement)
    ]
    if not skills:
        return False
    draft.kind = Kind.SKILL_GAP
    told = set(stems(" ".join(w for w in _claimed(ask.question.query) if w in ask.question.focus), _EMPTY))
    have = [fact for fact in skills if told & set(stems(fact.sentence, _EMPTY))]
    missing = [fact for fact in skills if fact not in have and fact.group in _NEEDED]
    optional = [fact for fact in skills if fact not in have and fact.group not in _NEEDED]
    lines = [_line(draft, "You have or touch", have, told), _line(draft, "Missing", missing)]
    lines.append(_line(draft, "Nice to have, not required", optional))
    draft.bullets([line for line in lines if line])
    _say_step(draft, ask, target)
    return True


def _line(draft: Draft, lead: str, facts: Sequence[Statement], told: set[str] | None = None) -> Line | None:
    if not facts:
        return None
    parts = []
    for fact in facts:
        named = dict.fromkeys(word for word in words(fact.sentence) if told and told & set(stems(word, _EMPTY)))
        parts.append(f"{fact.name} ({', '.join(named)})" if named else fact.name)
    return draft.line("; ".join(parts) + ".", *facts, lead=lead)


def _say_step(draft: Draft, ask: Ask, target: str) -> None:
    """Add what the guides call the bottleneck on the way to the asked level."""
    if not ask.levels:
        if ask.slots.other_occupations:
            compose_best(draft, ask.about("transition", target), ("faq",), most=1)
        return
    holding = [fact for guide in ask.guides_of(target) for fact in guide.of(Bottleneck)]
    steps = [fact for fact in holding if ask.levels[-1] in fact.levels]
    draft.bullets(
        [draft.line(f"{fact.name}. {fact.text}", fact, lead=f"The step: {fact.heading}") for fact in steps[:1]]
    )


def _claimed(query: str) -> list[str]:
    """Return the words of what the person says they know: without "never touched cuda"."""
    kept, denied = [], False
    for word in words(query.replace(",", " , ").replace(".", " . ")):
        kept += [] if denied else [word]
        denied = word in {"never", "without", "no", "lack", "not", "except"} or (
            denied and word not in {"but", "daily", "gap"}
        )
    return kept
