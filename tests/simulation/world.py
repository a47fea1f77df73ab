"""The people of a simulation, what they want and when, and what the boards bring."""

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import SecretStr

from bot.settings import Settings
from bot.store.digest_tables import DIGESTS, SEARCHES
from bot.store.digests import key_of
from knowledge.levels import Level
from knowledge.listing.classify import roles
from knowledge.listing.wish import Wish
from knowledge.subscription.schedule import next_due
from tests.chats.bot_api import TOKEN
from tests.chats.slack_api import APP_TOKEN, BOT_TOKEN

# Summer time ends in Europe and in America while it runs.
START = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
STEP = dt.timedelta(minutes=30)
STEPS_A_DAY = 48
EVERY_DAY, WEEKDAYS = tuple(range(1, 8)), tuple(range(1, 6))
ZONES = (
    *("Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi"),
    *("America/Anchorage", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago", "America/Denver"),
    *("America/Halifax", "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York"),
    *("America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Asia/Almaty", "Asia/Bangkok"),
    *("Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Karachi"),
    *("Asia/Kathmandu", "Asia/Kolkata", "Asia/Seoul", "Asia/Tehran", "Asia/Tokyo"),
    *("Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin"),
    *("Europe/Istanbul", "Europe/Lisbon", "Europe/London", "Pacific/Apia", "Pacific/Auckland"),
)
# Roles that somebody looks for; each day brings so many openings for each.
ROLES, A_DAY = 20, 3


class Person:
    """Somebody by number: on Telegram or Slack, in a zone, at an hour, every day or on weekdays."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.platform = ("telegram", "slack")[number % 2]
        self.chat = str(number) if self.platform == "telegram" else f"T1/U{number}"
        self.owner = f"{self.platform}:{self.chat}"
        self.zone = ZONES[number // 2 % len(ZONES)]
        self.at = dt.time(7 + number % 13, number * 7 % 60)
        self.weekdays = EVERY_DAY if number % 4 else WEEKDAYS

    def dates(self, until: dt.datetime) -> Iterator[dt.date]:
        """Yield the local dates on which a digest is due, *until* then."""
        zone, days = ZoneInfo(self.zone), frozenset(self.weekdays)
        due = next_due(START, self.at, zone, days)
        while due.moment <= until:
            yield due.date
            due = next_due(due.moment, self.at, zone, days)


def wishes() -> list[Wish]:
    """Return what people look for."""
    slugs = itertools.islice(roles(), ROLES)
    return [Wish(roles=(slug,), levels=levels) for slug in slugs for levels in ((), (Level.SENIOR,))]


def jobs(day: int) -> list[dict[str, object]]:
    """Return the openings that a board brings on a day, as fields of its items."""
    names = [role.name for role in itertools.islice(roles().values(), ROLES)]
    return [
        {"number": number, "companyName": f"Maker {number}", "jobTitle": f"Senior {name}", "jobSlug": str(number)}
        for place, name in enumerate(names)
        for number in range(day * 1000 + place * 10, day * 1000 + place * 10 + A_DAY)
    ]


def populate(engine: sa.Engine, people: list[Person], after: dt.datetime) -> None:
    """Write *people* with what they want; their first digest is due after a moment."""
    wanted = wishes()
    keys = [key_of(wish) for wish in wanted]
    digests, searches = [], []
    for person in people:
        due = next_due(after, person.at, ZoneInfo(person.zone), frozenset(person.weekdays))
        row = {"id": person.number, "target": f"{person.owner}:", "owner": person.owner, "at": f"{person.at:%H:%M}"}
        row |= {"zone": person.zone, "state": "active", "reason": "", "empty_days": 0, "paused_until": None}
        digests.append(row | {"next_due": due.moment, "next_date": due.date})
        place = person.number % len(wanted)
        search = {"digest": person.number, "text": "a search", "wish": wanted[place].to_json(), "key": keys[place]}
        searches.append(search | {"weekdays": [*person.weekdays], "since": after})
    with engine.begin() as connection:
        connection.execute(sa.insert(DIGESTS), digests)
        connection.execute(sa.insert(SEARCHES), searches)


def settings_for(home: Path, port: int, database: str = "") -> Settings:
    """Return the settings of an advisor that speaks to platforms on *port*, which set no pace."""
    return Settings.model_construct(
        advisor_home=home,
        database_url=SecretStr(database) if database else None,
        refresh=False,
        telegram_token=SecretStr(TOKEN),
        telegram_api_url=f"http://127.0.0.1:{port}",
        telegram_per_second=100_000.0,
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_api_url=f"http://127.0.0.1:{port}/api/",
        slack_per_second=100_000.0,
    )
