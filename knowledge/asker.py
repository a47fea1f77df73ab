"""What a person tells of their own skills, by the names that listings use."""

import re

from knowledge.listing.classify import skills_named
from knowledge.question import Question
from knowledge.text import words

# Who speaks of themselves: "I know SQL", "my stack", "data engineer with Spark"; a profile is nothing else.
_OWN = re.compile(
    r"\b(?:i|i['’]?m|i['’]?ve|im|ive|my|me|mine)\b|\bw/|\b(?:engineer|developer|dev|analyst|scientist|student|graduate|phd|designer|manager|admin)\b.{0,20}\b(?:with|know\w*|using)\b",
    re.IGNORECASE,
)
# Words after which a person says what they do not know, until something else begins.
_DENYING = {"never", "without", "no", "lack", "lacking", "not", "except", "zero"}
_AGAIN = {"but", "daily", "gap"}


def claimed(text: str) -> list[str]:
    """Return the folded words of what a person says they know: without "never touched CUDA"."""
    kept: list[str] = []
    denied = False
    for word in words(text):
        denied = word in _DENYING or (denied and word not in _AGAIN)
        kept += [] if denied else [word]
    return kept


def skills_told(question: Question) -> frozenset[str]:
    """Return the skills that the person says they have; none where they do not speak of themselves."""
    if not _OWN.search(question.text) and "gap" not in question.slots.topics:
        return frozenset()
    return named_skills(question.text)


def named_skills(text: str) -> frozenset[str]:
    """Return the skills that *text* claims, by the names that listings use."""
    return frozenset(skills_named(tuple(claimed(text))))
