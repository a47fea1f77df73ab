"""Lets a model say a composed answer in fluent words, and shows only what passes every check."""

import hashlib
import json
import logging
import time
from collections.abc import Sequence
from enum import StrEnum
from importlib import resources
from typing import Any, NamedTuple, Protocol

from knowledge.errors import ModelFailed
from knowledge.word_lists import word_list
from retrieval.answer import Answer
from retrieval.check.faithful import check_answer
from retrieval.writing.attempt import Attempt, Show
from retrieval.writing.brief import Brief
from retrieval.writing.merge import merged, missing, nothing_of
from retrieval.writing.model import Message, Meter, Spent
from retrieval.writing.proposal import SCHEMA, Proposed, proposed, schema
from retrieval.writing.thread import SECONDS, Halt, ModelThread, Stopped

LOG = logging.getLogger("advisor.model")
PROMPT, TRANSLATED = (
    resources.files("retrieval.writing").joinpath(name).read_text("utf-8") for name in ("write.md", "translate.md")
)


class Kept(Protocol):
    """Claims that passed before, by what they were made from: JSON. A dict is one."""

    def get(self, key: str, /) -> Any:  # noqa: ANN401
        """Return what is kept under *key*, or None."""

    def __setitem__(self, key: str, claims: Any, /) -> None:  # noqa: ANN401
        """Keep *claims*."""


class How(StrEnum):
    """How an answer came about; `COMPOSED` is the composer's own."""

    WRITTEN = "written"
    REPAIRED = "repaired"
    KEPT = "kept"
    STOPPED = "stopped"
    COMPOSED = "composed"


class Written(NamedTuple):
    """The answer to show, how it came about and, where it is the composer's, why; what it cost, in how many seconds."""

    answer: Answer
    how: How
    reason: str
    spent: Spent
    seconds: float


class Writer:
    """Writes answers with one model. Safe to be used by several threads."""

    def __init__(self, thread: ModelThread, kept: Kept | None = None) -> None:
        self._thread, self._model = thread, thread.model
        self._kept: Kept = {} if kept is None else kept

    def probe(self, seconds: float = SECONDS) -> str:
        """Ask the model for next to nothing; return how JSON was asked for.

        Raises:
            ModelFailed: it did not answer, or not with JSON.

        """
        asked = [("system", PROMPT), ("human", _json({"question": "Is this set up?", "evidence": [], "figures": {}}))]

        async def probed() -> str:
            async for _ in self._model.replies(SCHEMA, asked, Meter()):
                pass
            return self._model.way

        return self._thread.run(probed, seconds)

    def write(
        self, brief: Brief, show: Show | None = None, halt: Halt | None = None, seconds: float = SECONDS
    ) -> Written:
        """Return the answer of *brief* in fluent words within *seconds*, or as it was composed and why."""
        start = time.perf_counter()
        key = self._key(brief)
        recalled = self._recalled(key, brief)
        attempt = recalled or Attempt(brief, show)
        how, reason = (How.KEPT, "") if recalled else self._made(attempt, halt, seconds)
        answer = brief.answer
        if how is How.STOPPED:
            answer = merged(brief, attempt.said, unfinished=True) if attempt.accepted else nothing_of(brief.answer)
        elif how in {How.WRITTEN, How.REPAIRED, How.KEPT}:
            answer = merged(brief, attempt.said)
            # Of another language its English twin is checked, claim by claim the same.
            meant = merged(brief, [claim._replace(text=claim.meant) for claim in attempt.said])
            found = check_answer(meant, brief.question, brief.library)
            if found:
                answer, how, reason = brief.answer, How.COMPOSED, f"as a whole: {found[0].reason}"
            elif how is not How.KEPT:
                self._kept[key] = [[*claim] for claim in attempt.accepted]
        return Written(answer, how, reason, attempt.meter.spent, time.perf_counter() - start)

    def _made(self, attempt: Attempt, halt: Halt | None, seconds: float) -> tuple[How, str]:
        """Have the claims of *attempt* made; return how it went, and why not."""
        try:
            how = self._thread.run(lambda: self._attempt(attempt), seconds, halt)
        except Stopped:
            return How.STOPPED, ""
        except ModelFailed as error:
            LOG.warning("%s", error)
            return How.COMPOSED, str(error)
        # Reasons quote a model, which may quote a person: they go back to it and nowhere else.
        return how, "" if attempt.accepted else "no claim passed the checks"

    async def _attempt(self, attempt: Attempt) -> How:
        asked = [("system", _prompt(attempt.brief)), ("human", _json(attempt.brief.to_json()))]
        await self._ask(attempt, asked)
        if not missing(attempt.brief, attempt.said):
            return How.WRITTEN
        answered = [claim._asdict() for claim in attempt.accepted]
        await self._ask(attempt, [*asked, ("ai", _json({"claims": answered})), ("human", _again(attempt))])
        return How.REPAIRED if attempt.accepted else How.COMPOSED

    async def _ask(self, attempt: Attempt, messages: Sequence[Message]) -> None:
        """Judge claim by claim, each as soon as the next one begins."""
        judged, claims = 0, list[Proposed | str]()
        wanted = schema(translated=bool(attempt.brief.language))
        async for reply in self._model.replies(wanted, messages, attempt.meter):
            claims = [*proposed(reply)]
            attempt.judge(claims[judged:-1])
            judged = max(judged, len(claims) - 1)
        attempt.judge(claims[judged:])

    def _key(self, brief: Brief) -> str:
        """Return what claims are kept under: the slots, the evidence, the model and the prompt."""
        shown = brief.to_json()
        slots = repr(brief.question.slots)
        whole = _json([slots, shown["evidence"], shown["figures"], self._model.name, _prompt(brief)])
        return hashlib.sha256(whole.encode()).hexdigest()

    def _recalled(self, key: str, brief: Brief) -> Attempt | None:
        """Return the claims kept under *key*, if any passes: they are judged again, for the checks may have changed."""
        attempt = Attempt(brief)
        attempt.judge([Proposed(text, tuple(evidence), said) for text, evidence, said in self._kept.get(key) or ()])
        return attempt if attempt.accepted else None


def _prompt(brief: Brief) -> str:
    name = word_list("languages")[brief.language]["name"] if brief.language else ""
    return f"{PROMPT}\n{TRANSLATED.replace('{language}', name)}" if name else PROMPT


def _again(attempt: Attempt) -> str:
    """Return what a model is told of its first reply."""
    wrong = [{"text": text, "reasons": reasons} for text, reasons in attempt.refused]
    lacking = [one.id for one in missing(attempt.brief, attempt.said)]
    return _json(
        {"wrong": wrong, "missing": lacking, "wanted": "claims for the missing evidence only, without these faults"}
    )


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False)
