"""Reads messages: short, messy, misspelt, in several languages. Rules and word lists only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.conduct import read_intent
from knowledge.language import read_language
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.money import read_amounts, read_measure
from knowledge.phrases import Found
from knowledge.question import Question, Slots
from knowledge.spelling import Speller
from knowledge.text import words
from knowledge.vocabulary import STRONG, TELLING, Kind, Meaning, level_phrases, vocabulary
from knowledge.word_lists import word_list

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
# Words that never say what exactly is asked.
_SMALL = frozenset(word_list("small")["question"])
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


# Characters of a message that are read: more than any chat platform lets through in one message.
READ_LIMIT = 5000


class QuestionReader:
    """Reads questions with the roles and words of one library."""

    def __init__(self, library: Library) -> None:
        self._phrases = vocabulary(library)
        guide_words = {word for guide in library.guides for fact in guide.facts for word in words(fact.sentence)}
        self._speller = Speller({*self._phrases.vocabulary(), *guide_words})

    def read(self, text: str) -> Question:
        """Read one message by itself, without the conversation before it."""
        text_read = text[:READ_LIMIT]
        typed = words(text_read)
        # "Los Angeles" is no Spanish.
        language = read_language(_without_names(self._phrases.find(typed), typed))
        # The dictionary is English: it would "mend" the words of other languages.
        corrected = typed if language else tuple(self._speller.correct(word) for word in typed)
        found = _without_denied(self._phrases.find(corrected), corrected)
        roles = _occupations(found, corrected)
        found = [f for f in found if f.value.kind is not Kind.OCCUPATION or f in roles]
        slots = self._slots(found, roles, text_read, corrected)
        amounts = read_amounts(text_read)
        focus = _focus(corrected, found)
        slots = _with_pay(slots, len(focus), has_amounts=bool(amounts))
        return Question(
            text=text,
            query=_written_out(corrected),
            subject=_written_out(_without_names(found, corrected)),
            intent=read_intent(text_read, corrected, slots, has_amounts=bool(amounts)),
            slots=slots,
            focus=focus,
            amounts=amounts,
            measure=read_measure(text_read),
            language=language,
        )

    def _slots(
        self, found: Sequence[Found[Meaning]], roles: Sequence[Found[Meaning]], text: str, corrected: tuple[str, ...]
    ) -> Slots:
        def values(kind: Kind) -> tuple[str, ...]:
            return tuple(dict.fromkeys(f.value.value for f in found if f.value.kind is kind))

        settled, leaning = _topics(found, self._phrases.find(_without_names(found, corrected)))
        return Slots(
            occupations=tuple(dict.fromkeys(f.value.value for f in roles)),
            other_occupations=values(Kind.OTHER_OCCUPATION),
            levels=_levels(corrected),
            years=_years(text),
            markets=_markets(found, corrected, text),
            topics=settled,
            leanings=leaning,
            companies=tuple(
                dict.fromkeys(" ".join(corrected[f.start : f.end]) for f in found if f.value.kind is Kind.COMPANY)
            ),
        )


# Topics that leave open what is asked about them.
_OPEN_TOPICS = frozenset({"compare", "remote", "premium", "conversion", "perks"})


def _with_pay(slots: Slots, focus: int, *, has_amounts: bool) -> Slots:
    """Add pay where nobody says the word: "CV mid-level in Poland?", "165k for a senior, too low?"."""
    open_question = not set(slots.topics) - _OPEN_TOPICS
    leaning = "pay" in slots.leanings and focus <= 2 and bool(slots.levels or slots.years)
    placed = leaning or bool(slots.occupations and slots.markets)
    money_topic = bool(set(slots.topics) & {"conversion", "premium", "perks"})
    if open_question and "pay" not in slots.topics and (has_amounts or placed or money_topic):
        return replace(slots, topics=("pay", *slots.topics))
    return slots


def _years(text: str) -> float | None:
    """Return years of experience as typed, of a range the lower; months count only where experience is named."""
    years, months = _YEARS.search(text), _MONTHS.search(text)
    if years:
        word = years[1].casefold()
        return float(_NUMBERS.index(word) + 1) if word in _NUMBERS else float(word.replace(",", "."))
    return float(months[1]) / 12 if months else None


def _occupations(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> list[Found[Meaning]]:
    """Return the roles named, without "cv" where it means a résumé."""
    roles = [f for f in found if f.value.kind is Kind.OCCUPATION]
    sentence = " ".join(corrected)
    full = [f for f in roles if corrected[f.start : f.end] != ("cv",)]
    resume = bool(_RESUME.search(sentence)) or any(f.end < len(corrected) and corrected[f.end] == "cv" for f in full)
    return full if resume else roles


def _written_out(message: tuple[str, ...]) -> str:
    """Return the words as guides would write them: "stats" as "statistics"."""
    slang = word_list("slang")
    return " ".join(str(slang.get(word, word)) for word in message)


def _without_names(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without roles, levels and places, so that "how many senior ML jobs" reads "how many jobs"."""
    names = {Kind.OCCUPATION, Kind.LEVEL, Kind.MARKET}
    taken = {i for phrase in found if phrase.value.kind in names for i in range(phrase.start, phrase.end)}
    return tuple(word for i, word in enumerate(corrected) if i not in taken)


