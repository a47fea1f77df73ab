"""What a message names: roles, levels, years, places and topics, out of the phrases found in it."""

import re
from collections.abc import Sequence

from knowledge.levels import Level
from knowledge.markets import markets
from knowledge.phrases import Found
from knowledge.text import words
from knowledge.vocabulary import TELLING, Kind, Meaning, level_phrases

# "how do you lead a team" names no level, "lead ML engineer" does.
_BEFORE_VERB = frozenset({"to", "you", "i", "they", "we", "who", "and", "that", "can", "will", "should", "must"})
_AFTER_VERB = frozenset({"a", "an", "the", "to", "teams", "people", "others", "projects", "design", "by", "from"})
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_YEARS = re.compile(
    rf"((?<!\d)\d{{1,2}}(?:[.,]\d{{1,2}})?|\b(?:{'|'.join(_NUMBERS)}))(?:\s?[-–]\s?\d{{1,2}})?\s?\+?\s?-?"
    r"(?:years?|yrs?|yr|y\.?o\.?e\.?|jahren?|ans|anos|años|anni|saal)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"(?<!\d)(\d{1,3})\s?months?\s(?:of\s)?(?:experience|exp)\b", re.IGNORECASE)
# Names of fields that stand for the role in short messages, and the words before them that show a field.
_FIELDS = {("ml",), ("cv",), ("vision",), ("machine", "learning"), ("computer", "vision")}
_IN = {"in", "phd", "masters", "degree"}
# "us" after these is a pronoun, unless one of the words that follow countries comes next.
_BEFORE_US = frozenset(
    words(
        "tell tells give gives let lets show help ask asks asked pay pays paid make makes want wants of for to with "
        "about offer offers offered send between join contact call teach"
    )
)
_SUBJECTS = frozenset({"they", "you", "he", "she", "who"})
_AFTER_COUNTRY = frozenset(
    words("company companies startup startups market base based salary pay remote citizens employer team")
)
# A role alias that is also a word for a résumé: "a research engineer cv", "my cv".
_RESUME = re.compile(
    r"\b(?:my|your|his|her|on a|on the|in a)\s+cv\b(?!\s+(?:engineer\w*|jobs?|roles?|team|career|interview\w*|"
    r"projects?|work|skills?|salary|pay|offers?|compan\w+|background|experience|position))|\ba cv$"
)


def read_years(text: str) -> float | None:
    """Return years of experience as typed, of a range the lower; months count only where experience is named."""
    years, months = _YEARS.search(text), _MONTHS.search(text)
    if years:
        word = years[1].casefold()
        return float(_NUMBERS.index(word) + 1) if word in _NUMBERS else float(word.replace(",", "."))
    return float(months[1]) / 12 if months else None


def read_occupations(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> list[Found[Meaning]]:
    """Return the roles named, without "cv" where it means a résumé."""
    roles = [f for f in found if f.value.kind is Kind.OCCUPATION]
    sentence = " ".join(corrected)
    full = [f for f in roles if corrected[f.start : f.end] != ("cv",)]
    resume = bool(_RESUME.search(sentence)) or any(f.end < len(corrected) and corrected[f.end] == "cv" for f in full)
    named = full if resume else roles
    # "a PhD in ML" beside a role names a field, not a second role.
    fields = [f for f in named if corrected[f.start : f.end] in _FIELDS and set(corrected[f.start - 1 : f.start]) & _IN]
    others = {f.value.value for f in named if f not in fields}
    return [f for f in named if f not in fields or not others - {f.value.value}]


# A rank of one employer ("L5", "IC4", "SDE 2"): known as such, and mapped to a level by no guide.
_RANK = re.compile(
    r"\b(?:(?:l|e|ic|t|sde|swe|grade|level|band)\s?-?[1-9](?:\d)?)\b(?!\s*(?:years?|yrs?|yoe|%|k\b))", re.IGNORECASE
)


def read_ranks(text: str) -> tuple[str, ...]:
    """Return the employers' own ranks named in *text*, as typed."""
    return tuple(dict.fromkeys(match.group() for match in _RANK.finditer(text)))


Reading = tuple[Sequence[Found[Meaning]], tuple[str, ...]]


def read_topics(*readings: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Weigh the cues of each reading (phrases found, words); a topic counts with its best, a cue said twice once."""
    weights: dict[str, float] = {}
    for found, message in readings:
        cues: dict[tuple[str, tuple[str, ...]], float] = {}
        for phrase in found:
            if phrase.value.kind is Kind.TOPIC:
                # A longer cue is the more telling one.
                size = 1 + 0.25 * (phrase.end - phrase.start - 1)
                cues[phrase.value.value, message[phrase.start : phrase.end]] = phrase.value.weight * size
        sums: dict[str, float] = {}
        for (topic, _), weight in cues.items():
            sums[topic] = sums.get(topic, 0) + weight
        weights = {topic: max(weights.get(topic, 0), sums.get(topic, 0)) for topic in {*weights, *sums}}
    ranked = sorted(weights, key=lambda topic: (-weights[topic], topic))
    settled = tuple(topic for topic in ranked if weights[topic] >= TELLING)
    return settled, tuple(topic for topic in ranked if weights[topic] < TELLING)


def read_levels(corrected: tuple[str, ...]) -> tuple[Level, ...]:
    """Return the levels named, in order, without verbs ("lead a team") and what is put aside ("not staff")."""
    levels: dict[Level, None] = {}
    denied: set[Level] = set()
    for phrase in level_phrases().find(corrected):
        verb = corrected[phrase.start : phrase.end] == ("lead",) and (
            set(corrected[phrase.start - 1 : phrase.start]) & _BEFORE_VERB
            or set(corrected[phrase.end : phrase.end + 1]) & _AFTER_VERB
        )
        if phrase.value and not verb and _denied(phrase.start, corrected):
            denied.add(phrase.value)
        elif phrase.value and not verb:
            levels[phrase.value] = None
    # "not senior" by itself asks about the steps before.
    return tuple(levels) or ((Level.JUNIOR, Level.MID) if denied == {Level.SENIOR} else ())


def read_markets(found: Sequence[Found[Meaning]], corrected: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the codes of the places named, in order."""
    places = [f for f in found if f.value.kind is Kind.MARKET and not _is_pronoun(f, corrected, text)]
    return tuple(dict.fromkeys(f.value.value for f in places))


def read_cities(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cities named, in order."""
    places = (corrected[f.start : f.end] for f in found if f.value.kind is Kind.MARKET)
    return tuple(dict.fromkeys(" ".join(place) for place in places if place in markets().cities))


def without_denied(found: list[Found[Meaning]], corrected: tuple[str, ...]) -> list[Found[Meaning]]:
    """Leave out what is named only to be put aside: "not Germany, UK"."""
    return [
        phrase
        for phrase in found
        if phrase.value.kind not in {Kind.OCCUPATION, Kind.MARKET} or not _denied(phrase.start, corrected)
    ]


def without_journeys(found: Sequence[Found[Meaning]]) -> list[Found[Meaning]]:
    """Leave out "move to" before a place: it moves a person, not a career."""
    places = {phrase.start for phrase in found if phrase.value.kind is Kind.MARKET}
    return [
        phrase
        for phrase in found
        if not (phrase.value.kind is Kind.TOPIC and phrase.value.value == "transition" and phrase.end in places)
    ]


# May stand between "not" and what is put aside: "not in the US", "I'm not a senior".
_BETWEEN = frozenset({"a", "an", "the", "in", "for", "at", "from", "some", "any", "yet", "quite", "really"})


def _denied(start: int, corrected: tuple[str, ...]) -> bool:
    before = corrected[max(0, start - 4) : start]
    while before and before[-1] in _BETWEEN:
        before = before[:-1]
    if before[-3:] == ("is", "it", "not"):
        # "is it not seniors who ..." puts nothing aside.
        return False
    return before[-1:] in {("not",), ("except",), ("without",), ("isn",)} or before[-2:] == ("instead", "of")


def _is_pronoun(place: Found[Meaning], corrected: tuple[str, ...], text: str) -> bool:
    """Tell "tell us about pay" from "pay in the us"; in capitals it is always the country."""
    if corrected[place.start : place.end] != ("us",) or re.search(r"\bUS\b", text):
        return False
    before, after = corrected[place.start - 1 : place.start], corrected[place.end : place.end + 1]
    # "what can they pay us", but "research engineer pay us".
    noun = set(before) <= {"pay", "pays", "offer", "offers"} and not set(corrected) & _SUBJECTS
    return bool(set(before) & _BEFORE_US) and not noun and not set(after) & _AFTER_COUNTRY
