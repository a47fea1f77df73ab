"""What a currency's amounts are likely to mean: hour, month or year, and what is too little or too much to be pay."""

import re

from knowledge.salary.signals import Period

# Roughly how many units of a currency pay for what one dollar pays for in wages, to one digit: enough to tell an hour
# from a month from a year. Order of magnitude of exchange rates of 2026; never used to convert pay.
_SCALE = {
    **dict.fromkeys(("USD", "CAD", "AUD", "NZD", "SGD", "EUR", "GBP", "CHF"), 1.0),
    **dict.fromkeys(("PLN", "BRL", "ILS", "RON", "PEN", "MYR", "AED", "SAR", "BGN"), 3.0),
    **dict.fromkeys(("SEK", "NOK", "DKK", "CNY", "HKD", "MXN", "ZAR", "CZK", "TRY", "UAH", "UYU", "TWD", "EGP"), 6.0),
    **dict.fromkeys(("INR", "PHP", "THB", "RUB", "KES", "PKR"), 12.0),
    **dict.fromkeys(("JPY", "HUF", "CLP", "ARS", "NGN"), 80.0),
    **dict.fromkeys(("KRW", "COP", "IDR", "VND"), 700.0),
}
# In units of the scale: below the first an hour, below the second a month, else a year.
HOURLY, MONTHLY = 400.0, 20_000.0
# Contracts between businesses in Central Europe name a month.
_B2B = re.compile(r"\bb2b\b", re.IGNORECASE)
_B2B_MONTH = 60_000.0
# Too little for a period to be anybody's pay, and too much, in units of the scale.
_FLOOR = {Period.HOUR: 1.5, Period.DAY: 12.0, Period.WEEK: 60.0, Period.MONTH: 280.0, Period.YEAR: 3_500.0}
_CEILING = {
    Period.HOUR: 2_000.0,
    Period.DAY: 8_000.0,
    Period.WEEK: 30_000.0,
    Period.MONTH: 120_000.0,
    Period.YEAR: 3_000_000.0,
}


def infer_period(amount: float, currency: str | None, text: str) -> Period:
    """Return the period that *amount*, the upper bound, is likely to be paid for; *text* is where it stands."""
    if currency in {None, "PLN", "EUR"} and _B2B.search(text) and HOURLY < amount < _B2B_MONTH:
        return Period.MONTH
    scaled = amount / _SCALE.get(currency or "USD", 1.0)
    if scaled < HOURLY:
        return Period.HOUR
    return Period.MONTH if scaled < MONTHLY else Period.YEAR


def implausible(low: float | None, high: float | None, currency: str | None, period: Period) -> bool:
    """Tell whether the bounds are no person's pay: "$80/month", "R$800/mo", "$2,388/year"."""
    if period is Period.UNIT:
        return False
    scale = _SCALE.get(currency or "USD", 1.0)
    top = (high or low or 0.0) / scale
    bottom = (low or high or 0.0) / scale
    return top < _FLOOR[period] or bottom > _CEILING[period]
