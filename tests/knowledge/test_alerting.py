"""Alerts in people's words: at once, how many a day, when not."""

import datetime as dt
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from knowledge.library import Library
from knowledge.listing.wish_reader import WishReader
from knowledge.subscription.alerts import NIGHT, NOTHING, Alerting, quiet_until, read_alerting
from knowledge.subscription.order import Action, OrderReader


@pytest.mark.parametrize(
    "text, expected",
    [
        ("alert me instantly about staff ML roles", Alerting(at_once=True)),
        ("tell me the moment a senior CV job in Spain comes up", Alerting(at_once=True)),
        ("ping me right away, max 3 a day", Alerting(at_once=True, most=3)),
        ("real-time alerts for data engineers but no more than two per day", Alerting(at_once=True, most=2)),
        ("notify me as soon as there is a remote MLOps job", Alerting(at_once=True)),
        ("immediate notifications please, not at night", Alerting(at_once=True, quiet=NIGHT)),
        ("quiet hours from 21 to 7", Alerting(quiet="21:00-07:00")),
        ("quiet hours 10pm - 6:30am", Alerting(quiet="22:00-06:30")),
        ("don't ping me between 11pm and 9am", Alerting(quiet="23:00-09:00")),
        ("no quiet hours", Alerting(quiet="")),
        ("alerts around the clock", Alerting(quiet="")),
        ("turn off instant alerts", Alerting(at_once=False)),
        ("no more immediate alerts", Alerting(at_once=False)),
        ("just the daily digest please", Alerting(at_once=False)),
        ("at most 5 alerts a day", Alerting(most=5)),
        ("send me senior ML jobs every weekday at 8", NOTHING),
        ("pause for two weeks", NOTHING),
        ("jobs from 9 to 5 in Berlin", NOTHING),
    ],
)
def test_what_is_said_of_alerts(text: str, expected: Alerting) -> None:
    assert read_alerting(text)[0] == expected


@pytest.mark.parametrize(
    "text, action, roles",
    [
        ("alert me instantly about senior ML engineer jobs", Action.CREATE, ("machine-learning-engineer",)),
        ("turn off the instant alerts", Action.CREATE, ()),
        ("quiet hours from 22 to 7 please", Action.CREATE, ()),
        ("stop all alerts", Action.STOP, ()),
        ("pause my alerts", Action.PAUSE, ()),
    ],
)
def test_words_about_alerts_are_neither_an_end_nor_a_pause(
    text: str, action: Action, roles: tuple[str, ...], library: Library
) -> None:
    order = OrderReader(WishReader(library)).read(text, dt.date(2026, 11, 21))

    assert (order.action, order.wish.roles) == (action, roles)


MINUTES_OF_TWO_YEARS = 2 * 365 * 24 * 60


@given(st.integers(0, MINUTES_OF_TWO_YEARS), st.sampled_from(["Europe/Berlin", "Asia/Kolkata"]))
def test_quiet_hours_end_within_a_day_and_are_over_then(minutes: int, name: str) -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    where = ZoneInfo(name)

    end = quiet_until(now, NIGHT, where)

    local = now.astimezone(where).time()
    assert (end is not None) == (local >= dt.time(22) or local < dt.time(8))
    if end:
        assert now < end <= now + dt.timedelta(hours=11)
        assert quiet_until(end, NIGHT, where) is None
        assert end.astimezone(where).time() == dt.time(8)
