"""Places as people name them, and how they lie within each other. The list is `words/markets.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.phrases import PhraseBook
from knowledge.text import words
from knowledge.word_lists import word_list

WORLDWIDE = "worldwide"


@dataclass(frozen=True, slots=True)
class Market:
    """A country (`code` is ISO 3166-1 alpha-2) or a region (`code` is its name in lower case with hyphens)."""

    code: str
    name: str
    within: str | None


@dataclass(frozen=True, slots=True)
class Markets:
    """Every known place by code, and the phrases that mean it."""

    by_code: dict[str, Market]
    phrases: PhraseBook[str]
    cities: frozenset[tuple[str, ...]]

    def name(self, code: str) -> str:
        """Return the name of the market with *code*."""
        return self.by_code[code].name

    def around(self, code: str) -> Iterator[str]:
        """Yield *code* and every region that holds it, smallest first, without `worldwide`."""
        current: str | None = code
        while current:
            yield current
            current = self.by_code[current].within

    def continent(self, code: str) -> str:
        """Return the largest region that holds *code* (itself if it lies in none)."""
        return list(self.around(code))[-1]

    def read(self, cell: str) -> tuple[str, ...]:
        """Read a guide's cell such as "United Kingdom, Germany" or "Remote (global)" into codes.

        Raises:
            ValueError: a part of the cell names no known place.

        """
        if cell.strip().casefold() in {"", "–", "-", "not stated"}:
            return ()
        found: list[str] = []
        for part in cell.split(","):
            meant = self.phrases.exact(part)
            if not meant:
                raise ValueError(f"unknown market '{part.strip()}'")
            found += meant
        return tuple(found)


@cache
def markets() -> Markets:
    """Read the list once."""
    data = word_list("markets")
    by_code: dict[str, Market] = {}
    phrases: PhraseBook[str] = PhraseBook()
    for region in data["regions"]:
        by_code[region["code"]] = Market(region["code"], region["name"], region["within"])
        for alias in [region["name"], *region["aliases"]]:
            phrases.add(alias, region["code"])
    for country in data["countries"]:
        by_code[country["code"]] = Market(country["code"], country["name"], country["region"])
        for alias in [country["name"], *country["aliases"], *country.get("cities", [])]:
            phrases.add(alias, country["code"])
    cities = frozenset(words(city) for country in data["countries"] for city in country.get("cities", []))
    return Markets(by_code, phrases, cities)
