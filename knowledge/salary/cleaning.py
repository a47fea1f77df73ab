"""Text of a listing made ready for amounts: entities, tags, odd blanks and dashes, and what only looks like money."""

import re

from knowledge.listing.clean import unescape
from knowledge.salary.amounts import CODES

_DASHES = re.compile(r"[‐-―−]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200b\u202f\u3000]")
# "401(k)" and "1099" are tax forms; a working week is no rate.
_NO_MONEY = re.compile(r"\b1099\b|\bW-?2\b|\b(?:19|20)\d\d(?=\s*[.,;)]|\s+[a-z])(?![\d,])", re.IGNORECASE)
# "401(k)" is a pension; behind a currency or a first bound ("USD 201k - 401k") it is an amount.
_RETIREMENT = re.compile(r"40[13](?<!\w40[13])\s?\(?[kb]\b\)?", re.IGNORECASE)
_BOUND = re.compile(rf"(?:[$£€]|\b(?:{'|'.join(CODES)})|\dk?\s?(?:-|to|and))\s?$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")


def clean_text(text: str) -> str:
    """Return *text* without entities, tags, odd blanks and dashes, and without tax forms that look like money."""
    text = unescape(text)
    text = _SPACES.sub(" ", _DASHES.sub("-", _TAG.sub(" ", text)))
    text = _RETIREMENT.sub(_unless_bound, text)
    return _NO_MONEY.sub(" ", text.replace("**", " ").replace("\\", ""))


def _unless_bound(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return match.group() if _BOUND.search(before) else " "
