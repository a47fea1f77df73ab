"""Local times become moments: exactly one per local date, in every zone, whatever its clocks do."""

import datetime as dt
import os
from zoneinfo import ZoneInfo, available_timezones

import pytest

from knowledge.subscription.schedule import next_due, zone

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = frozenset(range(1, 8))
# `make thorough` tries every zone, the suite every ninth.
ZONES = sorted(available_timezones())[:: 1 if "REPLIES" in os.environ else 9]


@pytest.mark.parametrize("at", [dt.time(0), dt.time(2, 30), dt.time(9), dt.time(23, 59)])
def test_every_local_date_has_exactly_one_moment_in_every_zone(at: dt.time) -> None:
    for name in ZONES:
        where, last, dates = ZoneInfo(name), None, []
        after = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        while after < dt.datetime(2028, 1, 1, tzinfo=dt.UTC):
            after, date = next_due(after, at, where, EVERY_DAY)
            dates.append(date)
            assert last is None or dt.timedelta(hours=22) <= after - last <= dt.timedelta(hours=26), (name, last, after)
            last = after
        assert dates == [dates[0] + dt.timedelta(days=n) for n in range(len(dates))], name


@pytest.mark.parametrize(
    "date, shown",
    [
        # The hour that is left out, and the hour that comes twice.
        (dt.date(2026, 3, 29), "2026-03-29T01:30:00+00:00"),
        (dt.date(2026, 10, 25), "2026-10-25T00:30:00+00:00"),
    ],
)
def test_gaps_and_folds(date: dt.date, shown: str) -> None:
    before = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC) - dt.timedelta(hours=12)

    due = next_due(before, dt.time(2, 30), BERLIN, EVERY_DAY)

    assert (due.moment.isoformat(), due.date) == (shown, date)


def test_weekdays_are_kept_and_a_zone_that_vanished_is_utc() -> None:
    friday_noon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

    assert next_due(friday_noon, dt.time(9), BERLIN, frozenset(range(1, 6))).date == dt.date(2026, 11, 23)
    assert next_due(friday_noon, dt.time(9), BERLIN, frozenset({7})).date == dt.date(2026, 11, 22)
    assert zone("Mars/Olympus_Mons").key == "UTC"
    assert zone("Asia/Calcutta").key == "Asia/Calcutta"
