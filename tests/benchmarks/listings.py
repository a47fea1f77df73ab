"""Benchmarks of listings: reading and grouping, searching stored openings, memory. Run by `make bench`.

Reading is measured on texts as long as recorded ones are at the median (3,700 characters) and on short ones; searches
on openings with vectors that are random, since their time does not depend on what they mean.
"""

import asyncio
import datetime as dt
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.listings.finding import find
from bot.listings.openings import group
from bot.store.database import WRITING, open_async, open_database
from bot.store.rows import opening_json, opening_row
from bot.store.tables import CARDS, FACETS, OPENINGS
from knowledge.levels import Level
from knowledge.listing.cluster import cluster
from knowledge.listing.identity import Identity, identify
from knowledge.listing.listing import RawListing
from knowledge.listing.opening import Opening, Stored
from knowledge.listing.read import read_listing
from knowledge.listing.wish import PayFloor, Wish
from retrieval.chroma import open_client
from retrieval.embedding import Vectors
from retrieval.openings import MARK, OpeningIndex

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
TITLES = (
    "Computer Vision Engineer",
    "Backend Engineer",
    "Data Scientist",
    "Product Designer",
    "Site Reliability Engineer",
    "Machine Learning Engineer",
)
LEVELS = ("Senior", "Junior", "Staff", "Lead", "")
PLACES = ("Germany", "USA", "Anywhere in the World", "Europe", "Brazil", "Canada", "India", "United Kingdom")
# One sentence in nine speaks of a way of working, one in twelve of money, as in recorded listings (10 and 4 of 44).
# The name makes each sentence a new one: what was read before is remembered.
SENTENCES = (
    "You will design, build and run services in Python and PostgreSQL for team {n}.",
    "The engineers of {n} review the work of others with care, and write down what they decide.",
    "We are the fully remote team {n} and hire in Europe.",
    "You bring 5 years of experience with large systems such as {n}, queues and observability.",
    "Kubernetes, Terraform and AWS run what the customers of {n} depend on every day.",
    "Project {n} moves the ledger to events, and you would lead its design from the first week.",
    "We value clear words over long meetings; team {n} meets twice a week.",
    "A learning budget of $1,500 a year for {n} and paid leave are part of what we offer.",
    "You talk to product managers and to the people of {n} who use what you build.",
    "Version {n} of the data platform needs someone who likes careful migrations.",
    "Tests, reviews and small releases keep the incident of {n} from coming back.",
    "Four hours of overlap with CET are needed in group {n}.",
)
DIMENSIONS = 384
SEARCHES = 60


class Random:
    """Unit vectors of a fixed seed."""

    name = "random"

    def __init__(self) -> None:
        self._numbers = np.random.default_rng(7)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one random unit vector per text."""
        rows: Vectors = self._numbers.standard_normal((len(texts), DIMENSIONS), np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def raws(count: int, length: int) -> list[RawListing]:
    """Return *count* listings of some hundred companies with texts of *length* characters."""
    chance = random.Random(7)  # noqa: S311 - a benchmark needs the same numbers, not secret ones
    return [
        RawListing(
            source="jobicy",
            source_id=str(n),
            url=f"https://jobicy.com/jobs/{n}",
            title=f"{chance.choice(LEVELS)} {chance.choice(TITLES)} {n % 40}",
            company=f"Company {n % (count // 8 + 1)} Ltd",
            location=chance.choice(PLACES),
            description=f"<p>{_prose(n, length)}</p><p>Pay: ${60 + n % 90},000 - ${100 + n % 90},000 a year</p>",
            posted_at=NOW - dt.timedelta(hours=n % 700),
        )
        for n in range(count)
    ]


def _name(number: int) -> str:
    """Return a name of letters alone for *number*: digits would be looked at as money."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def _prose(seed: int, length: int) -> str:
    """Return *length* characters in paragraphs of four sentences, none of which another listing has."""
    parts = [SENTENCES[n % len(SENTENCES)].format(n=_name(seed * 100 + n)) for n in range(length // 70 + 1)]
    paragraphs = (" ".join(parts[start : start + 4]) for start in range(0, len(parts), 4))
    return "</p><p>".join(paragraphs)[:length]


def main() -> None:
    """Print every figure."""
    table = Table("measurement", "figure", "goal", title="Listings")
    for length in (900, 3700):
        listings = raws(400, length)
        table.add_row(
            f"reading, {length} characters",
            f"{_rate(listings):,.0f}/s, {_spread(listings):,.0f}/s on two cores",
            "1,000/s",
        )
    for count in (1000, 20_000):
        identities = {str(n): _identity(n) for n in range(count)}
        start = time.perf_counter()
        cluster(identities)
        table.add_row(f"clustering {count:,}", f"{count / (time.perf_counter() - start):,.0f}/s", "linear")
    for count in (10_000, 100_000):
        _search(table, count)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add_row("memory at the most", f"{memory:,.0f} MB", "said")
    Console().print(table)


def _rate(listings: list[RawListing]) -> float:
    start = time.perf_counter()
    for raw in listings:
        read_listing(raw)
    return len(listings) / (time.perf_counter() - start)


def _spread(listings: list[RawListing]) -> float:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read_listing, listings[:20]))
        start = time.perf_counter()
        list(pool.map(read_listing, listings, chunksize=25))
        return len(listings) / (time.perf_counter() - start)


