"""The gap list for those who keep the guides: what goes on it, what it shows, and what is answered by now."""

import hashlib
import json
import sys
from dataclasses import replace
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from adapters.chats.marked import clean
from adapters.chats.terminal import plain
from bot.conversation import Turn
from bot.explain import slots_json
from bot.progress import progress_bar
from bot.replies import to_reply
from bot.settings import Settings, read_settings
from bot.store.gaps import Gap, GapKind, GapStore
from bot.wiring import Parts, open_gaps, open_parts
from knowledge.document import Paragraph, Tone
from knowledge.errors import StoreError
from knowledge.levels import Level
from knowledge.question import Question
from retrieval.answer import Answer, Kind

# Only these fields of a reading say what a question was about; the others follow from its words.
_KEPT = ("roles", "other_roles", "levels", "years", "markets", "topics")


class GapKeeper:
    """Puts questions on the gap list as they are answered."""

    def __init__(self, store: GapStore) -> None:
        self._store = store

    def answered(self, turn: Turn) -> None:
        """Keep the question of *turn* if nobody answered it."""
        answer = turn.advice.answer
        if answer.kind is Kind.ABSTAIN:
            self._keep(GapKind.UNANSWERED, turn, _reason(answer) or turn.advice.coverage)

    def disliked(self, turn: Turn, reason: str) -> None:
        """Keep the question of *turn*, whose answer did not help, with what the person says of it."""
        self._keep(GapKind.DISLIKED, turn, reason)

    def _keep(self, kind: GapKind, turn: Turn, reason: str) -> None:
        slots = {name: value for name, value in slots_json(turn.question).items() if name in _KEPT}
        try:
            self._store.keep(kind, turn.question.text, slots, reason, _fingerprint(turn.advice.answer))
        except StoreError as error:
            # The answer matters more than the list.
            sys.stderr.write(f"advisor: this question is not kept for the gap list. {error}\n")


def open_keeper(settings: Settings) -> GapKeeper | None:
    """Open the gap list for writing; None where the operator keeps none, or the database does not work (said once)."""
    if not settings.keep_gaps:
        return None
    try:
        return GapKeeper(open_gaps(settings))
    except StoreError as error:
        sys.stderr.write(f"advisor: {error} Questions are answered; those without an answer are not kept.\n")
        return None


def list_gaps(*, as_json: bool) -> None:
    """Print the open gaps, the most frequent first."""
    gaps = open_gaps(read_settings()).open()
    if as_json:
        for gap in gaps:
            sys.stdout.write(json.dumps(_row(gap), ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False)
    if not gaps:
        console.print("No open gaps: every question so far was answered, or none was asked.")
        return
    table = Table(title="What the guides do not answer", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("times", "last", "question", "about", "reason"):
        # Folding loses nothing; Rich's default cuts a long slug and shows an ellipsis.
        table.add_column(name, overflow="fold", no_wrap=name in {"times", "last"})
    for gap in gaps:
        cells = (str(gap.count), gap.last_seen.isoformat(), gap.text, _about(gap), gap.reason)
        table.add_row(*(escape(clean(cell)) for cell in cells))
    console.print(table)
    console.print("After a guide was added or changed: advisor gaps --retry")


def retry_gaps() -> None:
    """Ask every open gap again and close those that are answered now."""
    settings = read_settings()
    store = open_gaps(settings)
    gaps = store.open()
    closed = []
    with progress_bar() as progress:
        parts = open_parts(settings, progress)
        for number, gap in enumerate(gaps, 1):
            progress("Asking again", number / len(gaps))
            if _is_answered(parts, gap):
                store.close(gap)
                closed.append(gap)
    console = Console(highlight=False)
    for gap in closed:
        console.print(f"[green]✓[/] {escape(clean(gap.text))}")
    console.print(f"{len(closed)} of {len(gaps)} gaps closed, {len(gaps) - len(closed)} still open.")


def _is_answered(parts: Parts, gap: Gap) -> bool:
    answer = parts.advisor.advise(_as_understood(parts, gap)).answer
    changed = _fingerprint(answer) != gap.answer
    return answer.kind is not Kind.ABSTAIN and (gap.kind is GapKind.UNANSWERED or changed)


def _as_understood(parts: Parts, gap: Gap) -> Question:
    """Read the question again, with what the conversation had filled in when it was asked."""
    question = parts.reader.read(gap.text)
    known, slots = gap.slots, question.slots
    return replace(
        question,
        slots=replace(
            slots,
            occupations=slots.occupations
            or tuple(role for role in known["roles"] if role in parts.library.occupations),
            levels=slots.levels or tuple(Level(level) for level in known["levels"]),
            years=slots.years if slots.years is not None else known["years"],
            markets=slots.markets or tuple(known["markets"]),
            topics=slots.topics or tuple(known["topics"]),
        ),
    )


def _row(gap: Gap) -> dict[str, Any]:
    return {
        "kind": gap.kind.value,
        "text": gap.text,
        "slots": gap.slots,
        "reason": gap.reason,
        "count": gap.count,
        "first_seen": gap.first_seen.isoformat(),
        "last_seen": gap.last_seen.isoformat(),
    }


def _about(gap: Gap) -> str:
    values = (value for value in gap.slots.values() if value)
    return ", ".join(", ".join(map(str, value)) if isinstance(value, list) else f"{value:g} years" for value in values)


def _reason(answer: Answer) -> str:
    """Return what the answer itself says is missing."""
    lines = (block.line.text for block in answer.blocks if isinstance(block, Paragraph) and block.tone is Tone.GAP)
    return next(lines, "").removesuffix(" The nearest:").removesuffix(" The nearest, for other roles:")


def _fingerprint(answer: Answer) -> str:
    return hashlib.sha256(plain(to_reply(answer)).encode("utf-8", "replace")).hexdigest()
