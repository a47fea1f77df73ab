"""From a question to an answer: search, see what is covered, compose. No model is involved."""

from dataclasses import dataclass, replace

from knowledge.language import opening
from knowledge.library import Library
from knowledge.question import Intent, Question
from knowledge.vocabulary import topics
from retrieval.answer import Answer, Draft, Kind, Scope
from retrieval.ask import Ask
from retrieval.compose.conflict import say_disagreements
from retrieval.compose.fixed import (
    compose_clarify,
    compose_conduct,
    compose_not_yet,
    compose_off_topic,
    compose_social,
    compose_unclear,
    compose_unread,
    say_refused,
)
from retrieval.compose.gaps import compose_gap, compose_unknown_role, say_uncovered
from retrieval.compose.lists import LISTS, is_uncovered
from retrieval.compose.scope import scope_words
from retrieval.lexical import stems
from retrieval.passages import passages
from retrieval.prior import prior_for, search_subject, search_text
from retrieval.routing import answer_topics
from retrieval.search import Hit, Query, Search

_SOCIAL = {Intent.GREETING, Intent.THANKS, Intent.FAREWELL, Intent.NOTHING, Intent.RESET, Intent.DISLIKED}
_CONDUCT = {Intent.CRISIS, Intent.INJECTION, Intent.PRIVACY, Intent.FABRICATION, Intent.DISCRIMINATION}
_NOT_YET = {Intent.LISTINGS, Intent.SUBSCRIPTION, Intent.POST}
# Below this cosine no passage is about the question at all; a question of a known role and topic never comes here.
OFF_TOPIC = 0.2
# Topics whose answer differs from role to role, so that a role is needed.
_NEED_ROLE = {"pay", "hiring", "interview", "bottlenecks", "progression", "gap", "responsibilities"}
# Lists that say something without a role too.
_WITHOUT_ROLE = {"listings", "remote"}
# Topics no guide covers that change what a question about pay asks: the plain figure would be no answer to it.
_BENDING = {"forecast", "job count", "equity amounts", "bonus amounts", "tax"}
_WITHIN = "places within a country"


@dataclass(frozen=True, slots=True)
class Advice:
    """An answer and how it came about: the evidence it was composed from and whether the guides cover the question."""

    answer: Answer
    ask: Ask
    coverage: str


