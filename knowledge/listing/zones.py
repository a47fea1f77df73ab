"""Time zones a listing asks for: "UTC-5 to UTC+1", "CET ±3 hours", "at least 4 hours overlap with EST"."""

import re

from knowledge.listing.listing import ZoneWindow
from knowledge.workmode.patterns import Signal
from knowledge.workmode.signals import Found

# Standard offsets from UTC in hours (IANA, without daylight saving); abbreviations that several zones share are left out.
OFFSETS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "MSK": 3,
    "SGT": 8,
    "JST": 9,
    "AEST": 10,
    "EST": -5,
    "EDT": -4,
    "ET": -5,
    "CDT": -5,
    "CT": -6,
    "MST": -7,
    "MT": -7,
    "PST": -8,
    "PDT": -7,
    "PT": -8,
    "EASTERN": -5,
    "CENTRAL EUROPEAN": 1,
    "PACIFIC": -8,
    "MOUNTAIN": -7,
    "EASTERN EUROPEAN": 2,
}
_NAME = "|".join(sorted(OFFSETS, key=len, reverse=True))
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?\(?\s?([+\-–−]\s?\d{1,2})(?::?([03])0)?", re.IGNORECASE)
_AROUND = re.compile(
    rf"\b({_NAME})\b[^.]{{0,25}}?(?:\+\s?/\s?[-–−]|±|plus or minus)\s?(\d{{1,2}})"
    rf"|(?:\+\s?/\s?[-–−]|±|within(?: a| an)?|plus or minus)\s?(\d{{1,2}})[- ]?(?:hours?|hrs?)\b[^.]{{0,40}}?\b({_NAME})\b",
    re.IGNORECASE,
)
_OVERLAP = re.compile(
    r"(\d{1,2})\+?\s?(?:-\s?\d\s?)?(?:hours?|hrs?)(?: of)?[^.]{0,25}overlap|overlap\w*[^.]{0,30}?(\d{1,2})\s?(?:hours?|hrs?)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b({_NAME})\b", re.IGNORECASE)


def read_zone(signals: tuple[Found, ...]) -> ZoneWindow | None:
    """Return the window of time zones that the text asks for; None where it names none."""
    for item in signals:
        if item.signal is Signal.TZ:
            window = _window(item.quote)
            if window:
                return window
    return None


def _window(quote: str) -> ZoneWindow | None:
    overlap = _OVERLAP.search(quote)
    hours = int(overlap[1] or overlap[2]) if overlap else None
    around = _AROUND.search(quote)
    if around:
        anchor = OFFSETS[(around[1] or around[4]).upper()]
        width = int(around[2] or around[3])
        return ZoneWindow(anchor - width, anchor + width, hours, quote)
    offsets = [float(m[1].replace(" ", "").replace("–", "-").replace("−", "-")) for m in _OFFSET.finditer(quote)]
    named = offsets or [OFFSETS[m[1].upper()] for m in _NAMED.finditer(quote)]
    if not named and hours is None:
        return None
    return ZoneWindow(min(named, default=None), max(named, default=None), hours, quote)
