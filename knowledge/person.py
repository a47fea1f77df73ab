"""Takes out of a question who somebody is: name, age, gender, family, origin, faith and health change no answer."""

import re
from functools import cache

from knowledge.markets import markets
from knowledge.text import words
from knowledge.word_lists import word_list

_SELF = r"(?:i am|i['’`]?m|as|being|ich bin|je suis|soy|sou|sono)"
_NAME = re.compile(
    r"\b(?:my name is|my name's|i am called|i'm called|call me|mein name ist|ich hei(?:ß|ss)e|je m'appelle|me llamo|"
    r"mi chiamo)"
    r"\s+\w+(?:\s[A-Z]\w+)?[.,;!]?",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"\b(?:{_SELF}\s+)?(?:an?\s+)?(?:aged?\s+)?(?:\d{{2}}[\s-]*(?:years?|yrs?|yr|y)[\s/-]*(?:olds?|o)\b|"
    r"\d{2}\s?y/?o\b(?!e))(?:\s+(?:woman|man|female|male|guy|lady|person))?[.,;!]?|\baged?\s+\d{2}\b[.,;!]?",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    rf"\b{_SELF}\s+(?:an?\s+)?(?P<word>[^\W\d_]+)(?:\s+(?:national|citizen|person|woman|man|guy))?\s*(?:[.,;!]|$|and\b)",
    re.IGNORECASE,
)


def without_person(text: str) -> str:
    """Return *text* without what the person says of who they are; what they do, know and earn stays."""
    for pattern in (_NAME, _AGE, _remarks(), _traits()):
        text = pattern.sub(" ", text)
    return _ORIGIN.sub(lambda match: " " if _is_origin(match["word"]) else match[0], text).strip(" ,;")


@cache
def _traits() -> re.Pattern[str]:
    lists = word_list("person")
    traits, tails = (_either(lists[name]) for name in ("traits", "tails"))
    # "as a single mother of two," but not "as a black box engineer".
    return re.compile(
        rf"\b{_SELF}\s+(?:an?\s+|une?\s+|eine?\s+|uma?\s+)?(?:{traits})(?:\s+(?:{tails}))*\s*(?:[.,;!]|$|\band\b)",
        re.IGNORECASE,
    )


@cache
def _remarks() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(word_list('person')['remarks'])})\b\s*[.,;!]?", re.IGNORECASE)


def _either(phrases: list[str]) -> str:
    longest_first = sorted(map(str, phrases), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"[\s'’-]+") for phrase in longest_first)


def _is_origin(word: str) -> bool:
    """Tell a nationality ("Nigerian") from a country somebody works in, which stays ("I'm in Nigeria")."""
    return bool(markets().phrases.exact(word)) and len(words(word)[0]) > 2
