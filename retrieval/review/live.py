"""What live openings say beside a post: plain values filled in by the application, so that reviewing needs no store."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LivePay:
    """Quartiles of disclosed base pay for a year: `whose` says of which openings, `n` how many, as of `date`."""

    whose: str
    currency: str
    low: float
    median: float
    high: float
    n: int
    date: dt.date


@dataclass(frozen=True, slots=True)
class Demand:
    """How many of `n` live openings of one kind (`whose`) ask for each skill, and when they were posted."""

    whose: str
    n: int
    counts: Mapping[str, int]
    oldest: dt.date
    newest: dt.date

    def share(self, skill: str) -> float:
        """Return the share of openings that ask for *skill*."""
        return self.counts.get(skill, 0) / self.n


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored opening that is the post or much like it: where, since when, and whether it is still open."""

    title: str
    company: str
    boards: tuple[str, ...]
    posted_at: dt.datetime
    first_seen: dt.datetime
    live: bool
    reposted: bool


@dataclass(frozen=True, slots=True)
class Live:
    """Everything live openings say beside a post, as of `now`; empty where there are none."""

    now: dt.datetime
    pays: tuple[LivePay, ...] = ()
    demand: Demand | None = None
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the review: the skills they told us of, by name."""

    skills: frozenset[str] = frozenset()
