"""The app's own page in Slack, and the fields it opens: what a person tells of themselves, what they want sent."""

from typing import Any

from adapters.chats.platform import EDIT, ORDER

# The modals, their input, and the buttons that open them.
PROFILE, DIGEST, WORDS = "profile", "digest", "words"
EDIT_PROFILE, EDIT_DIGEST = "edit_profile", "edit_digest"
# A view takes so many blocks, the input so many characters (https://docs.slack.dev/reference/views, read 2026-11).
MOST_BLOCKS, LONGEST = 100, 300
_EXAMPLE = "senior ML engineer in Germany, Python and PyTorch"
_ORDER = "remote senior ML jobs over 180k every weekday at 8"


def home_view(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the page with *blocks*."""
    return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}


def profile_view(told: str) -> dict[str, Any]:
    """Return the modal that asks what the advisor should know; *told* is what it knows."""
    label, hint = "Your role, level, place, skills", "Empty it to remove it all."
    field = _field(_EXAMPLE) | ({"initial_value": told} if told else {}) | {"max_length": LONGEST}
    return _modal(PROFILE, "What I should know", {"optional": True, "element": field}, label, hint)


def digest_view() -> dict[str, Any]:
    """Return the modal that asks what is to be sent, and when."""
    label, hint = "What shall I send you, and when?", "In your own words; your time zone is that of Slack."
    return _modal(DIGEST, "Have it sent", {"element": _field(_ORDER)}, label, hint)


def action_of(data: str) -> str:
    """Return the name of the action of a button that opens a modal, empty for other buttons."""
    return EDIT_PROFILE if data.startswith(EDIT) else EDIT_DIGEST if data.startswith(ORDER) else ""


def _field(example: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": WORDS, "multiline": True, "placeholder": _plain(example)}


def _modal(name: str, title: str, asked: dict[str, Any], label: str, hint: str) -> dict[str, Any]:
    block = {"type": "input", "block_id": WORDS, "label": _plain(label), "hint": _plain(hint)} | asked
    ends = {"submit": _plain("Save"), "close": _plain("Cancel")}
    return {"type": "modal", "callback_id": name, "title": _plain(title), **ends, "blocks": [block]}


def told_in(value: str) -> str:
    """Return what the value of the button that opens the modal says a person told."""
    return value.removeprefix(EDIT)[:LONGEST]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
