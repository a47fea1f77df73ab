"""Reads messages: short, messy, misspelt, in several languages. Rules and word lists only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.conduct import ATTACKS, CAREFUL, read_intent, without_attack, without_reset
from knowledge.earner import read_earner
from knowledge.language import read_language
from knowledge.library import Library
from knowledge.listing.clean import plain
from knowledge.money import read_amounts, read_measure
from knowledge.pay import Benchmark
from knowledge.person import without_person
from knowledge.phrases import Found
from knowledge.post.headline import read_headline
from knowledge.post.shape import Pasted, find_post
from knowledge.question import Intent, Question, Slots
from knowledge.skills import skills_in
from knowledge.slot_reader import (
    read_cities,
    read_levels,
    read_markets,
    read_occupations,
    read_ranks,
    read_topics,
    read_years,
    without_denied,
    without_journeys,
)
from knowledge.spelling import Speller
from knowledge.text import words
from knowledge.vocabulary import STRONG, Kind, Meaning, topic_patterns, topics, vocabulary
from knowledge.word_lists import word_list

# Words that never say what exactly is asked.
_SMALL = frozenset(word_list("small")["question"])
# Where one question of a message may end and the next begin; both sides of "or" and "vs" are looked at apart.
_CLAUSES = re.compile(r"[?;\n]+|[.!,](?=\s)|\s(?:and|or|vs\.?|versus|plus|also|but|&|\+)\s", re.IGNORECASE)
# A message of more clauses is a story, not a list of questions.
MOST_CLAUSES = 5
# Characters of a message that are read: more than any chat platform lets through in one message.
READ_LIMIT = 5000


class QuestionReader:
    """Reads questions with the roles and words of one library."""

    def __init__(self, library: Library) -> None:
        self._phrases = vocabulary(library)
        facts = (fact for guide in library.guides for fact in guide.facts)
        self._guide_words = frozenset(word for fact in facts for word in words(fact.sentence))
        # A figure of a category benchmark is asked about as one, whatever a person takes it for.
        self._benchmarks = {
            end for guide in library.guides for fact in guide.of(Benchmark) for end in (fact.low, fact.high)
        }
        self._speller = Speller(self._phrases.vocabulary(), self._guide_words)

    def read(self, text: str) -> Question:
        """Read one message by itself, without the conversation before it."""
        pasted = find_post(text)
        if pasted:
            return self.read_post(pasted)
        rest = without_reset(text[:READ_LIMIT])
        if rest is not None:
            inner = self._read(rest) if rest else replace(self._read(""), intent=Intent.RESET)
            return replace(inner, text=text, fresh=True)
        question = self._with_parts(self._read(text))
        if question.intent in ATTACKS:
            inner = self._with_parts(self._read(without_attack(text[:READ_LIMIT])))
            if inner.intent is Intent.ASK and inner.slots.named:
                return replace(inner, text=text, refused=question.intent)
        return question

    def read_post(self, pasted: Pasted) -> Question:
        """Read a message that holds a job post: what the person says of it, and which role and level it is for."""
        asked = self._read(pasted.said)
        if asked.intent in CAREFUL:
            # The post may say what it likes; what the person says counts.
            return asked
        title = read_headline(plain(pasted.post)).title
        named = f"Job post: {title or 'without a title'}. {pasted.said}".strip()
        return replace(self._read(named), text=named, intent=Intent.POST, post=pasted.post)

    def _with_parts(self, question: Question) -> Question:
        """Add the questions inside *question*, if there are several."""
        clauses = [clause for clause in _CLAUSES.split(without_person(question.text[:READ_LIMIT])) if clause.strip()]
        if question.intent is not Intent.ASK or not 1 < len(clauses) <= MOST_CLAUSES:
            return question
        parts = [part for part in map(self._read, clauses) if part.slots.topics or len(part.focus) > 1]
        return replace(question, parts=tuple(parts)) if len(parts) > 1 else question

    def _read(self, text: str) -> Question:
        # Who somebody is changes no reading; only what a message wants done is told from all of it.
        text_read = without_person(text[:READ_LIMIT])
        typed = words(text_read)
        # "Los Angeles" is no Spanish.
        language = read_language(_without_names(self._phrases.find(typed), typed))
        # The dictionary is English: it would "mend" the words of other languages.
        corrected = typed if language else tuple(self._speller.correct(word) for word in typed)
        found = without_journeys(without_denied(self._phrases.find(corrected), corrected))
        roles = read_occupations(found, corrected)
        found = [f for f in found if f.value.kind is not Kind.OCCUPATION or f in roles]
        slots = self._slots(found, roles, text_read, corrected)
        amounts = read_amounts(text_read)
        focus = _focus(corrected, found)
        if language:
            # Of another language only the words that guides use too ("pytorch") say what is asked.
            focus = tuple(word for word in focus if word in self._guide_words)
        if self._benchmarks & {end for amount in amounts for end in (amount.low, amount.high)}:
            slots = replace(slots, topics=tuple(dict.fromkeys((*slots.topics, "benchmark"))))
        slots = _with_pay(slots, corrected, len(focus), has_amounts=bool(amounts))
        return Question(
            text=text,
            query=_written_out(corrected),
            subject=_written_out(_without_names(found, corrected)),
            intent=read_intent(text[:READ_LIMIT], corrected, slots),
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

        earner = read_earner(found, corrected)
        bare = _without_names(found, corrected)
        settled, leaning = read_topics((found, corrected), (self._phrases.find(bare), bare))
        shown = [topic for topic, pattern in topic_patterns() if pattern.search(text) and topic not in settled]
        return Slots(
            occupations=tuple(dict.fromkeys(f.value.value for f in roles)),
            other_occupations=values(Kind.OTHER_OCCUPATION) or (() if roles or not earner else (earner,)),
            levels=read_levels(corrected),
            years=read_years(text),
            ranks=read_ranks(text),
            hinted=values(Kind.HINT),
            nicknamed=values(Kind.NICKNAME),
            cities=read_cities(found, corrected),
            markets=read_markets(found, corrected, text),
            topics=_meant((*settled, *shown)),
            leanings=leaning,
            companies=tuple(
                dict.fromkeys(" ".join(corrected[f.start : f.end]) for f in found if f.value.kind is Kind.COMPANY)
            ),
        )


def _meant(named: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out topics that another one takes the place of: "laid off" is asked about in general or by who was."""
    over = {topic for name in named for topic in topics()[name].over}
    # What is asked of everybody comes after what is asked of a role.
    return tuple(sorted((topic for topic in named if topic not in over), key=lambda topic: topics()[topic].general))


