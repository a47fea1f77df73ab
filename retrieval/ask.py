"""One question together with what is found for it, when that is asked for: what the composers work from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from knowledge.guide import Bottleneck, Fact, Guide, SectionKind
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.pay import PayBand
from knowledge.question import Question, Slots
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.vocabulary import topics
from retrieval.lexical import stems
from retrieval.prior import query_of
from retrieval.search import Hit, Query, Search

Dated = PayBand | Bottleneck
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Ask:
    """A question with its evidence; `query` is what is searched for (None: nothing), `found` what already was."""

    question: Question
    library: Library
    facts: dict[str, Fact]
    search: Search
    query: Query | None
    found: tuple[Hit, ...] | None = None

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """What the search finds, best first; greetings, refusals and most figures by slots never ask for it."""
        if self.found is None:
            return tuple(self.search.find(self.query)) if self.query else ()
        return self.found

    @property
    def slots(self) -> Slots:
        """The question's slots."""
        return self.question.slots

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The guides of the named roles, or all role guides where none is named."""
        named = [g for role in self.slots.occupations for g in self.library.occupations.get(role, ())]
        return tuple(named) or self.library.roles

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the roles of these guides, without their levels, folded."""
        return frozenset(guide.role.casefold() for guide in self.guides)

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The stems of every word that the guides of the named roles use."""
        return frozenset(stem for guide in self.guides for stem in stems(self.library.vocabulary[guide.slug]))

    @cached_property
    def on_skill(self) -> tuple[Fact, ...]:
        """The facts of the roles' skills that name a skill of the question, by any name ("GCP": Google Cloud)."""
        asked = set(skills_in(self.question.query))
        facts = (fact for guide in self.guides for fact in guide.section(SectionKind.SKILLS))
        return tuple(fact for fact in facts if asked & set(skills_in(fact.sentence))) if asked else ()

    def guides_of(self, occupation: str) -> tuple[Guide, ...]:
        """Return the guides of one role."""
        return self.library.occupations.get(occupation, ())

    def ranked(self, guides: Iterable[Guide] = (), sections: Iterable[str] = ()) -> Iterator[tuple[Hit, Fact]]:
        """Yield hits with their facts, best first, only of *guides* and *sections* where these are given."""
        slugs, kinds = {guide.slug for guide in guides}, set(sections)
        for hit in self.hits:
            if (not slugs or hit.passage.group in slugs) and (not kinds or hit.passage.section in kinds):
                yield hit, self.facts[hit.passage.id]

    def about(self, topic: str, role: str, *, whole: bool = False) -> "Ask":
        """Return the same question narrowed to one of its topics and roles, with hits of its own for what is asked.

        A question with two intents is near to neither in meaning; each is searched for by itself. A *whole* message
        counts where who asks matters too ("just finished my PhD").
        """
        slots = replace(self.slots, topics=(topic,), leanings=(), occupations=(role,), other_occupations=())
        question = replace(self.question, slots=slots)
        asked = [self.question.query] if whole else self.question.focus
        text = " ".join([topics()[topic].label, *asked, self.guides_of(role)[0].title])
        return replace(self, question=question, query=query_of(question, self.library, text), found=None)

    @cached_property
    def parts(self) -> "tuple[Ask, ...]":
        """The questions inside this one, each with the slots it leaves open filled and hits of its own."""
        questions = [self._part(part) for part in self.question.parts]
        queries = [query_of(question, self.library, question.query) for question in questions]
        found = zip(questions, queries, self.search.find_each(queries), strict=True)
        return tuple(replace(self, question=q, query=query, found=tuple(hits)) for q, query, hits in found)

    def _part(self, part: Question) -> Question:
        own = part.slots
        slots = replace(
            self.slots,
            topics=own.topics,
            leanings=own.leanings,
            occupations=own.occupations or self.slots.occupations,
            other_occupations=own.other_occupations,
        )
        return replace(part, slots=slots, language=self.question.language)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels asked about: as named, else as the guides' own tables map the years."""
        # Years beside another occupation ("java dev, 8 years") or before a move were spent in something else.
        elsewhere = bool(self.slots.other_occupations) or "transition" in self.slots.topics
        if self.slots.levels or self.slots.years is None or elsewhere:
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
        near = neighbours(pool, years)
        if near:
            return tuple(dict.fromkeys(level for fact in near for level in fact.levels))
    oldest = max(bands, key=_first_year, default=None)
    return oldest.levels if oldest and years >= _first_year(oldest) else ()


def neighbours(pool: Sequence[D], years: float) -> tuple[D, D] | None:
    """Return the facts whose years end before and begin after *years*, the nearest of each; None where a side lacks."""
    below = [fact for fact in pool if fact.years and fact.years.high is not None and fact.years.high < years]
    above = [fact for fact in pool if fact.years and years < fact.years.low]
    return (max(below, key=_first_year), min(above, key=_first_year)) if below and above else None


def _first_year(fact: Dated) -> float:
    return fact.years.low if fact.years else 0.0


def mentions(fact: Fact, phrase: str) -> bool:
    """Tell whether *fact* names *phrase* (folded words)."""
    text, wanted = words(fact.sentence), tuple(phrase.split())
    return any(text[i : i + len(wanted)] == wanted for i in range(len(text)))
