"""What a question was taken to be about, and what there is to ask about, in words."""

from knowledge.document import Tone
from knowledge.markets import markets
from knowledge.offering import nearest_roles
from knowledge.vocabulary import topics
from retrieval.answer import Draft
from retrieval.ask import Ask

# So many roles are read at a glance.
ROLES_NAMED = 8


def scope_words(ask: Ask) -> str:
    """Say what the question was taken to be about: "Computer Vision Engineer · senior · Germany · pay"."""
    slots = ask.slots
    parts = [", ".join(ask.guides_of(role)[0].role for role in slots.occupations)]
    parts += [" or ".join(ask.levels), _years(slots.years)]
    parts += [", ".join(markets().name(code) for code in slots.markets)]
    parts += [", ".join(topics()[topic].label for topic in slots.topics if topic != "compare")]
    return " · ".join(part for part in parts if part)


def _years(years: float | None) -> str:
    return "" if years is None else f"{years:g} year{'' if years == 1 else 's'}"


def titles(ask: Ask) -> list[str]:
    """Return the roles there are guides for, those nearest to the question's words first."""
    return [ask.guides_of(role)[0].role for role in nearest_roles(ask.library, ask.question.query)]


def covered(ask: Ask) -> str:
    """Return the roles there are guides for, joined for reading; of very many only the nearest."""
    named = titles(ask)
    more = f" and {len(named) - ROLES_NAMED} more" if len(named) > ROLES_NAMED else ""
    return ", ".join(named[:ROLES_NAMED]) + more


def for_roles(ask: Ask) -> str:
    """Return " for Xs or Ys", empty where no role is named."""
    titles = [ask.guides_of(role)[0].role for role in ask.slots.occupations]
    return f" for {' or '.join(titles)}s" if titles else ""


def compose_level_note(draft: Draft, ask: Ask) -> None:
    """Say that a role's only guide is about another level than the one asked about."""
    for occupation in ask.slots.occupations:
        guides = ask.guides_of(occupation)
        only = guides[0]
        if len(guides) == 1 and ask.levels and only.level and only.level not in ask.levels:
            draft.say(f"The only guide for {only.role}s is about {only.level} level.", tone=Tone.GAP)
