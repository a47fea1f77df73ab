"""Pay as guides state it: bands, adjustments and category benchmarks, and the few sums that may be done with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from knowledge.currency import money, money_range
from knowledge.levels import Level, Years
from knowledge.pay_sample import FULL_YEAR_HOURS, Per, Sample, Setting


class Measure(StrEnum):
    """What a figure counts; base and total are never compared or subtracted."""

    BASE = "base"
    TOTAL = "total"
    UNSPECIFIED = "not stated"


class RangeKind(StrEnum):
    """What the two ends of a range are."""

    STATED = "stated range"
    QUARTILES = "25th–75th percentile"
    DECILES = "10th–90th percentile"
    LOWEST_DECILE = "10th percentile"
    MEDIAN = "median"
    EXTREMES = "lowest–highest"
    POINT = "single figure"


class AdjustmentKind(StrEnum):
    """What a percentage is applied to."""

    PREMIUM = "premium"
    GEOGRAPHIC = "geographic share"
    REMOTE = "remote versus office"


class Place(NamedTuple):
    """Where a fact stands: guide slug, section kind, line in its file (from 1) and the key of its source."""

    guide: str
    section: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class PayBand:
    """A range of pay in units of `currency` for a year or an hour; `market` None means that the source names none.

    `sample` says what was counted, None for a range that a source states without a count.
    """

    place: Place
    levels: tuple[Level, ...]
    level_words: str
    years: Years | None
    market: str | None
    market_words: str
    currency: str
    low: float
    high: float
    open_high: bool
    measure: Measure
    range_kind: RangeKind
    condition: str
    per: Per = Per.YEAR
    sample: Sample | None = None

    @property
    def range(self) -> str:
        """The range as it is written for people: "$170,000–$230,000"."""
        return money_range(self.low, self.high, self.currency, open_high=self.open_high)

    @property
    def yearly(self) -> tuple[float, float]:
        """The range for a year; hours are taken times those of a full-time year, which is our arithmetic."""
        hours = FULL_YEAR_HOURS if self.per is Per.HOUR else 1
        return (round(self.low * hours), round(self.high * hours)) if self.per is Per.HOUR else (self.low, self.high)

    @property
    def amount(self) -> str:
        """The range with what it is paid for: "$48.65–$80.55 an hour ($101,192–$167,544 a year at ... hours ...)"."""
        if self.per is Per.YEAR:
            return f"{self.range} a year"
        sums = money_range(*self.yearly, self.currency)
        return f"{self.range} an hour ({sums} a year at {FULL_YEAR_HOURS:,} hours, our arithmetic)"

    @property
    def sentence(self) -> str:
        """The whole band in one line of words."""
        level = self.level_words if self.levels else "level not stated"
        years = f" ({self.years} years)" if self.years else ""
        condition = f"; {self.condition}" if self.condition else ""
        if self.sample:
            return f"{self._counted(self.sample)}{condition}"
        return (
            f"{level}{years}, {self.market_words}: {self.amount}, "
            f"{MEASURE_WORDS[self.measure]}, {self.range_kind}{condition}"
        )

    def _counted(self, sample: Sample) -> str:
        level = self.level_words if self.levels else "all levels"
        cut = f", {sample.setting}" if sample.setting is not Setting.ANY else ""
        median = "" if sample.median is None else f", median {money(sample.median, self.currency)}"
        count = f", n {sample.count}" if sample.count else ""
        return (
            f"{sample.counted_as}, {level}, {self.market_words}{cut}, {sample.dates}: {self.amount}, "
            f"{MEASURE_WORDS[self.measure]}, {self.range_kind}{median}{count}"
        )


@dataclass(frozen=True, slots=True)
class PayAdjustment:
    """A percentage range a guide states; `low` and `high` are shares (0.5 is 50 %), `markets` are market codes."""

    place: Place
    kind: AdjustmentKind
    low: float
    high: float
    markets: tuple[str, ...]
    market_words: str
    of: str
    condition: str

    @property
    def factors(self) -> tuple[float, float]:
        """What an amount is multiplied by: the share, and for a premium the whole with the share on top."""
        whole = 1.0 if self.kind is AdjustmentKind.PREMIUM else 0.0
        return whole + self.low, whole + self.high

    @property
    def range(self) -> str:
        """The percentages as written for people: "50–70%"."""
        return f"{self.low * 100:g}–{self.high * 100:g}%"

    @property
    def sentence(self) -> str:
        """The whole rule in one line of words."""
        verb = {
            AdjustmentKind.PREMIUM: f"premium of {self.range} above {self.of}",
            AdjustmentKind.GEOGRAPHIC: f"{self.market_words}: {self.range} of {self.of}",
            AdjustmentKind.REMOTE: f"fully remote pay is within {self.range} of {self.of}",
        }[self.kind]
        return f"{verb}{f' ({self.condition})' if self.condition else ''}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Pay over a whole category of listings, never of one role; `n` counts the listings behind it."""

    place: Place
    category: str
    currency: str
    low: int
    high: int
    measure: Measure
    range_kind: RangeKind
    n: int
    note: str

    @property
    def range(self) -> str:
        """The range as it is written for people."""
        return money_range(self.low, self.high, self.currency)

    @property
    def sentence(self) -> str:
        """The whole benchmark in one line of words, with its label, n and percentiles."""
        return (
            f"Category-level benchmark for {self.category} (not one role): typical range {self.range} "
            f"({self.range_kind}, {self.n} remote listings with salary data). {self.note}".strip()
        )


MEASURE_WORDS = {
    Measure.BASE: "base",
    Measure.TOTAL: "total compensation",
    Measure.UNSPECIFIED: "base/total not stated",
}


def share_of(band: PayBand, rule: PayAdjustment) -> tuple[int, int]:
    """Apply a geographic share to a band; low share to the low end, high share to the high end, same currency."""
    return scaled(rule, band.low, band.high)


def scaled(rule: PayAdjustment, low: float, high: float) -> tuple[int, int]:
    """Apply a rule to an amount or range: its low factor to the low end, its high factor to the high end."""
    first, last = rule.factors
    return round(first * low), round(last * high)


def contradicts(one: PayBand, other: PayBand) -> bool:
    """Tell whether two guides state different ranges for a shared level in one currency; counts contradict nothing."""
    if one.sample or other.sample:
        return False
    same = one.currency == other.currency and bool(set(one.levels) & set(other.levels))
    return same and one.place.guide != other.place.guide and (one.low, one.high) != (other.low, other.high)


def overlap(bands: list[PayBand]) -> tuple[float, float] | None:
    """Return the stretch all *bands* have in common (at least two, one currency), or None."""
    if len(bands) < 2 or len({band.currency for band in bands}) > 1:
        return None
    low, high = max(band.low for band in bands), min(band.high for band in bands)
    return (low, high) if low <= high else None
