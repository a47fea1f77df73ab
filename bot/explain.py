"""How a question was read, what was found and what was said, as JSON."""

from typing import Any

from adapters.chats.marked import clean
from bot.conversation import Turn
from knowledge.question import Question
from retrieval.check.claims import claims_of
from retrieval.check.faithful import check_answer
from retrieval.search import Hit

# Sections are listed by their best passage; more than this many help nobody.
CANDIDATES = 20


def explain_turn(turn: Turn) -> dict[str, Any]:
    """Return slots, candidates (best first), evidence, coverage, claims and what the checker says against them."""
    answer = turn.advice.answer
    return {
        "text": turn.question.text,
        "slots": slots_json(turn.question),
        "candidates": _candidates(turn.advice.ask.hits),
        "evidence": [
            {"n": c.n, "guide": c.guide, "section": c.section, "source": str(c.source), "quote": c.quote}
            for c in answer.citations
        ],
        "coverage": turn.advice.coverage,
        "claims": [
            {"text": clean(f"{claim.lead}: {claim.text}" if claim.lead else claim.text), "citations": list(claim.cites)}
            for claim in claims_of(answer)
        ],
        "faults": [fault._asdict() for fault in check_answer(answer, turn.question, turn.advice.ask.library)],
    }


def slots_json(question: Question) -> dict[str, Any]:
    """Return what *question* was read as."""
    slots = question.slots
    return {
        "intent": question.intent.value,
        "roles": list(slots.occupations),
        "other_roles": list(slots.other_occupations),
        "level": slots.level.value if slots.level else None,
        "levels": [level.value for level in slots.levels],
        "years": slots.years,
        "markets": list(slots.markets),
        "topics": list(slots.topics),
        "leanings": list(slots.leanings),
        "companies": list(slots.companies),
        "focus": list(question.focus),
        "amounts": [{"low": a.low, "high": a.high, "currency": a.currency} for a in question.amounts],
        "language": question.language or "en",
    }


def _candidates(hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.passage.group, hit.passage.section), hit)
    return [
        {
            "guide": guide,
            "section": section,
            "dense": round(hit.dense, 4),
            "bm25": round(hit.bm25, 4),
            "prior": round(hit.prior, 4),
            "score": round(hit.score, 4),
        }
        for (guide, section), hit in list(best.items())[:CANDIDATES]
    ]
