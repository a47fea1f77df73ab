"""A message read into slots: which role, level, place and topic, and what else it carries."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.levels import Level
from knowledge.money import Amount
from knowledge.pay import Measure


class Intent(StrEnum):
    """What a message wants done."""

    ASK = "ask"
    LISTINGS = "listings"
    SUBSCRIPTION = "subscription"
    POST = "post"
    DEMAND = "demand"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    NOTHING = "nothing"
    CRISIS = "crisis"
    DISCRIMINATION = "discrimination"
    FABRICATION = "fabrication"
    INJECTION = "injection"
    UNREAD = "unread"
    RESET = "reset"
    DISLIKED = "disliked"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question is about, by known ids. `topics` are settled topics, `leanings` only likely ones, best first;
    `ranks` are employers' own levels as typed ("L5"); `hinted` are roles that only words of their work point to;
    `cities` are places named as cities, whose country stands in `markets`; `nicknamed` are roles by names that
    only a follow-up can mean.
    """

    occupations: tuple[str, ...] = ()
    other_occupations: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    years: float | None = None
    markets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    leanings: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    nicknamed: tuple[str, ...] = ()

    @property
    def level(self) -> Level | None:
        """The one level named, None where none or several are."""
        return self.levels[0] if len(self.levels) == 1 else None

    @property
    def named(self) -> bool:
        """Tell whether the message names anything of a career; a place alone is none."""
        return bool(self.occupations or self.other_occupations or self.levels or self.topics)


@dataclass(frozen=True, slots=True)
class Question:
    """A message and its reading. `text` is as typed, `query` its words with typos mended, `subject` these without
    the names of roles, levels and places: what is asked about them.

    `focus` are the words left when role, level, place, topic and small words are taken away: what exactly is asked.
    `follows`: something was filled in from before; `fresh`: the person wants to start over; `refused`: what else the
    message tried, which was left out of the reading. `parts` are the questions inside a message that asks several,
    each with the slots it names itself. `post` holds a job post that came with the message, as pasted; then `text` and
    the rest are the person's own words and what the post calls the job.
    """

    text: str
    query: str
    subject: str
    intent: Intent
    slots: Slots
    focus: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    measure: Measure = Measure.UNSPECIFIED
    language: str | None = None
    follows: bool = False
    fresh: bool = False
    refused: Intent | None = None
    parts: "tuple[Question, ...]" = ()
    post: str = ""
