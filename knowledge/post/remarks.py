"""Observations on a post: what may be worth a second look, and instructions to software that reads it. No judgement."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from knowledge.pattern_set import PatternSet
from knowledge.post.parts import Part, Passage
from knowledge.word_lists import word_list

# Statements on equal chances and privacy speak of documents and fees without asking for any.
_SILENT = {Part.LEGAL}
# From this ratio on the top of a range is so far from its bottom that it says little.
WIDE = 1.8


class Remark(NamedTuple):
    """An observation: what it says, the passage it was made on, and the question of an FAQ file that speaks of it."""

    name: str
    says: str
    quote: str
    behind: Mapping[str, str]


def read_remarks(found: Sequence[Passage]) -> tuple[Remark, ...]:
    """Return what may be worth a second look, each once."""
    remarks: list[Remark] = []
    for name, row in word_list("posts")["remarks"].items():
        patterns = _patterns(name)
        spoken = (one.text for one in found if one.part not in _SILENT and patterns.search(one.text))
        quote = next(spoken, None)
        if quote:
            remarks.append(Remark(name, row["says"], quote, row["behind"]))
    return tuple(remarks)


def read_instructions(found: Sequence[Passage]) -> tuple[str, ...]:
    """Return the passages that give orders to software that reads the post."""
    return tuple(dict.fromkeys(one.text for one in found if _instructions().search(one.text)))


@cache
def _patterns(name: str) -> PatternSet:
    return PatternSet(*(f"(?i:{form})" for form in word_list("posts")["remarks"][name]["cues"]))


@cache
def _instructions() -> PatternSet:
    return PatternSet(*(f"(?i:{form})" for form in word_list("posts")["instructions"]))


def is_wide(low: float | None, high: float | None) -> bool:
    """Tell whether a range of pay spans so much that it says little."""
    return bool(low and high and high / low >= WIDE)
