"""An exam of questions, taken through the product's own conversation and graded.

A question line has `turns`, `gold_facts` (short words of ours with exact figures; the prefixes `behaviour:` and
`optional:` are not graded), `gold_sources` ({guide, section}) and `abstain`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.chats.terminal import plain
from bot.conversation import Turn
from bot.replies import to_reply
from bot.wiring import Parts
from bot.writing.scribe import Errand
from retrieval.answer import Kind
from retrieval.check.claims import claims_of
from retrieval.check.faithful import check_answer
from retrieval.lexical import STOP_WORDS, stems

Question = dict[str, Any]
Place = tuple[str, str]

# Kinds of question that this version answers with "not there yet".
LATER = {"listings_search", "digest"}
_UNGRADED = ("behaviour:", "optional:", "filter:", "subscription:")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([kKmM]\b)?")
_SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_SPELT, 1)}


@dataclass(frozen=True, slots=True)
class Score:
    """How one question went; `stated` of `facts` required facts, `cited` None where nothing had to be cited.

    `supported` of `claims` cited claims and `faithful` of `figures` figures stand the checker. What needs no search
    (`searched`) has no `rank`. The reply has `words`, its sources counted in.
    """

    question: Question
    turn: Turn
    stated: int
    facts: int
    cited: bool | None
    rank: int | None
    searched: bool
    claims: int
    supported: int
    figures: int
    faithful: int
    words: int

    @property
    def declined(self) -> bool:
        """Tell whether a question that can be answered was not (asking back is no refusal)."""
        return self.turn.advice.answer.kind in {Kind.ABSTAIN, Kind.REFUSAL}

    @property
    def abstained(self) -> bool:
        """Tell whether the reply declined or asked back."""
        return self.turn.advice.answer.kind in {Kind.ABSTAIN, Kind.REFUSAL, Kind.CLARIFY}


def read_exam(path: Path) -> list[Question]:
    """Read the questions of one file, without those for later versions."""
    with path.open(encoding="utf-8") as file:
        questions = [json.loads(line) for line in file if line.strip()]
    return [question for question in questions if question["type"] not in LATER]


def take(parts: Parts, questions: Iterable[Question]) -> Iterator[Score]:
    """Ask every question in a conversation of its own and grade the last reply; with a model where *parts* has one."""
    for question in questions:
        conversation = parts.conversation()
        turns = [conversation.ask(text, errand=Errand() if parts.scribe else None) for text in question["turns"]]
        yield _grade(question, turns[-1])


def _grade(question: Question, turn: Turn) -> Score:
    answer = turn.advice.answer
    text = plain(to_reply(answer))
    required = [fact for fact in question["gold_facts"] if not fact.startswith(_UNGRADED)]
    gold = {(source["guide"], source["section"]) for source in question["gold_sources"]}
    cited = {(citation.guide, citation.section) for citation in answer.citations}
    faulty = {fault.text for fault in check_answer(answer, turn.question, turn.advice.ask.library)}
    claims = [claim.whole for claim in claims_of(answer) if claim.cites]
    return Score(
        question,
        turn,
        stated=sum(states(text, fact.removeprefix("derived:")) for fact in required),
        facts=len(required),
        cited=bool(gold & cited) if gold else None,
        rank=_rank(turn, gold) if gold else None,
        searched=bool(turn.advice.ask.hits),
        claims=len(claims),
        supported=sum(claim not in faulty for claim in claims),
        figures=len(answer.figures),
        faithful=sum(figure.as_written not in faulty for figure in answer.figures),
        words=len(text.split()),
    )


def states(text: str, fact: str) -> bool:
    """Tell whether *text* has every figure of *fact* and at least half of its telling words."""
    if not figures(fact) <= figures(text):
        return False
    wanted = {stem for stem in stems(fact, STOP_WORDS) if not stem[0].isdigit()}
    return not wanted or len(wanted & set(stems(text))) / len(wanted) >= 0.5


def figures(text: str) -> set[float]:
    """Return the numbers of *text*, "$170K" and "170,000" alike, number words included."""
    spelt = re.sub(r"\b[a-z]+\b", lambda m: _NUMBER_WORDS.get(m.group(), m.group()), text.lower())
    factor = {"k": 1e3, "m": 1e6, "": 1.0}
    return {float(m[1].replace(",", "")) * factor[(m[2] or "").lower()] for m in _NUMBER.finditer(spelt)}


def _rank(turn: Turn, gold: set[Place]) -> int | None:
    """Return the place of the first right section among the sections found, from 1."""
    places = dict.fromkeys((hit.passage.group, hit.passage.section) for hit in turn.advice.ask.hits)
    return next((rank for rank, place in enumerate(places, 1) if place in gold), None)


def summary(scores: list[Score]) -> dict[str, float]:
    """Return the exam's figures, each a share from 0 to 1 except the words per reply."""
    answerable = [score for score in scores if not score.question["abstain"]]
    silent = [score for score in scores if score.question["abstain"]]
    cited = [score.cited for score in answerable if score.cited is not None]
    # A job post is read, not searched for.
    ranks = [score.rank for score in scores if score.cited is not None and score.searched]
    asked = [score for score in answerable if score.facts]
    lengths = sorted(score.words for score in scores)
    return {
        "questions": float(len(scores)),
        "required facts": _share(sum(s.stated for s in answerable), sum(s.facts for s in answerable)),
        "fully answered": _share(sum(s.stated == s.facts for s in asked), len(asked)),
        "right section cited": _share(sum(map(bool, cited)), len(cited)),
        "abstention recall": _share(sum(s.abstained for s in silent), len(silent)),
        "false abstentions": _share(sum(s.declined for s in answerable), len(answerable)),
        "retrieval MRR": _share(sum(1 / rank for rank in ranks if rank), len(ranks)),
        "retrieval hit@5": _share(sum(rank is not None and rank <= 5 for rank in ranks), len(ranks)),
        "citation precision": _share(sum(s.supported for s in scores), sum(s.claims for s in scores)),
        "figure faithfulness": _share(sum(s.faithful for s in scores), sum(s.figures for s in scores)),
        "median words": _at(lengths, 0.5),
        "p90 words": _at(lengths, 0.9),
    }


def by_topic(scores: Iterable[Score]) -> dict[str, dict[str, float]]:
    """Return the figures of each type of question."""
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(score.question["type"], []).append(score)
    return {kind: summary(groups[kind]) for kind in sorted(groups)}


def _at(values: list[int], share: float) -> float:
    return float(values[int(len(values) * share)]) if values else 0.0


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
