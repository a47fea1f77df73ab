"""A task that is done again and again, and what an engine that does tasks can."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.serving.log import place_of

LOG = logging.getLogger("advisor.work")


@dataclass(slots=True)
class Task:
    """*run* is done every so many seconds, a divisor of a minute, an hour or a day.

    One that is `alone` is done by one process at a time; others may be done by several, which share what is due.
    `done` is when it was done last without a fault, by the monotonic clock; None: not yet in this process. `fault` is
    what went wrong the last time, empty where nothing did.
    """

    name: str
    run: Callable[[], Awaitable[object]]
    every: int
    alone: bool = True
    done: float | None = field(default=None, compare=False)
    fault: str = field(default="", compare=False)

    async def once(self) -> None:
        """Do it; a fault is logged and leaves what is due to the next time."""
        try:
            await self.run()
        except Exception as error:  # noqa: BLE001 - the database may be away or full, a board broken; nothing is lost
            self.fault = place_of(error)
            LOG.error("%s failed and is tried again: %s", self.name, self.fault)  # noqa: TRY400
        else:
            self.done, self.fault = time.monotonic(), ""


class Engine(Protocol):
    """Does tasks again and again."""

    async def run(self, tasks: Sequence[Task]) -> None:
        """Do *tasks* until cancelled."""
        ...
