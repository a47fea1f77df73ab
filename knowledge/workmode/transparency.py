"""How openly a listing says where and how one may work: 0-100 in five parts, with flags where it contradicts itself."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.listing.places import Where, read_where
from knowledge.pattern_set import PatternSet
from knowledge.workmode.patterns import Signal
from knowledge.workmode.signals import Found

# The most each part gives: mode, where, hours, office, pay.
MOST = (30, 25, 15, 15, 15)
BANDS = ((80, "clear"), (65, "mostly clear"), (45, "partly stated"), (25, "vague"), (0, "says almost nothing"))
_EXPLICIT = re.compile(
    r"\b(?:100 ?%|fully|completely|all|entirely)[- ]remote\b|\bremote (?:position|role|job|opportunity)\b|\b(?:role|position|job|location|type) (?:is |: ?)?(?:\w+ )?remote\b"
    r"|\bthis is a (?:\w+ )?remote\b|\bwork(?:ing)? (?:\w+ )?remotely\b|\bfrom anywhere\b|\bwork from (?:your )?home\b|\bremote (?:within|in|from)\b|\bremote only\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b\d\+?\s?(?:-\s?\d\s?)?(?:hours?|hrs?)(?: of)? (?:\w+ )?overlap|overlap\w*[^.]{0,30}\d|\d{1,2}(?::\d\d)?\s?(?:am|pm)?\s?(?:-|–|to)\s?\d{1,2}(?::\d\d)?\s?(?:am|pm)"
    r"|(?:UTC|GMT|CET|EST|PST|CST|EET)\s?\(?\s?[+\-–±]|(?:\+/-|±)\s?\d|no (?:fixed|set) hours|\b(?:business|working|core|office|operating) hours\b[^.]{0,30}\b[A-Z]{2,4}\b|\bwithin a? ?\d+[- ]hours?",
    re.IGNORECASE,
)
_HOURS_VAGUE = PatternSet(
    r"(?i)\btime[- ]?zones?\b|\basync\w*\b|\bflexible (?:working )?(?:hours|schedule)\b|\bflexib\w+ hours\b"
)
_CADENCE = re.compile(
    r"\b(?:\d|one|two|three|four|five|once|twice)\b[^.]{0,20}\b(?:days?|times?|week|month|quarter|year)\b|\d{1,3}\s?%|\bno travel\b|\btravel (?:is )?not required\b|\bquarterly\b|\bannual\w*\b|\bmonthly\b|\bweekly\b",
    re.IGNORECASE,
)
_FULL_REMOTE = PatternSet(r"(?i)\b(?:100 ?%|fully|completely|entirely|all)[- ]remote\b")


class Part(NamedTuple):
    """One part of the score: its name, what it gave of what it could give, and the words behind it (may be empty)."""

    name: str
    points: int
    most: int
    quote: str


@dataclass(frozen=True, slots=True)
class Transparency:
    """The score with its parts in order and its flags, each flag's penalty already taken off."""

    score: int
    parts: tuple[Part, ...]
    flags: tuple[str, ...]

    @property
    def band(self) -> str:
        """The score in words."""
        return next(name for floor, name in BANDS if self.score >= floor)


def rate(  # noqa: PLR0913 - the score reads every field of a listing
    text: str,
    signals: tuple[Found, ...],
    headline: tuple[Found, ...],
    where: Where,
    said: str,
    pay_points: int,
    *,
    everywhere: bool,
    remote_board: bool,
) -> Transparency:
    """Rate what is written. *everywhere* says that the text offers work from anywhere without a limit in time."""
    by = {item.signal: item for item in reversed(signals)}
    parts = (
        _mode(signals, headline, said, remote_board=remote_board),
        _where(by, where, everywhere=everywhere),
        _hours(by, text),
        _office(signals, text),
        Part("pay", pay_points, MOST[4], ""),
    )
    flags, penalty, cap = _flags(by, headline, where, remote_board=remote_board, said=said)
    total = sum(part.points for part in parts) - penalty
    return Transparency(max(0, min(total, cap)), parts, flags)


