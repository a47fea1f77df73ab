"""Pay of a listing in words."""

from knowledge.currency import SYMBOLS
from knowledge.salary.reader import Pay
from knowledge.salary.signals import Kind

_KINDS = {
    Kind.OTE: "on-target earnings",
    Kind.TOTAL: "total",
    Kind.BASE: "base",
    Kind.COMMISSION: "commission",
    Kind.BONUS: "bonus",
}


def pay_text(pay: Pay) -> str:
    """Return pay in the stated unit: "$120,000–$150,000 a year, base"; what is inferred is said."""
    sign = SYMBOLS.get(pay.currency or "", f"{pay.currency} " if pay.currency else "")
    low = f"{sign}{pay.min:,.0f}" if pay.min is not None else ""
    high = f"{sign}{pay.max:,.0f}" if pay.max is not None else ""
    amount = low if low == high else f"{low}–{high}" if low and high else f"from {low}" if low else f"up to {high}"
    period = "for each piece" if pay.period == "unit" else f"{'an' if pay.period == 'hour' else 'a'} {pay.period.value}"
    kind = f", {_KINDS[pay.kind]}" if pay.kind in _KINDS else ""
    guessed = [
        name for name, stated in (("currency", pay.currency_stated), ("period", pay.period_stated)) if not stated
    ]
    if pay.currency is None:
        guessed = ["period"] if not pay.period_stated else []
        amount = f"{amount} (currency not stated)"
    note = f" ({' and '.join(guessed)} inferred)" if guessed else ""
    return f"{amount} {period}{kind}{note}"
