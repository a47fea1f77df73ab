"""When something is due next: at a local time on some weekdays, exactly once per local date whatever clocks do."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Days looked ahead for the next one: two weeks hold every weekday, whatever a zone leaves out.
AHEAD = 16
# Something late by more than this is left out: morning news in the evening are none.
LATE = dt.timedelta(hours=6)


class Due(NamedTuple):
    """A moment (UTC) and the local date it belongs to."""

    moment: dt.datetime
    date: dt.date


def zone(name: str) -> ZoneInfo:
    """Return the zone called *name*; one that is not known any more is UTC.

    Zones are renamed and old names kept as links for decades; one that vanished all the same costs the right hour, not
    the message.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Tell whether *name* is a time zone that is known."""
    return name == "UTC" or zone(name).key == name


def midnight(date: dt.date, where: ZoneInfo) -> dt.datetime:
    """Return the moment (UTC) at which *date* begins in *where*."""
    return dt.datetime.combine(date, dt.time(), tzinfo=where).astimezone(dt.UTC)


def next_due(after: dt.datetime, at: dt.time, where: ZoneInfo, weekdays: frozenset[int]) -> Due:
    """Return the first moment after *after* at which it is *at* in *where* on one of *weekdays* (ISO: 1 is Monday).

    Of an hour that comes twice the first counts; of one that is left out the time as much later (02:30 is 03:30).
    """
    # A gap may push a time over midnight, so the day before may still be to come.
    day = after.astimezone(where).date() - dt.timedelta(days=1)
    for _ in range(AHEAD):
        if day.isoweekday() in weekdays:
            moment = dt.datetime.combine(day, at, tzinfo=where).astimezone(dt.UTC)
            if moment > after:
                return Due(moment, day)
        day += dt.timedelta(days=1)
    raise ValueError("no weekday is left")
