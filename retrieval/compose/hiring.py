"""The hiring process: how long, how many stages, which, and what decides."""

from knowledge.document import Tone
from knowledge.guide import SectionKind, Span, Statement
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.lines import asked_groups, item

# Words that ask for how long or how many, not for which.
_DURATION = {"weeks", "long", "faster", "duration", "months", "dauert", "lange", "many"}
# Words that ask for the process as a whole.
_PROCESS = _DURATION | {"stages", "steps", "rounds", "total"}


def compose_hiring(draft: Draft, ask: Ask, occupation: str) -> bool:
    """Show duration, stages in order and what decides; tell whether the role's guides say anything of it."""
    guides = ask.guides_of(occupation)
    facts = [fact for guide in guides for fact in guide.section(SectionKind.HIRING)]
    spans = [fact for fact in facts if isinstance(fact, Span)]
    if not spans:
        draft.say(
            f"No guide states stages or duration of hiring for {guides[0].role}s. The nearest, for other roles:",
            tone=Tone.GAP,
        )
        spans = [fact for guide in ask.library.roles for fact in guide.of(Span) if fact.unit == "weeks"]
        facts = []
    draft.bullets([draft.line(f"{fact.sentence}.", fact, lead=draft.guide(fact).title) for fact in spans])
    stages = [fact for fact in facts if isinstance(fact, Statement) and fact.number]
    if spans and _DURATION & set(ask.question.query.split()):
        names = " → ".join(fact.name for fact in stages)
        draft.bullets([draft.line(f"{names}.", *stages, lead="Stages")] if stages else [])
        return bool(facts)
    draft.bullets([item(draft, fact) for fact in stages], ordered=True)
    rest = [fact for fact in facts if isinstance(fact, Statement) and not fact.number]
    draft.bullets([item(draft, fact) for fact in rest[:1]])
    return bool(facts)


def asks_process(ask: Ask) -> bool:
    """Tell "how long and which stages" from a question about one round."""
    if "What decides" in asked_groups(ask):
        return False
    cued = _PROCESS & set(ask.question.query.split())
    return len(ask.question.focus) <= 1 or bool(cued and not {"none", "no"} & set(ask.question.focus))
