"""What the app needs of Slack, said once: the listeners, the requests and the manifest are held against it.

https://docs.slack.dev/reference/app-manifest (read 2026-11).
"""

from typing import Any

COMMAND = "/career"
# The message shortcut that has a job post reviewed: https://docs.slack.dev/interactivity/implementing-shortcuts
REVIEW = "review_post"
SHORTCUT = {
    "name": "Review this post",
    "type": "message",
    "callback_id": REVIEW,
    "description": "What a job post says and leaves open",
}
# Which scope each event needs, and each method that we call; none where the token is enough
# (https://docs.slack.dev/reference/events and /methods, read 2026-11).
EVENTS = {
    "agent_session_stopped": "assistant:write",
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "message.im": "im:history",
    "tokens_revoked": "",
    "user_change": "users:read",
}
METHODS = {
    "agents.sessions.setStatus": "assistant:write",
    "apps.connections.open": "",
    "assistant.threads.setStatus": "assistant:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "assistant.threads.setTitle": "assistant:write",
    "auth.test": "",
    "chat.appendStream": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.startStream": "chat:write",
    "chat.stopStream": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "oauth.v2.access": "",
    "users.info": "users:read",
    "views.open": "",
    "views.publish": "",
}
SCOPES = tuple(sorted({scope for scope in (*EVENTS.values(), *METHODS.values(), "commands") if scope}))
PROMPTS = (
    ("What does it pay?", "What do senior computer vision engineers earn?"),
    ("Which skills?", "Which skills does a senior ML engineer need?"),
    ("Is it a good job?", "Red flags in ML research engineer job ads"),
    ("Live openings", "Remote senior machine learning jobs in Europe"),
)
EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"


def manifest(public: str = "") -> dict[str, Any]:
    """Return the manifest: for an app that is called at the address *public*, or one in Socket Mode without one."""
    url = f"{public.rstrip('/')}{EVENTS_PATH}" if public else ""
    reached = {"request_url": url} if url else {}
    oauth: dict[str, Any] = {"scopes": {"bot": [*SCOPES]}}
    if public:
        oauth["redirect_urls"] = [f"{public.rstrip('/')}{REDIRECT_PATH}"]
    command = {"command": COMMAND, "description": "Ask about skills, pay, hiring and openings", "should_escape": True}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Career Advisor",
            "description": "Skills, pay and hiring for remote tech work, with sources",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": "Skills, pay and hiring for remote tech work; every figure has its source.",
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "bot_user": {"display_name": "career-advisor", "always_online": True},
            "shortcuts": [SHORTCUT],
            "slash_commands": [
                command | ({"url": url} if url else {}) | {"usage_hint": "what do senior ML engineers earn?"}
            ],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": reached | {"bot_events": [*EVENTS]},
            "interactivity": {"is_enabled": True} | reached,
            "org_deploy_enabled": bool(public),
            "socket_mode_enabled": not public,
            "token_rotation_enabled": bool(public),
        },
    }
