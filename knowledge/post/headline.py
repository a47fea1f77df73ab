"""What a pasted post calls the job, who offers it and where it is: it comes without the fields that boards have."""

import re
from typing import NamedTuple

from knowledge.listing.classify import role_of
from knowledge.listing.identity import GENDERS
from knowledge.listing.places import read_where
from knowledge.listing.seniority import read_seniority
from knowledge.post.specific import particular_words

# A title is short, and stands near the top.
TITLE_WORDS, NEAR = 14, 8
_FIELD = re.compile(
    r"^\W*(?P<name>(?:job |position |role )?title|position|role|job|company|employer|location|where|based in|work location)\s*[:–-]\s*(?P<value>\S.{1,120})$",
    re.IGNORECASE,
)
_NAMES = {"company": "company", "employer": "company"} | dict.fromkeys(
    ("location", "where", "based in", "work location"), "location"
)
_HIRING = re.compile(
    r"\b(?:hiring|looking for|seeking|searching for|recruiting|join \w+(?: \w+)? as|opening for|in search of|need)\s+(?:an?|our (?:first|next)|the|several|multiple|two|three)?\s*"
    r"(?P<title>(?:[\w/+.&-]+\s+){0,6}?[\w/+.-]+?)(?=\s+(?:to|who|with|for|in|at|on|that|which|and you|willing|able)\b|\s*[.,;:!(\n–—]|\s*$)",
    re.IGNORECASE,
)
_COMPANY = (
    re.compile(r"(?:^|\n)\W*about (?P<name>[A-Z][\w&.’' -]{1,40}?)\s*:?\s*(?:\n|$)"),
    re.compile(
        r"(?:^|[\n.!] ?)(?P<name>[A-Z][\w&.’-]*(?: [A-Z][\w&.’-]*){0,3}) is (?:hiring|looking for|seeking|searching for)\b"
    ),
    re.compile(
        r"\b(?:[Jj]oin|[Aa]t) (?P<name>[A-Z][\w&’-]+(?: [A-Z][\w&’-]+){0,2})\b(?=,? (?:we|you|as|our|and help|to)\b)"
    ),
)
_SENTENCE_NAME = re.compile(
    r"(?:^|\n|[.!?] )(?P<name>[A-Z][\w&’-]+(?: [A-Z][\w&’-]+){0,2}) (?:is an?|is the|is one|has been|was (?:founded|started|born)|"
    r"makes|builds|helps|runs|supplies|develops|provides|offers|turns|brings|gives|began|sells|delivers|designs) "
)
_DOING = re.compile(r"(?:^|\n|[.!?] )(?P<name>[A-Z][a-zA-Z]{3,30}) [a-z]{3,12}s ")
_AT = re.compile(r"^(?P<title>.{3,80}?)\s+(?:@|at)\s+(?P<company>[A-Z0-9][\w&.’' -]{1,40})$")
_SPLIT = re.compile(r"\s+[|·•–—-]\s+|\s*[|·•]\s*|,\s+|\s*[()\[\]]\s*|;\s+")
# "(Senior) ML Engineer" is for both.
_LEVEL_ASIDE = re.compile(r"\((senior|sr\.?|junior|mid|lead|staff|principal)\)\s*", re.IGNORECASE)
# Roles that a field makes more exact.
_VAGUE = {"engineer", "software-engineer", "developer"}
_NOT_A_NAME = re.compile(
    r"^(?:us|the|you|our|this|your|we|role|team|job|position|company|it|that|there|what|who|whoever|each|every|all|ours|theirs|somebody|everyone|nobody|two|three|four|five|six|seven|eight|nine|ten|an?|i)\b|"
    r"^\w+(?:ed|ing|tion)$|"
    r"\b(?:engineer|developer|scientist|team|role|position)\b",
    re.IGNORECASE,
)


class Headline(NamedTuple):
    """Title, company and place as the post writes them; empty where it does not."""

    title: str
    company: str
    location: str


def read_headline(text: str) -> Headline:
    """Find title, company and place in plain *text*."""
    rows = [row.strip(" \t*#_") for row in text.split("\n") if row.strip(" \t*#_")]
    fields = _fields(rows)
    title, company, location = _from_top(rows)
    title = fields.get("title") or title or _hiring(text)
    return Headline(
        GENDERS.sub(" ", title).strip(" -–|,:"),
        fields.get("company") or company or _company(text),
        fields.get("location") or location,
    )


def _fields(rows: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows[: 4 * NEAR]:
        match = _FIELD.match(row)
        if match:
            name = _NAMES.get(match["name"].casefold(), "title")
            if name != "title" or role_of(match["value"]):
                found.setdefault(name, match["value"].strip())
    return found


def _from_top(rows: list[str]) -> tuple[str, str, str]:
    """Return what a line near the top says: "Senior ML Engineer at Acme | Remote (EU)"."""
    for row in rows[:NEAR]:
        # Of a line that goes on as a sentence only its beginnings can be a title: "URGENT: ML Engineer".
        for head in re.split(r"[.!?:](?:\s|$)", row, maxsplit=2)[:2]:
            found = _from_head(_LEVEL_ASIDE.sub(r"\1 ", GENDERS.sub(" ", head)))
            if found:
                return found
    return "", "", ""


def _from_head(head: str) -> tuple[str, str, str] | None:
    parts = [part for part in _SPLIT.split(head) if part and part.strip()]
    place = next((n for n, part in enumerate(parts) if _is_title(part)), None)
    if place is None:
        return None
    found = _AT.match(parts[place])
    title, company = (found["title"], found["company"]) if found else (parts[place], "")
    rest = [part for n, part in enumerate(parts) if n != place]
    where = [part for part in rest if _is_place(part)]
    return _with_field(title, rest), company, ", ".join(where)


def _with_field(title: str, rest: list[str]) -> str:
    """Return "Staff Engineer, Computer Vision" where the field stands behind a comma."""
    own, whole = role_of(title), next((part for part in rest if role_of(f"{title} {part}") != role_of(title)), None)
    vague = own is None or own.slug in _VAGUE
    return f"{title}, {whole}" if whole and vague and not _is_place(whole) else title


def _is_title(part: str) -> bool:
    words = part.split()
    named = role_of(part) is not None or read_seniority(part).rule == "title"
    return (
        len(words) <= TITLE_WORDS
        and named
        and not re.search(
            r"\b(?:we|you|your|our|is|are|looking|hiring|need|send|apply|please)\b|@", part, re.IGNORECASE
        )
    )


def _is_place(part: str) -> bool:
    where = read_where(part)
    short = len(part.split()) <= 6
    return short and bool(
        where.lands or where.everywhere or re.search(r"\b(?:remote|hybrid|on-?site)\b", part, re.IGNORECASE)
    )


def _hiring(text: str) -> str:
    """Return the title in "we are looking for a senior ML engineer to ..."; else the first words that name a role."""
    for match in _HIRING.finditer(text[:2000]):
        if role_of(match["title"]):
            return match["title"].strip()
    return ""


def _company(text: str) -> str:
    for pattern in (*_COMPANY, _SENTENCE_NAME):
        match = pattern.search(text[:4000])
        if match and not _NOT_A_NAME.match(match["name"]):
            return match["name"].strip()
    # "Kelpworks counts fish": a word that no post uses, with a capital, and what it does.
    doing = (match["name"] for match in _DOING.finditer(text[:4000]))
    return next((name for name in doing if particular_words(name.lower()) and not _NOT_A_NAME.match(name)), "")