# Topics that leave open what is asked about them.
_OPEN_TOPICS = frozenset(
    {"compare", "remote", "remote pay", "premium", "conversion", "perks", "negotiation", "comparing offers"}
)


# Words that ask for the process itself, offer or not.
_ABOUT_HIRING = frozenset(
    {"hiring", "process", "stage", "stages", "interview", "interviews", "round", "rounds", "long"}
)


def _with_pay(slots: Slots, corrected: tuple[str, ...], focus: int, *, has_amounts: bool) -> Slots:
    """Add pay where nobody says the word: "CV mid-level in Poland?", "165k for a senior, too low?"."""
    if has_amounts and "offer" in corrected and slots.topics == ("hiring",) and not _ABOUT_HIRING & set(corrected):
        # "I have an offer of 190k, good?" is no question about the process that led to it.
        slots = replace(slots, topics=())
    # "is 600k real or hype?" asks for pay, whatever else it sounds like.
    open_question = not set(slots.topics) - _OPEN_TOPICS - ({"flags"} if has_amounts else set())
    # "how much PyTorch should a senior know" asks for no money.
    leaning = "pay" in slots.leanings and focus <= 2 and bool(slots.levels or slots.years)
    leaning = leaning and not skills_in(" ".join(corrected)) and "skills" not in slots.leanings
    placed = leaning or bool(slots.occupations and slots.markets)
    money_topic = bool(set(slots.topics) & {"conversion", "premium", "remote pay", "perks"})
    if open_question and "pay" not in slots.topics and (has_amounts or placed or money_topic):
        return replace(slots, topics=("pay", *slots.topics))
    return slots


def _written_out(message: tuple[str, ...]) -> str:
    """Return the words as guides would write them: "stats" as "statistics"."""
    slang = word_list("slang")
    return " ".join(str(slang.get(word, word)) for word in message)


def _without_names(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without roles, levels and places, so that "how many senior ML jobs" reads "how many jobs"."""
    names = {Kind.OCCUPATION, Kind.LEVEL, Kind.MARKET}
    taken = {i for phrase in found if phrase.value.kind in names for i in range(phrase.start, phrase.end)}
    return tuple(word for i, word in enumerate(corrected) if i not in taken)


def _focus(corrected: tuple[str, ...], found: Sequence[Found[Meaning]]) -> tuple[str, ...]:
    taken = {i for phrase in found if phrase.value.weight >= STRONG for i in range(phrase.start, phrase.end)}
    return tuple(
        word
        for i, word in enumerate(corrected)
        if i not in taken and word not in _SMALL and not word[0].isdigit() and len(word) > 1
    )
