"""Reads wishes for listings in plain words; what is not understood is named back. Rules and word lists only."""

import re
from collections.abc import Iterable
from functools import cache

from knowledge.guide import Guide
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.listing.classify import book_of, listing_roles, roles, skill_book
from knowledge.listing.wish import PayFloor, Wish
from knowledge.markets import WORLDWIDE, markets
from knowledge.money import read_amounts
from knowledge.phrases import Found, PhraseBook
from knowledge.slot_reader import read_levels
from knowledge.text import words
from knowledge.vocabulary import level_phrases
from knowledge.word_lists import word_list

_AGE = re.compile(
    r"\b(?:(?:last|past|within(?: the last)?|in the last)\s(?P<n>\d{1,3}|one|two|three)?\s?(?P<unit>days?|weeks?|months?|hours?)|(?P<this>this|last) (?P<thisunit>week|month)|"
    r"(?P<today>today|yesterday)|(?:max|not older than|newer than|less than)\s(?P<m>\d{1,3})\s(?P<munit>days?|weeks?|months?)(?: old)?)\b",
    re.IGNORECASE,
)
_DAYS = {"hour": 1, "day": 1, "week": 7, "month": 30}
_NUMBERS = {"one": 1, "two": 2, "three": 3}
# How far behind "not" a thing may stand ("no hybrid nonsense", "not on the edge").
_REACH = 3
# A currency where none is named, and the places that name one.
DEFAULT_CURRENCY = "USD"
_CURRENCY_OF = {"GB": "GBP", "CA": "CAD", "CH": "CHF", "AU": "AUD", "IN": "INR", "PL": "PLN"}
_EURO = frozenset(
    {
        "DE",
        "FR",
        "ES",
        "IT",
        "NL",
        "BE",
        "AT",
        "IE",
        "PT",
        "FI",
        "GR",
        "LU",
        "EE",
        "LV",
        "LT",
        "SK",
        "SI",
        "HR",
        "MT",
        "CY",
    }
)


class WishReader:
    """Reads wishes with the roles of one library beside the wider taxonomy."""

    def __init__(self, library: Library) -> None:
        self._roles: PhraseBook[str] = PhraseBook()
        for row in word_list("listing_roles")["roles"]:
            for phrase in row["titles"]:
                self._roles.add(str(phrase), row["slug"])
        for guide in library.roles:
            self._learn(guide)

    def read(self, text: str) -> Wish:
        """Return what *text* asks for."""
        message = words(text)
        taken: set[int] = set()
        denied = _denied(message)
        found_roles = self._take(self._roles, message, taken)
        places = self._take(markets().phrases, message, taken)
        hardware = _take_phrases("hardware_phrases", message, taken)
        facets = {kind: self._take(book_of(kind), message, taken) for kind in ("industries", "hardware", "model_types")}
        facets["hardware"] += hardware
        long = {at for found in found_roles if found.end - found.start > 1 for at in range(found.start, found.end)}
        # "python backend jobs" names a skill too; "machine learning jobs" names none.
        skills = self._take(skill_book(), message, (taken - _single(found_roles, message)) | long)
        modes = [
            found
            for name in ("worldwide", "hybrid", "onsite", "remote")
            for found in _take_words(name, name, message, taken)
        ]
        taken |= {at for found in (*skills, *modes) for at in range(found.start, found.end)}
        taken |= {at for found in level_phrases().find(message) for at in range(found.start, found.end)}
        excluded = _excluded(facets, skills, modes, denied)
        regions = _kept(places, denied)
        return Wish(
            roles=_specific(found_roles, denied),
            include=_kept(skills, denied),
            exclude=excluded,
            levels=_levels(message),
            min_pay=_floor(text, regions),
            pay_disclosed=bool(_take_words("disclosed", "disclosed", message, set())),
            regions=tuple(code for code in regions if code != WORLDWIDE),
            industries=_kept(facets["industries"], denied),
            hardware=_kept(facets["hardware"], denied),
            model_types=_kept(facets["model_types"], denied),
            work_modes=_modes(modes, regions, denied),
            max_age_days=_age(text),
            unparsed=_unparsed(message, taken),
        )

    def _learn(self, guide: Guide) -> None:
        """Let the names of a guide mean its occupation, as far as the taxonomy does not know them.

        A title it knows keeps its meaning (a data analyst is one, though the guide of data scientists answers for
        both), and in "react developer" it finds the role beside the skill.
        """
        occupation = guide.occupation or guide.slug
        meant = listing_roles(occupation)
        if not meant:
            return
        self._roles.add(guide.title, occupation)
        for alias in (*guide.aliases, *guide.nicknames):
            known = {found.value for found in self._roles.find(words(alias))}
            if not self._roles.exact(alias) and not known.intersection(meant):
                self._roles.add(alias, occupation)

    def _take(self, book: PhraseBook[str], message: tuple[str, ...], taken: set[int]) -> list[Found[str]]:
        """Return the phrases of *book* in words nobody has taken, and take them."""
        found = [one for one in book.find(message) if not any(at in taken for at in range(one.start, one.end))]
        found = [one for one in found if not (one.end - one.start == 1 and message[one.start] in _PRONOUNS)]
        taken |= {at for one in found for at in range(one.start, one.end)}
        return found


