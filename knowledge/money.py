"""Amounts of money as people type them: "185k usd base", "€95k-€115k", "CAD 250k", "110.000 euro", "$80/hour"."""

import re
from dataclasses import dataclass

from knowledge.currency import CURRENCIES
from knowledge.pay import Measure
from knowledge.text import words
from knowledge.word_lists import word_list

_SIGNS = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD"}
_WORDS = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "quid", "sterling"), "GBP"),
    **dict.fromkeys(("dollar", "dollars", "bucks"), "USD"),
    **dict.fromkeys(("franc", "francs", "franken"), "CHF"),
    **dict.fromkeys(("rupee", "rupees"), "INR"),
}
_CODE = "|".join([*(code.lower() for code in sorted(CURRENCIES)), *_WORDS])
_SIGN = rf"(?:us|ca|au|c|a)?\$|[£€]|\b(?:{_CODE})\b"
# "170,000", "170.000" and "170 000" are one number; "4.5" is another.
# Longer ones are no pay, and unbounded patterns take quadratic time on a screenful of digits or blanks.
_NUMBER = r"(?<!\d)(?:\d{1,3}(?:[,.\s]\d{3}){1,3}|\d{1,9}(?:\.\d{1,2})?)(?!\d)"
_AMOUNT = re.compile(
    rf"(?:(?P<before>{_SIGN})\s{{0,2}})?(?P<low>{_NUMBER})\s?(?P<low_k>(?:[km]|lakhs?|lpa|crores?)\b)?"
    rf"(?:\s?(?:-|–|to)\s?(?:(?:{_SIGN})\s{{0,2}})?(?P<high>{_NUMBER})\s?(?P<high_k>(?:[km]|lakhs?|lpa|crores?)\b)?)?"
    rf"\s?\+?\s?(?P<after>{_SIGN})?",
    re.IGNORECASE,
)
_PERIODS = {
    "hour": re.compile(r"\s*(?:/|per|an|a|each)?\s*(?:hours?\b|hr\b|h\b(?!\w)|hourly\b|stunde)", re.IGNORECASE),
    "day": re.compile(r"\s*(?:/|per|a|each)?\s*(?:days?\b|daily\b|tag\b)", re.IGNORECASE),
    "month": re.compile(r"\s*(?:/|per|a|each)?\s*(?:months?\b|mo\b|monthly\b|monat)", re.IGNORECASE),
}
# A number without a sign of money is pay only if the sentence ends or goes on with one of these, not with a thing
# that is counted ("50k images", "100000 users").
_NEXT_WORD = re.compile(r"\s*([a-z]+)", re.IGNORECASE)
_PAY_WORDS = frozenset(
    words(
        "base total tc comp compensation salary offer pay package gross net yearly annual annually pa plus bonus "
        "equity senior junior mid staff principal cv ml mle above below enough low high fair lowball remote max min "
        ""
        "more less realistic possible reasonable achievable normal minimum maximum ok gut bien job a year per for as "
        "in at us uk eu offered pop pops posted show shows turn turns"
    )
)
_COUNTED = re.compile(r"\s*(?:\+\s*)?(?:%|years?\b|yrs?\b|yoe\b|weeks?\b|x\b|rounds?\b)", re.IGNORECASE)
_MEASURE = ((r"\bbase\b", Measure.BASE), (r"\b(?:tc|total comp\w*|total|all in|ote)\b", Measure.TOTAL))
_MEASURED = re.compile(r"\s*\b(?:base|tc|total comp|all[- ]in|ote)\b", re.IGNORECASE)
THOUSAND, MILLION = 1000, 1_000_000
# By their first two letters; lakh and crore are Indian units, so they name the currency too.
_UNITS = {"k": THOUSAND, "m": MILLION, "la": 100_000, "lp": 100_000, "cr": 10_000_000}
# Two bare numbers such as "170-240" are thousands a year when both lie in this span.
BARE_LOW, BARE_HIGH = 50, 700


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount or range in whole units as typed, for a "year" unless the text says "hour", "day" or "month".

    `currency` is None where the text names none; `high` equals `low` for a single amount.
    """

    low: float
    high: float
    currency: str | None
    period: str = "year"

    @property
    def is_range(self) -> bool:
        """Tell "170-240" from "185k"."""
        return self.low != self.high


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of pay in *text*, in order; numbers that are no money are left out."""
    found = (_amount(match, text) for match in _AMOUNT.finditer(text))
    return tuple(amount for amount in found if amount)


def read_measure(text: str) -> Measure:
    """Return whether *text* speaks of base or of total pay, UNSPECIFIED if of neither or both."""
    named = {measure for pattern, measure in _MEASURE if re.search(pattern, text, re.IGNORECASE)}
    return named.pop() if len(named) == 1 else Measure.UNSPECIFIED


def _amount(match: re.Match[str], text: str) -> Amount | None:
    sign = (match["before"] or match["after"] or "").lower()
    unit = (match["high_k"] or match["low_k"] or "").lower()
    factor = _UNITS.get(unit[:2], 1)
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    bare_range = bool(match["high"]) and BARE_LOW <= low < high <= BARE_HIGH
    # "they said 165 base" means thousands too.
    bare_range |= not match["high"] and BARE_LOW <= low <= BARE_HIGH and bool(_MEASURED.match(text, match.end()))
    large = factor > 1 or bare_range or low >= 10 * THOUSAND
    if not sign and not (large and _goes_on_about_pay(text, match.end())):
        return None
    if _COUNTED.match(text, match.end()):
        return None
    if high < THOUSAND:
        scale = factor if factor > 1 else THOUSAND if bare_range else 1
        low, high = low * scale, high * scale
    period = next((name for name, pattern in _PERIODS.items() if pattern.match(text, match.end())), "year")
    indian = "INR" if unit[:2] in {"la", "lp", "cr"} else None
    currency = _SIGNS.get(sign) or _WORDS.get(sign) or sign.upper() or indian
    return Amount(min(low, high), max(low, high), currency, period)


def _goes_on_about_pay(text: str, end: int) -> bool:
    following = _NEXT_WORD.match(text, end)
    if not following:
        return True
    return following[1].casefold() in _PAY_WORDS | frozenset(word_list("small")["question"])


def _number(digits: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[,.\s]\d{3})+", digits)
    return float(re.sub(r"[,.\s]", "", digits)) if grouped else float(digits)
