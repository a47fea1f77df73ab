"""A month of digests: exactly one per person and local date, whoever is killed. Run by `make simulate`.

Two plays. In the first one process lives through a month by a clock of its own and is killed at random moments; in the
second two workers share one PostgreSQL by the real clock, and the one that sends is killed for good.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.digests.courier import IN_FLIGHT
from bot.store import letters
from bot.wiring import open_store
from tests.simulation.platforms import Platforms
from tests.simulation.workers import two_workers
from tests.simulation.world import START, STEP, STEPS_A_DAY, Person, populate, settings_for


def main() -> int:
    """Play both; return 1 where anything was lost or doubled beyond what was in flight."""
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--shared", type=int, default=1_000, help="people of the two workers")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        month = asyncio.run(a_month(Path(folder), chosen.people, chosen.days, chosen.kills, chosen.seed))
    with tempfile.TemporaryDirectory() as folder:
        shared = asyncio.run(two_workers(Path(folder), chosen.shared))
    table = Table("", "one process", "two workers", title="Digests", box=None)
    for name in ("people", "zones", "days", "kills", "due", "sent", "lost", "beyond", "doubled", "counted", "seconds"):
        table.add_row(name, *(f"{play.get(name, 0):,}" for play in (month, shared)))
    table.add_row("seconds from the kill to the last", "", f"{shared['after']:,}")
    Console().print(table)
    return int(any(not is_right(play) for play in (month, shared)))


def is_right(play: Counter[str]) -> bool:
    """Tell whether nothing was lost or too much, and what came twice was in flight at a kill, and counted."""
    within = play["doubled"] <= play["kills"] * IN_FLIGHT and play["doubled"] <= play["counted"]
    return within and not play["lost"] and not play["beyond"]


async def a_month(home: Path, count: int, days: int, kills: int, seed: int) -> Counter[str]:
    """Let one process live through *days*, killed *kills* times at moments that *seed* draws."""
    drawn, platforms, start = random.Random(seed), Platforms(), time.monotonic()  # noqa: S311 - no secret
    people = [Person(number) for number in range(1, count + 1)]
    due = {
        (person.chat.rpartition("/")[2], f"{date.day} {date:%B}")
        for person in people
        for date in person.dates(START + (STEPS_A_DAY * days - 1) * STEP)
    }
    async with platforms.listening() as port:
        engine = open_store(settings_for(home, port))
        populate(engine, people, START)
        moments = sorted(drawn.sample(range(1, len(due)), kills))
        for moment in [*moments, None]:
            await _live(home, port, days, platforms, moment)
        with engine.connect() as connection:
            counted = letters.sent_again(connection, START)
        engine.dispose()
    told = judge(due, platforms.digests)
    told |= Counter({"people": count, "zones": len({one.zone for one in people}), "days": days, "kills": kills})
    return told | Counter({"counted": counted, "seconds": round(time.monotonic() - start)})


async def _live(home: Path, port: int, days: int, platforms: Platforms, moment: int | None) -> None:
    """Run the process until it ends or, by then killed, until so many digests came."""
    command = (sys.executable, "-m", "tests.simulation.child", str(home), str(port), str(days))
    process = await asyncio.create_subprocess_exec(*command)
    ended = asyncio.create_task(process.wait())
    while not ended.done() and (moment is None or sum(platforms.digests.values()) < moment):
        await asyncio.wait([ended], timeout=0.02)
    if not ended.done():
        process.kill()
    code = await ended
    if moment is None and code:
        raise SystemExit(f"the process ended with {code}")


def judge(due: set[tuple[str, str]], sent: Counter[tuple[str, str]]) -> Counter[str]:
    """Compare what came with what was due."""
    return Counter(
        due=len(due),
        sent=len(sent),
        lost=len(due - sent.keys()),
        beyond=len(sent.keys() - due),
        doubled=sum(count - 1 for count in sent.values()),
    )


if __name__ == "__main__":
    sys.exit(main())
