"""Marks as Telegram takes them, entities counted in UTF-16 units: nothing needs escaping. And text that calls nobody.

https://core.telegram.org/bots/api#messageentity (read 2026-11): offsets and lengths are UTF-16 code units.
"""

import re

from adapters.chats.marked import Piece, units
from adapters.chats.page import Page

# What Telegram takes for a mention, a hashtag or a command wherever it stands: somebody would be pinged, or press it.
_CALLING = re.compile(r"(?<![\w/])([@#/])(?=[^\W\d_])")
_JOINER = "\u2060"
_KINDS = {"link": "text_link"}


def defuse(text: str, commands: frozenset[str] = frozenset()) -> str:
    """Return *text* so that nothing in it calls anybody; the names of *commands* stay commands."""

    def broken(match: re.Match[str]) -> str:
        word = re.match(r"\w+", match.string[match.end() :])
        kept = match[1] == "/" and word is not None and word.group() in commands
        return match[1] if kept else f"{match[1]}{_JOINER}"

    return _CALLING.sub(broken, text)


class TelegramPage(Page):
    """A page whose text calls nobody; the names of *commands* may be pressed where we wrote them, never on a card."""

    def __init__(self, commands: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._commands = commands

    def shown(self, text: str) -> str:
        """Return *text* without anything that calls."""
        return defuse(super().shown(text), frozenset() if self.on_card else self._commands)


def entities(piece: Piece) -> list[dict[str, object]]:
    """Return the marks of *piece* as MessageEntity objects."""
    found: list[dict[str, object]] = []
    for mark in piece.marks:
        entity: dict[str, object] = {
            "type": _KINDS.get(mark.kind, mark.kind),
            "offset": units(piece.text[: mark.start]),
            "length": units(piece.text[mark.start : mark.end]),
        }
        found.append(entity | ({"url": mark.url} if mark.url else {}))
    return found
