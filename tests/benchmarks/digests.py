"""Benchmarks of digests: planning what is due for many people with many searches. Run by `make bench`.

Everybody is due at once. Planning claims, composes, renders and posts into the outbox; nothing is sent. Goals: 10,000
people with 500 distinct searches in 20 s, growing with the searches and not with the people; memory flat.
"""

import asyncio
import datetime as dt
import itertools
import resource
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from adapters.chats.telegram.platform import Telegram
from bot.digests.planner import Planner
from bot.listings.desk import Desk
from bot.serving.platforms import read_menu
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.digest_tables import DIGESTS, SEARCHES
from bot.store.digests import key_of
from bot.store.transactions import Transactions
from bot.wiring import open_parts
from knowledge.levels import Level
from knowledge.listing.classify import roles
from knowledge.listing.wish import PayFloor, Wish
from tests.boards.payloads import jobicy
from tests.chats.bot_api import TOKEN
from tests.chats.stocked import stock

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
OPENINGS = 2000
SIZES = ((1_000, 500), (10_000, 50), (10_000, 500), (100_000, 500))


def main() -> None:
    """Print every figure."""
    table = Table("people", "searches", "seconds", "a person, ms", "memory, MB", title="Planning digests")
    for people, searches in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings.model_construct(advisor_home=Path(folder))
            _stock(settings)
            seconds = _planned(settings, people, searches)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table.add_row(
            f"{people:,}", str(searches), f"{seconds:.1f}", f"{1000 * seconds / people:.2f}", f"{memory:,.0f}"
        )
    Console().print(table)


def _stock(settings: Settings) -> None:
    names = [role.name for role in roles().values()]
    jobs = [
        jobicy(n, companyName=f"Maker {n}", jobTitle=f"Senior {names[n % len(names)]}", jobSlug=f"{n}")
        for n in range(OPENINGS)
    ]
    stock(settings, *jobs)


def _planned(settings: Settings, people: int, searches: int) -> float:
    parts = open_parts(settings)
    engine = open_database(None, settings.database_file)
    _people(engine, people, _wishes(searches))
    telegram = Telegram(TOKEN, read_menu())
    desk = Desk(open_database(None, settings.database_file), parts.library, lambda: None)
    store = Transactions(engine)
    sender = Planner(store, desk, {"telegram": telegram})
    start = time.perf_counter()
    asyncio.run(sender.run(NOW + dt.timedelta(minutes=1)))
    seconds = time.perf_counter() - start
    assert sender.tally.posted + sender.tally.empty == people
    store.close()
    return seconds


def _wishes(count: int) -> list[Wish]:
    slugs, levels = [*roles()], [(), (Level.SENIOR,), (Level.JUNIOR,)]
    floors = [None, *(PayFloor(amount, "EUR", "year", assumed=False) for amount in (50_000, 80_000, 100_000))]
    made = itertools.product(levels, floors, slugs, [(), ("DE",), ("ES",)])
    return [
        Wish(roles=(slug,), levels=level, min_pay=floor, regions=region)
        for level, floor, slug, region in itertools.islice(made, count)
    ]


def _people(engine: sa.Engine, count: int, wishes: list[Wish]) -> None:
    row = {"at": "09:00", "zone": "Europe/Berlin", "state": "active", "reason": "", "empty_days": 0}
    due = {"next_due": NOW, "next_date": NOW.date(), "paused_until": None}
    keys = [key_of(wish) for wish in wishes]
    same = {"text": "a search", "weekdays": [1], "since": NOW}
    with engine.begin() as connection:
        # A few at a time: the memory that is shown is that of planning.
        for start in range(1, count + 1, 1000):
            numbers = range(start, min(start + 1000, count + 1))
            people = [row | due | {"id": n, "target": f"telegram:{n}:", "owner": f"telegram:{n}"} for n in numbers]
            connection.execute(sa.insert(DIGESTS), people)
            places = [(n, n % len(wishes)) for n in numbers]
            searched = [{"digest": n, "wish": wishes[at].to_json(), "key": keys[at]} | same for n, at in places]
            connection.execute(sa.insert(SEARCHES), searched)


if __name__ == "__main__":
    main()
