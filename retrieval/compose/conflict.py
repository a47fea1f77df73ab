"""Advice that differs between guides, shown as such: both sides, and that the guides give no reason."""

from collections.abc import Iterable

from knowledge.document import Tone
from knowledge.guide import Fact, Statement
from knowledge.library import Library
from knowledge.question import Question
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.lines import item
from retrieval.lexical import STOP_WORDS, stems


def say_disagreements(draft: Draft, ask: Ask) -> None:
    """Add the other side of every cited fact that another guide contradicts, where the question is about that."""
    found = opposing(ask.question, draft.cited, ask.library) if draft.kind is Kind.ANSWER else {}
    pairs = {frozenset((fact, other)): about for fact, (about, other) in found.items()}
    for pair, about in pairs.items():
        draft.bullets([item(draft, fact) for fact in pair if fact not in draft.cited])
        both = [fact for fact in draft.cited if fact in pair]
        draft.say(f"The guides differ on {about} and give no reason; both are shown.", *both, tone=Tone.CONFLICT)


def opposing(question: Question, facts: Iterable[Fact], library: Library) -> dict[Fact, tuple[str, Fact]]:
    """Return those of *facts* that another guide contradicts and *question* asks about, with the other side."""
    asked = set(stems(question.query, STOP_WORDS))
    found = {}
    for fact in facts:
        about, other = library.opposing.get(fact, ("", None))
        names = [side.name for side in (fact, other) if isinstance(side, Statement)]
        shared = set.intersection(*(set(stems(name, STOP_WORDS)) for name in names)) if names else set()
        if other and asked & (shared | set(stems(about))):
            found[fact] = (about, other)
    return found
