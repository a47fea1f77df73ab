"""The level a listing asks for, as a range, and the rule that told it: title before the board's field before years."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.levels import Level

# Ordered title rules; what a word means depends on its neighbours, so exceptions are taken out first.
_NO_LEVEL = re.compile(
    r"\b(?:member of technical staff|phase (?:i{1,3}|iv|v)|(?:to|for) the c[a-z]o|lead generation|lead gen|leads? (?:qualif\w+|nurtur\w+|research\w*)|chief of staff|(?:art|creative|music|film|video|photo\w*) director|industry principal|"
    r"staff (?:accountant|nurse|writer|augmentation|attorney|auditor|pharmacist|photographer)|executive assistant|assistant to|account (?:executives?|directors?)|team lead track|lead track|"
    r"executive (?:recruiter|search|communications|support|producer|chef|coach)|junior high|mid[- ]?market|midwest|middle east|mid[- ]?atlantic|principal of|entry of|data entry|order entry|"
    r"head ?hunter|headless|senior living|senior care|seniors? (?:home|housing)|intermediate school|associate (?:dean|professor)|internal\w*|international\w*|internet|scrum master)\b",
    re.IGNORECASE,
)
_RULES: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (
            Level.INTERN,
            r"\b(?:interns?|internships?|werkstudent\w*|working student|trainee|apprentice\w*|praktik\w+|co-?op)\b",
        ),
        (
            Level.JUNIOR,
            r"\b(?:junior|jr|jnr|entry[- ]?level|entry|graduate|new grad|grad|early career|beginner|associate (?:software|data|product|engineer|developer|ml)\b)",
        ),
        (
            Level.MID,
            r"\b(?:mid|mid[- ]?level|middle|intermediate|medior|mid[- ]?weight|mid[- ]?senior|experienced|ii)\b",
        ),
        (
            Level.SENIOR,
            r"\b(?:senior|sr|snr|iii|mid[- ]?senior|expert(?= (?:engineer|developer|software|data|scientist|architect)))\b",
        ),
        (Level.LEAD, r"\b(?:lead|team[- ]?lead|tech[- ]?lead|teamlead|technical lead)\b"),
        (Level.STAFF, r"\b(?:staff|iv)\b"),
        (Level.PRINCIPAL, r"\b(?:principal|distinguished|fellow|v)\b(?!\.)"),
        (
            Level.EXECUTIVE,
            r"\b(?:head of|head,|director|vp|svp|evp|vice president|chief|c[etofipms]o|ciso|president|managing director|general manager)\b|\bhead$",
        ),
    )
)
_ONE = re.compile(
    r"\b(?:engineer|developer|analyst|scientist|designer|specialist|architect|sde|swe)\s+(?:i|1)\b(?!/)", re.IGNORECASE
)
_NUMBERED = {"2": Level.MID, "3": Level.SENIOR, "4": Level.STAFF, "5": Level.PRINCIPAL}
_NUMBER = re.compile(
    r"\b(?:engineer|developer|analyst|scientist|designer|specialist|architect|sde|swe)\s+(?P<n>[2-5])\b", re.IGNORECASE
)
# "Mid / Senior" is a range; "Senior Staff" is one level, the higher.
_STEP = r"(?:junior|jr|entry|mid|middle|intermediate|senior|sr|lead|staff|principal|ii|iii|iv|i|[1-5])\.?"
_JOINED = re.compile(rf"\b{_STEP}(?:[- ]level)?\s*(?:/|&|,|-|–|\bto\b|\bor\b|\band\b)\s*{_STEP}(?!\w)", re.IGNORECASE)
# "Head of" outranks what stands beside it; "Senior Director" is a director.
_FIELDS = {
    "any": None,
    "": None,
    "entry-level": Level.JUNIOR,
    "entry level": Level.JUNIOR,
    "junior": Level.JUNIOR,
    "midweight": Level.MID,
    "mid": Level.MID,
    "mid-level": Level.MID,
    "mid level": Level.MID,
    "intermediate": Level.MID,
    "senior": Level.SENIOR,
    "senior-level": Level.SENIOR,
    "lead": Level.LEAD,
    "staff": Level.STAFF,
    "principal": Level.PRINCIPAL,
    "director": Level.EXECUTIVE,
    "executive": Level.EXECUTIVE,
    "vp": Level.EXECUTIVE,
    "c-level": Level.EXECUTIVE,
    "internship": Level.INTERN,
    "intern": Level.INTERN,
}
_SPELT = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_YEARS = re.compile(
    rf"(?<![\d$€£.])(?P<low>\d{{1,2}}|{'|'.join(_SPELT)})\s?(?:\(\d+\)\s?)?(?:\+|plus|or more)?\s?(?:(?:-|–|to)\s?(?P<high>\d{{1,2}})\s?\+?)?\s?(?:years?|yrs?)\b"
    r"(?:['’]?s?)?(?P<after>[^.;\n]{0,60})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[yY](?:[eE][aA])?[rR]")
_EXPERIENCE = re.compile(
    r"experience|exp\b|background in|working (?:with|as|in)|in (?:a )?(?:similar|software|data|the field|industry|an? )",
    re.IGNORECASE,
)
_NOT_YEARS = re.compile(
    r"\b(?:old|ago|in business|of growth|history|anniversary|warranty|contract|vesting|runway)\b", re.IGNORECASE
)
# Years of the employer's own.
_OURS = re.compile(
    r"\b(?:company|we have|we['’]ve|our|team|us|firm|business|brand|agency|has|have been|for over|founded)\b",
    re.IGNORECASE,
)
# Where years are all there is: common practice of listings, a guess and named as one by its rule.
MID_FROM, SENIOR_FROM, STAFF_FROM = 2, 5, 10


class Seniority(NamedTuple):
    """A range of levels and the rule that told it: "title", "field", "years", or "none" where nothing did."""

    low: Level | None
    high: Level | None
    rule: str


def read_seniority(title: str, field: str = "", text: str = "") -> Seniority:
    """Return the level of a listing from its title, else the board's own field, else the years its text asks for."""
    levels = _of_title(title)
    if levels:
        return Seniority(levels[0], levels[-1], "title")
    stated = _of_field(field)
    if stated:
        return Seniority(stated[0], stated[-1], "field")
    years = _years(text) if text else None
    if years is not None:
        level = _of_years(years)
        return Seniority(level, level, "years")
    return Seniority(None, None, "none")


