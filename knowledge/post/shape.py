"""Which part of a message is a job post, and which are the person's own words around it. By shape, not by topic."""

import re
from functools import cache
from typing import NamedTuple

from knowledge.currency import CURRENCIES
from knowledge.listing.classify import role_of
from knowledge.pattern_set import PatternSet
from knowledge.text import words
from knowledge.word_lists import word_list

# Quoted words are a post from so many on, fewer with pay among them; unquoted ones need more, and more marks of one.
QUOTED, QUOTED_WITH_PAY, ANNOUNCED, UNQUOTED = 12, 5, 6, 60
# Marks of a post: kinds of things that only posts say.
MARKS_QUOTED, MARKS_UNQUOTED = 1, 3
# Characters looked at: more than any post has.
LONGEST = 40_000
# A person's words around a post are few.
ASIDE = 30
_QUOTES = (
    re.compile(r"```(.+?)```", re.DOTALL),
    re.compile(r"\"{3}(.+?)\"{3}", re.DOTALL),
    re.compile(r"[“„«]([^“”„«»]{20,})[”“»]", re.DOTALL),
    re.compile(r"(?<!\w)\"([^\"]{20,})\"(?!\w)", re.DOTALL),
    re.compile(r"(?<!\w)'((?:[^']|(?<=\w)'(?=\w)){40,})'(?!\w)", re.DOTALL),
)
_CITED = re.compile(r"(?:^[ \t]*>[^\n]*\n?)+", re.MULTILINE)
_CODES = "|".join(sorted(CURRENCIES))
_PAY = re.compile(rf"[€$£]\s?\d|\d\s?k\b|\b(?:{_CODES})\s?\d|\d\s?(?:{_CODES})\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:i|i['’]m|i['’]ve|i['’]d|i['’]ll|im|ive|my|me|mine|myself)\b", re.IGNORECASE)
_SECOND = re.compile(
    r"\b(?:you|your|you['’]ll|you['’]re|you['’]ve|we|our|us|we['’]re|we['’]ll|candidates?)\b", re.IGNORECASE
)


class Pasted(NamedTuple):
    """A job post inside a message, and what the person says about it (empty: nothing)."""

    post: str
    said: str


def find_post(text: str) -> Pasted | None:
    """Return the job post in *text*, None where there is none."""
    text = text[:LONGEST]
    return _quoted(text) or _announced(text) or _unquoted(text)


def whole_post(text: str) -> Pasted:
    """Return *text*, which is a post because somebody says so; words of their own around it are found all the same."""
    return find_post(text) or Pasted(text, "")


def looks_like_post(text: str, least: int = QUOTED) -> bool:
    """Tell whether all of *text*, somebody else's words, is a post: long enough, with at least one mark of one."""
    count = len(words(text))
    return (count >= least or (count >= QUOTED_WITH_PAY and bool(_PAY.search(text)))) and marks(text) >= MARKS_QUOTED


def marks(text: str) -> int:
    """Return how many kinds of things that only posts say *text* says."""
    known = _marks()
    found = {place for place in known.matching(text) if known.patterns[place].search(text)}
    return len(found) + (1 if _PAY.search(text) else 0) + (1 if _names_job(text) else 0)


def _names_job(text: str) -> bool:
    """Tell whether *text* begins with what a job is called."""
    head = " ".join(text.split()[:12])
    return role_of(head) is not None


def _quoted(text: str) -> Pasted | None:
    spans = [(match.start(), match.end(), match[1]) for pattern in _QUOTES for match in pattern.finditer(text)]
    spans += [(m.start(), m.end(), re.sub(r"(?m)^[ \t]*>[ \t]?", "", m[0])) for m in _CITED.finditer(text)]
    for start, end, inside in sorted(spans, key=lambda span: span[0] - span[1]):
        rest = f"{text[:start]} {text[end:]}".strip()
        if looks_like_post(inside) and not _speaks(text[:start]):
            return Pasted(inside.strip(), " ".join(rest.split()))
    return None


def _speaks(before: str) -> bool:
    """Tell whether the quoted words are what somebody said to the person: "my manager told me ..."."""
    return bool(_SAYING.search(before[-60:]))


_SAYING = re.compile(
    r"\b(?:said|says|told me|tells me|asked me|asks|wrote me|answered|replied|feedback was)\W*$", re.IGNORECASE
)


def _announced(text: str) -> Pasted | None:
    """Return what stands behind "review this post:", "thoughts on this job?"."""
    known = _announcing()
    found = next((m for place in known.matching(text) if (m := known.patterns[place].match(text.lstrip()))), None)
    if not found:
        return None
    post = text.lstrip()[found.end() :].strip(' \n\t:–-"“”')
    said = found.group().strip(" :–-\n")
    enough = len(words(post)) >= ANNOUNCED and (marks(post) >= MARKS_QUOTED or len(words(post)) >= UNQUOTED)
    return Pasted(post, said) if enough else None


def _unquoted(text: str) -> Pasted | None:
    if len(words(text)) < UNQUOTED:
        return None
    rows = text.strip().split("\n")
    said: list[str] = []
    # What a person adds stands above or below, in a line or two of its own.
    while len(rows) > 1 and (not rows[0].strip() or _is_aside(rows[0])):
        said.append(rows.pop(0))
    while len(rows) > 1 and (not rows[-1].strip() or _is_aside(rows[-1])):
        said.append(rows.pop())
    post = "\n".join(rows).strip()
    if len(words(post)) < UNQUOTED - ASIDE or marks(post) < MARKS_UNQUOTED or _is_a_story(post):
        return None
    return Pasted(post, " ".join(" ".join(said).split()))


def _is_aside(row: str) -> bool:
    known = _asides()
    few = len(words(row)) <= ASIDE
    return few and any(known.patterns[place].search(row) for place in known.matching(row))


def _is_a_story(text: str) -> bool:
    """Tell somebody who speaks of themselves from an employer who speaks to a reader."""
    return len(_FIRST.findall(text)) > len(_SECOND.findall(text))


@cache
def _marks() -> PatternSet:
    return PatternSet(*(f"(?im:{form})" for form in word_list("posts")["marks"]))


@cache
def _announcing() -> PatternSet:
    return PatternSet(*(f"(?i:{form})" for form in word_list("posts")["announcing"]))


@cache
def _asides() -> PatternSet:
    return PatternSet(*(f"(?i:{form})" for form in word_list("posts")["asides"]))
