"""The app's own page in Slack, and the field in which a person may change what they told."""

from typing import Any

from adapters.chats.platform import EDIT

# The modal, its input, and the button that opens it.
PROFILE, PROFILE_INPUT, EDIT_PROFILE = "profile", "profile_input", "edit_profile"
# A view takes so many blocks, the input so many characters (https://docs.slack.dev/reference/views, read 2026-11).
MOST_BLOCKS, LONGEST = 100, 300
_EXAMPLE = "senior ML engineer in Germany, Python and PyTorch"


def home_view(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the page with *blocks*."""
    return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}


def profile_view(told: str) -> dict[str, Any]:
    """Return the modal that asks what the advisor should know; *told* is what it knows."""
    field: dict[str, Any] = {"type": "plain_text_input", "action_id": PROFILE_INPUT, "multiline": True}
    field |= {"max_length": LONGEST, "placeholder": _plain(_EXAMPLE)} | ({"initial_value": told} if told else {})
    asked = {"type": "input", "block_id": PROFILE_INPUT, "optional": True, "element": field}
    return {
        "type": "modal",
        "callback_id": PROFILE,
        "title": _plain("What I should know"),
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "blocks": [
            asked | {"label": _plain("Your role, level, place, skills"), "hint": _plain("Empty it to remove it all.")}
        ],
    }


def told_in(value: str) -> str:
    """Return what the value of the button that opens the modal says a person told."""
    return value.removeprefix(EDIT)[:LONGEST]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
