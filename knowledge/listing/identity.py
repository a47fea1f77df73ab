"""Whether two listings are one opening: by employer's id, address, company and the telling words of the title.

Fuzzy ratios merge different jobs of one company (field notes on boards, section 6), so words are compared as sets: what
is left over ("backend", "lead", "Slovak") means another job.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from knowledge.listing.clean import line
from knowledge.listing.places import Where, read_where
from knowledge.markets import markets
from knowledge.text import words
from knowledge.word_lists import word_list

# A shared beginning of two company names counts from this length on ("Proxify", "Proxify AB").
PREFIX = 4
# Titles whose words differ by a plural or a typo only.
NEAR_TITLE = 95
_TRACKING = re.compile(r"^(?:utm_\w+|gclid|fbclid|ref|referrer|source|src|gh_src|lever-source|trk|mc_\w+)$")
_ATS = (
    ("greenhouse", re.compile(r"greenhouse\.io/(?:embed/)?(?:[\w-]+/)?jobs/(\d+)")),
    ("greenhouse", re.compile(r"[?&]gh_jid=(\d+)")),
    ("lever", re.compile(r"lever\.co/[\w-]+/([0-9a-f-]{36})")),
    ("ashby", re.compile(r"ashbyhq\.com/[\w%.-]+/([0-9a-f-]{36})")),
    ("workable", re.compile(r"workable\.com/(?:[\w-]+/)?j/([0-9A-F]{8,})")),
)
# "(DE)" in a title is the country, wherever else it stands it is a word.
_CODE = re.compile(r"\(([A-Z]{2})\)")
# "(m/w/d)", as German law has it in titles.
GENDERS = re.compile(r"\(?\b[mwfdhxvi](?:\s?/\s?[mwfdhxvi*]){1,3}\b\)?|\(all genders\)", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£]\s?\d[\d.,]*\s?k?(?:\s?[-–]\s?[$€£]?\s?\d[\d.,]*\s?k?)?(?:\s?/\s?\w+)?|\b\d+\s?k\b|\d+\s?%", re.IGNORECASE
)


class Verdict(NamedTuple):
    """`verdict` is "same", "location_variant" or "different"; `reason` says by what."""

    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one listing from another. `title` are the telling words, `where` the places of title and field."""

    company: str
    title: frozenset[str]
    places: frozenset[str]
    where: Where
    url: str
    ats: str | None


def identify(company: str, title: str, location: str = "", url: str = "") -> Identity:
    """Return the identity of a listing; a board's "Company: Title" is taken apart where the company is missing."""
    company, title = split_company(line(company), line(title))
    telling, places = title_words(title)
    return Identity(company_key(company), telling, places, read_where(line(location)), canonical_url(url), ats_id(url))


def compare(a: Identity, b: Identity) -> Verdict:
    """Tell whether two listings are one opening, one opening in other places, or different ones."""
    for name, mine, other in (("id in the employer's system", a.ats, b.ats), ("address", a.url, b.url)):
        if mine and mine == other:
            return Verdict("same", f"same {name}")
    if not same_company(a.company, b.company):
        return Verdict("different", "different companies")
    if not _same_title(a.title, b.title):
        left = ", ".join(sorted(a.title ^ b.title)) or "no telling word"
        return Verdict("different", f"different titles: {left}")
    if a.places and b.places and a.places != b.places:
        return Verdict("location_variant", "the titles name different places")
    alike = a.where.compatible(b.where)
    reason = "places agree or one is silent or wider" if alike else "different places"
    return Verdict("same" if alike else "location_variant", f"same company and title, {reason}")


def split_company(company: str, title: str) -> tuple[str, str]:
    """Take "Company: Title" apart where a board puts both in one field."""
    if not company and ":" in title:
        company, _, title = title.partition(":")
    elif ":" in company:
        company, _, rest = company.partition(":")
        title = f"{rest} {title}"
    return company.strip(), title.strip()


@lru_cache(maxsize=65_536)
def company_key(company: str) -> str:
    """Return the name without case, accents and legal endings: "Proxify AB" and "proxify" are one."""
    names = list(words(company))
    while len(names) > 1 and names[-1] in _lists().legal:
        names.pop()
    return " ".join(names)


def same_company(a: str, b: str) -> bool:
    """Tell whether two company keys name one company: equal, or one begins with the other's whole words."""
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= PREFIX and long.startswith(f"{short} "))


@lru_cache(maxsize=65_536)
def title_words(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the telling words of a title and the places it names."""
    lists = _lists()
    named = _CODE.sub(lambda match: f" {_country(match[1])} ", title)
    found = list(words(_MONEY.sub(" ", GENDERS.sub(" ", named))))
    telling: list[str] = []
    places: list[str] = []
    at = 0
    while at < len(found):
        size, place = lists.place_at(found, at)
        if place:
            places.append(place)
            at += size
            continue
        pair = lists.joined.get(" ".join(found[at : at + 2])) if at + 1 < len(found) else None
        word = pair or lists.synonyms.get(found[at], found[at])
        at += 2 if pair else 1
        if word not in lists.neutral:
            telling.append(lists.synonyms.get(word, word))
    return frozenset(map(_singular, telling)), frozenset(places)


def _country(code: str) -> str:
    market = markets().by_code.get("GB" if code == "UK" else code)
    return market.name if market else code


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _same_title(a: frozenset[str], b: frozenset[str]) -> bool:
    if a == b:
        return bool(a)
    if len(a) != len(b) or len(a & b) < len(a) - 1:
        return False
    # One word differs by a typo only; numbers and short words never do.
    (left,), (right,) = a - b, b - a
    return min(len(left), len(right)) > 5 and left.isalpha() and fuzz.ratio(left, right) >= NEAR_TITLE - 10


def canonical_url(url: str) -> str:
    """Return *url* without what differs from visit to visit; empty for what names no single listing."""
    parts = urlsplit(url.strip()) if "://" in url else None
    if parts is None or parts.path.rstrip("/") in {"", "/remote-jobs", "/jobs"}:
        return ""
    kept = dict(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
    query = f"?{urlencode(sorted(kept.items()))}" if kept else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def ats_id(url: str) -> str | None:
    """Return the id of the listing in the employer's own system where *url* shows it: "greenhouse:123"."""
    for name, pattern in _ATS:
        match = pattern.search(url)
        if match:
            return f"{name}:{match[1]}"
    return None


class _Lists(NamedTuple):
    neutral: frozenset[str]
    synonyms: dict[str, str]
    joined: dict[str, str]
    legal: frozenset[str]
    places: dict[tuple[str, ...], str]

    def place_at(self, found: list[str], at: int) -> tuple[int, str | None]:
        for size in (3, 2, 1):
            place = self.places.get(tuple(found[at : at + size]))
            if place:
                return size, place
        return 1, None


@cache
def _lists() -> _Lists:
    from knowledge.listing.places import place_names  # noqa: PLC0415 - read once

    data = word_list("identity")
    return _Lists(
        frozenset(map(str, data["neutral"])),
        {str(key): str(value) for key, value in data["synonyms"].items()},
        {str(key): str(value) for key, value in data["joined"].items()},
        frozenset(map(str, data["legal"])),
        place_names(),
    )
