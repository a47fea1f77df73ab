"""A message read into slots: which role, level, place and topic, and what else it carries."""

from dataclasses import dataclass, replace
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
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    NOTHING = "nothing"
    CRISIS = "crisis"
    DISCRIMINATION = "discrimination"
    FABRICATION = "fabrication"
    INJECTION = "injection"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question is about, by known ids. `topics` are settled topics, `leanings` only likely ones, best first."""

    occupations: tuple[str, ...] = ()
    other_occupations: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    years: float | None = None
    markets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    leanings: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()

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


# What a greeting or a cry for help is about was not said before it.
_CARRYING = frozenset({Intent.ASK, Intent.LISTINGS, Intent.SUBSCRIPTION, Intent.POST})


def inherit(question: Question, earlier: Slots, earlier_intent: Intent, amounts: tuple[Amount, ...] = ()) -> Question:
    """Fill what *question* leaves open from the conversation before it.

    A named role starts afresh except for the topic and the level the person named; years were years in the old role.
    """
    now = question.slots
    if question.intent not in _CARRYING:
        return question
    if now.other_occupations and not now.occupations:
        return question
    changed = bool(now.occupations) and now.occupations != earlier.occupations
    merged = replace(
        now,
        occupations=now.occupations or earlier.occupations,
        levels=now.levels or (() if now.years is not None else earlier.levels),
        years=now.years if now.years is not None or now.levels or changed else earlier.years,
        markets=now.markets or (() if changed and now.topics else earlier.markets),
        topics=now.topics or (earlier.topics if _carries_topic(question) else ()),
    )
    intent = question.intent
    if intent is Intent.ASK and earlier_intent is Intent.LISTINGS and not now.topics:
        intent = Intent.LISTINGS
    # "they offered me 200k", "for which role?", "senior ML": the figure still stands.
    kept = question.amounts or (amounts if not now.topics and _carries_topic(question) else ())
    return replace(question, slots=merged, intent=intent, amounts=kept, follows=merged != now)


def _carries_topic(question: Question) -> bool:
    """Tell "and in Germany?" (the topic goes on) from "how do teams replace hallway chats" (a new one)."""
    return len(question.focus) <= 2 or bool(question.amounts)
