"""The word lists of `words/*.yaml` and the guides' own names as one phrase book, read once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from knowledge.guide import Guide
from knowledge.levels import ALIASES, Level
from knowledge.library import Library
from knowledge.markets import markets
from knowledge.phrases import PhraseBook
from knowledge.text import words
from knowledge.word_lists import word_list

# A strong cue settles a topic alone, two weak ones together. A telling one weighs a little less than a strong one, so
# that the general word wins, and keeps its words in what exactly is asked.
STRONG, TELLING, WEAK = 1.0, 0.9, 0.5


class Kind(StrEnum):
    """What a phrase can mean."""

    OCCUPATION = "occupation"
    OTHER_OCCUPATION = "other occupation"
    HINT = "hint"
    NICKNAME = "nickname"
    LEVEL = "level"
    MARKET = "market"
    TOPIC = "topic"
    COMPANY = "company"
    IGNORED = "ignored"


class Meaning(NamedTuple):
    """One meaning of a phrase; `weight` matters for topics only."""

    kind: Kind
    value: str
    weight: float = STRONG


# Themes that are asked about by name.
_ALONE = frozenset({"about", "reading-pay"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What people ask about; `sections` empty: no guide answers it, `near` are the closest topics.

    `theme` is the FAQ theme (slug) that answers it, where one does; `general` that a role's guide comes before it;
    `beside` a theme that has advice on what no guide answers; `over` topics that are not meant where this one is.
    """

    id: str
    label: str
    sections: tuple[str, ...]
    near: tuple[str, ...]
    theme: str | None
    general: bool
    beside: str | None
    over: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        """Tell whether the themes are one pool for it, so that the best answer may stand in a neighbour of its own."""
        return self.theme is not None and self.theme not in _ALONE


@cache
def topics() -> dict[str, Topic]:
    """Return every topic by id, in file order."""
    return {
        key: Topic(
            key,
            row["label"],
            tuple(row.get("sections", ())),
            tuple(row.get("near", ())),
            row.get("theme"),
            row.get("general", False),
            row.get("beside"),
            tuple(row.get("over", ())),
        )
        for key, row in word_list("topics").items()
    }


# Phrases that contain a word of another list but mean something else there.
_IGNORED = (
    "mid size", "mid sized", "who pays for", "pays for compute", "pay for compute", "pay for travel",
    "entry point", "make sense", "vision board", "global minimum", "state of the art", "back end of",
    "middle half", "middle value", "middle figure", "middle of the pack", "the middle", "these days",
    "us dollars", "us dollar", "machine learning fundamentals", "ml fundamentals", "ml system design",
)  # fmt: skip


def vocabulary(library: Library) -> PhraseBook[Meaning]:
    """Return each phrase with its meaning: roles of *library*, other occupations, levels, places, topics, employers."""
    book: PhraseBook[Meaning] = PhraseBook()
    for phrase, level in level_phrases().items():
        name = " ".join(phrase)
        book.add(name, Meaning(Kind.LEVEL, level) if level else Meaning(Kind.IGNORED, name, TELLING))
    _add_occupations(book, library)
    _add_hints(book, library)
    for place, code in markets().phrases.items():
        book.add(" ".join(place), Meaning(Kind.MARKET, code))
    for topic, row in word_list("topics").items():
        # What an answer calls a topic, people may say back.
        book.add(row["label"], Meaning(Kind.TOPIC, topic, STRONG))
        for list_name, weight in (
            ("strong", STRONG),
            ("abroad", STRONG),
            ("telling", TELLING),
            ("weak", WEAK),
            ("things", WEAK),
        ):
            for cue in row.get(list_name, ()):
                book.add(str(cue), Meaning(Kind.TOPIC, topic, weight))
    for company_kind, names in word_list("companies").items():
        for name in names:
            book.add(name, Meaning(Kind.COMPANY, company_kind))
    return book


