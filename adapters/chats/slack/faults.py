"""What an error of Slack means for a request: sent, not sent, perhaps sent, or never.

https://docs.slack.dev/reference/methods/chat.postMessage#errors and those of the other methods used (read 2026-11).
"""

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.chats.outcomes import Gone, Refused, SendError, TokenRejected, UnknownOutcome, Unsent

TOO_MANY = 429
SERVER = 500
# Seconds to wait where Slack says that it was too much, and not for how long.
SOME = 5.0
_TOO_MANY = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_TOKEN = {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "not_allowed_token_type"}
_CLOSED = {
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "user_not_found",
    "user_disabled",
    "users_not_found",
    "user_not_visible",
    "cannot_dm_bot",
    "messages_tab_disabled",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "team_not_found",
    "team_access_not_granted",
    "org_login_required",
}
_PERHAPS = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}


class NotTaken(Exception):  # noqa: N818 - reads as the sentence it is
    """An answer outside the Web API was not taken; Slack may take it later."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(f"HTTP {status}")
        self.status, self.headers = status, headers


def fault_of(error: Exception) -> SendError:
    """Return what *error* of the library or of the connection means, in Slack's own words."""
    if isinstance(error, SendError):
        return error
    if isinstance(error, NotTaken):
        return Unsent(str(error), _wait(error.headers)) if error.status == TOO_MANY else UnknownOutcome(str(error))
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Unsent(f"Slack cannot be reached: {type(error).__name__}")
    return UnknownOutcome(f"the connection to Slack broke: {type(error).__name__}")


def error_of(error: SlackApiError) -> str:
    """Return Slack's name of what went wrong, empty where it gave none."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def is_too_much(error: SlackApiError) -> bool:
    """Tell whether Slack says that it was asked too often."""
    return error_of(error) in _TOO_MANY or int(getattr(error.response, "status_code", 200)) == TOO_MANY


def _answered(error: SlackApiError) -> SendError:
    name, status = error_of(error), int(getattr(error.response, "status_code", 200))
    if is_too_much(error):
        found: SendError = Unsent("too many requests", _wait(getattr(error.response, "headers", None) or {}))
    elif name in _TOKEN:
        found = TokenRejected(f"Slack does not take this token ({name})", "SLACK_BOT_TOKEN")
    elif name in _CLOSED:
        found = Gone(name)
    elif name in _PERHAPS or status >= SERVER:
        found = UnknownOutcome(name or f"HTTP {status}")
    else:
        found = Refused(name or f"HTTP {status}")
    return found


def _wait(headers: Mapping[str, str]) -> float:
    wait = headers.get("Retry-After") or headers.get("retry-after") or ""
    return float(wait) if wait.replace(".", "", 1).isdigit() else SOME
