"""A reply as requests: plain JSON that can be stored and sent later."""

from typing import Any

from adapters.chats.marked import Piece
from adapters.chats.page import write
from adapters.chats.platform import Attachment, Button, Outgoing, Part
from adapters.chats.split import pieces
from adapters.chats.telegram.entities import TelegramPage, entities

# Limits of a message and a caption after entities are parsed (Bot API, sendMessage and sendPhoto, read 2026-11).
# Entities beyond a hundred are silently ignored (telegram.constants.MessageLimit.MESSAGE_ENTITIES).
LONGEST, CAPTION, MOST_MARKS = 4096, 1024, 100
# Labels longer than this are cut by phones.
LABEL = 40


def parts_of(outgoing: Outgoing, commands: frozenset[str], *, group: bool) -> list[Part]:
    """Return the requests for *outgoing*: buttons under the last one, a reply mark on the first, in groups only."""
    written = write(outgoing.reply, TelegramPage(commands))
    attachment = outgoing.attachment
    found = pieces(written, CAPTION if attachment else LONGEST, MOST_MARKS)
    if attachment:
        caption = found[0] if found else Piece("", ())
        rest = [_body("text", piece) for piece in found[1:]]
        bodies = [_body(_kind(attachment), caption) | {"name": attachment.name}, *rest]
    else:
        bodies = [_body("text", piece) for piece in found]
    if not bodies:
        return []
    if outgoing.replaces:
        bodies[0] |= {"what": "edit", "message": outgoing.replaces}
    if outgoing.reply_to and group:
        bodies[0]["reply_to"] = outgoing.reply_to
    bodies[-1]["buttons"] = _buttons(outgoing.buttons)
    if outgoing.bulk:
        bodies = [body | {"bulk": True} for body in bodies]
    content = attachment.content if attachment else None
    return [Part(body, content if place == 0 else None) for place, body in enumerate(bodies)]


def _kind(attachment: Attachment) -> str:
    return "picture" if attachment.picture else "file"


def _body(what: str, piece: Piece) -> dict[str, Any]:
    return {"what": what, "text": piece.text, "entities": entities(piece), "buttons": [], "reply_to": ""}


def _buttons(rows: tuple[tuple[Button, ...], ...]) -> list[list[list[str]]]:
    return [[[_label(button.label), button.data] for button in row] for row in rows]


def _label(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
