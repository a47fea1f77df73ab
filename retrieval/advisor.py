"""From a question to an answer: search, see what is covered, compose. No model is involved."""

from dataclasses import dataclass, replace

from knowledge.language import opening
from knowledge.library import Library
from knowledge.listing.listing import Listing
from knowledge.post.post import Likeness, Post, read_pasted, read_post
from knowledge.question import Intent, Question
from knowledge.vocabulary import topics
from retrieval.answer import Answer, Draft, Kind, Scope
from retrieval.ask import Ask
from retrieval.compose.best import compose_own_words
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
from retrieval.compose.gaps import compose_gap, compose_unknown_role, compose_without_number, say_uncovered
from retrieval.compose.scope import scope_words
from retrieval.coverage import (
    asked_apart,
    bends,
    is_compared,
    is_off_topic,
    lacks_role,
    missing_quantity,
    uncovered_topics,
)
from retrieval.passages import passages
from retrieval.prior import query_of, search_subject, search_text
from retrieval.review.live import Live, Reader
from retrieval.review.pay import measure_of, offered_by
from retrieval.review.review import compose_review
from retrieval.review.scene import Scene
from retrieval.routing import answer_topics
from retrieval.search import Search

_SOCIAL = {Intent.GREETING, Intent.THANKS, Intent.FAREWELL, Intent.NOTHING, Intent.RESET, Intent.DISLIKED}
_CONDUCT = {Intent.CRISIS, Intent.INJECTION, Intent.PRIVACY, Intent.FABRICATION, Intent.DISCRIMINATION}
# What is decided of a message that is hardly understood.
OPEN_ROLE, OPEN_TOPIC = "the role is open", "what is asked is open"
OFF_TOPIC, NOT_READ = "off topic", "the language is not read"
_NOT_YET = {Intent.LISTINGS, Intent.SUBSCRIPTION}


@dataclass(frozen=True, slots=True)
class Advice:
    """An answer and how it came about: the evidence it was composed from and whether the guides cover the question."""

    answer: Answer
    ask: Ask
    coverage: str


class Advisor:
    """Answers questions from one library through one search engine."""

    def __init__(self, library: Library, search: Search, likeness: Likeness | None = None) -> None:
        self.library = library
        self._search, self._likeness = search, likeness
        self._facts = {key: fact for key, (_, fact) in passages(library).items()}

    def advise(self, question: Question, earlier: str = "") -> Advice:
        """Answer *question*, whose slots the conversation has filled; *earlier* is the text it follows on."""
        wordings = search_text(question, earlier), search_subject(question)
        query = query_of(question, self.library, *wordings)
        ask = Ask(question, self.library, self._facts, self._search, query)
        draft = Draft(self.library)
        coverage = self._compose(draft, ask)
        return Advice(draft.finish(_scope(ask), _opening(question, draft.kind)), ask, coverage)

    def read_post(self, text: str) -> Post:
        """Read a pasted job post."""
        return read_pasted(text, self._likeness)

    def read_listing(self, listing: Listing) -> Post:
        """Read a stored listing as a job post."""
        return read_post(listing, self._likeness)

    def review(self, question: Question, post: Post, live: Live | None, reader: Reader) -> Advice:
        """Review *post*; nothing is searched for, and no model is asked."""
        answer = compose_review(Draft(self.library), Scene(post, self.library, live, reader))
        # The post's pay is what a person's own figure is elsewhere: held against ranges, never stated by a guide.
        asked = replace(question, amounts=offered_by(post.listing.pay), measure=measure_of(post.listing.pay))
        return Advice(answer, Ask(asked, self.library, self._facts, self._search, None), "a job post")

    def _compose(self, draft: Draft, ask: Ask) -> str:
        """Add the answer to *draft*; return what was decided, in a word, for `explain`."""
        intent = ask.question.intent
        for intents, compose, name in (
            (_SOCIAL, compose_social, "social"),
            (_CONDUCT, compose_conduct, "refusal"),
            (_NOT_YET, compose_not_yet, "not yet served"),
            ({Intent.UNREAD}, compose_unread, NOT_READ),
        ):
            if intent in intents:
                compose(draft, ask)
                return name
        if ask.question.refused:
            say_refused(draft, ask.question.refused)
        return self._answer(draft, ask)

    def _answer(self, draft: Draft, ask: Ask) -> str:
        gap = uncovered_topics(ask)
        covered = tuple(topic for topic in ask.slots.topics if topic not in gap)
        if gap and not bends(gap) and compose_own_words(draft, ask):
            return "asked in a guide's own words"
        if gap and ask.slots.occupations and asked_apart(ask, gap, covered):
            # "what do they earn, and do they sponsor visas?": one half can be answered.
            say_uncovered(draft, ask, gap)
            # The same message: what was found for it is not searched for again.
            narrowed = replace(ask.question, slots=replace(ask.slots, topics=covered))
            ask = replace(ask, question=narrowed, found=ask.hits)
        elif gap:
            compose_gap(draft, ask, gap[0])
            return f"no guide covers {topics()[gap[0]].label}"
        return _ask_back(draft, ask) or _answer_covered(draft, ask)


def is_unsure(advice: Advice) -> bool:
    """Tell whether the message was hardly understood: its role or what it asks is open, or its language not read."""
    return advice.coverage in {OPEN_ROLE, OPEN_TOPIC, OFF_TOPIC, NOT_READ}


def _ask_back(draft: Draft, ask: Ask) -> str:
    """Decline or ask back where the role or the question is open; return why, empty where it is not."""
    if ask.slots.other_occupations and not ask.slots.occupations and not is_compared(ask):
        compose_unknown_role(draft, ask)
        return "no guide covers the role"
    if lacks_role(ask):
        compose_clarify(draft, ask, next(topic for topic in ask.slots.topics if topic != "compare"))
        return OPEN_ROLE
    if ask.question.language and not (ask.slots.topics or ask.slots.leanings or ask.question.focus):
        compose_unclear(draft, ask)
        return OPEN_TOPIC
    if not ask.slots.named and is_off_topic(ask):
        compose_off_topic(draft, ask)
        return OFF_TOPIC
    return ""


def _answer_covered(draft: Draft, ask: Ask) -> str:
    answer_topics(draft, ask)
    wanted = missing_quantity(draft, ask)
    if wanted:
        compose_without_number(draft, ask, wanted)
        return f"no guide gives a {wanted.kind} for this"
    say_disagreements(draft, ask)
    return "answered" if draft.kind is not Kind.ABSTAIN else "a slot is not covered"


def _scope(ask: Ask) -> Scope:
    slots = ask.slots
    roles = tuple(guide.slug for role in slots.occupations for guide in ask.guides_of(role))
    level = ask.levels[0].value if len(ask.levels) == 1 else None
    return Scope(roles, level, slots.markets[0] if slots.markets else None, slots.topics, scope_words(ask))


def _opening(question: Question, kind: Kind) -> str:
    return opening(question.language) if question.language and kind is not Kind.SOCIAL else ""
