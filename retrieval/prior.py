"""How a question bends the search: wordings to search for, and a soft prior for what it named."""

from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.levels import Level
from knowledge.library import Library
from knowledge.markets import markets
from knowledge.question import Intent, Question
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.vocabulary import topics
from retrieval.lexical import STOP_WORDS, stems
from retrieval.passages import Passage
from retrieval.search import Prior, Query

# Weights of the prior, in units of the fused z-score (its best hits score 3 to 6).
ROLE, OTHER_ROLE, THEME = 2.4, -1.2, -0.3
TOPIC, LEANING, LEVEL, SECOND = 1.65, 0.5, 1.2, 0.5
# "Do I need SLURM?" is answered where the skill stands, not where another "do I need" does.
SKILL = 1.2
# A curated answer to the very question asked, by the share of its words.
MATCHED = 1.5
_SKILL_TOPICS = {"skills", "gap", "compare"}
# The share of its pull that a settled topic loses per particular word, and the pull of what a message wants done.
PARTICULAR, WANTED = 0.15, 2.8


def query_of(question: Question, library: Library, text: str, subject: str = "") -> Query:
    """Return what to search for: *text* and *subject* are wordings of *question*, which says where the answer stands.

    Themes answer beside any role.
    """
    prior, named = prior_for(question, library), named_guides(question, library)
    return Query(text, prior, subject, question.focus, named, library.themes)


def named_guides(question: Question, library: Library) -> frozenset[str]:
    """Return the slugs of the guides of the roles a question names."""
    return frozenset(g.slug for role in question.slots.occupations for g in library.occupations.get(role, ()))


def prior_for(question: Question, library: Library) -> Prior:
    """Return the soft prior of a question: the named role's guides, the asked topics' sections, the level's guide."""
    slots = question.slots
    sections: dict[str, float] = {}
    for topic, weight in _weights(question).items():
        for place, section in enumerate(topics()[topic].sections):
            # The first section of a topic is where it is answered, the others are where it is touched.
            value = weight if place == 0 else weight * SECOND
            sections[section] = max(sections.get(section, 0.0), value)
    return _Weigher(
        library=library,
        named=named_guides(question, library),
        sections=sections,
        level=slots.level,
        themes=frozenset(topics()[topic].theme for topic in slots.topics),
        shared=any(topics()[topic].is_shared for topic in slots.topics),
        foreign=tuple(words(name) for name in slots.other_occupations if not slots.occupations),
        focus=frozenset(stems(" ".join(question.focus), STOP_WORDS)),
        skills=frozenset(skills_in(question.query)) if set(slots.topics) <= _SKILL_TOPICS else frozenset(),
    )


def _weights(question: Question) -> dict[str, float]:
    """Return how much each topic pulls."""
    slots = question.slots
    roles = len(slots.occupations) + len(slots.other_occupations)
    weights = dict.fromkeys(slots.leanings, LEANING)
    # The more particular a question, the less its general words say where the answer stands.
    settled = TOPIC / (1 + PARTICULAR * max(0, len(question.focus) - 1))
    for topic in slots.topics:
        # Two things are compared; the comparison is answered where the topic itself is, or in a FAQ if none is named.
        vague = topic == "compare" and (roles < 2 or len(slots.topics) > 1)
        # A role without a guide is answered, if at all, where it is mentioned.
        foreign = bool(slots.other_occupations) and not slots.occupations
        weights[topic] = LEANING if vague or foreign else max(settled, LEANING)
        weights |= {near: LEANING for near in topics()[topic].near if near not in weights}
    wanted = _INTENT_TOPICS.get(question.intent, ())
    if wanted:
        # Pay or remote work are conditions of a search then, not what is asked.
        weights = dict.fromkeys(weights, LEANING)
    return weights | dict.fromkeys(wanted, WANTED)


# Bare names and a figure of a whole category: near in meaning to every question of their kind, and seldom its answer.
_UNASKED = {"industries": -0.8, "benchmark": -1.5}
_BY_SLOTS = {"pay", "premium", "remote pay", "conversion", "perks", "benchmark"}
# Where the guides speak of what a message wants done.
_INTENT_TOPICS = {
    Intent.LISTINGS: ("listings",),
    Intent.SUBSCRIPTION: ("listings",),
    Intent.DISCRIMINATION: ("standout",),
}


