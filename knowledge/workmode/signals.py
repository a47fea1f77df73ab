"""The signals of a listing's text, each with the sentence it stands in."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from knowledge.listing.places import names_state, read_where
from knowledge.workmode.patterns import PATTERNS, SIGNALS, TRAPS, Signal

_PLACES = re.compile(
    r"countr|\bstates?\b|province|metro|territor|\bregion|locations?\b|\bcity\b|\bcities\b", re.IGNORECASE
)
# A quote is cut here; a sentence longer than this is a paragraph without full stops.
QUOTE = 160
# The class in front lets `re` skip to the few characters that can end a sentence.
_SENTENCES = re.compile(
    r"[.!?;\s](?:(?<=[a-z0-9)%\"”’][.!?;])(?=\s+[A-Z(\"“#•*-]|\s*$)|(?<=\n)\n*|(?<=\s)(?:[•·|]\s|\s{2,}))"
)


class Found(NamedTuple):
    """A signal with the sentence it was read from and the phrase that fired, both as written."""

    signal: Signal
    quote: str
    phrase: str


def read_signals(text: str) -> list[Found]:
    """Return the signals of *text* (plain text) in the order of its sentences; each sentence gives a signal once."""
    found: list[Found] = []
    for sentence in sentences(text):
        found += _of_sentence(sentence)
    return found


def sentences(text: str) -> list[str]:
    """Split *text* into sentences and list items, without blanks around."""
    parts: list[str] = []
    start = 0
    for match in _SENTENCES.finditer(text):
        parts.append(text[start : match.end()])
        start = match.end()
    parts.append(text[start:])
    return [stripped for part in parts if (stripped := part.strip(" \t\n\r•·*|"))]


# Listings of one employer share most of their sentences.
@lru_cache(maxsize=8192)
def _of_sentence(sentence: str) -> tuple[Found, ...]:
    found: list[Found] = []
    for signal, places in groupby(PATTERNS.matching(sentence), SIGNALS.__getitem__):
        match = _first_true(signal, places, sentence)
        if match:
            found.append(Found(signal, _quote(sentence, match), match.group().strip()))
    return tuple(_without_doubles(found, sentence))


def _first_true(signal: Signal, places: Iterable[int], sentence: str) -> re.Match[str] | None:
    """Return the first match of the patterns at *places* that no false friend covers."""
    matches = [match for place in places for match in PATTERNS.patterns[place].finditer(sentence)]
    if not matches:
        return None
    trap = TRAPS.get(signal)
    traps = [range(t.start(), t.end()) for t in trap.finditer(sentence)] if trap else []
    for match in sorted(matches, key=re.Match.start):
        if any(match.start() < span.stop and span.start < match.end() for span in traps):
            continue
        if signal is not Signal.GEO or _names_place(sentence[match.start() : match.end() + 40]):
            return match
    return None


def _names_place(text: str) -> bool:
    """Tell whether *text* names a place that is known, or speaks of places in general; any word may have a capital."""
    return bool(_PLACES.search(text)) or bool(read_where(text).lands) or names_state(text)


def _without_doubles(found: list[Found], sentence: str) -> list[Found]:
    """Settle what fires twice for one thing: a zone to be based in is no country, a denial of remote no offer of it."""
    signals = {item.signal for item in found}
    dropped: set[Signal] = set()
    if (
        Signal.ONSITE in signals
        and Signal.REMOTE in signals
        and not re.search(r"\bor (?:fully )?remote", sentence, re.IGNORECASE)
    ):
        dropped.add(Signal.REMOTE)
    if {Signal.TZ, Signal.GEO} <= signals:
        geo = next(item for item in found if item.signal is Signal.GEO)
        rest = sentence[sentence.find(geo.phrase) :][: len(geo.phrase) + 25]
        if re.search(r"time[- ]?zone", rest, re.IGNORECASE):
            dropped.add(Signal.GEO)
    if {Signal.TRAVEL, Signal.OFFSITE} <= signals and not re.search(r"off-?site|retreat", sentence, re.IGNORECASE):
        dropped.add(Signal.OFFSITE)
    return [item for item in found if item.signal not in dropped]


def _quote(sentence: str, match: re.Match[str]) -> str:
    """Return *sentence*, of a long one the part around *match*, cut between words."""
    if len(sentence) <= QUOTE:
        return sentence
    start = max(0, match.start() - (QUOTE - len(match.group())) // 2)
    end = min(len(sentence), start + QUOTE)
    if start:
        start = sentence.find(" ", start, match.start()) + 1 or start
    if end < len(sentence):
        end = max(sentence.rfind(" ", match.end(), end), 0) or end
    return f"{'…' if start else ''}{sentence[start:end].strip()}{'…' if end < len(sentence) else ''}"
