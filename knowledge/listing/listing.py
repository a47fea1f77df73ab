"""A listing as a board states it, and the same listing read."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from knowledge.listing.seniority import Seniority
from knowledge.salary.reader import Pay
from knowledge.workmode.verdict import WorkMode


class Origin(StrEnum):
    """Where an amount of pay comes from, the most reliable first."""

    FIELD = "field"
    TEXT = "text"
    PROSE = "prose"
    # Set by a board without a source, so never counted as disclosed.
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class RawListing:
    """What a board adapter hands on. Texts are as the board sent them; `raw` is its whole item, kept unread.

    `key` is the board's name with its own id. `pays` are structured amounts of the board with their origin, `pay_text` a
    field of free text. `mode` is a board's own statement of the way of working ("Hybrid"). Times are UTC.
    """

    source: str
    source_id: str
    url: str
    title: str
    company: str
    location: str = ""
    description: str = ""
    posted_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    employment: tuple[str, ...] = ()
    level: str = ""
    category: str = ""
    pay_text: str = ""
    pays: tuple[tuple[Origin, Pay], ...] = ()
    mode: str = ""
    remote_board: bool = False
    # The employer's own board: its text and pay are preferred to copies elsewhere.
    employer: bool = False
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The listing's name in the store: "jobicy:145880"."""
        return f"{self.source}:{self.source_id}"

    @property
    def feed_fields(self) -> tuple[str, ...]:
        """What the adapter read that its raw item may not hold by itself, for telling a changed listing."""
        return (self.title, self.company, self.location, self.mode, self.pay_text)


@dataclass(frozen=True, slots=True)
class Dropped:
    """An item that is no listing to keep, with the reason in words an operator understands."""

    source_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may apply: market codes named (empty: none named), and whether anybody anywhere is."""

    markets: tuple[str, ...] = ()
    everywhere: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ZoneWindow:
    """The time zones asked for: offsets from UTC in hours, and hours of overlap where stated."""

    low: float | None
    high: float | None
    overlap: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing read: the same fields whatever board it is from. `text` is plain, one line per paragraph."""

    raw: RawListing
    title: str
    company: str
    location: str
    text: str
    seniority: Seniority
    role: str | None
    category: str
    skills: tuple[str, ...]
    industries: tuple[str, ...]
    hardware: tuple[str, ...]
    model_types: tuple[str, ...]
    pays: tuple[tuple[Origin, Pay], ...]
    work: WorkMode
    eligible: Eligibility
    zone: ZoneWindow | None

    @property
    def pay(self) -> Pay | None:
        """The amount to show: the most reliable and most useful one, None where none is disclosed."""
        return next((pay for origin, pay in self.pays if origin is not Origin.ESTIMATE), None)
