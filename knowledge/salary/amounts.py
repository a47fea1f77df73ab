"""Single amounts of money in the text of a listing: "$120k", "PLN 6.000", "€49,031.40", "229800 USD", "12 LPA"."""

import re
from dataclasses import dataclass

# A bare dollar sign may mean any of several currencies, so it is inferred, not stated; every other sign is stated.
_SIGNS = {
    "us$": "USD",
    "usd$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "cad$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud$": "AUD",
    "nz$": "NZD",
    "s$": "SGD",
    "sg$": "SGD",
    "hk$": "HKD",
    "r$": "BRL",
    "mx$": "MXN",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₱": "PHP",
    "₽": "RUB",
    "₴": "UAH",
    "₦": "NGN",
    "₪": "ILS",
    "₩": "KRW",
    "₫": "VND",
    "฿": "THB",
    "zł": "PLN",
    "zl": "PLN",
    "kč": "CZK",
    "kc": "CZK",
    "rs": "INR",
    "rs.": "INR",
    "inr": "INR",
    "fr.": "CHF",
    "sfr": "CHF",
    "p": "PHP",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "dollars": "USD",
    "dólares": "USD",
    "rupees": "INR",
    "rands": "ZAR",
    "ft": "HUF",
    "kr": "SEK",
    "reais": "BRL",
    "lei": "RON",
}
# ISO 4217 codes that listings use.
CODES = (
    *("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "EUR", "GBP", "CHF", "PLN", "CZK", "HUF", "RON", "BGN", "SEK", "NOK"),
    *("DKK", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "INR", "JPY", "CNY", "KRW", "PHP", "IDR", "MYR", "THB"),
    *("VND", "ILS", "TRY", "ZAR", "NGN", "KES", "EGP", "AED", "SAR", "RUB", "UAH", "PKR", "TWD"),
)
DOLLAR = "$"
_CODE = "|".join(CODES)
_GLYPHS = "£€¥₹₱₽₴₦₪₩₫฿"
_BEFORE = (
    rf"(?<![a-z])(?:us|usd|cad|ca|c|aud|au|a|nz|sg|s|hk|mx|r)?\s?\$|[{_GLYPHS}]"
    rf"|(?<![a-z])(?:rs\.?|p(?=\d{{2}})|fr\.|sfr|kr|zł|(?:{_CODE}))(?![a-z])"
)
_AFTER = rf"(?:{_CODE})\b\$?|[{_GLYPHS}$]|zł|zl\b|kč|kc\b|ft\b|kr\b|lei\b|reais\b|euros?\b|pounds\b|dollars\b|dólares\b|rupees\b|rands\b"
# Number grammars in the order they are tried: Indian (12,00,000), grouped by three with one kind of separator (a blank
# may follow a comma: "101, 125"), plain with decimals. Bounded: a screenful of digits must not take quadratic time.
_NUMBER = (
    r"\d{1,2}(?:,\d{2}){1,2},\d{3}(?!\d)"
    r"|\d{1,3}(?:,\s?\d{3}){1,3}(?:\.\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:[ \u00a0'’]\d{3}){1,3}(?:[.,]\d{1,2})?(?![\d'’])"
    r"|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
)
_UNIT = (
    r"k(?![^\W\d_])|thousand\b|mm?\b|mn\b|mio\b|millions?\b|b\b|bn\b|billions?\b|trillions?\b"
    r"|lakhs?\b|lacs?\b|lpa\b|crores?\b|cr\b"
)
AMOUNT = re.compile(
    rf"(?:(?P<before>{_BEFORE})[\s$]{{0,3}})?(?<![\d.,])(?P<number>{_NUMBER})(?:[.,]-)?(?:\+(?=\s?(?:[mb]n?\b|million|billion|k\b)))?\s?(?P<unit>{_UNIT})?"
    rf"(?P<plus>\+(?!\s*(?:equity|bonus|benefits?|commission|super|stock|options?|ote|rsus?|tips)))?(?:\s{{0,2}}[(\[]?(?P<after>{_AFTER}))?(?P<more>\+(?!\s*[\w~(]))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# The most characters that the sign of a currency and the blanks behind it take: "USD $  1".
SIGN = 8
_FACTORS = {"k": 1e3, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "lpa": 1e5, "crore": 1e7, "cr": 1e7}
LAKH = 1e5


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as written at `start` to `end` of a text, `value` in whole units.

    `thousands` tells "120k" from "120"; `huge` marks millions and more, never a person's pay. `currency` is None where
    none is named, and `stated` False where only a dollar sign names it. `yearly` marks "12 LPA", `open` "100k+".
    """

    start: int
    end: int
    value: float
    thousands: bool
    huge: bool
    currency: str | None
    stated: bool
    yearly: bool
    open: bool


def find_amounts(text: str) -> list[Money]:
    """Return every number of *text* that may be an amount of money, in order, bare numbers too."""
    found: list[Money] = []
    end = 0
    while digit := _DIGIT.search(text, end):
        match = AMOUNT.search(text, max(end, digit.start() - SIGN))
        if not match:
            break
        end = match.end()
        found.append(_money(match))
    return found


def number(digits: str) -> float:
    """Return the value of digits in US, European, Swiss and Indian grouping: "49.031,40" is 49031.4, "31,2" is 31.2."""
    compact = re.sub(r"[\s'’]", "", digits)
    last = max(compact.rfind(","), compact.rfind("."))
    if last < 0:
        return float(compact)
    if len(compact) - last == 4 and compact[:last].strip("0"):
        return float(re.sub(r"[.,]", "", compact))
    return float(re.sub(r"[.,]", "", compact[:last]) + "." + compact[last + 1 :])


def _money(match: re.Match[str]) -> Money:
    unit = (match["unit"] or "").lower()
    factor = _FACTORS.get(unit.rstrip("s"), 1.0)
    currency, stated = _currency((match["before"] or "").lower(), (match["after"] or "").lower())
    if factor >= LAKH and currency is None:
        # Lakh and crore are counted in India only.
        currency, stated = "INR", False
    return Money(
        start=match.start(),
        end=match.end(),
        value=number(match["number"]) * factor,
        thousands=factor > 1,
        huge=bool(unit) and factor == 1,
        currency=currency,
        stated=stated,
        yearly=unit == "lpa",
        open=bool(match["plus"] or match["more"]),
    )


def _currency(before: str, after: str) -> tuple[str | None, bool]:
    """Return the currency two signs name, and whether it is more than a dollar sign; what follows wins."""
    for sign in (after.rstrip("$"), before.replace(" ", "")):
        if sign and sign != DOLLAR:
            return _SIGNS.get(sign) or sign.rstrip("$").upper(), True
    return ("USD", False) if before or after else (None, False)
