"""Currencies, and amounts of money as answers write them."""

# ISO 4217, as far as guides and people use them; another currency is one word here.
CURRENCIES = frozenset(
    {
        "USD",
        "GBP",
        "EUR",
        "CAD",
        "AUD",
        "CHF",
        "SEK",
        "DKK",
        "NOK",
        "PLN",
        "INR",
        "BRL",
        "SGD",
        "JPY",
        "AED",
        "HKD",
        "NZD",
        "MXN",
        "ZAR",
        "CNY",
    }
)
# Computed figures and their sums are written in thousands.
THOUSAND = 1000
SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€"}


def money(amount: float, currency: str) -> str:
    """Write one amount: "$170,500", "CAD 10,000", "$48.65"."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{_digits(amount)}"


def _digits(amount: float) -> str:
    """Write an amount with cents only where it has some."""
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"


def money_range(low: float, high: float, currency: str, *, open_high: bool = False) -> str:
    """Write a range: "£110,000–£175,000", "CAD 175,000–240,000", "$300,000–$600,000+"."""
    if low == high:
        return f"{money(low, currency)}{'+' if open_high else ''}"
    upper = money(high, currency) if currency in SYMBOLS else _digits(high)
    return f"{money(low, currency)}–{upper}{'+' if open_high else ''}"


def rough_range(low: float, high: float, currency: str) -> str:
    """Write a computed range in thousands, which shows that it is no stated figure: "$59.5K–$126.5K"."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    ends = [f"{end / THOUSAND:,.1f}".removesuffix(".0") for end in (low, high)]
    return f"{symbol}{ends[0]}K–{symbol}{ends[1]}K"
