"""Hours, weekdays and dates as people say them: "every weekday at 8", "Mondays 7pm", "till Friday".

Each reader returns what was said and which parts of the text say it, so that the rest can be read as a wish.
"""

import datetime as dt
import re

import dateparser  # type: ignore[import-untyped]

EVERY_DAY, WORKDAYS, WEEKEND = frozenset(range(1, 8)), frozenset(range(1, 6)), frozenset({6, 7})
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = (
    r"(?P<{}>mon(?:day)?s?|tues?(?:day)?s?|wed(?:nesday)?s?|thu(?:r|rs)?(?:day)?s?|fri(?:day)?s?"
    r"|sat(?:urday)?s?|sun(?:day)?s?)"
)
_ONE = re.compile(rf"\b{_DAY.format('day')}\b\.?", re.IGNORECASE)
# Three with strokes between them are no span ("Mon-Wed-Fri").
_SPAN = re.compile(
    rf"(?<!-)\b{_DAY.format('first')}\s*(?:-|–|to|till|through|thru)\s*{_DAY.format('last')}\b"
    r"(?!\s*-\s*(?:mon|tue|wed|thu|fri|sat|sun))",
    re.IGNORECASE,
)
_EVERY, _PART_OF_DAY = r"ev(?:e)?ry", r"(?:morning|afternoon|evening|night|noon|lunch)"
_DAILY = (
    rf"\b(?:daily|dayly|dialy|dailly|{_EVERY} ?days?|each day|once a day|all week|7 days a week"
    rf"|{_EVERY} (?={_PART_OF_DAY}))\b"
)
_WORDS: tuple[tuple[str, frozenset[int]], ...] = (
    (r"\b(?:every ?day|each day|daily)\s+(?:except|but)(?: not)?(?: on)?(?: the)? weekends?\b", WORKDAYS),
    (r"(?:every|each|on|all)?\s*\b(?:week ?days?|work(?:ing)? ?days?|business days?)\b", WORKDAYS),
    (r"(?:every|each|on|at)?\s*\bweekends?\b", WEEKEND),
    (_DAILY, EVERY_DAY),
    (r"\b(?:weekly|every week|once a week|each week)\b", frozenset({1})),
)
_CLOCK = re.compile(
    r"(?:\b(?:at|@|by|around|to|um|a las|à)\s*)?\b(?P<hour>[01]?\d|2[0-4])(?:(?:[:.]|h)(?P<minute>[0-5]\d))?\s*"
    r"(?P<half>a\.?m\b\.?|p\.?m\b\.?|o'?clock|uhr|h)?(?!\s*(?:[\d%kK$€£/+]|-\s?\d))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:from|not|instead of|rather than)\s+(?:at\s+)?\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)?\b", re.IGNORECASE
)
_MARKED = re.compile(r"^(?:at|@|by|around|um|a las|à)\b|^@", re.IGNORECASE)
_NAMED_HOURS = {"noon": 12, "midday": 12, "midnight": 0, "morning": 8, "lunchtime": 12, "afternoon": 15, "evening": 18}
_NAMED = re.compile(rf"\b(?:at|in the|every|each|around)?\s*\b(?P<name>{'|'.join(_NAMED_HOURS)})s?\b", re.IGNORECASE)
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HALF_PAST = re.compile(
    rf"\b(?:at\s+)?(?:a\s+)?(?P<part>half past|quarter past|quarter to)\s+(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})\b"
    r"(?P<late>\s*(?:pm|p\.m\.|in the (?:afternoon|evening)|at night))?(?:\s*(?:am|a\.m\.|in the morning))?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:\b|')(?:till?|until|through|for)\s+(?P<when>[^.;!?]{2,40})", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(
    r"^(?:the next\s+)?(?:(\d{1,3})|an?|one|two|three|four)?\s*(day|week|month)s?\b", re.IGNORECASE
)
_TOMORROW = re.compile(r"(?:tmrw?|tmr|tomoz|tomorow|tommorow)\b", re.IGNORECASE)
_END_OF = re.compile(
    r"(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|(?P<next>next\s+))?(?P<unit>week|month|year)\b", re.IGNORECASE
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
NOON = 12


def read_weekdays(text: str) -> tuple[frozenset[int], tuple[tuple[int, int], ...]] | None:
    """Return the weekdays named (ISO: 1 is Monday), and where; None where none is."""
    span = _SPAN.search(text)
    if span:
        first, last = _number(span["first"]), _number(span["last"])
        run = range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1))
        return frozenset(run), (span.span(),)
    text = re.sub(r"\b(?:instead of|rather than|not)\s+(?:on\s+)?\w+", lambda match: " " * len(match.group()), text)
    named = [*_ONE.finditer(text)]
    if named:
        return frozenset(_number(match["day"]) for match in named), tuple(_with_lead(text, match) for match in named)
    for pattern, days in _WORDS:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            return days, (match.span(),)
    return None


