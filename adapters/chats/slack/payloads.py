"""Payloads of Slack as events of ours. https://docs.slack.dev/reference (read 2026-11).

Nothing is taken for granted: a payload that lacks what it should have raises `KeyError` or `TypeError`, and whoever
calls sets it aside.
"""

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.chats.platform import Inbound, InboundKind
from adapters.chats.slack.home import DIGEST, EDIT_DIGEST, EDIT_PROFILE, WORDS
from adapters.chats.slack.places import HOME, NAME, Tenant, address, person

Payload = Mapping[str, Any]
# Commands that may be the first word after /career; anything else there is a question.
COMMANDS = (
    "help",
    "review",
    "saved",
    "jobs",
    "salary",
    "compare",
    "digest",
    "stop",
    "settings",
    "reset",
    "privacy",
    "forget",
    "export",
)
# What a person sent, besides plain words; other subtypes are news of the channel.
_SAID = {None, "", "file_share", "thread_broadcast", "me_message"}
_TOKEN = re.compile(r"<([^<>]*)>")


def tenant_of_event(body: Payload) -> Tenant:
    """Return whose installation an event belongs to: in shared channels that is not always the sender's."""
    (ours, *_) = body.get("authorizations") or [body]
    enterprise, team = ours.get("enterprise_id") or "", ours.get("team_id") or ""
    return Tenant(enterprise, "" if ours.get("is_enterprise_install") else team or body.get("team_id") or "")


def read_event(body: Payload) -> Inbound | None:
    """Return what an event tells us, None where it is none of ours."""
    event, tenant = body["event"], tenant_of_event(body)
    match event["type"]:
        case "app_mention" | "message" if event.get("subtype") == "message_changed":
            return _changed(body, tenant)
        case "app_mention" if not event.get("bot_id"):
            return _said(body, event, tenant, private=False)
        case "message" if event.get("channel_type") == "im" and event.get("subtype") in _SAID:
            return _said(body, event, tenant, private=True) if event.get("user") and not event.get("bot_id") else None
        case "agent_session_stopped":
            where = address(tenant, event["channel"], event["thread_ts"])
            return Inbound(InboundKind.STOPPED, body["event_id"], where, f"{NAME}:", dt.datetime.now(dt.UTC))
        case "app_home_opened" if event.get("tab", "home") == "home":
            return _home(body["event_id"], tenant, event["user"], _moment(event.get("event_ts")))
    return None


def _said(body: Payload, event: Payload, tenant: Tenant, *, private: bool) -> Inbound:
    ours = {one.get("user_id") for one in body.get("authorizations") or ()}
    return Inbound(
        kind=InboundKind.TEXT,
        event=body["event_id"],
        address=address(tenant, event["channel"], event.get("thread_ts") or event["ts"]),
        person=person(tenant, event["user"]),
        at=_moment(event["ts"]),
        text=readable(event.get("text") or "", ours),
        cited=_shared(event),
        message=event["ts"],
        private=private,
        outside=_from_outside(body, event, tenant),
    )


def _shared(event: Payload) -> str:
    """Return the words of a message that was forwarded with this one."""
    found = (one.get("text") or "" for one in event.get("attachments") or () if one.get("is_share"))
    return "\n".join(readable(text) for text in found if text)


def read_shortcut(body: Payload) -> Inbound:
    """Return a message somebody wants reviewed; the answer is seen by nobody else."""
    tenant, message, user = _tenant(body), body["message"], body["user"]["id"]
    return Inbound(
        kind=InboundKind.COMMAND,
        event=f"shortcut:{body['trigger_id']}",
        address=address(tenant, body["channel"]["id"], user),
        person=person(tenant, user),
        at=_moment(body.get("action_ts")),
        cited=_whole(message),
        command="review",
        message=body.get("response_url", ""),
    )


def _whole(message: Payload) -> str:
    """Return all words of a message: what it says, and what it forwards or unfurls."""
    inside = [one.get("text") or one.get("fallback") or "" for one in message.get("attachments") or ()]
    return "\n".join(text for text in (readable(message.get("text") or ""), *map(readable, inside)) if text)


def _changed(body: Payload, tenant: Tenant) -> Inbound | None:
    """Return a corrected message; Slack also reports its own changes (unfurled links), which are none."""
    event = body["event"]
    now, before = event["message"], event.get("previous_message") or {}
    same = now.get("text") == before.get("text") or now.get("bot_id") or not now.get("user")
    if same or event.get("channel_type") != "im":
        return None
    said = _said(body, {**now, "channel": event["channel"]}, tenant, private=True)
    return replace(said, kind=InboundKind.EDITED)


