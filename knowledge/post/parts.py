"""A post taken apart: its sentences, each with the part of the post it stands in."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from knowledge.pattern_set import PatternSet
from knowledge.word_lists import word_list
from knowledge.workmode.signals import sentences

# A heading is short; "You will own the models that price our policies" is a sentence.
HEADING_WORDS = 9
_LABEL = re.compile(r"\s*[*#_•>-]*\s*(?P<label>[^:\n]{2,60}?)[*_]*\s*:(?!\d|//)[*_]*\s*(?P<rest>.*)", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:(?:[-–—*•·▪◦●➡✅✔→>]|\ufe0f)+\s*|\d{1,2}[.)]\s+)*")
# What may be a step of hiring.
STEP = re.compile(
    r"screen|call\b|chat|interview|take[- ]?home|exercise|assignment|challenge|\btask|test\b|pairing|pair[- ]programming|coding|system design|design (?:session|round|exercise)|"
    r"panel|on-?site|presentation|deep[- ]dive|\boffer\b|references?\b|\bmeet|conversation|round|case study|whiteboard|discussion|session|review|phone|recruiter|intro\b|loop|trial|homework|\btalk",
    re.IGNORECASE,
)
# Lines in a row that are steps make a process.
RUN = 3
_STEP_LINE = re.compile(
    r"(?:(?:an? |one |the |first |second |then |finally |step \d|round \d|stage \d)\W*)*(?:[\w-]+[ -]){0,4}?"
    r"(?:screen(?:ing)?|calls?|chat|interviews?|take[- ]?home|exercise|assignment|challenge|test|pairing|panel|presentation|deep[- ]dive|offer|conversation|round|"
    r"case study|discussion|session|recruiter|intro|trial day|homework|talk|meeting|references?)\b(?!.*\b(?:you will|you[’']ll|years)\b)",
    re.IGNORECASE,
)
_THEN = re.compile(r"→|->|=>|[,;]?\s+then\b|\d\)|,\s+(?:and finally|finally|followed by)\b", re.IGNORECASE)
_STEPS = ((_THEN, 3), (re.compile(r",|\band\b"), 4))
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")


class Part(StrEnum):
    """What a stretch of a post is for."""

    ABOUT = "about"
    DUTIES = "duties"
    DEMANDS = "demands"
    NICE = "nice"
    STACK = "stack"
    PROCESS = "process"
    OFFER = "offer"
    LEGAL = "legal"
    OTHER = "other"


class Passage(NamedTuple):
    """A sentence or list item of a post, as written, the part it belongs to, and the line it stands in (from 0)."""

    text: str
    part: Part
    line: int = 0


def passages(text: str) -> list[Passage]:
    """Take plain *text* apart, in order; headings are no passages of their own."""
    found: list[Passage] = []
    current = Part.OTHER
    lines = text.split("\n")
    for number, line in enumerate(lines):
        row = _BULLET.sub("", line)
        above_list = row == line and number + 1 < len(lines) and _is_item(lines[number + 1])
        heading = _heading(row, above_list=above_list)
        if heading:
            current = heading
            continue
        found += _of_row(row, current, number)
    return _with_steps(found)


def _with_steps(found: list[Passage]) -> list[Passage]:
    """Take three lines in a row that are each a step of hiring for its process, whatever stands above them."""
    steps = [bool(_STEP_LINE.match(passage.text)) for passage in found]
    runs = (range(start, end) for start, end in _runs(steps) if end - start >= RUN)
    inside = {place for run in runs for place in run}
    return [one._replace(part=Part.PROCESS) if place in inside else one for place, one in enumerate(found)]


def _runs(marks: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where stretches of true *marks* begin and end."""
    start = 0
    for marked, group in groupby(marks):
        size = len(list(group))
        if marked:
            yield start, start + size
        start += size


def _of_row(row: str, current: Part, number: int) -> Iterator[Passage]:
    """Yield the sentences of a line; once it has come to the steps of hiring, a step that follows is one of them."""
    told = current
    for sentence in sentences(row):
        part = _part_of_sentence(sentence, current)
        if told is Part.PROCESS and part is not Part.NICE and STEP.search(sentence):
            part = Part.PROCESS
        told = part
        yield Passage(sentence, part, number)


def _part_of_sentence(sentence: str, current: Part) -> Part:
    """Return what *sentence* is for; a label before a colon ("Stack: ...") says it of this sentence, and no other."""
    match = _LABEL.match(sentence)
    named = part_of(match["label"]) if match and match["rest"] else None
    if named:
        return named
    # "Recruiter call, then a test, then a talk with the team" is a process below any heading.
    laid_out = any(sum(bool(STEP.search(piece)) for piece in cut.split(sentence)) >= least for cut, least in _STEPS)
    return Part.PROCESS if laid_out else _by_itself(sentence, current)


def _is_item(line: str) -> bool:
    return bool(line) and _BULLET.sub("", line) != line


def _heading(row: str, *, above_list: bool) -> Part | None:
    """Return the part that a line begins, None where it is no heading; above a list every short line is one."""
    bare = _MARKS.sub("", row)
    if not bare or len(bare.split()) > HEADING_WORDS or row.rstrip()[-1] in ".!;,":
        return None
    known = part_of(bare)
    if known or not (above_list or row.rstrip().endswith(":")):
        return known
    # "You MUST have strong experience with:", "Mandatory skills" are headings that no list knows.
    return next((part for part, cue in _heading_words() if cue.search(bare)), _by_itself(bare, Part.OTHER))


def part_of(label: str) -> Part | None:
    """Return the part a heading or label names, None where it names none."""
    bare = _MARKS.sub("", label)
    for part, pattern in _headings():
        if pattern.fullmatch(bare):
            return part
    return None


def _by_itself(sentence: str, current: Part) -> Part:
    """Return what *sentence* is by its own words; a heading above it counts for more, but for what is nice to have."""
    known, parts = _sentence_patterns(), _sentence_parts()
    told = [parts[place] for place in known.matching(sentence) if known.patterns[place].search(sentence)]
    if Part.NICE in told:
        return Part.NICE
    return current if current is not Part.OTHER or not told else told[0]


@cache
def _headings() -> list[tuple[Part, re.Pattern[str]]]:
    rows = word_list("posts")["headings"]
    return [
        (Part(name), re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE))
        for name, forms in rows.items()
    ]


@cache
def _heading_words() -> list[tuple[Part, re.Pattern[str]]]:
    rows = word_list("posts")["heading_words"]
    return [(Part(name), re.compile(rf"\b(?:{form})", re.IGNORECASE)) for name, form in rows.items()]


@cache
def _sentence_parts() -> list[Part]:
    return [Part(name) for name, forms in word_list("posts")["sentences"].items() for _ in forms]


@cache
def _sentence_patterns() -> PatternSet:
    forms = (form for forms in word_list("posts")["sentences"].values() for form in forms)
    return PatternSet(*(f"(?i:{form})" for form in forms))