def _with_lead(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where a weekday stands, with "on", "every", "and" before it."""
    lead = re.search(r"(?:\b(?:on|every|each|weekly|and)\s+|[,&]\s*)+$", text[: match.start()], re.IGNORECASE)
    return lead.start() if lead else match.start(), match.end()


def _number(day: str) -> int:
    return _DAYS.index(day[:3].casefold()) + 1


def read_time(text: str) -> tuple[dt.time, tuple[int, int]] | None:
    """Return the hour named, and where; None where none is. A bare number counts only behind "at" or alike."""
    # "from 9:00 to 10:30", "7pm not 7am": what it was is no hour of now.
    text = _BEFORE.sub(lambda match: " " * len(match.group()), text)
    half_past = _HALF_PAST.search(text)
    if half_past:
        return _half_past(half_past)
    named_hours = [match for match in _CLOCK.finditer(text) if _is_hour(match)]
    if named_hours:
        # "I finish at 5, so 5:30pm": the one that is said most exactly.
        best = max(named_hours, key=lambda match: bool(match["minute"] or match["half"]))
        hour = _hour(int(best["hour"]), best["half"] or "")
        return dt.time(hour or 0, int(best["minute"] or 0)), best.span()
    named = _NAMED.search(text)
    return (dt.time(_NAMED_HOURS[named["name"].casefold()]), named.span()) if named else None


def _is_hour(match: re.Match[str]) -> bool:
    """Tell whether a number is marked as an hour: by a word before it, minutes, or what follows."""
    marked = bool(_MARKED.match(match.group())) or match["minute"] or match["half"]
    return bool(marked) and _hour(int(match["hour"]), match["half"] or "") is not None


def _half_past(match: re.Match[str]) -> tuple[dt.time, tuple[int, int]]:
    """Return "half past six in the evening" and "quarter to 8" as an hour."""
    word = match["hour"].casefold()
    hour = int(word) if word.isdigit() else _HOURS.index(word) + 1
    late = bool(match["late"]) and hour < NOON
    past = {"half past": 30, "quarter past": 15, "quarter to": -15}[" ".join(match["part"].casefold().split())]
    minutes = ((hour + (NOON if late else 0)) * 60 + past) % (24 * 60)
    return dt.time(minutes // 60, minutes % 60), match.span()


def _hour(hour: int, half: str) -> int | None:
    late = half[:1].casefold() == "p"
    if half[:1].casefold() in {"a", "p"} and half.casefold().startswith(("am", "a.m", "pm", "p.m")):
        return (hour % NOON) + (NOON if late else 0) if 1 <= hour <= NOON else None
    return hour % 24


def read_until(text: str, today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    """Return the date up to which something holds, and where; None where none is named or it has passed."""
    for match in _UNTIL.finditer(text):
        span = _SPAN_OF_TIME.match(match["when"])
        if span:
            count = int(span[1]) if span[1] else _COUNTS.get(span.group().split()[0].casefold(), 1)
            days = count * {"day": 1, "week": 7, "month": 30}[span[2].casefold()]
            return today + dt.timedelta(days=days), match.span()
        found = _end_of(match["when"], today) or _date_in(match["when"], today)
        if found:
            return found[0], (match.start(), match.start("when") + found[1])
    return None


def _end_of(text: str, today: dt.date) -> tuple[dt.date, int] | None:
    """Return the last day of "the end of the month", "of next week", "of the year"; and "tmrw"."""
    tomorrow = _TOMORROW.match(text)
    if tomorrow:
        return today + dt.timedelta(days=1), tomorrow.end()
    match = _END_OF.match(text)
    if match is None:
        return None
    later = 1 if match["next"] else 0
    if match["unit"].casefold() == "week":
        return today + dt.timedelta(days=7 - today.isoweekday() + 7 * later), match.end()
    is_year = match["unit"].casefold() == "year"
    months = (today.year + later) * 12 + 11 if is_year else today.year * 12 + today.month - 1 + later
    first_after = dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first_after - dt.timedelta(days=1), match.end()


def _date_in(text: str, today: dt.date) -> tuple[dt.date, int] | None:
    """Return the date to come with which *text* begins, and where it ends: the most words that are one."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": "future", "PREFER_DAY_OF_MONTH": "first"}
    settings |= {"RELATIVE_BASE": dt.datetime.combine(today, dt.time())}
    for end in [match.end() for match in re.finditer(r"[^\s,]+", text)][:4][::-1]:
        found = dateparser.parse(text[:end], languages=["en"], settings=settings)
        if found and found.date() > today:
            return found.date(), end
    return None
