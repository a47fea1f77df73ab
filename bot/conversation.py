"""One conversation: reads a message in the light of the ones before it and has it answered. Knows no platform."""

import time
from dataclasses import dataclass, field

from knowledge.money import Amount
from knowledge.question import Intent, Question, Slots, inherit
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advice, Advisor
from retrieval.prior import search_text

_PASSING = {Intent.GREETING, Intent.THANKS, Intent.FAREWELL, Intent.NOTHING, Intent.CRISIS}


@dataclass(frozen=True, slots=True)
class Memory:
    """What a conversation remembers of its last question."""

    slots: Slots = field(default_factory=Slots)
    intent: Intent = Intent.ASK
    text: str = ""
    amounts: tuple[Amount, ...] = ()


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
        self._memory = Memory()

    def reset(self) -> None:
        """Forget everything said so far."""
        self._memory = Memory()

    def ask(self, text: str) -> Turn:
        """Answer one message."""
        start = time.perf_counter()
        question = self._reader.read(text)
        earlier = self._memory
        if earlier.text:
            question = inherit(question, earlier.slots, earlier.intent, earlier.amounts)
        advice = self._advisor.advise(question, earlier.text)
        # A role without a guide leads nowhere: "and a data engineer?", "ok, back to Germany" go on where it stood.
        elsewhere = bool(question.slots.other_occupations) and not question.slots.occupations
        if question.intent not in _PASSING and not elsewhere:
            self._memory = Memory(
                question.slots, question.intent, search_text(question, earlier.text), question.amounts
            )
        return Turn(question, advice, time.perf_counter() - start)
