"""Alerts as people ask for them: at once, at most so many a day, not at night."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from knowledge.subscription.times import read_time

_SOON = (
    r"(?:instant(?:ly)?|immediate(?:ly)?|right away|straight ?away|at once|asap|(?:in )?real[- ]?time"
    r"|as soon as(?: (?:possible|it|they|one|something|there|an?y?)\b)?"
    r"|the (?:moment|minute|second) (?=it|they|one|an?|there))"
)
_AT_ONCE = re.compile(rf"\b{_SOON}\b(?:\s+(?:alerts?|notifications?|pings?)\b)?", re.IGNORECASE)
_NOT_AT_ONCE = re.compile(
    rf"\b(?:no(?: more)?|without|(?:turn|switch) off|stop|disable|cancel|end|remove)\b[^.;,]{{0,20}}?\b{_SOON}\b"
    r"(?:\s+(?:alerts?|notifications?|pings?)\b)?"
    r"|\b(?:only|just) (?:the )?(?:daily|digests?)\b(?: (?:digest|message)\b)?",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_MOST = re.compile(
    r"\b(?:at most|max(?:imum)?(?: of)?|no more than|not more than|up to|limit(?:ed)? (?:it |them )?to|only)\s+"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s*(?:alerts?|messages?|pings?|notifications?|times)?\s*"
    r"(?:a|per|each|/|every)\s*day\b",
    re.IGNORECASE,
)
_HOUR = r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?"
_NOT = r"(?:quiet|silent|silence|no (?:alerts?|messages?|pings?)|nothing|don'?t \w+(?: me)?|do not \w+(?: me)?|not)"
_QUIET = re.compile(
    rf"\b{_NOT}(?:\s+hours?|\s+time)?\s*(?:are|is|:)?\s*(?:from|between)?\s*(?P<first>{_HOUR})\s*"
    rf"(?:to|until|till|and|-|–)\s*(?P<last>{_HOUR})",
    re.IGNORECASE,
)
_NIGHT = re.compile(rf"\b{_NOT}\s+(?:at night|overnight|during the night|nights?)\b", re.IGNORECASE)
_NEVER_QUIET = re.compile(
    r"\b(?:no|without) quiet (?:hours?|time)\b|\b24/7\b|\b(?:day and night|(?:a)?round the clock)\b", re.IGNORECASE
)
NIGHT, NONE = "22:00-08:00", ""


@dataclass(frozen=True, slots=True)
class Alerting:
    """What is said of alerts; None where nothing is. `quiet` is as "22:00-08:00", empty for no quiet hours."""

    at_once: bool | None = None
    most: int | None = None
    quiet: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return self != NOTHING


NOTHING = Alerting()


def read_alerting(text: str) -> tuple[Alerting, tuple[tuple[int, int], ...]]:
    """Return what *text* says of alerts, and which parts of it say so."""
    spans = []
    off, soon = _NOT_AT_ONCE.search(text), _AT_ONCE.search(text)
    most, night, never = _MOST.search(text), _NIGHT.search(text), _NEVER_QUIET.search(text)
    hours = _QUIET.search(text)
    at_once = False if off else True if soon else None
    spans += [match.span() for match in (off or soon, most, night or never or hours) if match]
    count = most["count"].casefold() if most else ""
    quiet = NONE if never else NIGHT if night else _hours(hours) if hours else None
    return Alerting(at_once, (_COUNTS.get(count) or int(count)) if most else None, quiet), tuple(spans)


def _hours(match: re.Match[str]) -> str | None:
    """Return hours as they are kept; None where one of them is none."""
    first, last = (read_time(f"at {match[name]}") for name in ("first", "last"))
    return f"{first[0]:%H:%M}-{last[0]:%H:%M}" if first and last and first[0] != last[0] else None


def quiet_until(now: dt.datetime, quiet: str, where: ZoneInfo) -> dt.datetime | None:
    """Return the moment (UTC) at which the *quiet* hours end in which *now* is; None where it is in none."""
    if not quiet:
        return None
    first, last = map(dt.time.fromisoformat, quiet.split("-"))
    local = now.astimezone(where)
    at = local.time()
    inside = first <= at < last if first < last else at >= first or at < last
    if not inside:
        return None
    day = local.date() + dt.timedelta(days=1) if at >= last else local.date()
    end = dt.datetime.combine(day, last, tzinfo=where).astimezone(dt.UTC)
    # Of an hour that comes twice the second end counts where the first has passed.
    return end if end > now else dt.datetime.combine(day, last, tzinfo=where).replace(fold=1).astimezone(dt.UTC)