def _from_outside(body: Payload, event: Payload, tenant: Tenant) -> bool:
    """Tell whether somebody of another organisation speaks, in a channel that is shared with it."""
    team = event.get("user_team") or event.get("source_team") or ""
    home = {tenant.team, tenant.enterprise, body.get("team_id") if not body.get("is_ext_shared_channel") else ""}
    return bool(team) and team not in home


def read_command(body: Payload) -> Inbound:
    """Return a slash command; its answer is seen by nobody else."""
    tenant = _tenant(body)
    word, _, rest = body.get("text", "").strip().partition(" ")
    known = word.casefold() in COMMANDS
    text = rest if known else body.get("text", "")
    return Inbound(
        kind=InboundKind.COMMAND,
        event=f"command:{body['trigger_id']}",
        address=address(tenant, body["channel_id"], body["user_id"]),
        person=person(tenant, body["user_id"]),
        at=dt.datetime.now(dt.UTC),
        text=readable(text),
        command=word.casefold() if known else "ask" if text.strip() else "help",
        message=body.get("response_url", ""),
    )


def read_press(body: Payload) -> Inbound | None:
    """Return a press of a button, None for one that only opens something."""
    tenant, (action, *_) = _tenant(body), body["actions"]
    if action["action_id"] in {EDIT_PROFILE, EDIT_DIGEST} or not action.get("value"):
        return None
    container, user = body["container"], body["user"]["id"]
    message = body.get("message") or {}
    if container["type"] == "view":
        where, shown, private = address(tenant, user, HOME), "", True
    elif container.get("is_ephemeral"):
        where, shown, private = address(tenant, container["channel_id"], user), body["response_url"], True
    else:
        thread = container.get("thread_ts") or message.get("thread_ts") or container["message_ts"]
        where, shown = address(tenant, container["channel_id"], thread), container["message_ts"]
        private = container["channel_id"].startswith("D")
    return Inbound(
        kind=InboundKind.ACTION,
        event=f"press:{action['action_ts']}:{user}",
        address=where,
        person=person(tenant, user),
        at=_moment(action["action_ts"]),
        text=action["value"],
        message=shown,
        private=private,
    )


def read_modal(body: Payload) -> Inbound:
    """Return what a person wrote into a modal: about themselves, shown on the app's page; or what they want sent."""
    tenant, view, user = _tenant(body), body["view"], body["user"]["id"]
    (text,) = (values[WORDS]["value"] for values in view["state"]["values"].values() if WORDS in values)
    said = " ".join((text or "").split())
    page = _home(f"view:{view['id']}:{view.get('hash', '')}", tenant, user, dt.datetime.now(dt.UTC))
    if view["callback_id"] == DIGEST:
        return replace(page, command="digest", text=said, address=address(tenant, user))
    return replace(page, text=said or "none")


def _home(event: str, tenant: Tenant, user: str, at: dt.datetime) -> Inbound:
    where = address(tenant, user, HOME)
    return Inbound(InboundKind.COMMAND, event, where, person(tenant, user), at, command="home")


def _tenant(body: Payload) -> Tenant:
    """Return whose installation an interaction belongs to."""
    team, enterprise = body.get("team") or {}, body.get("enterprise") or {}
    everywhere = str(body.get("is_enterprise_install", "")).casefold() == "true"
    name = team.get("id") or body.get("team_id") or body.get("user", {}).get("team_id", "")
    return Tenant(enterprise.get("id") or body.get("enterprise_id") or "", "" if everywhere else name)


def _moment(ts: str | None) -> dt.datetime:
    return dt.datetime.fromtimestamp(float(ts), dt.UTC) if ts else dt.datetime.now(dt.UTC)


def readable(text: str, ours: set[str | None] | frozenset[str] = frozenset()) -> str:
    """Return *text* as people see it: "<@U1>" of us is left out, "<#C1|jobs>" is "#jobs", "<https://x|y>" is "y"."""

    def shown(match: re.Match[str]) -> str:
        inside, _, label = match[1].partition("|")
        if inside.startswith("@"):
            return "" if inside[1:] in ours else f"@{label}" if label else ""
        if inside.startswith(("#", "!")):
            return f"{inside[0]}{label or inside[1:]}" if inside[0] == "#" else label
        return label or inside

    return " ".join(html.unescape(_TOKEN.sub(shown, text)).split(" ")).strip()
