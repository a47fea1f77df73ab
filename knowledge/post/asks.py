"""The skills a post asks for: required, or nice to have, each with the words that name it."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.listing.classify import skills_named
from knowledge.post.parts import Part, Passage
from knowledge.text import words

# Fields of work rather than skills: a post for an ML engineer need not say that it asks for machine learning.
FIELDS = frozenset(
    {"Machine Learning", "Artificial Intelligence", "Computer Vision", "Software Engineering", "Data Science"}
)
_ASKING = {Part.DEMANDS, Part.STACK, Part.DUTIES, Part.NICE}


class Asked(NamedTuple):
    """A skill by its name in `listing_skills.yaml`, the passage that asks for it, and whether it may be missing."""

    name: str
    quote: str
    optional: bool


def read_asked(found: Sequence[Passage]) -> tuple[Asked, ...]:
    """Return the skills that *found* ask for, in order, each once; one that is required anywhere is required."""
    asked: dict[str, Asked] = {}
    # A post without headings asks in running text.
    plain = not any(passage.part in {Part.DEMANDS, Part.STACK} for passage in found)
    for passage in found:
        if passage.part not in _ASKING and not (plain and passage.part is Part.OTHER):
            continue
        optional = passage.part is Part.NICE
        for name in skills_named(words(passage.text)):
            known = asked.get(name)
            if name not in FIELDS and (known is None or (known.optional and not optional)):
                asked[name] = Asked(name, passage.text, optional)
    return tuple(asked.values())
