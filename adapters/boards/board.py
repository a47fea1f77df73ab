"""What every job board adapter is: where its feed lies, on which terms, and how one of its items is read."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from adapters.boards.client import PoliteClient
from knowledge.listing.listing import Dropped, RawListing


class BoardError(Exception):
    """A board could not be fetched or its answer could not be read; the message says what to look at."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a board asks of who shows its listings.

    `attribution` is shown with every listing beside the link back; `interval` is the shortest time between two fetches
    of one feed; `rules` are its other conditions in short, with the `page` they were read on and when.
    """

    label: str
    homepage: str
    attribution: str
    interval: dt.timedelta
    rules: tuple[str, ...]
    page: str
    # The operator must say that its terms are accepted before anything is fetched.
    needs_consent: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """One address that is fetched as a whole, or page by page; `name` is how progress and errors call it.

    `complete` says that a listing missing from the feed has been closed (an employer's own board), not only aged out.
    """

    name: str
    url: str
    complete: bool = False


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """What the operator set for one board."""

    enabled: bool | None = None
    url: str | None = None
    tokens: tuple[str, ...] = ()

    def is_on(self, terms: Terms) -> bool:
        """Tell whether the board is fetched: where nothing is set, unless its terms need the operator's consent."""
        return not terms.needs_consent if self.enabled is None else self.enabled


@dataclass
class Page:
    """Items of one answer, and what the feed said beside them that an operator should know."""

    items: list[Any]
    notes: list[str] = field(default_factory=list)


class Board(Protocol):
    """One job board. The module of a board exposes it as `BOARD`; nothing else needs to know it."""

    name: str
    terms: Terms

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return the feeds to fetch."""

    def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Fetch *feed*.

        Raises:
            BoardError: it cannot be fetched or read.
            NotModified: nothing has changed since the last fetch.

        """

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401 - whatever the board sends
        """Read one item; never raises for what a board may send."""


def text_of(item: Mapping[str, Any], name: str) -> str:
    """Return a field as text; a missing one, null, false and other types are empty."""
    value = item.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def texts_of(item: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts, a single text as one; everything else is left out."""
    value = item.get(name)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def time_of(value: object) -> dt.datetime | None:
    """Return a moment in UTC from ISO text (naive text counts as UTC), None where it is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        moment = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def amount_of(value: object) -> float | None:
    """Return a positive amount written as a number or as text; 0 and everything else is unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = float(value)
    except ValueError:
        return None
    return amount if 0 < amount < 1e9 else None


def missing(item: Mapping[str, Any], *names: str) -> str:
    """Return the first of *names* that *item* holds no text in, empty where all are there."""
    return next((name for name in names if not text_of(item, name).strip()), "")
