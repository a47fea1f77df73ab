"""Tasks done by this process alone: what one machine needs."""

import asyncio
from collections.abc import Sequence

from bot.work.task import Task


class Here:
    """Does every task in this process, each after its own pause, so that a slow one holds up no other.

    Pauses are measured by the monotonic clock: a clock that is set back or forward skips and repeats nothing.
    """

    async def run(self, tasks: Sequence[Task]) -> None:
        """Do *tasks* until cancelled."""
        await asyncio.gather(*(self._again(task) for task in tasks))

    @staticmethod
    async def _again(task: Task) -> None:
        while True:
            await task.once()
            await asyncio.sleep(task.every)
