"""What an answer says, line by line, the money that it may speak of, and messages that mean no good."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.wiring import Parts
from knowledge.document import Bullets, Card, Line, Paragraph
from knowledge.guide import Fact
from knowledge.library import Library
from knowledge.money import read_amounts
from retrieval.answer import Answer, Citation

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)(?:([KM])\b)?"
_MONEY = re.compile(rf"(?:[$£€]|\bCAD ){_NUMBER}(?:–[$£€]?{_NUMBER})?", re.IGNORECASE)
_NAUGHTY = Path(__file__).parents[2].parent / "shared/data/eval/naughty_strings/blns.txt"
_OWN = (
    "",
    " ",
    "\x00",
    "\ud800",
    "ﾟ",
    "'; DROP TABLE guides; --",
    "🙂" * 300,
    "9" * 300,
    "salary " * 500,
    "[/bold]",
    "%s{0}",
)
_FACTORS = {"k": 1e3, "m": 1e6, "": 1.0}


def ask(parts: Parts, *turns: str) -> Answer:
    """Return the answer to the last of *turns* of a conversation of its own."""
    conversation = parts.conversation()
    return [conversation.ask(text) for text in turns][-1].advice.answer


def lines(answer: Answer) -> Iterator[Line]:
    """Yield every line of *answer*, rows of tables too, in order."""
    for block in answer.blocks:
        match block:
            case Paragraph(line=line):
                yield line
            case Bullets(lines=listed):
                yield from listed
            case Card(lines=lines):
                yield from lines
            case _:
                rows = zip(block.rows, block.cites, strict=True)
                yield from (Line(" ".join(cells), cites=cites) for cells, cites in rows)


def words_of(answer: Answer) -> str:
    """Return all text of *answer* with single blanks."""
    return " ".join(f"{line.lead} {line.text}" for line in lines(answer))


def money(text: str) -> set[float]:
    """Return every amount of money in *text*, "$170K" and "$170,000" alike."""
    return {
        float(match[number].replace(",", "")) * _FACTORS[(match[number + 1] or "").lower()]
        for match in _MONEY.finditer(text)
        for number in (1, 3)
        if match[number]
    }


def facts_behind(citation: Citation, library: Library) -> list[Fact]:
    """Return the facts of the section that *citation* points at."""
    return [fact for fact in library.by_slug[citation.guide].facts if fact.place.section == citation.section]


def unsupported(answer: Answer, library: Library, question: str) -> list[str]:
    """Return the lines with money that is neither in a cited section, nor computed from it, nor the person's own."""
    own = {bound for amount in read_amounts(question) for bound in (amount.low, amount.high)}
    found = []
    for line in lines(answer):
        known = set(own)
        for number in line.cites:
            sentences = [fact.sentence for fact in facts_behind(answer.citations[number - 1], library)]
            known |= money(" ".join(sentences))
            computed = [figure for figure in answer.figures if figure.derived and figure.citation == number]
            known |= {bound for figure in computed for bound in (figure.low, figure.high)}
        if not money(f"{line.lead} {line.text}") <= known:
            found.append(line.text)
    return found


def hostile_messages() -> Iterator[str]:
    """Yield our own hostile strings and, where the reference data lies beside the checkout, theirs."""
    yield from _OWN
    if _NAUGHTY.exists():
        yield from _NAUGHTY.read_text("utf-8", "surrogateescape").split("\n")
