"""From the text of a listing to every pay it states. The rules are those of the field notes on salary text: bounds of a
range share thousands, currency and period; what is not stated is inferred by size and marked as inferred.
"""

import re
from dataclasses import dataclass, replace

from knowledge.pattern_set import PatternSet
from knowledge.salary.amounts import CODES
from knowledge.salary.cleaning import clean_text
from knowledge.salary.plausible import implausible, infer_period
from knowledge.salary.signals import (
    FROM,
    KINDS,
    NOT_PAY,
    PAY_NAME,
    PAY_WORD,
    PERIODS,
    RANGE_OPENS,
    STRONG_NOT_PAY,
    UP_TO,
    Kind,
    Period,
)
from knowledge.salary.spans import Span, find_spans, scaled

# A text of so few words is what a board shows as pay; a longer one is prose and must speak of pay.
FIELD_WORDS = 16
# No pay of one person spans more than this from bottom to top.
WIDEST = 12.0
_DIGIT = re.compile(r"\d")
_NAMED_CODE = re.compile(rf"\b({'|'.join(CODES)})\b", re.IGNORECASE)
# What every text with an amount of money holds: a sign or a code of a currency, thousands, or pay in large numbers.
_MONEY = PatternSet(
    r"[$£€¥₹₱₽₴₦₪₩₫฿]|&(?:pound|euro|yen);",
    r"\d\s?[kK]\b|\d\d\d\d|\d[,. '’]\d\d\d",
    rf"(?i:\b(?:{'|'.join(CODES)}|lpa|lakhs?|euros?|kr|rs|kč|zł)\b)",
)
# The class in front lets `re` skip to the few characters that can end a clause.
_CLAUSE = re.compile(r"[;\n|•.!?\s](?:(?<=[;\n|•])|(?<=[a-z)\d][.!?])(?=\s+[A-Z(\"']|\s*$)|(?<=\s)\s{2,})")
# Without a currency only these make a number pay in running text.
_BARE = re.compile(
    r"\b(?:salary|gross|brutto|net|netto|b2b|per annum|annually|compensation|lpa|ctc|a year|per year)\b", re.IGNORECASE
)
_ALONE = re.compile(r"[^,;]{0,25},\s*(?P<kind>base|total|ote)\s*(?:[.;,)]|$)", re.IGNORECASE)
# Between amounts these begin something else: "$120k base + $20k bonus".
_BREAK = re.compile(r"\s\+\s|\bplus\b|,(?=\s)|;|\s/\s|\band\b|\(|\)|\bwith\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as a text states it, in the stated unit. A missing bound is None; `quote` is the text it was read from."""

    min: float | None
    max: float | None
    currency: str | None
    currency_stated: bool
    period: Period
    period_stated: bool
    kind: Kind
    quote: str = ""


def read_pay(text: str, *, field: bool | None = None) -> tuple[Pay, ...]:
    """Return the pay *text* states, the most useful first: base before total before bonus, ranges before single amounts.

    *field* says that the text is a board's pay field, where no word of pay is needed; None: short texts count as one.
    """
    if not _MONEY.matching(text):
        return ()
    clean = clean_text(text)
    is_field = len(clean.split()) <= FIELD_WORDS if field is None else field
    found: list[Pay] = []
    start = 0
    for end in [*(match.end() for match in _CLAUSE.finditer(clean)), len(clean)]:
        clause = clean[start:end]
        if _DIGIT.search(clause) and _MONEY.matching(clause):
            heading = clean[max(0, start - 60) : start]
            found += _read_clause(clause, heading, is_field=is_field)
        start = end
    unique = {(pay.min, pay.max, pay.currency, pay.period): pay for pay in sorted(found, key=_rank, reverse=True)}
    # The order of the text decides among what is equally useful.
    ranked = sorted(unique.values(), key=lambda pay: (*_rank(pay), found.index(pay)))
    return tuple(_joined(ranked))


def _rank(pay: Pay) -> tuple[int, bool]:
    return list(Kind).index(pay.kind), pay.min is None or pay.max is None


def _read_clause(clause: str, heading: str, *, is_field: bool) -> list[Pay]:
    spans = find_spans(clause)
    found: list[Pay] = []
    for place, span in enumerate(spans):
        before = clause[spans[place - 1].end if place else 0 : span.start]
        after = clause[span.end : spans[place + 1].start if place + 1 < len(spans) else len(clause)]
        if not _is_pay(span, before, after, clause, heading, is_field=is_field):
            continue
        pay = _pay(span, before, after, clause, heading)
        if pay and not implausible(pay.min, pay.max, pay.currency, pay.period):
            found.append(pay)
    return found


def _is_pay(span: Span, before: str, after: str, clause: str, heading: str, *, is_field: bool) -> bool:
    """Tell pay from other money: by the words next to it first, then by those of its clause."""
    # "insurance (min $100K)": what stands before a bracket speaks of what is in it.
    opened = re.search(r"\([^()]*$", before)
    near_before = _BREAK.split(before[: opened.start()] if opened else before)[-1][-70:] + (opened[0] if opened else "")
    near_after = _BREAK.split(after, maxsplit=1)[0][:60]
    # "(…)" right after an amount speaks of it.
    bracket = re.match(r"\s*\(([^()]{0,60})\)", after)
    near = f"{near_before} {near_after} {bracket[1] if bracket else ''}"
    if STRONG_NOT_PAY.search(near):
        return False
    paid = bool(PAY_WORD.search(near_before) or PAY_WORD.search(near_after))
    said = PAY_NAME.search(near_before) or PAY_NAME.search(near_after)
    if NOT_PAY.search(near) and not said:
        return False
    money = bool(span.low.currency or (span.high and span.high.currency))
    if paid or PAY_WORD.search(clause) or (PAY_WORD.search(heading) and not NOT_PAY.search(clause)):
        return money or is_field or (bool(_BARE.search(near)) and (span.high is not None or span.low.value >= 1000))
    if money and _rate_follows(after) and (span.high or not after[25:].strip()):
        # "$9 - $11 an hour" on a line of its own needs no other word.
        return True
    if is_field:
        return money or span.high is not None or span.low.thousands
    # In prose without any word of pay only a range of a year's size is taken.
    return money and span.high is not None and scaled(span)[1] >= 30_000


def _rate_follows(after: str) -> bool:
    return any((match := pattern.search(after[:30])) and match.start() <= 12 for _, pattern in PERIODS)


def _pay(span: Span, before: str, after: str, clause: str, heading: str) -> Pay | None:
    low, high = scaled(span)
    if low > high:
        low, high = high, low
    if low <= 0 or high / low > WIDEST:
        return None
    currency, stated = _currency_of(span, before, after)
    above = _NAMED_CODE.search(heading)
    if currency == "USD" and not stated and above:
        currency, stated = above[1].upper(), True
    # A heading such as "Annual salary:" speaks of the line under it.
    period = _period_of(span, before, after, clause) or (_last(heading) if heading.rstrip().endswith(":") else None)
    guessed = infer_period(high, currency, clause) if period is None else period
    if span.low.yearly or (span.high and span.high.yearly):
        period = guessed = Period.YEAR
    bottom, top = _bounds(span, low, high, before, after)
    return Pay(
        bottom,
        top,
        currency,
        stated,
        guessed,
        period is not None,
        _kind_of(before, after),
        _around(clause, span),
    )


def _around(clause: str, span: Span) -> str:
    """Return the amount with some words before and behind it, cut at words."""
    start, end = max(0, span.start - 40), span.end + 30
    if start:
        start = min(span.start, clause.find(" ", start) + 1 or start)
    if end < len(clause):
        end = max(span.end, clause.rfind(" ", 0, end))
    return clause[start:end].strip()


def _currency_of(span: Span, before: str, after: str) -> tuple[str | None, bool]:
    for money in (span.high, span.low):
        if money and money.stated:
            return money.currency, True
    named = _NAMED_CODE.search(after[:14]) or _NAMED_CODE.search(before[-14:])
    if named and (named.start() < 14):
        return named[1].upper(), True
    inferred = next((money.currency for money in (span.low, span.high) if money and money.currency), None)
    return inferred, False


def _period_of(span: Span, before: str, after: str, clause: str) -> Period | None:
    """Return the period that is stated: behind the amount first, then inside it, before it, elsewhere in its clause."""
    inside = clause[span.low.end : span.high.start] if span.high else ""
    for text in (after[:25], inside, before[-45:], after, before):
        found = [(match.start(), period) for period, pattern in PERIODS if (match := pattern.search(text))]
        if found:
            return min(found)[1] if text != before and text != before[-45:] else _last(text)
    return None


def _last(text: str) -> Period | None:
    ends = [(match.end(), period) for period, pattern in PERIODS for match in pattern.finditer(text)]
    return max(ends)[1] if ends else None


def _kind_of(before: str, after: str) -> Kind:
    """Return the kind the nearest word names: behind the amount up to a break, then before it."""
    # What a bracket left open holds belongs to the amount inside it.
    own = after if ")" in after else after.partition("(")[0]
    near_after = re.split(r"\s\+\s|\bplus\b|,|;|\band\b|\bwith\b|&|\s/\s", own, maxsplit=1, flags=re.IGNORECASE)[0][:40]
    near_before = re.split(r"\s\+\s|\bplus\b|;|\s/\s", before, flags=re.IGNORECASE)[-1][-60:]
    for text in (near_after, near_before):
        found = [(match.start(), kind) for kind, pattern in KINDS if (match := pattern.search(text))]
        if found:
            kinds = {kind for _, kind in found}
            # "total base compensation" is base; "bonus" beside "plus" was cut off already.
            return Kind.BASE if kinds == {Kind.BASE, Kind.TOTAL} and text is near_before else min(found)[1]
    # "... per year, base": nothing but the word between the comma and the end.
    alone = _ALONE.match(own)
    return Kind(alone["kind"].casefold()) if alone else Kind.UNSTATED


def _bounds(span: Span, low: float, high: float, before: str, after: str) -> tuple[float | None, float | None]:
    if span.high is not None:
        return low, high
    if UP_TO.search(before):
        return None, high
    if (
        FROM.search(before)
        or span.low.open
        or re.match(r"\s*(?:and up|or more|and above|minimum)\b", after, re.IGNORECASE)
    ):
        return low, None
    # "range for this role is CHF 198,000": the upper bound was cut off.
    return (low, None) if RANGE_OPENS.search(before) else (low, high)


def _joined(pays: list[Pay]) -> list[Pay]:
    """Take rising single amounts of one kind for the ends of one range: "1st year $69K, 2nd year $115K"."""
    singles = [pay for pay in pays if pay.min is not None and pay.max in {pay.min, None}]
    if len(singles) < 2 or len(singles) != len(pays):
        return pays
    first, second = singles[0], singles[1]
    kinds = {first.kind, second.kind} - {Kind.UNSTATED}
    alike = (first.currency, first.period) == (second.currency, second.period) and len(kinds) <= 1
    low, high = sorted((first.min or 0.0, second.min or 0.0))
    if alike and low < high <= 3 * low:
        return [replace(first, min=low, max=high, kind=next(iter(kinds), Kind.UNSTATED)), *singles[2:]]
    return pays
