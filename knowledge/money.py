"""Amounts of money as people type them: "185k usd base", "€95k-€115k", "CAD 250k", "170-240"."""

import re
from dataclasses import dataclass

from knowledge.pay import Measure

_SYMBOLS = {"$": "USD", "£": "GBP", "€": "EUR", "us$": "USD", "ca$": "CAD"}
_CODE = r"(?:usd|eur|gbp|cad|euros?|pounds?|dollars?|bucks|quid)"
_WORDS = {"euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "quid": "GBP"}
_WORDS |= {"dollar": "USD", "dollars": "USD", "bucks": "USD"}
_AMOUNT = re.compile(
    rf"(?P<before>us\$|ca\$|[$£€]|\b{_CODE}\b)?\s*(?P<low>\d+(?:,\d{{3}})+|\d+(?:\.\d+)?)\s*(?P<low_k>k\b)?"
    rf"(?:\s*(?:-|–|to)\s*(?:us\$|ca\$|[$£€]|\b{_CODE}\b)?\s*(?P<high>\d+(?:,\d{{3}})+|\d+(?:\.\d+)?)\s*(?P<high_k>k\b)?)?"
    rf"\s*\+?\s*(?P<after>\b{_CODE}\b|[$£€])?",
    re.IGNORECASE,
)
# Years, weeks and counts are not money: a number needs a sign of money, or the size of a yearly salary.
_NOT_MONEY = re.compile(
    r"\s*(?:\+\s*)?(?:%|years?|yrs?|yoe|weeks?|months?|hours?|days?|x\b|rounds?|people|listings?|jobs)", re.IGNORECASE
)
_MEASURE = ((r"\bbase\b", Measure.BASE), (r"\b(?:tc|total comp\w*|total|all in|ote)\b", Measure.TOTAL))
THOUSAND = 1000
# Two bare numbers such as "170-240" are thousands a year when both lie in this span.
BARE_LOW, BARE_HIGH = 50, 700


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount or range in whole units as typed; `currency` None where the text names none."""

    low: float
    high: float
    currency: str | None

    @property
    def is_range(self) -> bool:
        """Tell "170-240" from "185k"."""
        return self.low != self.high


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of yearly pay in *text*, in order; numbers that are no money are left out."""
    found = []
    for match in _AMOUNT.finditer(text):
        amount = _amount(match)
        if amount and not _NOT_MONEY.match(text, match.end()):
            found.append(amount)
    return tuple(found)


def read_measure(text: str) -> Measure:
    """Return whether *text* speaks of base or of total pay, UNSPECIFIED if of neither or both."""
    named = {measure for pattern, measure in _MEASURE if re.search(pattern, text, re.IGNORECASE)}
    return named.pop() if len(named) == 1 else Measure.UNSPECIFIED


def _amount(match: re.Match[str]) -> Amount | None:
    sign = (match["before"] or match["after"] or "").lower()
    thousands = bool(match["low_k"] or match["high_k"])
    low = float(match["low"].replace(",", ""))
    high = float(match["high"].replace(",", "")) if match["high"] else low
    bare_range = bool(match["high"]) and BARE_LOW <= low < high <= BARE_HIGH
    if not (sign or thousands or bare_range or low >= 10 * THOUSAND):
        return None
    if (thousands or bare_range) and high < THOUSAND:
        low, high = low * THOUSAND, high * THOUSAND
    currency = _SYMBOLS.get(sign) or _WORDS.get(sign) or (sign.upper() or None)
    return Amount(min(low, high), max(low, high), currency)
