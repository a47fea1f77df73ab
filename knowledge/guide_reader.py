"""From a Markdown file to a guide. What cannot be read becomes a fault with its line; the rest is served."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.editorial import figure_in
from knowledge.front_matter import Head, read_head
from knowledge.guide import (
    EDITORIAL,
    TITLES,
    Bottleneck,
    Disagreement,
    Fact,
    Fault,
    Guide,
    SectionKind,
    Source,
    Span,
    Statement,
    occupation_of,
)
from knowledge.levels import Level, Years, read_levels, read_years
from knowledge.markdown import Block, FrontMatter, Heading, Row, Words, blocks
from knowledge.pay import Place
from knowledge.pay_tables import read_row

_KINDS = {title.casefold(): kind for kind, title in TITLES.items()}
_BOTTLENECK = re.compile(r"(?P<levels>[^(:]+?)\s*(?:\((?P<years>[^)]*?)\s*years?\))?\s*:\s*(?P<name>.+)")
_SPAN = re.compile(r"(\d+)\s*[–-]\s*(\d+)\s*(weeks|stages)?\.?\s*(?:\((.+)\))?")
_SPANS = {"Duration": "weeks", "Stages": "stages"}


def read_guide(text: str, path: Path) -> tuple[Guide | None, list[Fault]]:
    """Read the guide in *text*; never raises. Without a readable head there is no guide.

    Returns:
        The guide with every fact that could be read, and the faults in line order.

    """
    stream = list(blocks(text))
    if not stream or not isinstance(stream[0], FrontMatter):
        return None, [Fault(path, 1, "the file does not begin with front matter between two lines ---")]
    head, faults = read_head(stream[0], path)
    if head is None:
        return None, faults
    reading = _Reading(path, head)
    for block in stream[1:]:
        reading.take(block)
    reading.finish()
    if not reading.facts:
        reading.fault(1, "the file holds no fact")
    return _guide(path, head, tuple(reading.facts)), sorted(reading.faults)


def _guide(path: Path, head: Head, facts: tuple[Fact, ...]) -> Guide:
    return Guide(
        slug=path.stem,
        path=path,
        title=head.role or head.theme or path.stem,
        occupation=occupation_of(head.role) if head.role else None,
        level=head.level,
        levels=head.levels,
        category=head.category,
        aliases=head.aliases,
        hints=head.hints,
        nicknames=head.nicknames,
        sources=tuple(
            Source(
                key,
                source.publisher,
                source.page,
                source.url,
                source.as_of,
                source.note,
                source.licence,
                " ".join(source.credit.split()),
            )
            for key, source in head.sources.items()
        ),
        not_covered=head.not_covered,
        disagreements=tuple(Disagreement(d.about, d.here, d.guide, d.there) for d in head.disagreements),
        facts=facts,
    )


class _Reading:
    """One pass over the blocks: remembers the section and sub-heading, collects facts and faults."""

    def __init__(self, path: Path, head: Head) -> None:
        self.path = path
        self.sources = tuple(head.sources)
        self.facts: list[Fact] = []
        self.faults: list[Fault] = []
        self.section: SectionKind | None = None
        self.started = False
        self.group = ""
        # The line of a sub-heading that still waits for its text.
        self.waiting: int | None = None

    def fault(self, line: int, reason: str) -> None:
        self.faults.append(Fault(self.path, line, reason))

    def take(self, block: Block) -> None:
        match block:
            case Heading(level=2 | 3):
                self._open(block)
            case Words() | Row() if self.section:
                self.waiting = None
                try:
                    self.facts.extend(self._read(block, self.section))
                except ValueError as error:
                    self.fault(block.line, str(error))
            case Words() | Row() if not self.started:
                self.fault(block.line, "words before the first section are not served")

    def finish(self) -> None:
        """Note what is missing at the end of a section."""
        if self.waiting:
            self.fault(self.waiting, f"'{self.group}' has no text under it")
        self.waiting = None

    def _open(self, heading: Heading) -> None:
        self.finish()
        if heading.level == 2:
            self.section, self.group, self.started = _KINDS.get(heading.text.casefold()), "", True
            if self.section is None:
                self.fault(heading.line, f"unknown section kind '{heading.text}': one of {', '.join(TITLES.values())}")
            return
        self.group = heading.text
        if self.section in {SectionKind.FAQ, SectionKind.BOTTLENECKS}:
            self.waiting = heading.line
        if self.section is SectionKind.BOTTLENECKS:
            self._check_bottleneck(heading)

    def _check_bottleneck(self, heading: Heading) -> None:
        try:
            _read_bottleneck(heading.text)
        except ValueError as error:
            self.fault(heading.line, str(error))
            # Its text cannot be placed, and the fault has been told.
            self.group, self.waiting = "", None

    def _read(self, block: Words | Row, section: SectionKind) -> Iterator[Fact]:
        if isinstance(block, Row):
            marked = re.search(r"\[\^([\w-]+)\]", " ".join(block.cells.values()))
            cells = {name: re.sub(r"\s*\[\^[\w-]+\]", "", cell).strip() for name, cell in block.cells.items()}
            yield read_row(cells, self._place(section, block.line, marked[1] if marked else None))
            return
        place = self._place(section, block.line, block.source)
        figure = figure_in(block.text) if place.source == EDITORIAL else ""
        if figure:
            raise ValueError(f"our own guidance states the figure '{figure}': a figure needs a source")
        if section is SectionKind.BOTTLENECKS:
            if self.group:
                levels, years, name = _read_bottleneck(self.group)
                yield Bottleneck(place, levels, years, self.group.split(":")[0], name, block.text)
        elif section is SectionKind.FAQ:
            yield self._answer(block, place)
        elif section is SectionKind.HIRING and block.lead in _SPANS:
            yield _span(block, place)
        else:
            yield Statement(place, self.group, block.lead, block.text, block.number)

    def _place(self, section: SectionKind, line: int, source: str | None) -> Place:
        if source is None and len(self.sources) > 1:
            raise ValueError("fact without source: the file names several, so each fact ends in a mark such as [^key]")
        key = source or self.sources[0]
        if key not in self.sources:
            raise ValueError(f"fact with unknown source '{key}': one of {', '.join(self.sources)}")
        return Place(self.path.stem, section.value, line, key)

    def _answer(self, block: Words, place: Place) -> Statement:
        if not self.group:
            raise ValueError("an answer needs its question as a heading ### before it")
        # Several paragraphs may answer one question; each stands by itself, cited by its own line.
        return Statement(place, "", self.group, block.text)


def _span(block: Words, place: Place) -> Span:
    found = _SPAN.fullmatch(block.text.strip())
    unit = _SPANS[block.lead]
    if not found or found[3] not in {None, unit}:
        raise ValueError(f"'{block.text}' is no count such as '3–6 {unit} (most companies)'")
    low, high = int(found[1]), int(found[2])
    if high < low:
        raise ValueError(f"high {high} is below low {low}")
    return Span(place, unit, low, high, found[4] or "")


def _read_bottleneck(heading: str) -> tuple[tuple[Level, ...], Years | None, str]:
    found = _BOTTLENECK.fullmatch(heading)
    if not found:
        raise ValueError(f"'{heading}' is no heading such as 'Junior (0–2 years): depth versus breadth'")
    try:
        levels = read_levels(found["levels"])
    except ValueError as error:
        raise ValueError(f"unknown level '{found['levels']}'") from error
    return levels, read_years(found["years"] or ""), found["name"]