def _topics(*readings: Sequence[Found[Meaning]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Weigh the cues of each reading of the words; a topic counts with its best reading."""
    weights: dict[str, float] = {}
    for found in readings:
        sums: dict[str, float] = {}
        for phrase in found:
            if phrase.value.kind is Kind.TOPIC:
                # A longer cue is the more telling one.
                size = 1 + 0.25 * (phrase.end - phrase.start - 1)
                sums[phrase.value.value] = sums.get(phrase.value.value, 0) + phrase.value.weight * size
        weights = {topic: max(weights.get(topic, 0), sums.get(topic, 0)) for topic in {*weights, *sums}}
    ranked = sorted(weights, key=lambda topic: (-weights[topic], topic))
    settled = tuple(topic for topic in ranked if weights[topic] >= TELLING)
    return settled, tuple(topic for topic in ranked if weights[topic] < TELLING)


def _levels(corrected: tuple[str, ...]) -> tuple[Level, ...]:
    levels: dict[Level, None] = {}
    for phrase in level_phrases().find(corrected):
        verb = corrected[phrase.start : phrase.end] == ("lead",) and (
            set(corrected[phrase.start - 1 : phrase.start]) & _BEFORE_VERB
            or set(corrected[phrase.end : phrase.end + 1]) & _AFTER_VERB
        )
        if phrase.value and not verb and not _denied(phrase.start, corrected):
            levels[phrase.value] = None
    return tuple(levels)


def _markets(found: Sequence[Found[Meaning]], corrected: tuple[str, ...], text: str) -> tuple[str, ...]:
    places = [f for f in found if f.value.kind is Kind.MARKET and not _is_pronoun(f, corrected, text)]
    return tuple(dict.fromkeys(f.value.value for f in places))


def _without_denied(found: list[Found[Meaning]], corrected: tuple[str, ...]) -> list[Found[Meaning]]:
    """Leave out what is named only to be put aside: "not Germany, UK"."""
    return [
        phrase
        for phrase in found
        if phrase.value.kind not in {Kind.OCCUPATION, Kind.MARKET} or not _denied(phrase.start, corrected)
    ]


def _denied(start: int, corrected: tuple[str, ...]) -> bool:
    before = corrected[max(0, start - 2) : start]
    return before[-1:] == ("not",) or before == ("instead", "of")


def _is_pronoun(place: Found[Meaning], corrected: tuple[str, ...], text: str) -> bool:
    """Tell "tell us about pay" from "pay in the us"; in capitals it is always the country."""
    if corrected[place.start : place.end] != ("us",) or re.search(r"\bUS\b", text):
        return False
    before, after = corrected[place.start - 1 : place.start], corrected[place.end : place.end + 1]
    # "what can they pay us", but "research engineer pay us".
    noun = set(before) <= {"pay", "pays", "offer", "offers"} and not set(corrected) & _SUBJECTS
    return bool(set(before) & _BEFORE_US) and not noun and not set(after) & _AFTER_COUNTRY


def _focus(corrected: tuple[str, ...], found: Sequence[Found[Meaning]]) -> tuple[str, ...]:
    taken = {i for phrase in found if phrase.value.weight >= STRONG for i in range(phrase.start, phrase.end)}
    return tuple(
        word
        for i, word in enumerate(corrected)
        if i not in taken and word not in _SMALL and not word[0].isdigit() and len(word) > 1
    )
