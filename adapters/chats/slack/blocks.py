"""Text with marks as blocks: rich text is taken literally by Slack, so nothing in it is markup and nobody is pinged.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block (read 2026-11).
"""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from adapters.chats.marked import Mark, Piece
from adapters.chats.platform import Button
from adapters.chats.slack.home import action_of

Block = dict[str, Any]
# Characters of one rich text block; Slack names no limit for it, sections end at 3,000.
LONGEST, MOST_MARKS = 2800, 200
# Limits of Block Kit (https://docs.slack.dev/reference/block-kit, read 2026-11).
LABEL, MOST_BUTTONS = 75, 25
FALLBACK = 3000
_BULLET, _NUMBER = re.compile(r"• "), re.compile(r"(\d{1,4})\. ")
_STYLES = {"bold", "italic"}


def escape(text: str) -> str:
    """Return *text* as a field that Slack reads for markup takes it literally."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(text: str) -> str:
    """Return what notifications and screen readers say: never empty, never markup."""
    shown = " ".join(text.split())
    cut = shown if len(shown) <= FALLBACK else f"{shown[:FALLBACK].rsplit(' ', 1)[0]} …"
    return escape(cut) or "…"


def rich_text(piece: Piece) -> Block:
    """Return *piece* as one rich text block, lines that begin with a bullet or a number as lists."""
    elements: list[Block] = []
    for kind, lines in groupby(_lines(piece.text), key=lambda line: line.kind):
        group = [*lines]
        if kind == "text":
            runs = _runs(piece, group[0].start, group[-1].end) or _blank()
            elements.append({"type": "rich_text_section", "elements": runs})
        else:
            elements.append(_list(piece, group, kind))
    return {"type": "rich_text", "elements": elements}


class _Line:
    """A line of a text: from where to where, and what it is: `text`, `bullet`, or `ordered` with its number."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end, self.number = start, end, 0
        bullet, number = _BULLET.match(text, start, end), _NUMBER.match(text, start, end)
        self.kind = "bullet" if bullet else "ordered" if number else "text"
        if number:
            self.number = int(number[1])
        found = bullet or number
        if found:
            self.start = found.end()


def _lines(text: str) -> Iterator[_Line]:
    start, expected = 0, None
    for part in text.split("\n"):
        line = _Line(text, start, start + len(part))
        if line.kind == "ordered" and expected not in {None, line.number}:
            # Numbers that do not count on are no list of theirs.
            line.kind, line.start = "text", start
        expected = line.number + 1 if line.kind == "ordered" else None
        yield line
        start += len(part) + 1


def _list(piece: Piece, lines: list[_Line], kind: str) -> Block:
    items = [
        {"type": "rich_text_section", "elements": _runs(piece, line.start, line.end) or _blank()} for line in lines
    ]
    found: Block = {"type": "rich_text_list", "style": kind, "elements": items}
    return found | ({"offset": lines[0].number - 1} if kind == "ordered" and lines[0].number > 1 else {})


def _blank() -> list[Block]:
    return [{"type": "text", "text": " "}]


def _runs(piece: Piece, start: int, end: int) -> list[Block]:
    """Return the text from *start* to *end* cut where marks begin and end."""
    marks = [mark for mark in piece.marks if mark.start < end and mark.end > start]
    edges = {start, end} | {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    ordered = sorted(edges)
    return [_run(piece.text[a:b], a, marks) for a, b in pairwise(ordered)]


def _run(text: str, start: int, marks: list[Mark]) -> Block:
    over = [mark for mark in marks if mark.start <= start < mark.end]
    url = next((mark.url for mark in over if mark.kind == "link" and mark.url), "")
    style = {mark.kind: True for mark in over if mark.kind in _STYLES}
    run: Block = {"type": "link", "url": url, "text": text} if url else {"type": "text", "text": text}
    return run | ({"style": style} if style else {})


def buttons(rows: tuple[tuple[Button, ...], ...]) -> list[Block]:
    """Return the blocks of *rows*: all of them in one, for Slack breaks rows itself, where they do not fit in several.

    A row that asks whether an answer was good becomes Slack's own kind of that, below the others.
    """
    asking = [row for row in rows if _asks_how_it_was(row)]
    elements = [
        _button(button, n) for n, button in enumerate(button for row in rows if row not in asking for button in row)
    ]
    parts = [elements[n : n + MOST_BUTTONS] for n in range(0, len(elements), MOST_BUTTONS)]
    return [*({"type": "actions", "elements": part} for part in parts), *map(_feedback, asking)]


def _asks_how_it_was(row: tuple[Button, ...]) -> bool:
    return [button.data.split(":")[1] for button in row if button.data.count(":") > 1] == ["good", "bad"]


def _button(button: Button, number: int) -> Block:
    name = action_of(button.data) or f"press_{number}"
    return {"type": "button", "action_id": name, "text": _label(button.label), "value": button.data}


def _feedback(row: tuple[Button, ...]) -> Block:
    good, bad = ({"text": _label(button.label), "value": button.data} for button in row)
    element = {"type": "feedback_buttons", "action_id": "feedback", "positive_button": good, "negative_button": bad}
    return {"type": "context_actions", "elements": [element]}


def _label(text: str) -> Block:
    shown = text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
    return {"type": "plain_text", "text": shown, "emoji": False}
