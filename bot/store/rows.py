"""Listings and openings as rows of the database, and back."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from knowledge.levels import Level
from knowledge.listing.identity import company_key
from knowledge.listing.listing import Listing
from knowledge.listing.opening import Opening, Stored
from knowledge.salary.annual import annual

# The place of a level in this list is what the database compares.
LEVELS = [*Level]
# A row whose company is unknown is compared with nobody.
NO_COMPANY = "?"
# A text of fewer characters describes no job.
ENOUGH_TEXT = 100
_READING: TypeAdapter[Listing] = TypeAdapter(Listing)
_OPENING: TypeAdapter[Opening] = TypeAdapter(Opening)


def company_group(company: str) -> str:
    """Return what listings of *company* are stored under: only those of one group are compared."""
    return (company_key(company).partition(" ")[0] or NO_COMPANY)[:80]


def listing_row(feed: str, listing: Listing, hashed: str, now: dt.datetime) -> dict[str, Any]:
    """Return the row of a listing that is new or changed."""
    raw = listing.raw
    return {
        "key": raw.key,
        "source": raw.source,
        "feed": feed,
        "opening": None,
        "company": company_group(listing.company),
        "hash": hashed,
        "posted_at": raw.posted_at,
        "first_seen": now,
        "last_seen": now,
        "closed_at": None,
        "expires_at": raw.expires_at,
        "dirty": True,
        "told": told_of(listing),
        "reading": _READING.dump_python(listing, mode="json", exclude={"raw": {"raw", "description"}}),
        "raw": json.loads(json.dumps(raw.raw, default=str)),
    }


def told_of(listing: Listing) -> str:
    """Return what a listing tells, a letter each: p(ay), l(ocation), t(ext)."""
    tells = {"p": listing.pay is not None, "l": bool(listing.location), "t": len(listing.text) > ENOUGH_TEXT}
    return "".join(letter for letter, told in tells.items() if told)


def stored_of(row: Mapping[str, Any]) -> Stored:
    """Return the listing of a row with what the store knows of it."""
    return Stored(_READING.validate_python(row["reading"]), row["first_seen"], row["last_seen"], row["closed_at"])


def opening_row(opening: Opening, told: str) -> dict[str, Any]:
    """Return the row of *opening*; *told* is the text it is found by."""
    listing = opening.listing
    low, high = annual(opening.pay) if opening.pay else (None, None)
    first, last = opening.levels
    return {
        "id": opening.id,
        "title": listing.title,
        "company": listing.company,
        "role": listing.role,
        "category": listing.category[:80],
        "level_low": LEVELS.index(first) if first else None,
        "level_high": LEVELS.index(last) if last else None,
        "mode": listing.work.verdict.value,
        "transparency": opening.transparency.score,
        "everywhere": opening.eligible.everywhere,
        "currency": opening.pay.currency if opening.pay else None,
        "pay_low": low if low is not None else high,
        "pay_high": high if high is not None else low,
        "posted_at": opening.posted_at,
        "first_seen": opening.first_seen,
        "last_seen": opening.last_seen,
        "live": opening.live,
        "text_hash": hashlib.sha256(told.encode()).hexdigest()[:32],
    }


def opening_json(opening: Opening) -> dict[str, Any]:
    """Return an opening as JSON, without the boards' raw items and without the text of members that are not shown."""
    data: dict[str, Any] = _OPENING.dump_python(opening, mode="json")
    for place, member in enumerate([data["main"], *data["members"]]):
        member["listing"]["raw"].pop("raw")
        member["listing"]["raw"].pop("description")
        if place:
            member["listing"].pop("text")
            member["listing"]["work"].pop("signals")
    return data


def opening_of(card: dict[str, Any]) -> Opening:
    """Return the opening that *card* was made of."""
    for place, member in enumerate([card["main"], *card["members"]]):
        if place:
            member["listing"].setdefault("text", "")
            member["listing"]["work"].setdefault("signals", ())
    return _OPENING.validate_python(card)
