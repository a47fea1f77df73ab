"""What an error of the Bot API means for a request: sent, not sent, perhaps sent, or never."""

import datetime as dt
import warnings

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.chats.outcomes import Gone, Moved, Refused, SendError, TokenRejected, UnknownOutcome, Unsent

# The setting that holds the token.
SETTING = "TELEGRAM_TOKEN"
# The connection was never made, so nothing was sent.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CLOSED = (
    "chat not found",
    "user is deactivated",
    "bot was kicked",
    "need administrator rights",
    "chat_write_forbidden",
)


def fault_of(error: TelegramError) -> SendError:
    """Return what *error* means, with the API's own words."""
    words = str(error)
    match error:
        case RetryAfter():
            found: SendError = Unsent(words, _seconds(error) + 0.5)
        case ChatMigrated():
            found = Moved(str(error.new_chat_id))
        case InvalidToken() if "not found" in words.casefold():
            # The library's word for 404 as well: a method that this server does not know.
            found = Refused(words)
        case InvalidToken():
            found = TokenRejected(words, SETTING)
        case Forbidden():
            found = Gone(words)
        case BadRequest():
            # A BadRequest is a NetworkError to the library, so it stands before it.
            found = Gone(words) if any(said in words.casefold() for said in _CLOSED) else Refused(words)
        case NetworkError():
            found = Unsent(words) if isinstance(error.__cause__, _NOT_SENT) else UnknownOutcome(words)
        case _:
            found = Refused(words)
    return found


def _seconds(error: RetryAfter) -> float:
    """Return how long to wait; the library gives seconds and warns that it will give time spans one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
