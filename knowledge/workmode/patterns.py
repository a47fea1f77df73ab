"""Phrases that speak of a way of working, and phrases that only look like it; the list is `words/workmode.yaml`."""

import re
from enum import StrEnum
from typing import Any

from knowledge.markets import WORLDWIDE, markets
from knowledge.pattern_set import PatternSet
from knowledge.word_lists import word_list


class Signal(StrEnum):
    """What a phrase is about."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    COMMUTE = "commute"
    GEO = "geo"
    TZ = "tz"
    TRAVEL = "travel"
    OFFSITE = "offsite"
    WORK_AUTH = "work_auth"
    LANGUAGE = "language"


# Names of places that the list of markets has under another form or not at all.
_MORE_PLACES = (
    r"USA|U\.S\.A?\.?|US|UK|EU|EMEA|LATAM|APAC|NORAM|DACH|Americas|European Union|United States of America|Southeast Asia|"
    "Nordics|CEE|EEA|Ontario|California|Texas"
)


def _known() -> str:
    names = (re.escape(market.name) for market in markets().by_code.values() if market.code != WORLDWIDE)
    return f"(?:the )?(?:{'|'.join(sorted(names, key=len, reverse=True))}|{_MORE_PLACES})"


def _written(pattern: str, parts: dict[str, str], *, cased: bool) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part)
    return f"(?m:{pattern})" if cased else f"(?im:{pattern})"


def _rows(kind: str) -> list[tuple[Signal, str]]:
    data: dict[str, Any] = word_list("workmode")
    parts = {"KNOWN": _known(), **data["parts"]}
    # Places begin with a capital.
    return [
        (Signal(name), _written(pattern, parts, cased=kind == "patterns" and name == Signal.GEO))
        for name, patterns in data[kind].items()
        for pattern in patterns
    ]


_PATTERNS = _rows("patterns")
# The signal of each pattern of `PATTERNS`, by its place; signals stand in the order in which they are reported.
SIGNALS: tuple[Signal, ...] = tuple(signal for signal, _ in _PATTERNS)
PATTERNS = PatternSet(*(pattern for _, pattern in _PATTERNS))
TRAPS: dict[Signal, PatternSet] = {
    signal: PatternSet(*(pattern for other, pattern in _rows("traps") if other is signal))
    for signal in dict(_rows("traps"))
}