def _mode(signals: tuple[Found, ...], headline: tuple[Found, ...], said: str, *, remote_board: bool) -> Part:
    modes = {Signal.REMOTE, Signal.HYBRID, Signal.ONSITE}
    told = [item for item in (*headline, *signals) if item.signal in modes]
    explicit = next(
        (i for i in told if i.signal is not Signal.REMOTE or _EXPLICIT.search(i.phrase) or i in headline), None
    )
    if explicit:
        return Part("mode", 30, MOST[0], explicit.quote)
    if said.strip().casefold() in {"hybrid", "in-office", "on-site", "onsite", "remote"}:
        return Part("mode", 30, MOST[0], said)
    if told:
        return Part("mode", 18, MOST[0], told[0].quote)
    return Part("mode", 6 if remote_board or "remote" in said.casefold() else 0, MOST[0], said if remote_board else "")


def _where(by: dict[Signal, Found], where: Where, *, everywhere: bool) -> Part:
    for signal in (Signal.GEO, Signal.WORK_AUTH):
        if signal in by:
            return Part("where", 25, MOST[1], by[signal].quote)
    if everywhere:
        return Part("where", 25, MOST[1], "")
    if where.everywhere:
        return Part("where", 10, MOST[1], "")
    if where.codes:
        return Part("where", 18, MOST[1], "")
    return Part("where", 3 if where.places else 0, MOST[1], "")


def _hours(by: dict[Signal, Found], text: str) -> Part:
    zone = by.get(Signal.TZ)
    exact = _HOURS.search(zone.quote) if zone else re.search(r"\bno (?:fixed|set) hours\b", text, re.IGNORECASE)
    if exact:
        return Part("hours", 15, MOST[2], zone.quote if zone else exact.group())
    if zone:
        return Part(
            "hours",
            15 if re.search(r"overlap|within|must|based", zone.quote, re.IGNORECASE) else 7,
            MOST[2],
            zone.quote,
        )
    vague = _HOURS_VAGUE.search(text)
    return Part("hours", 7 if vague else 0, MOST[2], vague.group() if vague else "")


def _office(signals: tuple[Found, ...], text: str) -> Part:
    duties = [
        i for i in signals if i.signal in {Signal.HYBRID, Signal.COMMUTE, Signal.TRAVEL, Signal.OFFSITE, Signal.ONSITE}
    ]
    exact = next((i for i in duties if i.signal in {Signal.COMMUTE, Signal.ONSITE} or _CADENCE.search(i.quote)), None)
    if exact:
        return Part("office", 15, MOST[3], exact.quote)
    full = _FULL_REMOTE.search(text)
    if full and not any(i.signal is Signal.HYBRID for i in duties):
        return Part("office", 12, MOST[3], full.group())
    vague = next((i for i in duties if i.signal in {Signal.OFFSITE, Signal.TRAVEL}), None)
    return Part("office", 7 if vague else 0, MOST[3], vague.quote if vague else "")


def _flags(
    by: dict[Signal, Found],
    headline: tuple[Found, ...],
    where: Where,
    *,
    remote_board: bool,
    said: str,
) -> tuple[tuple[str, ...], int, int]:
    """Return the flags, what they take off together, and the cap they set."""
    remote = Signal.REMOTE in by or any(item.signal is Signal.REMOTE for item in headline)
    office = Signal.HYBRID in by or Signal.COMMUTE in by or Signal.ONSITE in by
    title_codes = read_where(" ".join(item.quote for item in headline)).codes if headline else frozenset()
    found: list[tuple[str, int, int]] = []
    if remote and office:
        found.append(("REMOTE_VS_OFFICE", 20, 55))
    if where.everywhere and (Signal.GEO in by or Signal.WORK_AUTH in by):
        found.append(("ANYWHERE_VS_GEO", 15, 70))
    if where.everywhere and Signal.TZ in by:
        found.append(("ANYWHERE_VS_TZ", 5, 100))
    if where.everywhere and title_codes:
        found.append(("TITLE_VS_FIELD", 10, 100))
    if remote_board and where.places and not remote and "remote" not in said.casefold() and not office:
        found.append(("NO_REMOTE_EVIDENCE", 0, 25))
    return (
        tuple(name for name, _, _ in found),
        sum(off for _, off, _ in found),
        min([100, *(cap for _, _, cap in found)]),
    )
