"""How it goes: what the health page shows, what Prometheus reads, what is logged at the end."""

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.digests.planner import Tally
from bot.serving.workers import Workers
from bot.store import letters, outcomes, usage
from bot.store.database import reason
from bot.store.tables import FEEDS
from bot.store.transactions import Transactions
from bot.work.chores import Chores

DAY = dt.timedelta(days=1)


class State:
    """Knows how everything of this process goes, and what the database says of all of them."""

    def __init__(self, store: Transactions, platforms: Sequence[str], workers: Workers | None, chores: Chores) -> None:
        self._store, self._platforms, self._workers, self._chores = store, platforms, workers, chores
        self.open: set[str] = set()

    async def __call__(self) -> dict[str, Any]:
        """Return everything; `ok` says that every chat and the database can be reached and no task fails."""
        try:
            stored = await self._store.read(lambda connection: _stored(connection, self._platforms))
            database = ""
        except SQLAlchemyError as error:
            stored, database = {}, reason(error)
        faults = {task.name: task.fault for task in self._chores.tasks if task.fault}
        fine = len(self.open) == len(self._platforms) and not database and not faults
        told = {"ok": fine, "database": database or "reached", "faults": faults}
        told |= {"platforms": {name: name in self.open for name in self._platforms}}
        now = time.monotonic()
        ages = {task.name: task.done and round(now - task.done) for task in self._chores.tasks}
        return told | self.counted() | {"tasks": ages} | stored

    def counted(self) -> dict[str, Any]:
        """Return what this process did since its start."""
        planned = self._chores.planner.tally if self._chores.planner else Tally()
        sent = self._chores.courier.counts
        here = {"planned": planned.posted, "skipped": planned.empty, "late": planned.late}
        here |= {"sent": sent.sent, "failed": sent.failed, "doubled": sent.doubled}
        told: dict[str, Any] = {"here": here}
        if self._workers:
            answers = self._workers.delivery.counts
            told |= {"busy": self._workers.busy} | vars(self._workers.tally)
            told |= {"sent": answers.sent, "repeated": answers.repeated, "refused": answers.failed}
        return told


def _stored(connection: sa.Connection, platforms: Sequence[str]) -> dict[str, Any]:
    """Return what became of the digests of the last day, what waits, and how old the boards' listings are."""
    now = dt.datetime.now(dt.UTC)
    states = outcomes.counts(connection, now - DAY)
    digests = {
        "sent": states.get("sent", 0),
        "skipped": states.get("empty", 0),
        "failed": states.get("failed", 0) + states.get("gone", 0),
        "late": states.get("late", 0),
        "unknown": states.get("unknown", 0),
        "doubled": letters.sent_again(connection, now - DAY),
        "on_the_way": states.get("claimed", 0) + states.get("posted", 0),
        "overdue": outcomes.overdue(connection, now, platforms),
    }
    told = {"digests": digests, "model": usage.today(connection, now)}
    fetched = connection.execute(sa.select(FEEDS.c.board, sa.func.max(FEEDS.c.fetched_at)).group_by(FEEDS.c.board))
    return told | {"boards": {board: round((now - at).total_seconds()) for board, at in fetched}}