@cache
def topic_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the topics that some questions show by their form only, with the pattern of it."""
    rows = word_list("topics").items()
    return tuple(
        (topic, re.compile(pattern, re.IGNORECASE)) for topic, row in rows for pattern in row.get("patterns", ())
    )


@cache
def cue_words(topic: str) -> frozenset[str]:
    """Return every word of the cues of *topic* that only name it; telling ones say besides what exactly is asked."""
    row = word_list("topics")[topic]
    lists = (row.get(name, ()) for name in ("strong", "weak"))
    return frozenset(word for cues in lists for cue in cues for word in words(str(cue)))


@cache
def weak_words() -> frozenset[str]:
    """Return the words of weak cues ("required", "worth learning"): they lean towards a topic and name nothing."""
    cues = (str(cue) for row in word_list("topics").values() for cue in row.get("weak", ()))
    return frozenset(word for cue in cues for word in words(cue))


# Names of kinds of employers, not of one.
_KINDS = frozenset({"lab", "labs", "tech", "faang", "maang"})


def is_single_employer(name: str) -> bool:
    """Tell "tesla" from "frontier labs"; *name* is folded."""
    return not _KINDS & set(name.split())


def company_kind(name: str) -> str:
    """Return what kind of employer *name* is ("frontier AI labs"), empty for an unknown one."""
    return next((kind for kind, names in word_list("companies").items() if name in names), "")


@cache
def level_phrases() -> PhraseBook[Level | None]:
    """Return the phrases that name a level; None for those that only seem to ("mid size")."""
    book: PhraseBook[Level | None] = PhraseBook((phrase, None) for phrase in _IGNORED)
    for level, aliases in ALIASES.items():
        for alias in aliases:
            book.add(alias, level)
    return book


# Last words of a role's name that people also use in the plural.
_COUNTABLE = frozenset({"engineer", "developer", "dev", "scientist", "manager", "analyst", "designer", "mle"})


def _add_hints(book: PhraseBook[Meaning], library: Library) -> None:
    for guide in library.roles:
        for hint in guide.hints:
            book.add(hint, Meaning(Kind.HINT, guide.occupation or "", TELLING))
        for name in guide.nicknames:
            book.add(name, Meaning(Kind.NICKNAME, guide.occupation or "", TELLING))


# Levels that stand before a role's name; "director of engineering" is a name of its own.
_PREFIXED = (Level.JUNIOR, Level.MID, Level.SENIOR, Level.STAFF, Level.PRINCIPAL)
# People say any of these for the others.
_ENDINGS = ("engineer", "developer", "dev", "eng")


def _add_occupations(book: PhraseBook[Meaning], library: Library) -> None:
    named = {occupation: _names_of(guides) for occupation, guides in library.occupations.items()}
    exact = {name for names in named.values() for name in names}
    known: set[tuple[str, ...]] = set()
    for occupation, names in named.items():
        # What a guide says itself goes before what is only likely ("data eng" is no data analyst).
        likely = {form for name in names for form in _forms(name) if form not in exact}
        for form in (*names, *likely):
            known.add(form)
            book.add(" ".join(form), Meaning(Kind.OCCUPATION, occupation))
    others = word_list("occupations")
    pairs = (f"{modifier} {head}" for modifier in others["modifiers"] for head in others["heads"])
    for other in (*others["names"], *pairs):
        if words(other) not in known:
            book.add(other, Meaning(Kind.OTHER_OCCUPATION, other))


def _names_of(guides: Sequence[Guide]) -> list[tuple[str, ...]]:
    """Return how guides name their role, without levels: "senior cv engineer" means the occupation "cv engineer"."""
    levels = {words(alias) for level in _PREFIXED for alias in ALIASES[level]}
    bare = (
        tuple(word for word in words(name) if (word,) not in levels)
        for guide in guides
        for name in (guide.title, *guide.aliases)
    )
    return [name for name in dict.fromkeys(bare) if name]


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield other forms of a role's name: the plural, and what else people call who does it."""
    *rest, last = name
    if last in _COUNTABLE:
        yield (*rest, f"{last}s")
    if last in _ENDINGS:
        yield from ((*rest, form) for ending in _ENDINGS for form in (ending, f"{ending}s"))
