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
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.digests.courier import IN_FLIGHT
from bot.progress import progress_bar
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
    fine = True
    # The short one first; each is told as soon as it is over, for the other takes an hour.
    with tempfile.TemporaryDirectory() as folder:
        fine &= told("Two workers", asyncio.run(two_workers(Path(folder), chosen.shared)))
    with tempfile.TemporaryDirectory() as folder:
        month = asyncio.run(a_month(Path(folder), chosen.people, chosen.days, chosen.kills, chosen.seed))
        fine &= told("One process", month)
    return int(not fine)


def told(title: str, play: Counter[str]) -> bool:
    """Print what came of a play; tell whether it is right."""
    table = Table("", "", title=title, box=None, show_header=False)
    for name in ("people", "zones", "days", "kills", "due", "sent", "lost", "beyond", "doubled", "counted", "seconds"):
        table.add_row(name, f"{play[name]:,}")
    if play["after"]:
        table.add_row("seconds from the kill to the last", f"{play['after']:,}")
    Console().print(table)
    return is_right(play)


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
        with progress_bar() as progress:
            for moment in [*moments, None]:
                await _live(home, port, days, platforms, moment, lambda came: progress("Digests", came / len(due)))
        with engine.connect() as connection:
            counted = letters.sent_again(connection, START)
        engine.dispose()
    told = judge(due, platforms.digests)
    told |= Counter({"people": count, "zones": len({one.zone for one in people}), "days": days, "kills": kills})
    return told | Counter({"counted": counted, "seconds": round(time.monotonic() - start)})


async def _live(
    home: Path, port: int, days: int, platforms: Platforms, moment: int | None, show: Callable[[int], None]
) -> None:
    """Run the process until it ends or, by then killed, until so many digests came."""
    command = (sys.executable, "-m", "tests.simulation.child", str(home), str(port), str(days))
    process = await asyncio.create_subprocess_exec(*command)
    ended = asyncio.create_task(process.wait())
    came = sum(platforms.digests.values())
    while not ended.done() and (moment is None or came < moment):
        await asyncio.wait([ended], timeout=0.02)
        came = sum(platforms.digests.values())
        show(came)
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
