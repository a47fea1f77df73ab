"""Right answers made wrong in one place each, the ways a careless writer would; the checker must see every one."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.conversation import Turn
from knowledge.document import Block, Bullets, Card, Line, Paragraph, Table, Tone
from knowledge.library import Library
from retrieval.answer import Answer, Figure
from retrieval.check.claims import unquoted
from retrieval.check.faithful import check_answer

_MONEY = re.compile(r"(?:[$£€]|CAD )\d[\d,.]*[KM]?(?:–[$£€]?\d[\d,.]*[KM]?)?\+?")
_UNITS = {"weeks": "months", "stages": "rounds", "years": "months", "hours": "days", "months": "years"}
_LEVELS = ("junior", "mid", "senior", "staff", "principal")
_PLACES = ("US", "United States", "UK", "United Kingdom", "Germany", "Canada", "Europe", "Remote (global)", "Poland")
_SIGNS = {"$": "€", "€": "£", "£": "$", "CAD ": "$"}
_LABELS = {
    "Red": "Green",
    "Green": "Red",
    "Nice to have": "Required",
    "Required": "Nice to have",
    "Missing": "Nice to have",
}


class Corruption(NamedTuple):
    """A wrong answer: what kind of wrong, the answer, and the text as it reads now."""

    kind: str
    answer: Answer
    text: str


Change = Callable[[str, random.Random], str | None]


def corruptions(turn: Turn, chance: random.Random) -> Iterator[Corruption]:
    """Yield the answer of *turn* made wrong in every way that applies to it, one place each."""
    answer = turn.advice.answer
    for kind, change in _CHANGES.items():
        yield from _in_lines(answer, kind, change, chance)
    yield from _in_citations(answer)
    yield from _in_figures(answer, chance)
    for number, block in enumerate(answer.blocks):
        if isinstance(block, Paragraph) and block.tone is Tone.CONFLICT and "disagree" in block.line.text:
            yield Corruption("dropped conflict", _with(answer, number, None), block.line.text)
        if isinstance(block, Paragraph) and block.tone is Tone.CONFLICT and "not comparable" in block.line.text:
            yield Corruption("dropped conflict", _with(answer, number, None), block.line.text)


def is_caught(turn: Turn, corruption: Corruption, library: Library) -> bool:
    """Tell whether the checker finds a fault in the corrupted answer."""
    return bool(check_answer(corruption.answer, turn.question, library))


def _digit(text: str, chance: random.Random) -> str | None:
    """Change one digit of one amount."""
    return _in_match(_MONEY, text, chance, lambda found: _other_digit(found, chance))


def _other_digit(found: str, chance: random.Random) -> str:
    places = [i for i, c in enumerate(found) if c.isdigit() and c != "0"]
    place = chance.choice(places)
    return f"{found[:place]}{(int(found[place]) % 9) + 1}{found[place + 1 :]}"


def _magnitude(text: str, chance: random.Random) -> str | None:
    return _in_match(re.compile(r"\d{2,3},000"), text, chance, lambda found: found.replace(",000", "0,000"))


def _currency(text: str, chance: random.Random) -> str | None:
    def swap(found: str) -> str:
        sign = next(sign for sign in _SIGNS if found.startswith(sign))
        return found.replace(sign, _SIGNS[sign])

    return _in_match(_MONEY, text, chance, swap)


def _unit(text: str, chance: random.Random) -> str | None:
    pattern = re.compile(rf"(?<=\d )(?:{'|'.join(_UNITS)})\b")
    return _in_match(pattern, text, chance, lambda found: _UNITS[found])


def _percent(text: str, chance: random.Random) -> str | None:
    return _in_match(re.compile(r"\d+–\d+(?=%)"), text, chance, lambda found: _other_digit(found, chance))


def _count(text: str, chance: random.Random) -> str | None:
    pattern = re.compile(r"\b\d+–\d+(?= (?:weeks|stages|years))")
    return _in_match(pattern, text, chance, lambda found: _other_digit(found, chance))


def _level(text: str, chance: random.Random) -> str | None:
    """Name another level beside a figure or a bottleneck."""
    pattern = re.compile(rf"\b(?:{'|'.join(_LEVELS)})\b(?= \(\d|,| \$)", re.IGNORECASE)
    return _in_match(pattern, text, chance, lambda found: _another(_LEVELS, found.casefold(), chance))


def _market(text: str, chance: random.Random) -> str | None:
    if not _MONEY.search(text):
        return None
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, _PLACES))})(?=: [$£€C])")
    return _in_match(pattern, text, chance, lambda found: _another_place(found, chance))


def _mixed(text: str, _chance: random.Random) -> str | None:
    """Give a range the low end of one figure and the high end of another."""
    ranges = [found for found in _MONEY.findall(text) if "–" in found]
    other = {"$220,000": "$170,000", "$170,000": "$280,000", "$280,000": "$220,000", "$190,000": "$120,000"}
    for found in ranges:
        low, _, high = found.partition("–")
        if low in other and int(other[low].strip("$").replace(",", "")) < int(re.sub(r"\D", "", high) or 0):
            return text.replace(found, f"{other[low]}–{high}")
    return None


def _measure(text: str, chance: random.Random) -> str | None:
    if not _MONEY.search(text):
        return None
    swaps = {"a year, base,": "a year, total compensation,", "a year, total compensation,": "a year, base,"}
    swaps["a year, base/total not stated,"] = "a year, base,"
    pattern = re.compile("|".join(map(re.escape, swaps)))
    return _in_match(pattern, text, chance, lambda found: swaps[found])


def _sum(text: str, chance: random.Random) -> str | None:
    return _in_match(re.compile(r"(?<== )\d+"), text, chance, lambda found: _other_digit(found, chance))


def _side(text: str, _chance: random.Random) -> str | None:
    for word, other in (("below the bottom", "above the top"), ("above the top", "below the bottom")):
        if word in text:
            return text.replace(word, other)
    return text.replace("lies inside", "is below the bottom of") if "lies inside" in text else None


_CHANGES: dict[str, Change] = {
    "digit": _digit,
    "magnitude": _magnitude,
    "currency": _currency,
    "unit": _unit,
    "percent": _percent,
    "count": _count,
    "level swap": _level,
    "market swap": _market,
    "mixed range": _mixed,
    "base/total": _measure,
    "sum": _sum,
    "side": _side,
}
# Kinds that change a number or what it means; all of these must be caught.
NUMERIC = frozenset(_CHANGES) | {"figure"}


def _in_match(pattern: re.Pattern[str], text: str, chance: random.Random, change: Callable[[str], str]) -> str | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + change(match.group()) + text[match.end() :]


def _another(words: tuple[str, ...], found: str, chance: random.Random) -> str:
    return chance.choice([word for word in words if word != found])


def _another_place(found: str, chance: random.Random) -> str:
    same = {"US": "United States", "United States": "US", "UK": "United Kingdom", "United Kingdom": "UK"}
    return chance.choice([place for place in _PLACES if place not in {found, same.get(found)}])


def _in_lines(answer: Answer, kind: str, change: Change, chance: random.Random) -> Iterator[Corruption]:
    """Yield the answer with one cited line or row changed."""
    for number, block in enumerate(answer.blocks):
        for place, line in enumerate(_lines(block)):
            text = change(line.text, chance) if line.cites else None
            # Another word in a quote of a job post is a wrong quote, and no claim.
            if text is not None and unquoted(text) != unquoted(line.text):
                yield Corruption(kind, _with(answer, number, _set(block, place, replace(line, text=text))), text)
    yield from _labels(answer) if kind == "digit" else ()


def _labels(answer: Answer) -> Iterator[Corruption]:
    """Yield the answer with a list or line under the opposite label."""
    for number, block in enumerate(answer.blocks):
        if isinstance(block, Bullets):
            for label, other in _LABELS.items():
                if block.title.startswith(label):
                    flipped = replace(block, title=block.title.replace(label, other))
                    yield Corruption("flipped label", _with(answer, number, flipped), flipped.title)
                for place, line in enumerate(block.lines):
                    if line.lead.startswith(label) and line.cites:
                        lead = line.lead.replace(label, other, 1)
                        yield Corruption(
                            "flipped label", _with(answer, number, _set(block, place, replace(line, lead=lead))), lead
                        )


def _in_citations(answer: Answer) -> Iterator[Corruption]:
    numbers = [citation.n for citation in answer.citations]
    for number, block in enumerate(answer.blocks):
        for place, line in enumerate(_lines(block)):
            if not line.cites:
                continue
            dangling = replace(line, cites=(max(numbers) + 7,))
            yield Corruption("dangling citation", _with(answer, number, _set(block, place, dangling)), line.text)
            others = [n for n in numbers if n not in line.cites and not _says_too(answer, n, line)]
            if others and len(line.cites) == 1:
                wrong = replace(line, cites=(others[0],))
                yield Corruption("wrong citation", _with(answer, number, _set(block, place, wrong)), line.text)


def _says_too(answer: Answer, number: int, line: Line) -> bool:
    """Tell whether another source says the same words: then citing it is not wrong."""
    quote = next(citation.quote for citation in answer.citations if citation.n == number)
    return line.text.rstrip(".") in quote


def _in_figures(answer: Answer, chance: random.Random) -> Iterator[Corruption]:
    for place, figure in enumerate(answer.figures):
        for changed in _figures(figure, chance):
            figures = (*answer.figures[:place], changed, *answer.figures[place + 1 :])
            yield Corruption("figure", replace(answer, figures=figures), str(changed))


def _figures(figure: Figure, chance: random.Random) -> Iterator[Figure]:
    yield replace(figure, low=figure.low + 10_000)
    yield replace(figure, currency="JPY")
    yield replace(figure, measure="total" if figure.measure == "base" else "base")
    if not figure.derived:
        yield replace(figure, level=_another(_LEVELS, figure.level or "", chance))
        yield replace(figure, market="JP")


def _lines(block: Block) -> list[Line]:
    match block:
        case Paragraph(line=line):
            return [line]
        case Bullets(lines=lines):
            return list(lines)
        case Table(rows=rows, cites=cites):
            return [Line(", ".join(row), "", numbers) for row, numbers in zip(rows, cites, strict=True)]
        case Card(lines=lines):
            return list(lines)


def _set(block: Block, place: int, line: Line) -> Block:
    match block:
        case Paragraph():
            return replace(block, line=line)
        case Bullets(lines=lines):
            return replace(block, lines=(*lines[:place], line, *lines[place + 1 :]))
        case Table(rows=rows, cites=cites):
            cells = tuple(line.text.split(", "))
            changed = (*cites[:place], line.cites, *cites[place + 1 :])
            return replace(block, rows=(*rows[:place], cells, *rows[place + 1 :]), cites=changed)
        case Card(lines=lines):
            return replace(block, lines=(*lines[:place], line, *lines[place + 1 :]))


def _with(answer: Answer, number: int, block: Block | None) -> Answer:
    rest = answer.blocks[number + 1 :]
    return replace(answer, blocks=(*answer.blocks[:number], *([block] if block else []), *rest))