class Advisor:
    """Answers questions from one library through one search engine."""

    def __init__(self, library: Library, search: Search) -> None:
        self.library = library
        self._search = search
        self._facts = {key: fact for key, (_, fact) in passages(library).items()}

    def advise(self, question: Question, earlier: str = "") -> Advice:
        """Answer *question*, whose slots the conversation has filled; *earlier* is the text it follows on."""
        prior, subject = prior_for(question, self.library), search_subject(question)
        hits = self._search.find(Query(search_text(question, earlier), prior, subject, question.focus))
        ask = Ask(question, self.library, tuple(hits), self._facts, self._search)
        draft = Draft(self.library)
        coverage = self._compose(draft, ask)
        return Advice(draft.finish(_scope(ask), _opening(question, draft.kind)), ask, coverage)

    def _compose(self, draft: Draft, ask: Ask) -> str:
        """Add the answer to *draft*; return what was decided, in a word, for `explain`."""
        intent = ask.question.intent
        for intents, compose, name in (
            (_SOCIAL, compose_social, "social"),
            (_CONDUCT, compose_conduct, "refusal"),
            (_NOT_YET, compose_not_yet, "not yet served"),
            ({Intent.UNREAD}, compose_unread, "the language is not read"),
        ):
            if intent in intents:
                compose(draft, ask)
                return name
        if ask.question.refused:
            say_refused(draft, ask.question.refused)
        return self._answer(draft, ask)

    def _answer(self, draft: Draft, ask: Ask) -> str:
        slots = ask.slots
        uncovered = [topic for topic in slots.topics if not topics()[topic].sections]
        uncovered += [topic for topic in slots.topics[:1] if len(slots.topics) == 1 and is_uncovered(ask, topic)]
        if len(slots.cities) > 1 and len(slots.markets) == 1 and "pay" in slots.topics:
            # "does Munich pay more than Berlin?": figures are for countries.
            uncovered.append(_WITHIN)
        covered = [topic for topic in slots.topics if topic not in uncovered]
        if uncovered and slots.occupations and _asked_apart(ask, uncovered, covered):
            # "what do they earn, and do they sponsor visas?": one half can be answered.
            say_uncovered(draft, ask, uncovered)
            ask = replace(ask, question=replace(ask.question, slots=replace(slots, topics=tuple(covered))))
        elif uncovered:
            compose_gap(draft, ask, uncovered[0])
            return f"no guide covers {topics()[uncovered[0]].label}"
        if slots.other_occupations and not slots.occupations and not _mentioned(ask):
            compose_unknown_role(draft, ask)
            return "no guide covers the role"
        if _lacks_role(ask):
            compose_clarify(draft, ask, next(topic for topic in slots.topics if topic != "compare"))
            return "the role is open"
        if ask.question.language and not (slots.topics or slots.leanings or ask.question.focus):
            compose_unclear(draft, ask)
            return "what is asked is open"
        if not slots.named and _is_off_topic(ask):
            compose_off_topic(draft, ask)
            return "off topic"
        answer_topics(draft, ask)
        say_disagreements(draft, ask)
        return "answered" if draft.kind is not Kind.ABSTAIN else "a slot is not covered"


def _asked_apart(ask: Ask, uncovered: list[str], covered: list[str]) -> bool:
    """Tell "what do they earn, and do they sponsor visas?" from "day rate of freelance CV engineers"."""
    apart = [part.slots.topics for part in ask.question.parts if not set(part.slots.topics) & {*uncovered}]
    return any(set(topics_asked) & {*covered} for topics_asked in apart) and not _BENDING & {*uncovered}


def _lacks_role(ask: Ask) -> bool:
    """Tell whether only a role is missing; questions about pay or applying in general are answered by a theme."""
    named = set(ask.slots.topics) - {"compare"}
    general = bool(ask.hits) and ask.library.by_slug[ask.hits[0].passage.group].occupation is None
    # "what skills do I need?" is as open as "what do they earn?"; "is CUDA a skill I need?" can be looked up.
    bare = named <= set(LISTS) - _WITHOUT_ROLE and not ask.question.focus
    return bool(named) and (named <= _NEED_ROLE or bare) and not ask.slots.occupations and not general


def _mentioned(ask: Ask) -> bool:
    """Tell whether the question compares: then a guide's mention of the other role may answer it."""
    return "compare" in ask.slots.topics and not {"pay", "hiring"} & set(ask.slots.topics)


def _is_off_topic(ask: Ask) -> bool:
    """Tell whether no guide uses any word of the question, or no passage comes near it."""
    known = any(hit.bm25 > 0 and _shares(hit, ask) for hit in ask.hits)
    near = max((hit.dense for hit in ask.hits), default=0.0)
    return not known or 0 < near < OFF_TOPIC


def _shares(hit: Hit, ask: Ask) -> bool:
    return bool(set(stems(" ".join(ask.question.focus))) & set(stems(f"{hit.passage.title} {hit.passage.text}")))


def _scope(ask: Ask) -> Scope:
    slots = ask.slots
    roles = tuple(guide.slug for role in slots.occupations for guide in ask.guides_of(role))
    level = ask.levels[0].value if len(ask.levels) == 1 else None
    return Scope(roles, level, slots.markets[0] if slots.markets else None, slots.topics, scope_words(ask))


def _opening(question: Question, kind: Kind) -> str:
    return opening(question.language) if question.language and kind is not Kind.SOCIAL else ""