def _of_title(title: str) -> list[Level]:
    bare = _NO_LEVEL.sub(" ", title)
    order = list(Level)
    found = {level for level, pattern in _RULES if pattern.search(bare)}
    numbered = _NUMBER.search(bare)
    if numbered:
        found.add(_NUMBERED[numbered["n"]])
    if _ONE.search(bare):
        found.add(Level.JUNIOR)
    if Level.EXECUTIVE in found:
        found = {Level.EXECUTIVE}
    if (
        re.search(r"\b(?:ii|iii|iv|2|3)\b", bare, re.IGNORECASE)
        and Level.SENIOR in found
        and not re.search(r"\biii\b|\b3\b", bare, re.IGNORECASE)
    ):
        # "Senior Engineer II" is a senior of the second step.
        found -= {Level.MID, Level.STAFF}
    if len(found) > 1 and not _JOINED.search(bare):
        # "Senior Staff Engineer", "Lead Senior": the higher word is the level.
        found = {max(found, key=order.index)}
    return sorted(found, key=order.index)


def _of_field(field: str) -> list[Level]:
    order = list(Level)
    parts = (part.strip().casefold() for part in re.split(r"[,/;]", field))
    return sorted({level for part in parts if (level := _FIELDS.get(part))}, key=order.index)


def _years(text: str) -> int | None:
    """Return the years of experience a text asks for: the largest lower bound it names."""
    found = []
    for match in _named_years(text):
        around = text[max(0, match.start() - 40) : match.end()]
        before = re.split(r"[\n.!?:]", text[max(0, match.start() - 30) : match.start()])[-1]
        if _OURS.search(before):
            continue
        if _EXPERIENCE.search(around) and not _NOT_YEARS.search(match["after"][:25]):
            low = match["low"].casefold()
            found.append(_SPELT.get(low) or int(low))
    return max((years for years in found if years <= 20), default=None)


def _named_years(text: str) -> Iterator[re.Match[str]]:
    """Yield numbers of years, looked for only in the few lines that speak of years."""
    start = 0
    for row in text.split("\n"):
        end = start + len(row)
        if _YEAR.search(row):
            yield from _YEARS.finditer(text, start, end)
        start = end + 1


def _of_years(years: int) -> Level:
    if years < MID_FROM:
        return Level.JUNIOR
    if years < SENIOR_FROM:
        return Level.MID
    return Level.SENIOR if years < STAFF_FROM else Level.STAFF
