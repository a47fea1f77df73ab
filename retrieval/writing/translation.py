"""A claim in the person's own language: it must say what its English twin says, which passed the checks."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from knowledge.language import read_language
from knowledge.markets import markets
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.named import levels_in, places_in
from retrieval.check.quantities import quantities
from retrieval.check.word_claims import NEGATIONS
from retrieval.writing.figures import bare, placed
from retrieval.writing.proposal import Proposed

# A sentence of another language is hardly ever shorter or longer than that.
SHORTER, LONGER = 0.5, 2.2
# In so few words a language cannot be told.
FEW = 6
# Numbers that sentences spell out, in the order of their lists; "one" is also an article.
_SPELLED = (*range(2, 21), *range(30, 100, 10), 100, 1000)
ENGLISH = "en"


def translates_to(language: str | None) -> str | None:
    """Return *language* (ISO 639-1) if answers in it can be checked, else None: English then."""
    return language if language != ENGLISH and language in word_list("translations") else None


def translation_faults(claim: Proposed, language: str) -> Iterator[str]:
    """Yield what `claim.said`, in *language*, says otherwise than `claim.text`."""
    table = word_list("translations")[language]
    text, said = bare(claim.text), bare(claim.said)
    if sorted(placed(claim.text)) != sorted(placed(claim.said)):
        yield "'said' has other figures than 'text'"
    if {(m.low, m.high, m.currency) for m in quantities(said).money} - {
        (m.low, m.high, m.currency) for m in quantities(text).money
    } or _digits(said) - _digits(text):
        yield "'said' has a number that 'text' has not"
    spoken, english = {*_words(said)}, {*_words(text)}
    if _numbers(spoken, language) - _numbers(english, ENGLISH):
        yield "'said' spells out a number that 'text' has not"
    if bool(spoken & {*table["deny"]}) != bool(english & NEGATIONS):
        yield "one of 'text' and 'said' denies what the other says"
    for measure in ("base", "total"):
        if spoken & {*table[measure]} and measure not in english:
            yield f"'said' speaks of {measure} pay"
    if spoken & {*table["periods"]} and not english & {*word_list("writing")["periods"]}:
        yield "'said' has a period that 'text' has not"
    yield from _name_faults(said, text, language)
    if not SHORTER * len(text) <= len(said) <= LONGER * len(text):
        yield "'said' is much shorter or longer than 'text'"
    if len(words(said)) > FEW and read_language(words(said)) != language:
        yield "'said' is in another language"


def _name_faults(said: str, text: str, language: str) -> Iterator[str]:
    if levels_in(said) - levels_in(text):
        yield "'said' names another level"
    if _places(said, language) - _places(text, ENGLISH):
        yield "'said' names another place"
    if {*skills_in(said)} - {*skills_in(text)}:
        yield "'said' names another skill"


def _words(text: str) -> list[str]:
    """Return the words of *text* with their accents: "né" is not "ne"."""
    return re.findall(r"\w+", text.casefold())


def _digits(text: str) -> set[str]:
    return {*re.findall(r"\d[\d.,]*", text)}


def _numbers(spoken: set[str], language: str) -> set[int]:
    numerals = word_list("translations")[language]["numerals"]
    return {number for word, number in zip(numerals, _SPELLED, strict=True) if word in spoken}


@cache
def _countries(language: str) -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - only where answers are translated

    known = markets().by_code
    names: Any = Locale(language).territories
    return {name.casefold(): code for code, name in names.items() if code in known}


def _places(text: str, language: str) -> set[str]:
    own = f" {' '.join(_words(text))} "
    named = {code for name, code in _countries(language).items() if f" {' '.join(_words(name))} " in own}
    return named | places_in(text)


def in_language(english: str, language: str | None) -> str:
    """Return what stands beside a figure ("base", "5–8 years", a country) in *language*, in English where unknown."""
    if language is None:
        return english
    labels = word_list("translations")[language]["labels"]
    codes = {market.name: code for code, market in markets().by_code.items()}
    number, _, unit = english.rpartition(" ")
    if english in labels:
        return str(labels[english])
    if unit == "years" and number:
        return f"{number} {labels['years']}"
    countries = {code: name for name, code in _countries(language).items()}
    return countries.get(codes.get(english, ""), english).title() if english in codes else english
