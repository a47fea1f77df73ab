"""What a question was taken to be about, and what there is to ask about, in words."""

from knowledge.markets import markets
from knowledge.vocabulary import topics
from retrieval.ask import Ask


def scope_words(ask: Ask) -> str:
    """Say what the question was taken to be about: "Computer Vision Engineer · senior · Germany · pay"."""
    slots = ask.slots
    parts = [", ".join(ask.guides_of(role)[0].role for role in slots.occupations)]
    parts += [" or ".join(ask.levels), f"{slots.years:g} years" if slots.years is not None else ""]
    parts += [", ".join(markets().name(code) for code in slots.markets)]
    parts += [", ".join(topics()[topic].label for topic in slots.topics if topic != "compare")]
    return " · ".join(part for part in parts if part)


def titles(ask: Ask) -> list[str]:
    """Return the roles there are guides for."""
    return [guides[0].title for guides in ask.library.occupations.values()]


def covered(ask: Ask) -> str:
    """Return the roles there are guides for, joined for reading."""
    return ", ".join(titles(ask))


def for_roles(ask: Ask) -> str:
    """Return " for Xs or Ys", empty where no role is named."""
    titles = [ask.guides_of(role)[0].role for role in ask.slots.occupations]
    return f" for {' or '.join(titles)}s" if titles else ""
