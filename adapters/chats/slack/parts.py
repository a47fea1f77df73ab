"""A reply as requests to Slack: plain JSON that can be stored and sent later."""

import re
from typing import Any

from adapters.chats.marked import Piece
from adapters.chats.page import Page, write
from adapters.chats.platform import Address, Attachment, Outgoing, Part
from adapters.chats.slack.blocks import LONGEST, MOST_MARKS, buttons, escape, fallback, rich_text
from adapters.chats.slack.home import home_view
from adapters.chats.slack.manifest import COMMAND
from adapters.chats.slack.payloads import COMMANDS
from adapters.chats.slack.places import HOME, channel_of
from adapters.chats.split import pieces

# Rich text blocks of one message: together they stay below the length at which Slack refuses a message (13,200).
TOGETHER = 4
# What a picture says to those who cannot see it (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
ALT = 1000
_OURS = re.compile(rf"(?<![\w/])/({'|'.join(COMMANDS)})\b")


class SlackPage(Page):
    """A page that names our commands as they are called here: "/career jobs"; what listings say stays as it is."""

    def shown(self, text: str) -> str:
        """Return *text* with our commands named."""
        return super().shown(text) if self.on_card else _OURS.sub(rf"{COMMAND} \1", super().shown(text))


def parts_of(outgoing: Outgoing, where: Address) -> list[Part]:
    """Return the requests for *outgoing*, buttons under the last message; on a person's page it is one view."""
    found = pieces(write(outgoing.reply, SlackPage()), LONGEST, MOST_MARKS)
    under = buttons(outgoing.buttons)
    if where.thread == HOME:
        return [Part({"what": "home", "view": home_view([*map(rich_text, found), *under])})]
    messages = [_message(found[n : n + TOGETHER]) for n in range(0, len(found), TOGETHER)]
    if outgoing.attachment:
        # The first message says what the file is.
        messages[:1] = [_file(outgoing.attachment, messages[0]["text"] if messages else "")]
    if not messages:
        return []
    messages[0] |= _place(outgoing)
    if _streams(where, messages[0], outgoing):
        messages[0]["stream"] = [escape(piece.text) + "\n\n" for piece in found[:TOGETHER]]
    if under and "blocks" in messages[-1]:
        messages[-1]["blocks"] += under
    content = outgoing.attachment.content if outgoing.attachment else None
    bodies = [body | {"bulk": True} for body in messages] if outgoing.bulk else messages
    return [Part(body, content if place == 0 else None) for place, body in enumerate(bodies)]


def _streams(where: Address, first: dict[str, Any], outgoing: Outgoing) -> bool:
    """Tell whether the first message is so long that it comes piece by piece: in direct messages, as an answer."""
    answers = not (outgoing.bulk or outgoing.attachment or first.get("over") or first.get("respond"))
    return answers and len(first["blocks"]) > 1 and bool(where.thread) and channel_of(where).startswith("D")


def _message(together: list[Piece]) -> dict[str, Any]:
    text = "\n".join(piece.text for piece in together)
    return {"what": "message", "text": fallback(text), "blocks": [*map(rich_text, together)]}


def _file(attachment: Attachment, words: str) -> dict[str, Any]:
    return {"what": "file", "text": words, "name": attachment.name, "alt": words[:ALT] if attachment.picture else ""}


def _place(outgoing: Outgoing) -> dict[str, Any]:
    """Return where a message goes: to an address that answers one request, over another message, or nowhere special."""
    if outgoing.replaces:
        return (
            {"respond": outgoing.replaces, "over": True} if _is_url(outgoing.replaces) else {"over": outgoing.replaces}
        )
    return {"respond": outgoing.reply_to} if _is_url(outgoing.reply_to) else {}


def _is_url(text: str) -> bool:
    return text.startswith(("https://", "http://"))
