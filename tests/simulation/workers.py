"""Two workers on one PostgreSQL: the one that sends is killed for good, the other sends what is left."""

import asyncio
import datetime as dt
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import httpx

from bot.settings import Settings
from bot.store import letters
from bot.wiring import open_store
from tests.boards.payloads import jobicy
from tests.chats.running import free_port, started
from tests.chats.stocked import stock
from tests.postgres import running
from tests.simulation.platforms import Platforms
from tests.simulation.world import Person, jobs, populate, settings_for

# The share of digests that came when the sender is killed.
KILLED_AT = 0.3
# Seconds that the other has: the end of the lease, and a minute.
MOST = 120.0


async def two_workers(home: Path, count: int) -> Counter[str]:
    """Let two workers send what is due for *count* people, and kill the one that sends."""
    async with AsyncExitStack() as stack:
        database = stack.enter_context(running(home / "postgres"))
        platforms = Platforms()
        port = await stack.enter_async_context(platforms.listening())
        settings = settings_for(home, port, database)
        await asyncio.to_thread(_due_now, settings, count)
        start = time.monotonic()
        ports = [free_port(), free_port()]
        commands = (started("worker", _variables(settings, own), home) for own in ports)
        workers = [await stack.enter_async_context(command) for command in commands]
        await platforms.until(int(count * KILLED_AT), seconds=120)
        sender = await _who_sends(ports)
        workers[sender].kill()
        killed, inside = time.monotonic(), sum(platforms.digests.values())
        await platforms.until(count, MOST)
        after = time.monotonic() - killed
        # What comes twice comes now.
        await asyncio.sleep(2)
        engine = open_store(settings)
        with engine.connect() as connection:
            counted = letters.sent_again(connection, dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
        engine.dispose()
    people = {chat for chat, _ in platforms.digests}
    doubled = sum(platforms.digests.values()) - len(people)
    told = Counter(people=count, days=1, kills=1, due=count, sent=len(people), lost=count - len(people))
    told |= Counter(doubled=doubled, counted=counted, before=inside, after=round(after))
    return told | Counter(seconds=round(time.monotonic() - start))


def _due_now(settings: Settings, count: int) -> None:
    """Store openings, and people whose digest has been due for a minute."""
    now = dt.datetime.now(dt.UTC)
    stock(settings, *(jobicy(**one) for one in jobs(1)))  # type: ignore[arg-type]
    people = [Person(number) for number in range(1, count + 1)]
    for person in people:
        at = now - dt.timedelta(minutes=1)
        person.zone, person.at, person.weekdays = "UTC", at.time().replace(second=0, microsecond=0), tuple(range(1, 8))
    engine = open_store(settings)
    populate(engine, people, now - dt.timedelta(minutes=3))
    engine.dispose()


def _variables(settings: Settings, port: int) -> dict[str, str]:
    """Return the environment of a worker with these settings."""
    said = {
        name.upper(): value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
        for name, value in vars(settings).items()
        if name.startswith(("telegram", "slack", "database", "advisor", "refresh")) and value is not None
    }
    return said | {"HTTP_PORT": str(port)}


async def _who_sends(ports: list[int]) -> int:
    """Return which worker sends, by its health page."""
    # A worker that is busy starting has no page yet.
    transport = httpx.AsyncHTTPTransport(retries=8)
    async with httpx.AsyncClient(transport=transport) as client:
        sent = [(await client.get(f"http://127.0.0.1:{port}/healthz")).json()["here"]["sent"] for port in ports]
    return sent.index(max(sent))
