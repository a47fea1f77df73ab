"""Where a listing's location field says people may be: places, everywhere, or nothing."""

import re
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


# "Bozeman, MT": the codes of the fifty states and the capital's district, where a comma stands before them.
_STATE_CODE = re.compile(
    r",\s?(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\b(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Where:
    """Places of a location field by name; `everywhere` where it says worldwide; both empty where it says nothing.

    `codes` are the countries and regions it names, `lands` also the countries its cities and states lie in.
    """

    places: frozenset[str]
    codes: frozenset[str]
    everywhere: bool
    lands: frozenset[str] = frozenset()

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
    lands: set[str] = {"US"} if _STATE_CODE.search(location) else set()
    everywhere = False
    at = 0
    while at < len(found):
        size = next((size for size in (4, 3, 2, 1) if found[at : at + size] in names), 0)
        if size:
            name = names[found[at : at + size]]
            everywhere |= name == WORLDWIDE
            places.add(name)
            codes.update(_codes().get(name, ()))
            lands.update(_lands().get(name, ()))
        elif found[at] not in _BARE and not found[at][0].isdigit() and len(found[at]) > 2:
            # An unknown word is taken for a town.
            places.add(found[at])
        at += size or 1
    return Where(
        frozenset(places - {WORLDWIDE}),
        frozenset(codes - {WORLDWIDE}),
        everywhere,
        frozenset((codes | lands) - {WORLDWIDE}),
    )


def names_state(text: str) -> bool:
    """Tell whether *text* names a state, a province or a city that is known."""
    return any(found in place_names() for size in (1, 2, 3) for found in _runs(words(text), size))


def _runs(found: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    return [found[at : at + size] for at in range(len(found) - size + 1)]


@cache
def place_names() -> dict[tuple[str, ...], str]:
    """Return places by their words: countries, regions, cities, states and codes, no words for people ("Slovak")."""
    book, lists = markets(), word_list("identity")
    names = {words(market.name): "-".join(words(market.name)) for market in book.by_code.values()}
    names |= {city: "-".join(city) for city in book.cities}
    names |= {
        words(str(state)): "-".join(words(str(state))) for states in lists["states_of"].values() for state in states
    }
    names |= {words(str(code)): str(name) for code, name in lists["codes"].items()}
    return names | {words(str(phrase)): WORLDWIDE for phrase in lists["everywhere"] if str(phrase) != "remote"}


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    named = {"-".join(words(market.name)): (market.code,) for market in markets().by_code.values()}
    wide = {str(name): tuple(map(str, codes)) for name, codes in word_list("identity")["regions"].items()}
    return named | wide


@cache
def _lands() -> dict[str, tuple[str, ...]]:
    """Return the country of every city and state, by its name."""
    book = markets()
    lands = {"-".join(city): book.phrases.exact(" ".join(city)) for city in book.cities}
    for code, states in word_list("identity")["states_of"].items():
        lands |= {"-".join(words(str(state))): (str(code),) for state in states}
    return lands
