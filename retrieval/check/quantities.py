"""Quantities in a claim: money, formulas, and every other number with the word that follows it."""

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.currency import CURRENCIES, SYMBOLS, THOUSAND

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SIGN = rf"[$£€]|\b(?:{'|'.join(sorted(CURRENCIES))})\s"
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})(?P<low>{_NUMBER})(?P<low_k>[KM])?"
    rf"(?:\s?–\s?(?P<second>{_SIGN})?(?P<high>{_NUMBER})(?P<high_k>[KM])?)?(?P<open>\+)?"
)
_FORMULA = re.compile(r"(\d[\d.]*) ([×−]) (\d[\d.]*) = (\d[\d.]*)")
# Numbers inside names (INT8, BDD100K) are part of the name.
_OTHER = re.compile(r"(?<![\w.,–-])\d[\d.,]*(?:–\d[\d.,]*)?(?:%|x\b|[A-Za-z]\b)?\+?")
_NEXT = re.compile(r"[\s-]*([A-Za-z]+)")
_CURRENCY = {symbol: code for code, symbol in SYMBOLS.items()}
_FACTORS = {"K": THOUSAND, "M": THOUSAND * THOUSAND, None: 1}


class Money(NamedTuple):
    """An amount or range in whole units; `open_high` is "+", `mixed` two different currencies in one range."""

    low: float
    high: float
    currency: str
    open_high: bool
    mixed: bool
    start: int

    @property
    def is_range(self) -> bool:
        """Tell a range from one amount."""
        return self.low != self.high


class Formula(NamedTuple):
    """A sum as it is written for people: "0.5 × 170 = 85" (in thousands)."""

    left: float
    sign: str
    right: float
    result: float

    @property
    def holds(self) -> bool:
        """Tell whether the sum is right."""
        exact = self.left * self.right if self.sign == "×" else self.left - self.right
        return abs(exact - self.result) < 1e-6 * max(1.0, abs(exact))


class Number(NamedTuple):
    """Any other number as written, with the word after it (folded; empty at the end)."""

    written: str
    unit: str


class Quantities(NamedTuple):
    """Everything countable in one text."""

    money: tuple[Money, ...]
    formulas: tuple[Formula, ...]
    numbers: tuple[Number, ...]


# The facts and lines of a conversation are looked at again and again.
@lru_cache(maxsize=8192)
def quantities(text: str) -> Quantities:
    """Return the quantities of *text*, each counted once."""
    formulas = tuple(Formula(float(m[1]), m[2], float(m[3]), float(m[4])) for m in _FORMULA.finditer(text))
    rest = _FORMULA.sub(lambda m: " " * len(m[0]), text)
    money = tuple(map(_money, _MONEY.finditer(rest)))
    rest = _MONEY.sub(lambda m: " " * len(m[0]), rest)
    return Quantities(money, formulas, tuple(_numbers(rest)))


def figure_spans(text: str) -> list[tuple[int, int]]:
    """Return where the figures of *text* stand (start, end), in order; a digit inside a name ("3D") is none."""
    spans = [match.span() for match in _MONEY.finditer(text)]
    rest = _MONEY.sub(lambda m: " " * len(m[0]), text)
    for match in _OTHER.finditer(rest):
        written = match.group().rstrip(".,")
        if not written[-1].isalpha():
            spans.append((match.start(), match.start() + len(written)))
    return sorted(spans)


def _money(match: re.Match[str]) -> Money:
    sign, second = match["sign"].strip(), (match["second"] or "").strip()
    factor = _FACTORS[match["low_k"]]
    low = float(match["low"].replace(",", "")) * factor
    high = float(match["high"].replace(",", "")) * _FACTORS[match["high_k"]] if match["high"] else low
    mixed = bool(second) and second != sign
    return Money(low, high, _CURRENCY.get(sign, sign), bool(match["open"]), mixed, match.start())


def _numbers(text: str) -> list[Number]:
    found = []
    for match in _OTHER.finditer(text):
        after = _NEXT.match(text, match.end())
        found.append(Number(match.group().rstrip(".,"), after[1].casefold() if after else ""))
    return found
