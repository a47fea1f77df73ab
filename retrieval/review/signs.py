"""Flags, checks that the post answers, and the hiring process, each with the post's words and the guide's."""

from collections.abc import Sequence

from knowledge.document import Line
from knowledge.guide import SectionKind, Span, Statement
from knowledge.post.signs import Finding, Tone
from knowledge.text import words
from retrieval.answer import Draft
from retrieval.lexical import STOP_WORDS, stems
from retrieval.review.quoting import quoted, said_by, shown_by, statement_behind
from retrieval.review.scene import Scene

_TITLES = {Tone.RED: "Red flags", Tone.GREEN: "Green flags", Tone.ANSWERED: "Worth checking, and the post says it"}
# Checks that a post answers are many in a long one; the rest the reader finds without us.
MOST_ANSWERED = 4


def say_signs(draft: Draft, scene: Scene) -> None:
    """Add red flags, green flags and answered checks; say so where there is no flag."""
    flags = False
    for tone, title in _TITLES.items():
        found = scene.post.of(tone)
        if tone is Tone.ANSWERED:
            found = found[:MOST_ANSWERED]
        lines = [line for finding in found if (line := _line(draft, scene, finding))]
        draft.bullets(lines, title=title)
        flags |= bool(lines) and tone is not Tone.ANSWERED
    if not flags:
        draft.say("No red or green flag of the guides shows in these words.")


def _line(draft: Draft, scene: Scene, finding: Finding) -> Line | None:
    """Return a sign with both quotes; none without the guide's."""
    fact = statement_behind(scene.library, finding.reader.behind, scene.guides)
    if fact is None:
        return None
    whose = said_by(scene.library, fact, scene.guides)
    return draft.line(f"{shown_by(finding)} — {fact.text}{whose}", fact, lead=fact.name)


def say_process(draft: Draft, scene: Scene) -> None:
    """Add how the hiring process of the post lies to that of the guides."""
    process = scene.post.process
    if not process.steps:
        return
    steps = ", ".join(process.steps)
    named = f"{process.number} step{'s' if process.number > 1 else ''} named: {quoted(steps)}"
    facts = [fact for guide in scene.guides for fact in guide.section(SectionKind.HIRING)]
    counts = [fact for fact in facts if isinstance(fact, Span) and fact.unit == "stages"]
    stages = [fact for fact in facts if isinstance(fact, Statement) and fact.number]
    lines = [Line(f"{named}.", "The post")]
    for fact in counts:
        place = "matches" if fact.low <= process.number <= fact.high else "outside"
        text = f"{place} the guide's {fact.range} ({fact.scope})."
        lines.append(draft.line(text, fact, lead=f"{process.number} steps"))
    shared = [fact for fact in stages if _named(fact.name, process.steps)]
    if shared:
        lines.append(
            draft.line(f"{', '.join(fact.name for fact in shared)}.", *shared, lead="Of the guide's stages it includes")
        )
    draft.bullets(lines, title="Hiring process")


def _named(stage: str, steps: Sequence[str]) -> bool:
    """Tell whether a step of the post is this stage of a guide: most of one's words are the other's."""
    wanted = set(stems(stage, STOP_WORDS))
    return any(_alike(wanted, set(stems(step, STOP_WORDS))) for step in steps if words(step))


def _alike(stage: set[str], step: set[str]) -> bool:
    shared = stage & step
    return bool(shared) and len(shared) * 2 >= min(len(stage), len(step)) and (len(shared) > 1 or len(step) <= 2)
