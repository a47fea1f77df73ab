"""One conversation: reads a message in the light of the ones before it and has it answered. Knows no platform."""

import time
from dataclasses import dataclass

from knowledge.follow_up import Thread, follow, remember
from knowledge.question import Question
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advice, Advisor
from retrieval.answer import Kind
from retrieval.prior import search_text


@dataclass(frozen=True, slots=True)
class Turn:
    """One message answered; `seconds` is the time it took."""

    question: Question
    advice: Advice
    seconds: float


class Conversation:
    """Answers messages in order; `reset` forgets what was said."""

    def __init__(self, advisor: Advisor, reader: QuestionReader) -> None:
        self._advisor = advisor
        self._reader = reader
        self._thread = Thread()

    def reset(self) -> None:
        """Forget everything said so far."""
        self._thread = Thread()

    def ask(self, text: str) -> Turn:
        """Answer one message."""
        start = time.perf_counter()
        read = self._reader.read(text)
        if read.fresh:
            self.reset()
        question = follow(read, self._thread)
        advice = self._advisor.advise(question, self._thread.text)
        offered = tuple(self._advisor.library.occupations) if advice.answer.kind is Kind.CLARIFY else ()
        self._thread = remember(self._thread, question, search_text(question, self._thread.text), offered)
        return Turn(question, advice, time.perf_counter() - start)
