"""An answer out of a brief and the claims that passed: what they leave out stays as it was composed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from knowledge.document import Block, Bullets, Line, Paragraph, Table
from knowledge.pay import MEASURE_WORDS, PayBand
from retrieval.answer import Answer
from retrieval.check.named import levels_in
from retrieval.writing.brief import Brief, Evidence, figures_of
from retrieval.writing.figures import fill
from retrieval.writing.proposal import Proposed
from retrieval.writing.support import is_retold, joined
from retrieval.writing.translation import in_language


class Said(NamedTuple):
    """A claim that passed, with its figures in their places, in English as well (`meant`), and its evidence."""

    text: str
    meant: str
    evidence: tuple[Evidence, ...]


def said(claim: Proposed, brief: Brief) -> Said:
    """Return *claim* with its figures, and with what has to be said beside pay."""
    behind = brief.of(claim.evidence)
    figures = figures_of(behind)
    text = fill(claim.text, figures)
    bands = [one.band for one in behind if one.band]
    missing = [part for band in bands if band.range in text for part in _unsaid(band, text)]
    meant = _labelled(text, missing)
    if brief.language is None:
        return Said(meant, meant, behind)
    labels = [in_language(part, brief.language) for part in missing]
    return Said(_labelled(fill(claim.said, figures), labels), meant, behind)


def _labelled(text: str, labels: Sequence[str]) -> str:
    return f"{text.rstrip('.')} ({'; '.join(labels)})." if labels else text


def _unsaid(band: PayBand, text: str) -> Iterator[str]:
    """Yield what *text* leaves out of the labels without which the figure of *band* would be another one."""
    spoken = joined(text)
    if band.levels and not set(band.levels) <= levels_in(text):
        yield band.level_words
    if band.years and str(band.years) not in text:
        yield f"{band.years} years"
    for label in (band.market_words, MEASURE_WORDS[band.measure], str(band.range_kind)):
        if joined(label) not in spoken:
            yield label
    if band.condition and not is_retold(band.condition, text):
        yield band.condition


def missing(brief: Brief, claims: Sequence[Said]) -> list[Evidence]:
    """Return the evidence that no claim tells."""
    return [one for one in brief.evidence if not any(_tells(claim, one) for claim in claims)]


def _tells(claim: Said, one: Evidence) -> bool:
    if one not in claim.evidence:
        return False
    return one.band.range in claim.text if one.band else is_retold(one.line.text, claim.meant)


def merged(brief: Brief, claims: Sequence[Said], *, unfinished: bool = False) -> Answer:
    """Return the answer that says *claims*; an *unfinished* one leaves out what is not said yet."""
    lacking = [] if unfinished else missing(brief, claims)
    useful = [claim for claim in claims if any(_tells(claim, one) for one in claim.evidence)]
    if not useful and not unfinished:
        return brief.answer
    blocks: list[Block] = []
    for number, block in enumerate(brief.answer.blocks):
        own = [one for one in brief.evidence if one.place[0] == number]
        blocks += _block(block, number, own, useful, lacking) if own else [block]
    # "The guides are English, so I answer in English" is said only where that is so.
    opening = "" if brief.language and useful else brief.answer.opening
    return _renumbered(replace(brief.answer, blocks=tuple(blocks), opening=opening))


def nothing_of(answer: Answer) -> Answer:
    """Return *answer* with nothing said."""
    return replace(answer, blocks=(), citations=(), figures=(), suggestions=())


def _block(
    block: Block, number: int, own: Sequence[Evidence], claims: Sequence[Said], lacking: Sequence[Evidence]
) -> Iterator[Block]:
    """Yield a block in other words: claims about several lines in front, then line by line, the rest as it was."""
    here = [claim for claim in claims if claim.evidence[0].place[0] == number]
    yield from (Paragraph(_line(claim, lead=False)) for claim in here if len(claim.evidence) > 1)
    single = [claim for claim in here if len(claim.evidence) == 1]
    if isinstance(block, Paragraph):
        yield from (Paragraph(_line(claim)) for claim in single)
        yield from ([block] if own[0] in lacking else ())
    elif isinstance(block, Bullets):
        by_line = {place: [*found] for place, found in groupby(sorted(single, key=_place), key=_place)}
        written = {one.place[1]: one for one in own}
        lines = [
            _joined(by_line[place]) if place in by_line else line
            for place, line in enumerate(block.lines)
            if place in by_line or place not in written or written[place] in lacking
        ]
        yield from ([replace(block, lines=tuple(lines))] if lines else ())


def _place(claim: Said) -> int:
    return claim.evidence[0].place[1]


def _line(claim: Said, *, lead: bool = True) -> Line:
    cites = dict.fromkeys(number for one in claim.evidence for number in one.line.cites)
    return Line(claim.text, claim.evidence[0].line.lead if lead else "", tuple(cites))


def _joined(claims: Sequence[Said]) -> Line:
    return replace(_line(claims[0]), text=" ".join(claim.text for claim in claims))


def _renumbered(answer: Answer) -> Answer:
    """Return *answer* with the sources that something rests on, numbered by their first use."""
    used = dict.fromkeys(number for block in answer.blocks for number in _cites(block))
    new = {number: place for place, number in enumerate(used, 1)}
    citations = {citation.n: citation for citation in answer.citations}
    figures = [replace(one, citation=new[one.citation]) for one in answer.figures if one.citation in new]
    return replace(
        answer,
        blocks=tuple(_with(block, new) for block in answer.blocks),
        citations=tuple(replace(citations[old], n=n) for old, n in new.items()),
        figures=tuple(figures),
    )


def _cites(block: Block) -> Iterator[int]:
    match block:
        case Paragraph(line=line):
            yield from line.cites
        case Bullets(lines=lines):
            yield from (number for line in lines for number in line.cites)
        case Table(cites=cites):
            yield from (number for row in cites for number in row)


def _with(block: Block, new: dict[int, int]) -> Block:
    def line_of(line: Line) -> Line:
        return replace(line, cites=tuple(new[number] for number in line.cites))

    match block:
        case Paragraph(line=line):
            return replace(block, line=line_of(line))
        case Bullets(lines=lines):
            return replace(block, lines=tuple(map(line_of, lines)))
        case Table(cites=cites):
            return replace(block, cites=tuple(tuple(new[number] for number in row) for row in cites))
        case _:
            return block
