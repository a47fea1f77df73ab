"""Where a listing's location field says people may be: places, everywhere, or nothing."""

from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.markets import WORLDWIDE, markets
from knowledge.text import words
from knowledge.word_lists import word_list

# Words of a location field that name no place.
_BARE = frozenset(
    words(
        "only remote remotely hybrid office in on site onsite home based or and the of friendly travel required us based preferred timezone "
        "timezones time zone zones area greater metro region city of within hours first distributed flexible location any cet est pst utc gmt cst "
    )
) - {"us"}


@dataclass(frozen=True, slots=True)
class Where:
    """Places of a location field by name; `everywhere` where it says worldwide; both empty where it says nothing."""

    places: frozenset[str]
    codes: frozenset[str]
    everywhere: bool

    def compatible(self, other: "Where") -> bool:
        """Tell whether two fields agree: equal, one silent or worldwide, or one holds the other."""
        if not self.places or not other.places or self.everywhere or other.everywhere:
            return True
        if self.places <= other.places or other.places <= self.places:
            return True
        return _within(self, other) or _within(other, self)


def _within(inner: Where, outer: Where) -> bool:
    """Tell whether every place of *inner* lies in a region of *outer*, which names no cities."""
    book = markets()
    if not inner.codes or not outer.codes or len(outer.codes) != len(outer.places):
        return False
    return all(any(region in outer.codes for region in book.around(code)) for code in inner.codes)


@lru_cache(maxsize=65_536)
def read_where(location: str) -> Where:
    """Return the places a location field names, in any order and with any separator."""
    found = words(location)
    names = place_names()
    places: set[str] = set()
    codes: set[str] = set()
    everywhere = False
    at = 0
    while at < len(found):
        size = next((size for size in (4, 3, 2, 1) if found[at : at + size] in names), 0)
        if size:
            name = names[found[at : at + size]]
            everywhere |= name == WORLDWIDE
            places.add(name)
            code = _codes().get(name)
            if code:
                codes.add(code)
        elif found[at] not in _BARE and not found[at][0].isdigit() and len(found[at]) > 2:
            # An unknown word is taken for a town.
            places.add(found[at])
        at += size or 1
    return Where(frozenset(places - {WORLDWIDE}), frozenset(codes - {WORLDWIDE}), everywhere)


@cache
def place_names() -> dict[tuple[str, ...], str]:
    """Return places by their words: countries, regions, cities, states and codes, no words for people ("Slovak")."""
    book, lists = markets(), word_list("identity")
    names = {words(market.name): "-".join(words(market.name)) for market in book.by_code.values()}
    names |= {city: "-".join(city) for city in book.cities}
    names |= {words(str(state)): "-".join(words(str(state))) for state in lists["states"]}
    names |= {words(str(code)): str(name) for code, name in lists["codes"].items()}
    return names | {words(str(phrase)): WORLDWIDE for phrase in lists["everywhere"] if str(phrase) != "remote"}


@cache
def _codes() -> dict[str, str]:
    return {"-".join(words(market.name)): market.code for market in markets().by_code.values()}
