"""Phrases that speak of a way of working, and phrases that only look like it; the list is `words/workmode.yaml`."""

import re
from enum import StrEnum
from typing import Any

from knowledge.markets import WORLDWIDE, markets
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


def _compiled(alternatives: list[str], parts: dict[str, str], flags: re.RegexFlag) -> re.Pattern[str]:
    joined = "|".join(alternatives)
    for name, part in parts.items():
        joined = joined.replace(f"<{name}>", part)
    return re.compile(joined, flags)


def _of_kind(kind: str) -> dict[Signal, re.Pattern[str]]:
    data: dict[str, Any] = word_list("workmode")
    parts = {"KNOWN": _known(), **data["parts"]}
    flags = {Signal.GEO: re.MULTILINE} if kind == "patterns" else {}
    usual = re.IGNORECASE | re.MULTILINE
    return {Signal(name): _compiled(rows, parts, flags.get(Signal(name), usual)) for name, rows in data[kind].items()}


# Tried in order; a sentence gives each signal once.
PATTERNS: tuple[tuple[Signal, re.Pattern[str]], ...] = tuple(_of_kind("patterns").items())
TRAPS: dict[Signal, re.Pattern[str]] = _of_kind("traps")
HINTS: dict[Signal, tuple[str, ...]] = {
    Signal(name): tuple(hints) for name, hints in word_list("workmode")["hints"].items()
}
