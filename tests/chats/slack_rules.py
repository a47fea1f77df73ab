"""Messages of Slack as people see them, and the rules of Block Kit by slack_sdk's own models."""

import json
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Row = dict[str, Any]
# Limits that the library's models do not hold (https://docs.slack.dev/reference/block-kit, read 2026-11).
MOST_BLOCKS, MOST_IN_VIEW, LONGEST_TEXT, LONGEST_BLOCKS = 50, 100, 40_000, 13_200


def shown(call: Row) -> str:
    """Return the text of a message as people see it: that of its blocks, or the words that come with a file."""
    blocks = call.get("blocks") or (call.get("view") or {}).get("blocks") or []
    return "\n".join(filter(None, map(_text, blocks))) or call.get("initial_comment") or ""


def _text(block: Row) -> str:
    lines = []
    for element in block.get("elements") or [] if block["type"] == "rich_text" else []:
        items = element["elements"] if element["type"] == "rich_text_list" else [element]
        for number, item in enumerate(items, 1 + element.get("offset", 0)):
            mark = {"bullet": "• ", "ordered": f"{number}. "}.get(element.get("style", ""), "")
            lines.append(mark + "".join(run["text"] for run in item["elements"]))
    return "\n".join(lines)


def buttons_of(block: Row) -> list[tuple[str, str, str]]:
    """Return what each button of a block says, its value and its action."""
    found = []
    for element in block.get("elements") or []:
        if element.get("type") == "button":
            found.append((element["text"]["text"], element["value"], element["action_id"]))
        if element.get("type") == "feedback_buttons":
            sides = (element["positive_button"], element["negative_button"])
            found += [(side["text"]["text"], side["value"], element["action_id"]) for side in sides]
    return found


def fault_of_blocks(method: str, form: Row) -> str:
    """Return which rule of Block Kit a request breaks, empty where none."""
    if "view" in form:
        try:
            View(**form["view"]).validate_json()
        except Exception as error:  # noqa: BLE001 - whatever the models object to
            return str(error)
    blocks = form.get("blocks") or (form.get("view") or {}).get("blocks") or []
    parsed = Block.parse_all(blocks)
    try:
        for block in parsed:
            block.to_dict()
    except Exception as error:  # noqa: BLE001 - whatever the models object to
        return str(error)
    names = [element.get("action_id") for block in blocks for element in block.get("elements") or []]
    named = [name for name in names if name]
    wants_text = method in {"chat.postMessage", "chat.postEphemeral", "chat.update", "respond"}
    faults = {
        "an unknown kind of block": len(parsed) != len(blocks),
        "too many blocks": len(blocks) > (MOST_BLOCKS if "view" not in form else MOST_IN_VIEW),
        "no text": wants_text and not (form.get("text") or "").strip(),
        "text is too long": len(form.get("text") or "") > LONGEST_TEXT,
        "msg_blocks_too_long": wants_text and len(json.dumps(blocks, ensure_ascii=False)) > 4 * LONGEST_BLOCKS,
        "action ids are not unique": len(named) != len(set(named)),
        "an empty text": any(not run["text"] for run in all_runs(blocks)),
        "a link without an address": any(run["type"] == "link" and not run.get("url") for run in all_runs(blocks)),
    }
    return "; ".join(fault for fault, found in faults.items() if found)


def all_runs(blocks: list[Row]) -> list[Row]:
    """Return every run of text in *blocks*."""
    runs: list[Row] = []
    for block in blocks:
        for element in (block.get("elements") or []) if block["type"] == "rich_text" else []:
            items = element["elements"] if element["type"] == "rich_text_list" else [element]
            runs += [run for item in items for run in item["elements"]]
    return runs
