"""One question together with everything found for it: what the composers work from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.guide import Bottleneck, Fact, Guide
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.pay import PayBand
from knowledge.question import Intent, Question, Slots
from knowledge.text import words
from knowledge.vocabulary import topics
from retrieval.passages import Passage
from retrieval.search import Hit, Prior, Search

# Weights of the prior, in units of the fused z-score (its best hits score 3 to 6).
ROLE, OTHER_ROLE, THEME = 2.4, -1.2, -0.3
TOPIC, LEANING, LEVEL, SECOND = 1.7, 0.7, 0.5, 0.5
PARTICULAR = 0.15

Dated = PayBand | Bottleneck


@dataclass(frozen=True)
class Ask:
    """A question with its evidence, best first."""

    question: Question
    library: Library
    hits: tuple[Hit, ...]
    facts: dict[str, Fact]
    search: Search

    @property
    def slots(self) -> Slots:
        """The question's slots."""
        return self.question.slots

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The guides of the named roles, or all role guides where none is named."""
        named = [g for role in self.slots.occupations for g in self.library.occupations.get(role, ())]
        return tuple(named) or self.library.roles

    def guides_of(self, occupation: str) -> tuple[Guide, ...]:
        """Return the guides of one role."""
        return self.library.occupations.get(occupation, ())

    def ranked(self, guides: Iterable[Guide] = (), sections: Iterable[str] = ()) -> Iterator[tuple[Hit, Fact]]:
        """Yield hits with their facts, best first, only of *guides* and *sections* where these are given."""
        slugs, kinds = {guide.slug for guide in guides}, set(sections)
        for hit in self.hits:
            if (not slugs or hit.passage.group in slugs) and (not kinds or hit.passage.section in kinds):
                yield hit, self.facts[hit.passage.id]

    def about(self, topic: str, role: str) -> "Ask":
        """Return the same question narrowed to one of its topics and roles, with hits of its own.

        A question with two intents is near to neither in meaning; each is searched for by itself.
        """
        slots = replace(self.slots, topics=(topic,), leanings=(), occupations=(role,), other_occupations=())
        question = replace(self.question, slots=slots)
        text = " ".join([topics()[topic].label, *self.question.focus, self.guides_of(role)[0].title])
        hits = self.search.find(text, prior_for(question, self.library))
        return replace(self, question=question, hits=tuple(hits))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels asked about: as named, else as the guides' own tables map the years."""
        # Years beside another occupation ("java dev, 8 years") were spent in that one.
        if self.slots.levels or self.slots.years is None or self.slots.other_occupations:
            return self.slots.levels
        return levels_by_years(self.guides, self.slots.years)


def levels_by_years(guides: Iterable[Guide], years: float) -> tuple[Level, ...]:
    """Map *years* to levels by the guides' pay tables, else by their bottlenecks; both neighbours in between."""
    bands: list[Dated] = [band for guide in guides for band in guide.of(PayBand) if band.years]
    holding: list[Dated] = [fact for guide in guides for fact in guide.of(Bottleneck) if fact.years]
    for pool in (bands, holding):
        inside = [level for fact in pool if fact.years and years in fact.years for level in fact.levels]
        if inside:
            return tuple(dict.fromkeys(inside))
        below = [fact for fact in pool if fact.years and fact.years.high is not None and fact.years.high < years]
        above = [fact for fact in pool if fact.years and years < fact.years.low]
        if below and above:
            near = (max(below, key=_first_year), min(above, key=_first_year))
            return tuple(dict.fromkeys(level for fact in near for level in fact.levels))
    oldest = max(bands, key=_first_year, default=None)
    return oldest.levels if oldest and years >= _first_year(oldest) else ()


def _first_year(fact: Dated) -> float:
    return fact.years.low if fact.years else 0.0


def prior_for(question: Question, library: Library) -> Prior:
    """Return the soft prior of a question: the named role's guides, the asked topics' sections, the level's guide."""
    slots = question.slots
    named = {guide.slug for role in slots.occupations for guide in library.occupations.get(role, ())}
    sections: dict[str, float] = {}
    for topic, weight in _weights(question).items():
        for place, section in enumerate(topics()[topic].sections):
            # The first section of a topic is where it is answered, the others are where it is touched.
            value = weight if place == 0 else weight * SECOND
            sections[section] = max(sections.get(section, 0.0), value)
    themes = {topics()[topic].theme for topic in slots.topics} - {None}
    return _prior(library, named, sections, slots.level, themes)


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
    return weights | dict.fromkeys(wanted, TOPIC)


# Sections of bare names: near in meaning to every question about their kind, and seldom its answer.
_UNASKED = {"industries": -0.8}
# Where the guides speak of what a message wants done.
_INTENT_TOPICS = {
    Intent.LISTINGS: ("listings",),
    Intent.SUBSCRIPTION: ("listings",),
    Intent.POST: ("flags", "listings", "checks"),
    Intent.DISCRIMINATION: ("standout",),
}


def _prior(
    library: Library, named: set[str], sections: dict[str, float], level: Level | None, themes: set[str | None]
) -> Callable[[Passage], float]:
    def weigh(passage: Passage) -> float:
        guide = library.by_slug[passage.group]
        value = sections.get(passage.section, _UNASKED.get(passage.section, 0.0))
        if guide.slug in themes:
            return TOPIC + ROLE
        if guide.occupation is None:
            return THEME + value * (0.0 if named else 0.5)
        if named:
            value += ROLE if passage.group in named else OTHER_ROLE
        if level and guide.level is level:
            value += LEVEL
        return value

    return weigh


def mentions(fact: Fact, phrase: str) -> bool:
    """Tell whether *fact* names *phrase* (folded words)."""
    text, wanted = words(fact.sentence), tuple(phrase.split())
    return any(text[i : i + len(wanted)] == wanted for i in range(len(text)))


def search_text(question: Question, earlier: str = "") -> str:
    """Return what to search for: the message with the one it follows, or English words for a foreign one."""
    slots = question.slots
    if question.language:
        labels = (topics()[topic].label for topic in slots.topics)
        known = " ".join([*slots.occupations, *labels]).replace("-", " ")
        return known if slots.topics else f"{question.query} {known}"
    short = len(question.focus) <= 3
    return f"{earlier} {question.query}" if question.follows and earlier and short else question.query


def search_subject(question: Question) -> str:
    """Return the second wording to search for: without the role's name, with the topics'; empty where names matter."""
    slots = question.slots
    if question.language or len(slots.occupations) + len(slots.other_occupations) > 1:
        return ""
    return " ".join([question.subject, *(topics()[topic].label for topic in slots.topics)]).strip()
