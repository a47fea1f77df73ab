"""Which cuts of a counted source answer a question: the title asked for, remote rows or all, all years or the last.

A source that was counted has many figures of one role, which overlap: rows of one year are part of those of all years.
So one cut is shown, the widest unless a narrower one is asked for, and nothing is ever added up.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.pay import PayBand
from knowledge.pay_sample import Sample, Setting
from knowledge.text import words
from knowledge.word_lists import word_list

# Words that ask for the newest figures instead of those of all years.
_RECENT = frozenset({"2024", "latest", "newest", "recent", "recently", "current", "currently", "nowadays", "today"})
_REMOTE = frozenset({"remote", "remotely", "wfh", "home"})


# Words that ask for official statistics, however little they say of the role.
_OFFICIAL = frozenset({"official", "statistics", "statistic", "bls", "government", "labor", "labour", "oews"})
# How a guide marks a statistic of a group that the role is only somewhere in.
WEAK = "weak evidence"


class Cut(NamedTuple):
    """What a person narrows counted figures to; by default nothing."""

    said: tuple[str, ...] = ()
    remote: bool = False
    recent: bool = False
    official: bool = False


def cut_of(said: Sequence[str]) -> Cut:
    """Return what the words of a question narrow counted figures to."""
    asked = frozenset(said)
    return Cut(tuple(said), bool(asked & _REMOTE), bool(asked & _RECENT), bool(asked & _OFFICIAL))


def narrowed(bands: Iterable[PayBand], cut: Cut, *, leveled: bool) -> list[PayBand]:
    """Return *bands* with one cut of every counted source, in their order; what was not counted stays.

    Beside the rows of everybody those of people who work fully remote stay where a level is asked for (*leveled*).
    A statistic that is weak evidence is left out where there is anything better.
    """
    kept = list(bands)
    telling = [band for band in kept if WEAK not in band.condition]
    kept = telling if telling and not cut.official else kept
    titles = _titles(kept, cut)
    kept = [band for band in kept if not _counted(band) or _key(band.sample) in titles]
    kept = [band for band in kept if not _counted(band) or _is_dated(band, recent=cut.recent)]
    remote = {_cell(band) for band in kept if band.sample and band.sample.setting is Setting.REMOTE}
    return [band for band in kept if not _counted(band) or _is_set(band, remote, cut, leveled=leveled)]


def _counted(band: PayBand) -> bool:
    return band.sample is not None and not band.sample.is_official


def _key(sample: Sample | None) -> tuple[str, ...]:
    """Return a title as words, "ML Engineer" and "Machine Learning Engineer" alike."""
    joined = {str(short): str(name).split("-") for short, name in word_list("identity")["synonyms"].items()}
    return tuple(word for short in words(sample.counted_as if sample else "") for word in joined.get(short, [short]))


def _titles(bands: Sequence[PayBand], cut: Cut) -> set[tuple[str, ...]]:
    """Return the titles to show: those the question names, else the first of each level."""
    counted = [band for band in bands if _counted(band)]
    firsts: dict[object, PayBand] = {}
    for band in counted:
        firsts.setdefault((band.place.guide, band.levels), band)
    usual = {_key(band.sample) for band in firsts.values()}
    main = {_key(band.sample) for band in counted[:1]}
    said = f" {' '.join(cut.said)} "
    asked = {
        _key(band.sample)
        for band in counted
        if band.sample and _key(band.sample) not in main and f" {' '.join(words(band.sample.counted_as))}" in said
    }
    return asked or usual


def _cell(band: PayBand) -> object:
    """Return what tells two figures of one source apart besides the cut they are of."""
    return band.place.guide, _key(band.sample), band.sample and band.sample.counted_as, band.levels, band.market


def _is_dated(band: PayBand, *, recent: bool) -> bool:
    return recent or not (band.sample is not None and band.sample.is_one_year)


def _is_set(band: PayBand, remote: set[object], cut: Cut, *, leveled: bool) -> bool:
    away = band.sample is not None and band.sample.setting is Setting.REMOTE
    if cut.remote and not leveled:
        return away or _cell(band) not in remote
    return leveled or not away
