"""Figures that were counted: self-reported samples with their n, official statistics of an occupation.

Each source keeps a line or a table of its own, so that nobody reads two of them as one range.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from knowledge.currency import money
from knowledge.document import Line
from knowledge.levels import Level
from knowledge.pay import MEASURE_WORDS, PayBand, RangeKind
from knowledge.pay_sample import Per, Setting
from retrieval.answer import Draft
from retrieval.compose.offers import Range

# From this many rows on a table is easier to read than bullets.
TABLE_ROWS = 3
_ARTICLES = {Per.YEAR: "a year", Per.HOUR: "an hour"}
_SETTINGS = {Setting.ANY: "any setting", Setting.REMOTE: "fully remote"}


def say_counted(draft: Draft, bands: Sequence[PayBand], notes: Mapping[Range, str], *, several: bool) -> None:
    """Show counted *bands* source by source; *several* roles are told apart by name, *notes* need own lines."""
    for group in _grouped(bands, lambda band: (band.place.guide, band.place.source)):
        official = bool(group[0].sample and group[0].sample.is_official)
        noted = [band for band in group if Range.stated(band) in notes]
        if noted or len(group) == 1:
            draft.bullets([_line(draft, band, notes, several=several) for band in noted or group])
        elif official:
            occupations = _grouped(group, lambda band: band.sample and band.sample.counted_as)
            draft.bullets([_statistic(draft, one, several=several) for one in occupations])
        elif len(group) >= TABLE_ROWS and _is_alike(group):
            _table(draft, group, several=several)
        else:
            draft.bullets([_line(draft, band, notes, several=several) for band in group])


def _grouped(bands: Sequence[PayBand], key: Callable[[PayBand], object]) -> list[list[PayBand]]:
    groups: dict[object, list[PayBand]] = {}
    for band in bands:
        groups.setdefault(key(band), []).append(band)
    return list(groups.values())


def _is_alike(bands: Sequence[PayBand]) -> bool:
    """Tell whether *bands* differ in nothing that a table has no column for."""
    return len({(b.currency, b.measure, b.per, b.range_kind, b.condition) for b in bands}) == 1


def _lead(draft: Draft, band: PayBand, *, several: bool) -> str:
    guide = draft.guide(band)
    # "U.S. Bureau of Labor Statistics, Occupational ..." is named in full where its source is.
    publisher = guide.source(band.place.source).publisher.split(",")[0]
    return f"{guide.role}: {publisher}" if several else publisher


def _line(draft: Draft, band: PayBand, notes: Mapping[Range, str], *, several: bool) -> Line:
    draft.figure(band)
    text = f"{band.sentence}. {notes.get(Range.stated(band), '')}".rstrip()
    return draft.line(text, band, lead=_lead(draft, band, several=several))


def _statistic(draft: Draft, bands: Sequence[PayBand], *, several: bool) -> Line:
    """Say everything an official statistic has on one occupation in one line, with what it is no statistic of."""
    first = bands[0]
    for band in bands:
        draft.figure(band)
    parts = [_part(band) for band in sorted(bands, key=_breadth)]
    named = ", ".join((_title(first), _level(first), _market(first), _dates(first), MEASURE_WORDS[first.measure]))
    text = f"{named}: {'; '.join(parts)}."
    note = f" {first.condition[:1].upper()}{first.condition[1:]}." if first.condition else ""
    return draft.line(text + note, *bands, lead=_lead(draft, first, several=several))


def _part(band: PayBand) -> str:
    """Return a range with its kind; the median of an hour has no line of its own."""
    told = band.per is Per.HOUR and band.range_kind is RangeKind.QUARTILES
    median = band.sample.median if band.sample and told else None
    return f"{band.range_kind} {band.amount}{'' if median is None else f', median {money(median, band.currency)}'}"


def _breadth(band: PayBand) -> tuple[int, bool]:
    """Order the median first, then the middle half, then the tenths."""
    order = (RangeKind.MEDIAN, RangeKind.QUARTILES, RangeKind.DECILES, RangeKind.LOWEST_DECILE)
    return (order.index(band.range_kind) if band.range_kind in order else len(order)), band.per is Per.HOUR


def _table(draft: Draft, bands: Sequence[PayBand], *, several: bool) -> None:
    """Show figures that are alike as a table; what all of them share stands above it."""
    first = bands[0]
    shown = [column for column in _COLUMNS if column.always or len({column.cell(band) for band in bands}) > 1]
    shared = ", ".join(column.cell(first) for column in _COLUMNS if column not in shown)
    kind = f"{MEASURE_WORDS[first.measure]}, {first.range_kind} for {_ARTICLES[first.per]}{_shared_note(bands)}"
    draft.say(f"{_lead(draft, first, several=several)}: {f'{shared}, ' if shared else ''}{kind}:", *bands)
    rows = []
    for band in sorted(bands, key=_rank):
        draft.figure(band)
        rows.append((tuple(column.cell(band) for column in shown), band))
    draft.table(tuple(column.title for column in shown), rows)


def _shared_note(bands: Sequence[PayBand]) -> str:
    """Return what all *bands* are no figure of: "managers in data teams only"."""
    notes = {band.condition for band in bands}
    return f" ({notes.pop()})" if len(notes) == 1 and "" not in notes else ""


def _rank(band: PayBand) -> tuple[int, bool, int]:
    """Order by level, everybody before those who work remote, the place where most were counted first."""
    order, sample = list(Level), band.sample
    away = sample is not None and sample.setting is Setting.REMOTE
    return (order.index(band.levels[0]) if band.levels else len(order)), away, -((sample.n or 0) if sample else 0)


def _title(band: PayBand) -> str:
    return band.sample.counted_as if band.sample else ""


def _level(band: PayBand) -> str:
    return band.level_words if band.levels else "all levels"


def _setting(band: PayBand) -> str:
    return _SETTINGS[band.sample.setting] if band.sample else ""


def _dates(band: PayBand) -> str:
    return band.sample.dates if band.sample else ""


def _market(band: PayBand) -> str:
    return band.market_words


def _range(band: PayBand) -> str:
    return band.range


def _median(band: PayBand) -> str:
    median = band.sample.median if band.sample else None
    return "–" if median is None else money(median, band.currency)


def _n(band: PayBand) -> str:
    return f"{band.sample.n:,}" if band.sample and band.sample.n is not None else "–"


class Column(NamedTuple):
    """A column of a table of counted figures; one that is not *always* there is left out where all rows agree."""

    title: str
    cell: Callable[[PayBand], str]
    always: bool = False


_COLUMNS = (
    Column("Title", _title),
    Column("Level", _level, always=True),
    Column("Setting", _setting),
    Column("Market", _market),
    Column("Data of", _dates),
    Column("Range", _range, always=True),
    Column("Median", _median, always=True),
    Column("n", _n, always=True),
)
