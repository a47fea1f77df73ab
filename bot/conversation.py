"""One conversation: reads a message in the light of the ones before it and has it answered. Knows no platform."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from knowledge.asker import skills_told
from knowledge.follow_up import Thread, follow, remember
from knowledge.offering import nearest_roles
from knowledge.post.shape import Pasted
from knowledge.question import Intent, Question
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advice, Advisor, is_unsure
from retrieval.answer import Answer, Kind
from retrieval.prior import search_text
from retrieval.review.live import Reader

if TYPE_CHECKING:
    from bot.listings.desk import Desk
    from bot.writing.scribe import Errand, Scribe
    from knowledge.listing.listing import Listing
    from knowledge.listing.wish import Wish
    from knowledge.post.post import Post


@dataclass(frozen=True, slots=True)
class Turn:
    """One message answered; `seconds` is the time it took."""

    question: Question
    advice: Advice
    seconds: float


class Keeper(Protocol):
    """Is told how turns went."""

    def answered(self, turn: Turn) -> None:
        """Take note of a finished turn."""

    def disliked(self, turn: Turn, reason: str) -> None:
        """Take note that the answer of *turn* did not help."""


class Conversation:
    """Answers messages in order and tells a keeper of each; `reset` forgets what was said."""

    def __init__(
        self,
        advisor: Advisor,
        reader: QuestionReader,
        keeper: Keeper | None = None,
        desk: "Desk | None" = None,
        scribe: "Scribe | None" = None,
    ) -> None:
        self._desk, self._scribe = desk, scribe
        self._wish: Wish | None = None
        # Skills the person told of, in this conversation or in their profile.
        self._told: frozenset[str] = frozenset()
        # Openings whose skills were counted last.
        self._counted: Wish | None = None
        self._advisor = advisor
        self._reader = reader
        self._keeper = keeper
        self._thread = Thread()
        self._last: Turn | None = None
        self._intent: Intent | None = None

    def reset(self) -> None:
        """Forget everything said so far."""
        self._thread = Thread()
        self._last = None
        self._intent = None
        self._wish = None
        self._told = frozenset()

    def ask(self, text: str, intent: Intent | None = None, errand: "Errand | None" = None) -> Turn:
        """Answer one message; an *intent* is what it is for, whatever it looks like.

        Only where there is an *errand* a model may put the answer into its words.
        """
        if intent is Intent.LISTINGS:
            # A wish of its own: what was spoken about before is no part of it, but what the person knows stays.
            told = self._told
            self.reset()
            self._told = told
        turn = self.look_at(text, intent, errand)
        self._tell(turn)
        return turn

    def look_at(self, text: str, intent: Intent | None = None, errand: "Errand | None" = None) -> Turn:
        """Answer one message without telling the keeper."""
        return self._look(self._read(text, intent), errand)

    def _look(self, question: Question, errand: "Errand | None") -> Turn:
        start = time.perf_counter()
        self._told |= skills_told(question)
        if question.post:
            return self._reviewed(question, self._advisor.read_post(question.post), start)
        advice = self._advisor.advise(question, self._thread.text)
        if self._scribe and errand and is_unsure(advice):
            better = self._scribe.read(question, self._thread.text, errand)
            if better:
                question, advice = better, self._advisor.advise(better, self._thread.text)
        if self._scribe and errand and question.intent is Intent.ASK:
            written = self._scribe.write(advice.answer, question, self._advisor.library, errand)
            advice = replace(advice, answer=written)
        if self._desk:
            advice = replace(advice, answer=self._with_openings(advice.answer, question))
        self._remember(question, advice.answer.kind)
        return Turn(question, advice, time.perf_counter() - start)

    def review(self, post: "Pasted | Listing") -> Turn:
        """Review a post that somebody pasted, or a stored listing."""
        if isinstance(post, Pasted):
            turn = self._look(self._followed(self._reader.read_post(post)), None)
        else:
            start = time.perf_counter()
            question = self._reader.read_post(Pasted(post.title, ""))
            turn = self._reviewed(question, self._advisor.read_listing(post), start)
        self._tell(turn)
        return turn

    def _reviewed(self, question: Question, post: "Post", start: float) -> Turn:
        """Review *post*, beside what live openings say; its words are kept nowhere."""
        live = self._desk.beside_post(post) if self._desk else None
        advice = self._advisor.review(question, post, live, Reader(self._told))
        self._remember(question, advice.answer.kind)
        return Turn(replace(advice.ask.question, post=""), advice, time.perf_counter() - start)

    @property
    def is_written(self) -> bool:
        """Tell whether a model puts answers into words."""
        return self._scribe is not None

    @property
    def wish(self) -> "Wish | None":
        """What openings are being looked for."""
        return self._wish

    def demand_picture(self) -> bytes | None:
        """Return a picture of what the openings counted last ask for; None where none were counted."""
        return self._desk.demand_picture(self._counted, self._told) if self._desk and self._counted else None

    def recall(self, text: str, kind: Kind) -> None:
        """Take note of a message that was answered with *kind* before, without answering it again."""
        question = self._read(text, Intent.LISTINGS if kind is Kind.LISTINGS else None)
        self._told |= skills_told(question)
        if self._desk and question.intent is Intent.LISTINGS:
            self._wish = self._wished(self._desk, question)
        self._remember(question, kind)

    def _read(self, text: str, intent: Intent | None) -> Question:
        question = self._followed(self._reader.read(text))
        return replace(question, intent=intent) if intent else question

    def _followed(self, read: Question) -> Question:
        if read.fresh:
            self.reset()
        # A post says itself which role and level it is for.
        return read if read.post else follow(read, self._thread)

    def _remember(self, question: Question, kind: Kind) -> None:
        offered = nearest_roles(self._advisor.library, question.query) if kind is Kind.CLARIFY else ()
        self._thread = remember(self._thread, question, search_text(question, self._thread.text), offered)
        if question.intent is not Intent.DISLIKED:
            self._intent = question.intent

    def _wished(self, desk: "Desk", question: Question) -> "Wish":
        """Return what is looked for; a follow-up changes the wish before it."""
        wish = desk.read(question.text)
        follows = self._intent is Intent.LISTINGS
        return wish.after(self._wish) if self._wish and follows and question.follows else wish

    def _with_openings(self, answer: Answer, question: Question) -> Answer:
        """Answer a wish with openings, and end an answer about a role with up to three of them."""
        if self._desk is None:
            return answer
        if question.intent is Intent.LISTINGS:
            self._wish = self._wished(self._desk, question)
            return self._desk.answer(answer, self._wish, question.text)
        if question.intent is Intent.SUBSCRIPTION:
            return self._desk.ordered(answer, question.text)
        if question.intent is Intent.DEMAND:
            wish = self._wished(self._desk, question)
            occupations = question.slots.occupations
            named = [slug for role in occupations for slug in self._desk.roles_meant(question.text, role)]
            self._counted = replace(wish, roles=tuple(named) or wish.roles)
            return self._desk.demanded(answer, self._counted, self._told)
        if answer.kind is not Kind.ANSWER or len(question.slots.occupations) != 1:
            return answer
        meant = self._desk.roles_meant(question.text, question.slots.occupations[0])
        live = self._desk.live_pay(meant, question.slots.levels) if "pay" in question.slots.topics else None
        shown = self._desk.beside(meant, question.slots.levels, question.slots.markets)
        return replace(answer, blocks=(*answer.blocks, *([live] if live else []), *shown))

    def dislike(self, reason: str) -> bool:
        """Take note that the last answer did not help; tell whether there was one."""
        if self._last and self._keeper:
            self._keeper.disliked(self._last, reason)
        return self._last is not None

    def _tell(self, turn: Turn) -> None:
        if turn.question.intent is Intent.DISLIKED:
            self.dislike(turn.question.text)
            return
        self._last = turn
        if self._keeper:
            self._keeper.answered(turn)
