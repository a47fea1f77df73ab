"""What a guide is: typed facts under fixed kinds of section, each with its line and its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from knowledge.levels import Level, Years
from knowledge.pay import Benchmark, PayAdjustment, PayBand, Place
from knowledge.text import sentence, slug


class SectionKind(StrEnum):
    """The fixed kinds of section; the heading in a guide is the title of `TITLES`."""

    OVERVIEW = "overview"
    TRACKS = "tracks"
    RESPONSIBILITIES = "responsibilities"
    EMPLOYERS = "employers"
    INDUSTRIES = "industries"
    SKILLS = "skills"
    CHECKS = "checks"
    BOTTLENECKS = "bottlenecks"
    PAY = "pay"
    HIRING = "hiring"
    FLAGS = "flags"
    REMOTE = "remote"
    PROGRESSION = "progression"
    INTERVIEW = "interview"
    STANDOUT = "standout"
    FAQ = "faq"
    LISTINGS = "listings"
    BENCHMARK = "benchmark"


TITLES: dict[SectionKind, str] = {
    SectionKind.OVERVIEW: "Overview",
    SectionKind.TRACKS: "Tracks",
    SectionKind.RESPONSIBILITIES: "Responsibilities",
    SectionKind.EMPLOYERS: "Employers",
    SectionKind.INDUSTRIES: "Industries",
    SectionKind.SKILLS: "Skills",
    SectionKind.CHECKS: "Checks before applying",
    SectionKind.BOTTLENECKS: "Bottlenecks by level",
    SectionKind.PAY: "Pay",
    SectionKind.HIRING: "Hiring process",
    SectionKind.FLAGS: "Red and green flags",
    SectionKind.REMOTE: "Remote work",
    SectionKind.PROGRESSION: "Career progression",
    SectionKind.INTERVIEW: "Interview preparation",
    SectionKind.STANDOUT: "How to stand out",
    SectionKind.FAQ: "Questions and answers",
    SectionKind.LISTINGS: "Live listings",
    SectionKind.BENCHMARK: "Category benchmark",
}


class Fault(NamedTuple):
    """Something in a guide that cannot be read; the rest of the guide is still served."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        """Return `file:line: reason`, the form editors jump to."""
        return f"{self.path}:{self.line}: {' '.join(self.reason.split())}"


# The key of what is our own judgement and has no source to name.
EDITORIAL = "editorial"
_LEVELS = frozenset(level.value for level in Level)


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it: publisher, page and address; `as_of` is a date in words, "undated" where the text has none.

    `licence` and `credit` are what its licence asks to be shown: beside every answer, and in full once.
    """

    key: str
    publisher: str
    page: str
    url: str | None
    as_of: str
    note: str
    licence: str = ""
    credit: str = ""

    @property
    def is_ours(self) -> bool:
        """Tell our own guidance from what somebody else has published."""
        return self.key == EDITORIAL

    def __str__(self) -> str:
        """Return "RemNavi, undated, speaks of 2025–2026", "our guidance, 2026-11"."""
        if self.is_ours:
            return f"{self.note}, {self.as_of}"
        return ", ".join(part for part in (self.publisher, self.as_of, self.note, self.licence) if part)


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact in words. `group` is its sub-heading ("Required", "Red"), `number` its place in a numbered list."""

    place: Place
    group: str
    name: str
    text: str
    number: int | None = None

    @property
    def sentence(self) -> str:
        """Name and text as one line."""
        return sentence(self.name, self.text)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What holds people back at a level, or between two levels (then `levels` has both, lower first)."""

    place: Place
    levels: tuple[Level, ...]
    years: Years | None
    heading: str
    name: str
    text: str

    @property
    def sentence(self) -> str:
        """Level, name and text as one line."""
        return f"{self.heading}: {self.name}. {self.text}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stated count of a hiring process: `unit` is "weeks" or "stages", `scope` the source's own limit."""

    place: Place
    unit: str
    low: int
    high: int
    scope: str

    @property
    def range(self) -> str:
        """Return "3–6 weeks"."""
        return f"{self.low}–{self.high} {self.unit}"

    @property
    def sentence(self) -> str:
        """The count with its meaning."""
        what = "Total process" if self.unit == "weeks" else "Number of stages"
        return f"{what}: {self.range}{f' ({self.scope})' if self.scope else ''}"


Fact = Statement | Bottleneck | Span | PayBand | PayAdjustment | Benchmark
F = TypeVar("F", Statement, Bottleneck, Span, PayBand, PayAdjustment, Benchmark)


class Disagreement(NamedTuple):
    """Where a guide (`here`, the name of a fact) and another (`guide`, `there`) give different advice on `about`."""

    about: str
    here: str
    guide: str
    there: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One file: a role guide, or a theme of questions and answers (then `occupation` is None and `level` empty).

    `aliases` name the role; `hints` are words of its work that make it the likely one where no role is named;
    `nicknames` name it only in a follow-up ("and research?").
    """

    slug: str
    path: Path
    title: str
    occupation: str | None
    level: Level | None
    levels: tuple[Level, ...]
    category: str
    aliases: tuple[str, ...]
    hints: tuple[str, ...]
    nicknames: tuple[str, ...]
    sources: tuple[Source, ...]
    not_covered: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    facts: tuple[Fact, ...]

    @property
    def role(self) -> str:
        """The role without its level: "Computer Vision Engineer" for the senior guide too; the title of a theme."""
        return without_level(self.title)

    @property
    def is_mostly_ours(self) -> bool:
        """Tell whether most of the guide is our own guidance."""
        ours = sum(fact.place.source == EDITORIAL for fact in self.facts)
        return 2 * ours > len(self.facts)

    def source(self, key: str) -> Source:
        """Return the source with *key*, which the reader has checked."""
        return next(source for source in self.sources if source.key == key)

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Return the facts of one type, in file order."""
        return tuple(fact for fact in self.facts if isinstance(fact, kind))

    def section(self, kind: SectionKind) -> Iterator[Fact]:
        """Yield the facts of one section, in file order."""
        return (fact for fact in self.facts if fact.place.section == kind)

    def named(self, name: str) -> Statement | None:
        """Return the first fact in words that is called *name*."""
        return next((fact for fact in self.of(Statement) if fact.name == name), None)

    @property
    def sections(self) -> tuple[SectionKind, ...]:
        """The kinds of section the guide has facts in, in the fixed order."""
        present = {fact.place.section for fact in self.facts}
        return tuple(kind for kind in SectionKind if kind in present)


def without_level(role: str) -> str:
    """Return a role's name without its level: "Senior Computer Vision Engineer" -> "Computer Vision Engineer"."""
    return " ".join(word for word in role.split() if word.casefold() not in _LEVELS)


def occupation_of(role: str) -> str:
    """Return what guides of one role at several levels share: "Senior ML Engineer" -> "ml-engineer"."""
    return slug(without_level(role))
