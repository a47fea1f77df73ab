"""Which kind of quantity a question asks for ("how long", "what share", "how many papers"), and whether a text has one.

A question for a number is answered by a number: a near fact without one is no answer to it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text import words

_SPELT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?"
_NUMBER = rf"(?:\d[\d,.]*|\b(?:{_SPELT})\b)"


_SMALL = frozenset(words("do does did of for per should are can will have has in is senior staff research ml cv"))
# Counted under either name.
_SAME = dict.fromkeys(
    ("rounds", "stages", "interviews", "steps", "hoops"), ("rounds", "stages", "interviews", "steps")
) | dict.fromkeys(("ads", "adverts", "postings", "posts"), ("listings",))


class Quantity(StrEnum):
    """A kind of quantity; the value is how a reply names it."""

    DURATION = "time"
    SHARE = "share"
    FREQUENCY = "frequency"
    COUNT = "number"
    MEDIAN = "median"


# In this order: "how many weeks" asks for time, not for a count of weeks.
_ASKED: tuple[tuple[Quantity, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Quantity.MEDIAN, r"\bmedian\b|\bmiddle (?:value|figure)\b"),
        (Quantity.COUNT, r"\bhow many\b[^?.!,]{0,50}?\b(?P<noun>ads|adverts|listings|postings|posts)(?P<of>)\b"),
        (
            Quantity.DURATION,
            (
                r"\bhow (?:many|much) (?:more |extra )?(?:years?|yrs?|months?|weeks?|days?|time)\b"
                r"(?! (?:zone|per|a week|of experience))"
                r"|\bhow (?:soon|quickly|fast) (?:can|could|will|would|do|does)\b"
                r"|\b(?:avg|average|typical) (?:years?|yrs|months|weeks|time)\b"
            ),
        ),
        (Quantity.FREQUENCY, r"\bhow (?:often|frequently|regularly)\b|\bhow many times\b"),
        (
            Quantity.SHARE,
            (
                r"\b(?:what|which) (?:%|percent(?:age)?\b|share\b|fraction\b|proportion\b)"
                r"|\bhow many percent\b|\b(?:share|percentage|proportion) of \w+"
            ),
        ),
        (Quantity.COUNT, r"\bhow many (?P<noun>[a-z]+(?: [a-z]+)?)|\bnumber of (?P<of>[a-z]+)"),
    )
)
_HAS = {
    Quantity.DURATION: re.compile(
        rf"{_NUMBER}(?:\s?[-–]\s?\d+)?\+?\s(?:or \w+ )?(?:years?|months?|weeks?|days?|hours?)\b", re.IGNORECASE
    ),
    Quantity.SHARE: re.compile(
        r"\d\s?%|\bpercent|\b(?:half|third|quarter|most|majority|few|rarely|usually|often|typically)\b", re.IGNORECASE
    ),
    Quantity.FREQUENCY: re.compile(
        r"\b(?:daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|never|rarely|every \w+|once|twice)\b"
        rf"|{_NUMBER} times"
        r"|\b(?:a|per) (?:day|week|month|quarter|year)\b",
        re.IGNORECASE,
    ),
    Quantity.COUNT: re.compile(_NUMBER, re.IGNORECASE),
    Quantity.MEDIAN: re.compile(r"\bmedian\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quantity asked for; `nouns` are the words that may name what is counted, empty where it is no count."""

    kind: Quantity
    nouns: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Tell whether *text* holds such a quantity; a count must stand near the thing counted."""
        if self.kind is not Quantity.COUNT:
            return bool(_HAS[self.kind].search(text))
        stem = "|".join(re.escape(noun[: max(4, len(noun) - 3)]) for noun in self.nouns)
        near = rf"{_NUMBER}\W+(?:[\w'–-]+\W+){{0,4}}?(?:{stem})|\b(?:{stem})\w*\W+(?:[\w'–-]+\W+){{0,3}}?{_NUMBER}"
        return bool(re.search(near, text, re.IGNORECASE))


def read_wanted(text: str) -> Wanted | None:
    """Return the quantity *text* asks for, None where it asks for none."""
    for kind, pattern in _ASKED:
        found = pattern.search(text)
        if found:
            counted = (found["noun"] or found["of"] or "") if kind is Quantity.COUNT else ""
            nouns = tuple(word for word in words(counted) if word not in _SMALL)
            return Wanted(kind, tuple(other for noun in nouns for other in _SAME.get(noun, (noun,))))
    return None