def _identity(n: int) -> Identity:
    return identify(f"Company {n // 8}", f"{TITLES[n % 6]} {n % 5}", PLACES[n % 8], f"https://jobicy.com/jobs/{n}")


def _search(table: Table, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(None, Path(folder) / "advisor.db")
        ids = _fill(engine, count)
        index = OpeningIndex(open_client(Path(folder) / "index", None), Random())
        index.add({f"{name}{MARK}x": "" for name in ids})
        seconds = asyncio.run(_searches(open_async(engine), index))
        engine.dispose()
    milliseconds = sorted(1000 * value for value in seconds)
    p95 = milliseconds[int(len(milliseconds) * 0.95)]
    table.add_row(
        f"search in {count:,}", f"median {statistics.median(milliseconds):.0f} ms, p95 {p95:.0f} ms", "p95 ≤ 50 ms"
    )


async def _searches(engine: AsyncEngine, index: OpeningIndex) -> list[float]:
    wishes = [
        Wish(roles=("computer-vision-engineer",), levels=(Level.SENIOR,), regions=("DE",)),
        Wish(roles=("backend-engineer",), min_pay=PayFloor(120_000, "USD", "year", assumed=False)),
        Wish(work_modes=("remote",), regions=("europe",), max_age_days=14),
        Wish(include=("Python",), exclude=("mode:hybrid",)),
    ]
    await find(engine, index, wishes[0], "", now=NOW)
    seconds = []
    for n in range(SEARCHES):
        start = time.perf_counter()
        await find(engine, index, wishes[n % len(wishes)], "", now=NOW)
        seconds.append(time.perf_counter() - start)
    return seconds


def _fill(engine: sa.Engine, count: int) -> list[str]:
    """Store *count* openings made of a few hundred that were really read."""
    stored = {raw.key: Stored(read_listing(raw), NOW, NOW) for raw in raws(600, 900)}
    made: list[Opening] = group(stored, dict.fromkeys(stored), NOW)
    rows = [(opening_row(opening, "x"), opening_json(opening), sorted(opening.facets)) for opening in made]
    ids = []
    with engine.execution_options(**WRITING).begin() as connection:
        for start in range(0, count, 1000):
            batch = [(f"{n:032d}", *rows[n % len(rows)]) for n in range(start, start + 1000)]
            ids += [name for name, *_ in batch]
            connection.execute(
                sa.insert(OPENINGS),
                [
                    row | {"id": name, "posted_at": NOW - dt.timedelta(minutes=int(name) % 40_000)}
                    for name, row, *_ in batch
                ],
            )
            connection.execute(sa.insert(CARDS), [{"opening": name, "card": card} for name, _, card, _ in batch])
            connection.execute(
                sa.insert(FACETS), [{"facet": facet, "opening": name} for name, *_, facets in batch for facet in facets]
            )
        connection.execute(sa.text("ANALYZE"))
    return ids


if __name__ == "__main__":
    main()