@dataclass(frozen=True, slots=True)
class _Weigher:
    """Weighs a passage by where it stands; `foreign` are roles without a guide (words), `skills` those asked about."""

    library: Library
    named: frozenset[str]
    sections: dict[str, float]
    level: Level | None
    themes: frozenset[str | None]
    # Whether a question is one of those that are alike for every role: then any theme may answer it.
    shared: bool
    foreign: tuple[tuple[str, ...], ...]
    skills: frozenset[str]
    focus: frozenset[str]
    # What was worked out already, by guide and section: a question weighs hundreds of passages of some fifty places.
    places: dict[tuple[str, str], float] = field(default_factory=dict)

    def __call__(self, passage: Passage) -> float:
        place = passage.group, passage.section
        value = self.places.get(place)
        if value is None:
            value = self.places[place] = self._place(*place)
        if passage.group in self.library.themes:
            # Guides without a role weigh by their section alone.
            return value
        if passage.section == "faq" and self.focus:
            value += MATCHED * self._matched(passage)
        if self.skills and passage.section == "skills" and not self.skills.isdisjoint(_skills_of(passage)):
            value += SKILL
        # What a guide says of a role without a guide is all there is on it.
        mentioned = set(words(f"{passage.title} {passage.text}")) if self.foreign else set()
        return value + (ROLE if any(mentioned.issuperset(name) for name in self.foreign) else 0.0)

    def _place(self, group: str, section: str) -> float:
        """Return what every passage of a section of a guide gains."""
        guide = self.library.by_slug[group]
        if guide.slug in self.themes:
            return TOPIC + ROLE
        if guide.occupation is None and self.shared:
            return ROLE
        value = self.sections.get(section, _UNASKED.get(section, 0.0))
        if guide.occupation is None:
            return THEME + value * (0.0 if self.named else 0.5)
        if self.named:
            value += ROLE if group in self.named else OTHER_ROLE
        return value + (LEVEL if self.level and guide.level is self.level else 0.0)

    def _matched(self, passage: Passage) -> float:
        """Return the share of what is asked that a curated answer's own question asks too, if two words or more."""
        shared = self.focus & _title_stems(passage.title)
        return len(shared) / len(self.focus) if len(shared) > 1 else 0.0


@lru_cache(maxsize=4096)
def _skills_of(passage: Passage) -> tuple[str, ...]:
    return skills_in(passage.embedded)


@lru_cache(maxsize=4096)
def _title_stems(title: str) -> frozenset[str]:
    return frozenset(stems(title))


def search_text(question: Question, earlier: str = "") -> str:
    """Return what to search for: the message with the one it follows, or English words for a foreign one.

    A place is named as guides name it ("from my flat in Lisbon": Portugal).
    """
    slots, places = question.slots, _places(question)
    if question.language:
        labels = (topics()[topic].label for topic in slots.topics)
        known = [" ".join([*slots.occupations, *labels]).replace("-", " "), *places]
        return " ".join(known if slots.topics else [question.query, *known])
    short = len(question.focus) <= 3
    followed = [earlier] if question.follows and earlier and short else []
    return " ".join([*followed, question.query, *places])


def search_subject(question: Question) -> str:
    """Return the second wording to search for: without the role's name, with the topics'; empty where names matter."""
    slots = question.slots
    if question.language or len(slots.occupations) + len(slots.other_occupations) > 1:
        return ""
    # Figures are taken by slots and gaps are known without searching: one wording is enough, and half the work.
    if slots.topics and all(topic in _BY_SLOTS or not topics()[topic].sections for topic in slots.topics):
        return ""
    labels = (topics()[topic].label for topic in slots.topics)
    return " ".join(filter(None, [question.subject, *labels, *_places(question)]))


def _places(question: Question) -> list[str]:
    return [markets().name(code) for code in question.slots.markets]
