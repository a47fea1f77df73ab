"""Advice that differs between guides, shown as such: both sides, and that the guides give no reason."""

from knowledge.document import Tone
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.lines import item


def say_disagreements(draft: Draft, ask: Ask) -> None:
    """Add the other side of every cited fact that another guide contradicts."""
    opposing = ask.library.opposing
    pairs = {frozenset((fact, opposing[fact][1])): opposing[fact] for fact in draft.cited if fact in opposing}
    for pair, (on, _) in pairs.items():
        draft.bullets([item(draft, fact) for fact in pair if fact not in draft.cited])
        both = [fact for fact in draft.cited if fact in pair]
        draft.say(f"The guides differ on {on} and give no reason; both are shown.", *both, tone=Tone.CONFLICT)
