"""What stands behind a figure that was counted: whose pay, in which cut of the data, how many."""

from dataclasses import dataclass
from enum import StrEnum

# Paid hours of a full-time year, by which the U.S. Bureau of Labor Statistics itself annualises hourly wages: 40 hours
# in 52 weeks (https://www.bls.gov/oes/oes_ques.htm, read 2026-11).
FULL_YEAR_HOURS = 2080


class Per(StrEnum):
    """What a figure is paid for."""

    YEAR = "year"
    HOUR = "hour"


class Setting(StrEnum):
    """Which rows of a sample are counted: those of everybody, or only of people who work fully remote."""

    ANY = "any"
    REMOTE = "fully remote"


@dataclass(frozen=True, slots=True)
class Sample:
    """The cut of a source that a figure was counted in.

    `counted_as` is the title or occupation in the source's own words, `dates` the time the data is of as written
    ("2020–2024"), `n` how many were counted (None: everybody, as official statistics do), `distinct` how many of these
    are unlike each other, `median` the middle value in the band's currency and for its period, None where not given.
    """

    counted_as: str
    setting: Setting
    dates: str
    n: int | None
    distinct: int | None
    median: float | None

    @property
    def count(self) -> str:
        """Return "1,943 (925 distinct)"; empty where everybody was counted."""
        distinct = "" if self.distinct is None else f" ({self.distinct:,} distinct)"
        return "" if self.n is None else f"{self.n:,}{distinct}"

    @property
    def is_official(self) -> bool:
        """Tell a statistic of everybody from a sample of some."""
        return self.n is None

    @property
    def is_one_year(self) -> bool:
        """Tell a cut of one year out of a longer stretch ("2024" of "2020–2024")."""
        return self.dates.isdigit()
