"""Answers as replies for people and as JSON for scripts (the outside contract)."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from adapters.chats.reply import Reply, SourceLine
from adapters.chats.terminal import plain
from knowledge.guide import TITLES, SectionKind
from retrieval.answer import Answer, Citation

# Source lines are long enough: sections whose title takes several words.
_SHORT = {
    SectionKind.FAQ: "FAQ",
    SectionKind.FLAGS: "flags",
    SectionKind.BOTTLENECKS: "bottlenecks",
    SectionKind.CHECKS: "checks",
    SectionKind.HIRING: "hiring",
    SectionKind.PROGRESSION: "progression",
}


def to_reply(answer: Answer) -> Reply:
    """Return *answer* as a platform renders it."""
    return Reply(
        kind=answer.kind,
        blocks=answer.blocks,
        scope=answer.scope.words,
        opening=answer.opening,
        sources=_sources(answer.citations),
        suggestions=answer.suggestions,
    )


def so_far(answer: Answer) -> Reply:
    """Return *answer* as it grows: sources and questions to ask next come with the whole of it."""
    return replace(to_reply(answer), sources=(), suggestions=())


def to_json(answer: Answer, seconds: float) -> dict[str, Any]:
    """Return *answer* as the contract's Reply object."""
    scope = answer.scope
    return {
        "kind": answer.kind.value,
        "text": plain(to_reply(answer)),
        "scope": {
            "roles": list(scope.roles),
            "level": scope.level,
            "market": scope.market,
            "topics": list(scope.topics),
        },
        "citations": [
            {"n": c.n, "guide": c.guide, "section": c.section, "quote": c.quote, "link": c.source.url}
            for c in answer.citations
        ],
        "figures": [asdict(figure) for figure in answer.figures],
        "wish": answer.wish,
        "listings": [*answer.listings],
        "subscription": answer.subscription,
        "seconds": round(seconds, 4),
    }


def _sources(citations: Iterable[Citation]) -> tuple[SourceLine, ...]:
    """Return one line per source of a guide, with every section cited from it."""
    grouped: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        grouped.setdefault((citation.guide, citation.source.key), []).append(citation)
    return tuple(
        SourceLine(
            tuple((c.n, _section(c)) for c in cited),
            f"{cited[0].title} ({cited[0].source})",
            cited[0].source.url,
        )
        for cited in grouped.values()
    )


def _section(citation: Citation) -> str:
    kind = SectionKind(citation.section)
    return _SHORT.get(kind, TITLES[kind].lower())
