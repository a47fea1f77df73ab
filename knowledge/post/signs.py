"""Signs in a post that a guide has a word on: flags, what its checks ask, its tracks. Each with the words that show it.

A reader looks at passages, never at the whole text as a bag: its quote is the passage that fired. What it looks for
stands in `words/signs/`, one file for the roles that belong together.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from knowledge.post.parts import Part
from knowledge.word_lists import word_list, word_lists_in

# A passage so likely shows a sign whatever its words.
SURE = 0.7


class Tone(StrEnum):
    """What a sign means to somebody who looks for work."""

    RED = "red"
    GREEN = "green"
    # The post says what a guide tells people to ask.
    ANSWERED = "answered"
    # Which of a guide's tracks the work belongs to.
    TRACK = "track"


class Cue(NamedTuple):
    """Patterns that must all be found in one passage, in any order."""

    patterns: tuple[re.Pattern[str], ...]

    def found_in(self, text: str) -> bool:
        """Tell whether *text* has all of them."""
        return all(pattern.search(text) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a sign is read. `behind` names the statement of a guide that stands behind it, by the guide's slug.

    `roles` are the roles and categories of `listing_roles.yaml` it is for (empty: any). A passage of `parts` shows it
    that has one of `cues` and none of `but`; nothing does where the title or some passage has one of `unless`, where
    none of them has one of `where` (if there are any), where a sign of `without` is there, or where the post has fewer
    words than `least`: what a short excerpt leaves out, the whole post may say. From the likelihood `sure` on a passage
    needs no cue. `rule` names a reading of its own; `trades` are the kinds of work that the rule `spread` counts.
    """

    name: str
    tone: Tone
    behind: Mapping[str, str]
    roles: frozenset[str]
    parts: frozenset[Part]
    cues: tuple[Cue, ...]
    but: tuple[Cue, ...]
    unless: tuple[Cue, ...]
    where: tuple[Cue, ...]
    trades: tuple[Cue, ...]
    without: frozenset[str]
    least: int
    sure: float
    rule: str

    def is_denied(self, told: Sequence[str]) -> bool:
        """Tell whether something that is *told* speaks against the sign, or nothing does for what it needs."""
        needed = not self.where or any(has(self.where, text) for text in told)
        return not needed or any(has(self.unless, text) for text in told)


class Finding(NamedTuple):
    """A sign with the words of the post that show it."""

    reader: Reader
    quote: str


def has(cues: Sequence[Cue], text: str) -> bool:
    """Tell whether *text* has one of *cues*."""
    return any(cue.found_in(text) for cue in cues)


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by its name, in the order of the files."""
    lists = word_list("sign_classes")
    return {name: _reader(name, row, lists) for name, row in word_lists_in("signs").items()}


def _reader(name: str, row: Mapping[str, Any], lists: Mapping[str, Any]) -> Reader:
    def cues(field: str) -> tuple[Cue, ...]:
        return tuple(_cue(form, lists["classes"]) for form in row.get(field) or ())

    return Reader(
        name=name,
        tone=Tone(row["tone"]),
        behind=row["behind"],
        roles=frozenset(lists["families"].get(row.get("roles"), ())),
        parts=frozenset(map(Part, lists["groups"][row.get("parts", "said")])),
        cues=cues("cues"),
        but=cues("but"),
        unless=cues("unless"),
        where=cues("where"),
        trades=cues("trades"),
        without=frozenset(row.get("without") or ()),
        least=row.get("least", 0),
        sure=row.get("sure", SURE),
        rule=row.get("rule", "shown"),
    )


def _cue(form: str | list[str], classes: Mapping[str, str]) -> Cue:
    forms = [form] if isinstance(form, str) else form
    return Cue(tuple(re.compile(_expanded(one, classes), re.IGNORECASE) for one in forms))


def _expanded(form: str, classes: Mapping[str, str]) -> str:
    """Put the words of classes in: "{team}" is any of what the class lists."""
    return re.sub(r"\{([a-z]+)\}", lambda match: rf"\b(?:{classes[match[1]]})\b", form)
