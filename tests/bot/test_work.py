"""Engines: tasks are done again and again, by one process or shared among several."""

import asyncio
import time
from contextlib import suppress

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot.serving.metrics import as_text
from bot.store.database import address
from bot.work.here import Here
from bot.work.machines import Machines, cron
from bot.work.task import Engine, Task


async def run_for(seconds: float, *engines: tuple[Engine, Task]) -> None:
    """Let *engines* do their tasks for a while."""
    running = [asyncio.create_task(engine.run([task])) for engine, task in engines]
    try:
        await asyncio.sleep(seconds)
    finally:
        for one in running:
            one.cancel()
        for one in running:
            with suppress(asyncio.CancelledError):
                await one


def test_a_task_that_fails_is_done_again_and_holds_up_no_other() -> None:
    async def play() -> None:
        tries: list[float] = []

        async def fail_once() -> None:
            tries.append(time.monotonic())
            if len(tries) == 1:
                raise RuntimeError("a secret of somebody")

        task = Task("digests", fail_once, every=1)
        await run_for(0.5, (Here(), task))
        assert (len(tries), task.done) == (1, None)
        assert task.fault.startswith("RuntimeError at test_work.py")
        assert "secret" not in task.fault
        await run_for(1.5, (Here(), task))
        assert (len(tries), task.fault) == (3, "")

    asyncio.run(play())


def test_machines_share_ticks_and_what_is_alone_is_done_by_one(postgres: str) -> None:
    async def play() -> None:
        now, most, done = [0], [0], [0]

        async def work() -> None:
            now[0] += 1
            most[0] = max(most[0], now[0])
            await asyncio.sleep(0.7)
            now[0] -= 1
            done[0] += 1

        url = address(postgres, None)  # type: ignore[arg-type]
        start = time.monotonic()
        # Both make the tables, at the same time.
        engines = [(Machines(url), Task("shared", work, every=1)) for _ in range(2)]
        both = asyncio.ensure_future(run_for(60, *engines))
        while done[0] < 4 and time.monotonic() - start < 50:  # noqa: ASYNC110 - a busy machine takes its time
            await asyncio.sleep(0.1)
        both.cancel()
        with suppress(asyncio.CancelledError):
            await both
        assert (most[0], done[0] >= 4) == (1, True)
        # One tick a second, not one for each of them.
        assert done[0] <= time.monotonic() - start + 2

    asyncio.run(play())


def test_a_dead_machine_s_lock_is_given_to_others(postgres: str) -> None:
    async def play() -> None:
        done = asyncio.Event()

        async def work() -> None:
            done.set()

        machines = Machines(address(postgres, None))  # type: ignore[arg-type]
        await run_for(3, (machines, Task("orphan", work, every=1)))
        engine = sa.create_engine(address(postgres, None))  # type: ignore[arg-type]
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SET search_path TO {machines.schema}")
            # A job of a worker that gave no sign of life for an hour.
            worker = (
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
            )
            name = connection.exec_driver_sql(worker).scalar_one()
            job = "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id) "
            connection.exec_driver_sql(f"{job} VALUES ('orphan', 'orphan', 'orphan', '{{}}', 'doing', {name})")
        engine.dispose()
        done.clear()
        running = asyncio.create_task(machines.run([Task("orphan", work, every=1)]))
        await asyncio.wait_for(done.wait(), 20)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(play())


@pytest.mark.parametrize("every, schedule", [(15, "* * * * * */15"), (600, "*/10 * * * *"), (3600, "0 */1 * * *")])
def test_every_so_often_as_a_schedule(every: int, schedule: str) -> None:
    assert cron(every) == schedule


def test_prometheus_reads_the_state() -> None:
    state = {
        "ok": True,
        "platforms": {"telegram": True},
        "here": {"planned": 3, "skipped": 1, "late": 0, "sent": 3, "failed": 0, "doubled": 1},
        "answered": 5,
        "sent": 7,
        "digests": {"sent": 3, "skipped": 1, "failed": 0, "late": 0, "doubled": 1},
        "tasks": {"digests": 4, "boards": None},
        "boards": {"jobicy": 60},
    }

    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(as_text(state).decode())
        for sample in family.samples
    }

    assert told["advisor_ok",] == 1
    assert told["advisor_digests_total", "sent"] == 3
    assert told["advisor_messages_total", "answered"] == 5
    assert told["advisor_digests_last_day", "doubled"] == 1
    assert told["advisor_board_age_seconds", "jobicy"] == 60
    assert ("advisor_task_age_seconds", "boards") not in told