def _single(found: Iterable[Found[str]], message: tuple[str, ...]) -> set[int]:
    """Return the places of words that name a role by a skill ("react"), not by its own name ("devops")."""
    alone = (one for one in found if one.end - one.start == 1 and one.value not in _NO_SKILLS)
    return {one.start for one in alone if not one.value.startswith(message[one.start])}


# Roles whose one word is a field, not a skill.
_NO_SKILLS = frozenset({"computer-vision-engineer", "machine-learning-engineer", "ml-research-engineer", "ai-engineer"})
# "us" is a country in a wish only beside "in" or "the"; here it is one unless it is asked "show us".
_PRONOUNS = frozenset({"it", "in"})


def _take_words(name: str, value: str, message: tuple[str, ...], taken: set[int]) -> list[Found[str]]:
    found = [Found(one.start, one.end, value) for one in _book(name).find(message)]
    free = [one for one in found if not any(at in taken for at in range(one.start, one.end))]
    taken |= {at for one in free for at in range(one.start, one.end)}
    return free


def _take_phrases(name: str, message: tuple[str, ...], taken: set[int]) -> list[Found[str]]:
    book: PhraseBook[str] = PhraseBook()
    for value, phrases in word_list("wish")[name].items():
        for phrase in phrases:
            book.add(phrase, value)
    free = [one for one in book.find(message) if not any(at in taken for at in range(one.start, one.end))]
    taken |= {at for one in free for at in range(one.start, one.end)}
    return free


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((str(phrase), name) for phrase in word_list("wish")[name])


def _denied(message: tuple[str, ...]) -> frozenset[int]:
    """Return the places of words that stand behind a "not"."""
    negations = frozenset(map(str, word_list("wish")["negations"]))
    reach: set[int] = set()
    for at, word in enumerate(message):
        if word in negations:
            reach |= set(range(at + 1, at + 1 + _REACH))
    return frozenset(reach)


def _kept(found: Iterable[Found[str]], denied: frozenset[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.value for one in found if one.start not in denied))


def _specific(found: list[Found[str]], denied: frozenset[int]) -> tuple[str, ...]:
    """Return the roles named; where phrases beside each other mean several, the most specific."""
    places = list(enumerate(roles().values()))
    order = {role.guide: place for place, role in places} | {role.slug: place for place, role in places}
    best: list[str] = []
    end = -1
    for one in sorted(found):
        if one.start in denied:
            continue
        if one.start <= end:
            # "react developer" names one role by two phrases.
            best[-1] = min(best[-1], one.value, key=order.__getitem__)
        else:
            best.append(one.value)
        end = max(end, one.end)
    return tuple(dict.fromkeys(slug for one in best for slug in listing_roles(one)))


def _excluded(
    facets: dict[str, list[Found[str]]], skills: list[Found[str]], modes: list[Found[str]], denied: frozenset[int]
) -> tuple[str, ...]:
    names = {"industries": "industry", "hardware": "hardware", "model_types": "model"}
    rows = [(names[kind], found) for kind, found in facets.items()] + [("skill", skills), ("mode", modes)]
    out = (f"{name}:{one.value.casefold()}" for name, found in rows for one in found if one.start in denied)
    return tuple(dict.fromkeys(out))


def _levels(message: tuple[str, ...]) -> tuple[Level, ...]:
    return read_levels(message)


def _modes(modes: list[Found[str]], regions: tuple[str, ...], denied: frozenset[int]) -> tuple[str, ...]:
    named = list(_kept(modes, denied))
    if WORLDWIDE in regions:
        named.append("worldwide")
    return tuple(dict.fromkeys(named))


def _floor(text: str, regions: tuple[str, ...]) -> PayFloor | None:
    """Return the least pay: the lowest amount named; without a currency that of the place, else US dollars."""
    amounts = read_amounts(text)
    if not amounts:
        return None
    amount = amounts[0]
    assumed = amount.currency is None
    return PayFloor(amount.low, amount.currency or _currency(regions), amount.period, assumed)


def _currency(regions: tuple[str, ...]) -> str:
    for code in regions:
        if code in _CURRENCY_OF:
            return _CURRENCY_OF[code]
        if code in _EURO:
            return "EUR"
    return DEFAULT_CURRENCY


def _age(text: str) -> int | None:
    match = _AGE.search(text)
    if not match:
        return None
    if match["today"]:
        return 1 if match["today"].casefold() == "today" else 2
    unit = (match["unit"] or match["thisunit"] or match["munit"]).casefold().rstrip("s")
    number = match["n"] or match["m"] or "1"
    return _DAYS[unit] * (_NUMBERS.get(number.casefold()) or int(number))


def _unparsed(message: tuple[str, ...], taken: set[int]) -> tuple[str, ...]:
    filler = frozenset(map(str, word_list("wish")["filler"]))
    left = (word for at, word in enumerate(message) if at not in taken and word not in filler)
    return tuple(dict.fromkeys(word for word in left if not re.match(r"\d", word) and len(word) > 1))
