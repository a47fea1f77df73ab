"""Tasks shared among processes and machines through PostgreSQL, by procrastinate.

Its jobs are ticks and carry nothing: what is due stands in our own tables. So a job of a worker that died is not
repeated but closed, which frees its lock for the next tick, and a new version of the library begins with tables of its
own instead of a migration.
"""

import asyncio
import logging
from collections.abc import Sequence
from importlib.metadata import version

import sqlalchemy as sa
from procrastinate import App, PsycopgConnector, jobs
from procrastinate.schema import SchemaManager

from bot.work.task import Task

# A process without a heartbeat for so many seconds is dead; it sends one as often as `BEAT` says.
DEAD, BEAT = 15.0, 5.0
# Seconds a task gets to end when the process is told to stop.
GRACE = 20.0
MINUTE, HOUR = 60, 3600
# What two processes that start at once wait for each other with while one makes the tables: any number of ours.
MAKING = 7_120_451


class Machines:
    """Shares tasks with every other process on the PostgreSQL at *url*."""

    def __init__(self, url: sa.URL) -> None:
        self._url = url
        self.schema = f"work_{version('procrastinate').replace('.', '_')}"

    async def run(self, tasks: Sequence[Task]) -> None:
        """Do *tasks* until cancelled; each tick of a task is done by one of the processes."""
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        await asyncio.to_thread(self._make_tables)
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        options = {"options": f"-c search_path={self.schema}"}
        app = App(connector=PsycopgConnector(conninfo=plain, kwargs=options))
        for task in tasks:
            self._register(app, task)
        self._register(app, Task("recovery", lambda: _bury(app), every=5, alone=False))
        async with app.open_async():
            await app.run_worker_async(
                queues=[*(task.name for task in tasks), "recovery"],
                concurrency=len(tasks) + 1,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
                delete_jobs=jobs.DeleteJobCondition.ALWAYS,
                update_heartbeat_interval=BEAT,
                stalled_worker_timeout=DEAD,
            )

    @staticmethod
    def _register(app: App, task: Task) -> None:
        """Let *task* be done at its times: at most one tick of it waits, and where it is alone one is being done."""

        async def tick(timestamp: int) -> None:  # noqa: ARG001 - the library's own argument
            await task.once()

        lock = task.name if task.alone else None
        registered = app.task(name=task.name, queue=task.name, lock=lock, queueing_lock=task.name)
        app.periodic(cron=cron(task.every))(registered(tick))

    def _make_tables(self) -> None:
        """Make the library's tables in a schema of their own, unless they are there."""
        engine = sa.create_engine(self._url)
        with engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MAKING)))
            if connection.scalar(sa.select(sa.func.to_regclass(f"{self.schema}.procrastinate_jobs"))) is None:
                connection.exec_driver_sql(f"CREATE SCHEMA {self.schema}")
                connection.exec_driver_sql(f"SET LOCAL search_path TO {self.schema}")
                raw = connection.connection.driver_connection
                raw.execute(SchemaManager.get_schema())  # type: ignore[union-attr]
        engine.dispose()


async def _bury(app: App) -> None:
    """Close the jobs of processes that died: their ticks are over, and their locks are needed."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD):
        await app.job_manager.finish_job(job, jobs.Status.FAILED, delete_job=True)


def cron(every: int) -> str:
    """Return the schedule of every so many seconds; the sixth field is seconds, as procrastinate reads it."""
    if every < MINUTE:
        return f"* * * * * */{every}"
    if every < HOUR:
        return f"*/{every // MINUTE} * * * *"
    return f"0 */{every // HOUR} * * *"
