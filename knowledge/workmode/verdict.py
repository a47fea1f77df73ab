"""Whether one may work remotely, and how openly that is said: a verdict and a transparency score of five parts.

The score measures what is written, not what is true. Weights, caps and order follow the field notes on boards, section 5.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.listing.places import Where, read_where
from knowledge.pattern_set import PatternSet
from knowledge.workmode.patterns import Signal
from knowledge.workmode.signals import Found, read_signals
from knowledge.workmode.transparency import Transparency, rate

# "Hybrid" of which a person may choose the remote half, or that speaks of a company or of people near an office.
_OPTIONAL = re.compile(
    r"\b(?:optional\w*|if you(?:['’]d)? (?:like|prefer|want|live|are)|you can choose|your choice|up to you|or (?:fully |100% )?remote|remote or|"
    r"for those (?:in|near|living|based|who)|access to|whenever|not required|prefer(?:red)? but)\b|\bhybrid remote company\b|\bremote\s?/\s?hybrid|hybrid\s?/\s?remote",
    re.IGNORECASE,
)
_EVERYWHERE = PatternSet(
    r"(?i)\b(?:anywhere in the world|worldwide|world[- ]wide|from anywhere(?! in (?!the world))|globally|any(?:where)? (?:country|location)|no matter where you (?:are|live)|"
    r"all over the world|across the (?:globe|world)|location[- ](?:independent|agnostic)|global remote|remote[- ]global)\b"
)
_BOUNDED = PatternSet(
    r"(?i)\b(?:from anywhere|abroad|work anywhere)\b[^.]{0,60}\b(?:up to|for|max\w*)\b[^.]{0,15}\b(?:weeks?|months?|days?)\b",
    r"(?i)\b\d+ (?:weeks?|months?|days?)\b[^.]{0,30}\b(?:from anywhere|abroad)\b",
)
# A field for the place that names a way of working instead.
_FIELD_MODES = {
    "hybrid": "hybrid",
    "in-office": "onsite",
    "in office": "onsite",
    "on-site": "onsite",
    "onsite": "onsite",
    "hybrid (travel-required)": "hybrid",
}


class Verdict(StrEnum):
    """Where a listing lets people work from."""

    WORLDWIDE = "remote_worldwide"
    RESTRICTED = "remote_restricted"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class WorkMode:
    """The verdict with the words behind it: `signals` of the text, `quote` of what decided (may be a field)."""

    verdict: Verdict
    quote: str
    signals: tuple[Found, ...]
    transparency: Transparency


def read_work_mode(
    text: str,
    title: str = "",
    location: str = "",
    mode_field: str = "",
    pay_points: int = 0,
    *,
    remote_board: bool = False,
) -> WorkMode:
    """Read plain *text* with the board's fields; *pay_points* (0-15) is how openly pay is stated.

    *mode_field* is a board's own statement ("Hybrid"); *remote_board* says that the board lists remote work only.
    """
    signals = tuple(item for item in read_signals(text))
    headline = tuple(item for item in read_signals(title))
    where = read_where(location)
    said = mode_field or location
    verdict, quote = _decide(signals, headline, where, said, remote_board=remote_board)
    everywhere = bool(_EVERYWHERE.search(_unbounded(text)))
    if verdict is Verdict.RESTRICTED and _open(signals, where, everywhere=everywhere, title=title):
        verdict = Verdict.WORLDWIDE
    shown = rate(text, signals, headline, where, said, pay_points, everywhere=everywhere, remote_board=remote_board)
    return WorkMode(verdict, quote, signals, shown)


def _decide(
    signals: tuple[Found, ...], headline: tuple[Found, ...], where: Where, said: str, *, remote_board: bool
) -> tuple[Verdict, str]:
    """Decide in order, the first hit wins: denial, required office, field, remote statement, board, else unclear."""
    remote = next(
        (item for item in (*signals, *headline) if item.signal is Signal.REMOTE and not _BOUNDED.search(item.quote)),
        None,
    )
    denial = next((item for item in signals if item.signal is Signal.ONSITE), None)
    if denial and (remote is None or "not" in denial.phrase.casefold() or "100" in denial.phrase):
        return Verdict.ONSITE, denial.quote
    office = next((item for item in (*signals, *headline) if _is_required_office(item)), None)
    if office:
        return Verdict.HYBRID, office.quote
    field = _FIELD_MODES.get(said.strip().casefold())
    if field and (field != "onsite" or remote is None):
        return Verdict(field), said
    if remote:
        return Verdict.RESTRICTED, remote.quote
    stated = re.search(r"\bremote\b|\bhome\b|\bdistributed\b", said, re.IGNORECASE)
    listed = remote_board and (where.places or where.everywhere)
    return (Verdict.RESTRICTED, said) if stated or listed else (Verdict.UNCLEAR, "")


def _is_required_office(item: Found) -> bool:
    if item.signal is Signal.COMMUTE:
        return True
    return item.signal is Signal.HYBRID and not _OPTIONAL.search(item.quote)


def _open(signals: tuple[Found, ...], where: Where, *, everywhere: bool, title: str) -> bool:
    """Tell whether worldwide is said and nothing narrows it."""
    limited = any(item.signal in {Signal.GEO, Signal.TZ, Signal.WORK_AUTH} for item in signals)
    named = bool(where.places) or bool(read_where(title).codes)
    return (everywhere or where.everywhere) and not limited and not named


def _unbounded(text: str) -> str:
    for place in _BOUNDED.matching(text):
        text = _BOUNDED.patterns[place].sub(" ", text)
    return text
