"""Pay of any period as a year's, to compare and filter; the stated figures are what is shown."""

from knowledge.salary.reader import Pay
from knowledge.salary.signals import Period

# A full-time year: 52 weeks of 40 hours, 5 days a week.
PER_YEAR = {Period.HOUR: 2080, Period.DAY: 260, Period.WEEK: 52, Period.MONTH: 12, Period.YEAR: 1}


def annual(pay: Pay) -> tuple[float | None, float | None]:
    """Return both bounds for a full-time year; pay per piece has none."""
    factor = PER_YEAR.get(pay.period)
    if factor is None:
        return None, None
    return (pay.min * factor if pay.min is not None else None, pay.max * factor if pay.max is not None else None)
