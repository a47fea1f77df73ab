"""An answer taken apart into its claims, each with the facts it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.document import Bullets, Card, Line, Paragraph, Tone
from knowledge.guide import Fact
from knowledge.library import Library
from retrieval.answer import Answer, Citation, Kind

_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of an answer: the `title` of its list, its lead and text, its citations and how it is meant."""

    title: str
    lead: str
    text: str
    cites: tuple[int, ...]
    tone: Tone = Tone.PLAIN

    @property
    def whole(self) -> str:
        """Title, lead and text as they are read together."""
        return ": ".join(part.rstrip(":") for part in (self.title, self.lead, self.text) if part)


def claims_of(answer: Answer) -> Iterator[Claim]:
    """Yield the claims of *answer* in reading order; a row of a table is one claim."""
    for block in answer.blocks:
        match block:
            case Paragraph(line=line, tone=tone):
                yield _claim(line, "", tone, answer.kind)
            case Bullets(lines=lines, title=title):
                yield from (_claim(line, title, Tone.PLAIN, answer.kind) for line in lines)
            case Card():
                # What listings say is no claim of a guide.
                continue
            case _:
                for cells, cites in zip(block.rows, block.cites, strict=True):
                    yield Claim("", "", " | ".join(cells), cites)


def _claim(line: Line, title: str, tone: Tone, kind: Kind) -> Claim:
    if kind is not Kind.POST_REVIEW:
        return Claim(title, line.lead, line.text, line.cites, tone)
    # What a job post says stands in quotes in its review, and is no claim of a guide; nor is what a line is about,
    # unless it says which kind of flag it is.
    label = title if title.endswith("flags") else ""
    return Claim(label, "", unquoted(line.text).strip(" —"), line.cites, tone)


def unquoted(text: str) -> str:
    """Return *text* without what stands in quotes in it: the words of a job post in its review."""
    return _QUOTED.sub("", text)


def facts_of(citation: Citation, library: Library) -> list[Fact]:
    """Return the facts *citation* quotes; a part of the quote that is no fact of that section is left out."""
    guide = library.by_slug.get(citation.guide)
    parts = citation.quote.split(" … ")
    found = [fact for fact in guide.facts if fact.place.section == citation.section] if guide else []
    return [fact for fact in found if fact.place.source == citation.source.key and fact.sentence in parts]
