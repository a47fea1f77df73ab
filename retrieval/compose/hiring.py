"""The hiring process: how long, how many stages, which, and what decides."""

from collections.abc import Sequence

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
        return _compose_without_span(draft, ask, occupation)
    draft.bullets([draft.line(f"{fact.sentence}.", fact, lead=draft.guide(fact).title) for fact in spans])
    stages = [fact for fact in facts if isinstance(fact, Statement) and fact.number]
    if _asks_duration(ask):
        names = " → ".join(fact.name for fact in stages)
        draft.bullets([draft.line(f"{names}.", *stages, lead="Stages")] if stages else [])
        return True
    draft.bullets([item(draft, fact) for fact in stages], ordered=True)
    rest = [fact for fact in facts if isinstance(fact, Statement) and not fact.number]
    draft.bullets([item(draft, fact) for fact in rest[:1]])
    return True


def _compose_without_span(draft: Draft, ask: Ask, occupation: str) -> bool:
    """Show what single employers publish, labelled as such, else how long hiring takes in other roles."""
    guides = ask.guides_of(occupation)
    role = guides[0].role
    told = [fact for guide in guides for fact in guide.section(SectionKind.HIRING) if isinstance(fact, Statement)]
    groups = dict.fromkeys(fact.group for fact in told)
    if told:
        draft.say(f"No guide states how long hiring takes for {role}s in general. What single employers publish:")
    for group in groups:
        _say_employer(draft, group, [fact for fact in told if fact.group == group], briefly=_asks_duration(ask))
    if told and not _asks_duration(ask):
        return True
    if not told:
        draft.say(
            f"No guide states stages or duration of hiring for {role}s. The nearest, for other roles:", tone=Tone.GAP
        )
    spans = [fact for guide in ask.library.roles for fact in guide.of(Span) if fact.unit == "weeks"]
    lines = [draft.line(f"{fact.sentence}.", fact, lead=draft.guide(fact).title) for fact in spans]
    draft.bullets(lines, title="For other roles" if told else "")
    return False


def _say_employer(draft: Draft, group: str, facts: Sequence[Statement], *, briefly: bool) -> None:
    """Show the stages of one employer, *briefly* their names with what it says of the time."""
    stages = [fact for fact in facts if fact.number]
    if not briefly:
        draft.bullets([item(draft, fact) for fact in stages], ordered=True, title=group)
        return
    names = " → ".join(fact.name for fact in stages)
    draft.bullets([draft.line(f"{names}.", *stages, lead=group)])
    draft.bullets([item(draft, fact) for fact in facts if "how long" in fact.name])


def _asks_duration(ask: Ask) -> bool:
    return bool(_DURATION & set(ask.question.query.split()))


def asks_process(ask: Ask) -> bool:
    """Tell "how long and which stages" from a question about one round."""
    if "What decides" in asked_groups(ask):
        return False
    cued = _PROCESS & set(ask.question.query.split())
    return len(ask.question.focus) <= 1 or bool(cued and not {"none", "no"} & set(ask.question.focus))
