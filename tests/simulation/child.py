"""The process that is killed: an advisor whose clock goes in steps of half an hour, as fast as it can."""

import asyncio
import datetime as dt
import sys
from pathlib import Path

from bot.digests.courier import Courier
from bot.digests.planner import Planner
from bot.listings.desk import Desk
from bot.serving.platforms import configured
from bot.store.transactions import Transactions
from bot.wiring import open_store
from knowledge.library import load_library
from tests.boards.payloads import jobicy
from tests.chats.stocked import stock
from tests.simulation.world import START, STEP, STEPS_A_DAY, jobs, settings_for


def main(home: Path, port: int, days: int) -> None:
    """Live through the days that are left, from the step at which the process before this one was."""
    settings = settings_for(home, port)
    store = Transactions(open_store(settings))
    desk = Desk(open_store(settings), load_library(), lambda: None)
    platforms = {platform.name: platform for platform in configured(settings)}
    clock = [START]
    planner, courier = Planner(store, desk, platforms), Courier(store, platforms, lambda: clock[0])
    mark = home / "step"

    async def live() -> None:
        await asyncio.gather(*(platform.connect() for platform in platforms.values()))
        for step in range(int(mark.read_text()) if mark.exists() else 0, days * STEPS_A_DAY):
            clock[0] = START + step * STEP
            if step % STEPS_A_DAY == 0:
                fields = jobs(step // STEPS_A_DAY)
                await asyncio.to_thread(stock, settings, *(jobicy(**one) for one in fields), now=clock[0])  # type: ignore[arg-type]
            await planner.run(clock[0])
            await asyncio.gather(*map(courier.run, platforms))
            # A kill between emptying a file and writing it would leave no step to go on from.
            written = mark.with_suffix(".new")
            written.write_text(str(step + 1))
            written.replace(mark)
        # What was being sent when a process was killed is left alone for a minute.
        clock[0] += dt.timedelta(minutes=5)
        await asyncio.gather(*map(courier.run, platforms))
        await asyncio.gather(*(platform.close() for platform in platforms.values()))

    asyncio.run(live())
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
