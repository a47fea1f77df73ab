"""What a model is given to write from: the lines of a composed answer, each with the facts it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.document import Bullets, Line, Paragraph, Tone
from knowledge.guide import Fact
from knowledge.library import Library
from knowledge.masking import mask
from knowledge.pay import Benchmark, PayAdjustment, PayBand
from knowledge.question import Question
from knowledge.skills import skills_in
from retrieval.answer import Answer, Kind
from retrieval.check.claims import Claim, facts_of
from retrieval.check.quantities import quantities
from retrieval.check.word_claims import supporters, titles_of
from retrieval.writing.figures import Hider
from retrieval.writing.translation import translates_to

# Of what a person wrote so much is shown to a model: it is there for the tone, the evidence is chosen already.
LONGEST = 500

Place = tuple[int, int]
"""Where a line stands in an answer: its block and its place there."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line that may be said in other words. `says` has placeholders where the line has figures."""

    id: str
    place: Place
    title: str
    line: Line
    facts: tuple[Fact, ...]
    says: str
    figures: dict[str, str] = field(hash=False)
    sources: tuple[str, ...]
    titles: str

    @property
    def told(self) -> str:
        """Everything that may be said of this line."""
        told = ". ".join([*self.sources, self.titles])
        return ". ".join([told, *skills_in(told)])

    @property
    def band(self) -> PayBand | None:
        """The pay this line states; None where it states none."""
        return next((fact for fact in self.facts if isinstance(fact, PayBand)), None)


@dataclass(frozen=True, slots=True)
class Brief:
    """A composed answer with its lines as evidence; the rest of it is shown as it is."""

    question: Question
    answer: Answer
    library: Library
    evidence: tuple[Evidence, ...]

    @property
    def language(self) -> str | None:
        """The language of the person (ISO 639-1) if it is not English and answers in it can be checked."""
        return translates_to(self.question.language)

    def of(self, ids: Sequence[str]) -> tuple[Evidence, ...]:
        """Return the evidence named by *ids*, as far as there is any."""
        return tuple(one for one in self.evidence if one.id in ids)

    def to_json(self) -> dict[str, Any]:
        """Return what the model is shown, without what names or unlocks a person."""
        rows = [{"id": one.id, "list": one.title, "about": one.line.lead, "says": one.says} for one in self.evidence]
        question = mask(self.question.text[:LONGEST])
        return {"question": question, "evidence": rows, "figures": figures_of(self.evidence)}


def figures_of(behind: Iterable[Evidence]) -> dict[str, str]:
    """Return the figures of *behind* as written, by placeholder."""
    return {name: value for one in behind for name, value in one.figures.items()}


def brief_of(answer: Answer, question: Question, library: Library) -> Brief | None:
    """Return what a model may say of *answer* in its own words; None where that is nothing: a gap is none of it."""
    if answer.kind is not Kind.ANSWER:
        return None
    cited = {citation.n: facts_of(citation, library) for citation in answer.citations}
    own = [amount.low for amount in question.amounts]
    hider = Hider()
    found: list[Evidence] = []
    for place, title, line in _lines(answer):
        facts = _behind(line, title, [fact for number in line.cites for fact in cited[number]])
        if _stays(line, facts, own):
            continue
        says, figures = hider.hide(line.text)
        # The lead by itself as well: "No design interview: it often means ..." denies nothing after the colon.
        sources = (line.text, line.lead, f"{line.label} {line.text}", *(fact.sentence for fact in facts))
        titles = " ".join(title for fact in facts for title in titles_of(fact, library))
        found.append(Evidence(f"E{len(found) + 1}", place, title, line, facts, says, figures, sources, titles))
    return Brief(question, answer, library, tuple(found)) if found else None


def _lines(answer: Answer) -> Iterator[tuple[Place, str, Line]]:
    """Yield the lines that are plain statements. Tables, ordered steps and what is said over several facts stay."""
    for number, block in enumerate(answer.blocks):
        if isinstance(block, Paragraph) and block.tone is Tone.PLAIN:
            yield (number, 0), "", block.line
        elif isinstance(block, Bullets) and not block.ordered:
            yield from (((number, place), block.title, line) for place, line in enumerate(block.lines))


def _behind(line: Line, title: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts *line* speaks of; pay only where it stands in it as written."""
    pay = PayBand | Benchmark | PayAdjustment
    spoken = supporters(Claim(title, line.lead, line.text, line.cites), facts)
    return tuple(fact for fact in spoken if not isinstance(fact, pay) or fact.range in line.text)


def _stays(line: Line, facts: Sequence[Fact], own: Sequence[float]) -> bool:
    """Tell whether *line* is shown as it is: no source, a rule, a sum, several amounts, the person's own figure."""
    found = quantities(line.text)
    computed = found.formulas or len(found.money) > 1 or any(money.low in own for money in found.money)
    bands = [fact for fact in facts if isinstance(fact, PayBand)]
    return (
        not (line.cites and line.text and facts)
        # Steps in their order: told in other words they come in another one.
        or "→" in line.text
        or bool(computed)
        or len(found.money) != len(bands)
        or any(isinstance(fact, PayAdjustment | Benchmark) for fact in facts)
    )
