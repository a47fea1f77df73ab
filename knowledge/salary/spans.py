"""Amounts that belong together: the two bounds of a range, which share thousands."""

import re
from dataclasses import dataclass

from knowledge.salary.amounts import Money, find_amounts
from knowledge.salary.signals import COUNTED

_JOIN = re.compile(
    r"\s*(?P<between>(?:/?\s?(?:per |an? )?(?:hr|hour|h|yr|year|mo|month|annum|day|week)s?\b\.?\s*|\([^()]{0,40}\)\s*)*)"
    r"(?:-{1,2}|~|to\b|through\b|and\b|und\b|y\b|e\b|et\b|og\b|until\b|bis\b|hasta\b|a\b|à\b|do\b|/)\s*(?:up to\s+)?[*_]{0,2}\s*",
    re.IGNORECASE,
)
# "and" joins two bounds only after "between".
_AND = {"and", "und", "y", "e", "et", "og"}
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|mellem|mellan)\b[^.]{0,30}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """One or two amounts that belong together, with where they stand."""

    low: Money
    high: Money | None
    start: int
    end: int


def find_spans(clause: str) -> list[Span]:
    """Return the amounts of *clause* that may be pay, bounds of a range together, without millions."""
    amounts = [money for money in find_amounts(clause) if _may_be_money(money, clause)]
    return [span for span in _join(amounts, clause) if _plausible_size(span)]


def _may_be_money(money: Money, clause: str) -> bool:
    """Keep amounts with a currency, thousands, or large enough to be pay; leave out counts of other things."""
    if money.huge:
        return True
    if money.currency is None and COUNTED.match(clause, money.end):
        return False
    return money.currency is not None or money.thousands or money.value >= 1


def _join(amounts: list[Money], clause: str) -> list[Span]:
    """Join amounts to ranges; bare numbers count only beside a currency or with thousands."""
    spans: list[Span] = []
    place = 0
    while place < len(amounts):
        money = amounts[place]
        following = amounts[place + 1] if place + 1 < len(amounts) else None
        if following and _joins(money, following, clause):
            spans.append(Span(money, following, money.start, following.end))
            place += 2
            continue
        if money.currency or money.thousands or money.huge:
            spans.append(Span(money, None, money.start, money.end))
        place += 1
    return spans


def _joins(low: Money, high: Money, clause: str) -> bool:
    between = clause[low.end : high.start]
    join = _JOIN.fullmatch(between)
    if not join:
        return False
    named = bool(low.currency or high.currency or low.thousands or high.thousands)
    large = low.value >= 10_000 and high.value >= 10_000
    word = between.strip().casefold()
    if word in _AND and not _BETWEEN.search(clause[: low.start]):
        return False
    if word == "/" and not (low.currency or high.currency):
        return False
    differ = low.currency and high.currency and low.stated and high.stated and low.currency != high.currency
    return (named or large) and not differ and low.huge == high.huge


def _plausible_size(span: Span) -> bool:
    return not span.low.huge and not (span.high and span.high.huge)


def scaled(span: Span) -> tuple[float, float]:
    """Return both bounds in whole units; thousands written once count for both."""
    low = span.low.value
    if span.high is None:
        return low, low
    high = span.high.value
    if span.high.thousands and not span.low.thousands and low < 1000:
        low *= 1e5 if high >= 1e5 and span.high.currency == "INR" and high / max(low, 1) > 1e4 else 1000
    elif span.low.thousands and not span.high.thousands and high < 1000:
        high *= 1000
    return low, high
