"""What goes wrong with digests: nothing is lost, nothing comes twice, and somebody is told in plain words."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.store.database import WRITING, open_database
from bot.store.digest_tables import DIGESTS
from bot.wiring import Parts
from bot.work.task import Task
from tests.boards.payloads import jobicy
from tests.chats.bot_api import BotApi, Fault
from tests.chats.running import converse, converse_in_slack, settings_for
from tests.chats.slack_api import SlackApi
from tests.chats.stocked import stock

Script = Callable[[Any, sa.Engine], Awaitable[None]]


@pytest.fixture
def play(parts: Parts, tmp_path: Path) -> Any:
    """Play a script for somebody who gets a digest, with the database it lies in."""
    stock(settings_for(tmp_path, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(10)))
    engine = open_database(None, tmp_path / "advisor.db")

    def played(script: Script) -> None:
        soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

        async def whole(api: BotApi) -> None:
            await api.ask(f"send me computer vision jobs daily at {soon} UTC")
            await script(api, engine)

        converse(whole, parts, tmp_path)

    yield played
    engine.dispose()


def after(**more: float) -> dt.datetime:
    """Return the moment so long after the next digest."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=1, minutes=1) + dt.timedelta(**more)


def test_a_clock_that_jumps_skips_what_is_too_late_and_repeats_nothing(
    play: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def script(api: BotApi, _engine: sa.Engine) -> None:
        assert await api.service.send_digests(after(hours=7)) == 0
        assert "1 digests were left out: they were due more than six hours ago" in caplog.text
        assert await api.service.send_digests(after(days=1)) == 1
        for set_back in (after(), after(days=-3), after(days=1)):
            assert await api.service.send_digests(set_back) == 0
        assert len(api.texts(7)) == 2

    play(script)


def test_a_zone_that_is_known_no_more_is_utc_and_said_so(play: Any) -> None:
    async def script(api: BotApi, engine: sa.Engine) -> None:
        with engine.execution_options(**WRITING).begin() as connection:
            connection.execute(sa.update(DIGESTS).values(zone="Mars/Olympus"))
        assert await api.service.send_digests(after()) == 1
        assert "time zone “Mars/Olympus” is not known any more" in api.texts(7)[-1]
        # A zone that was renamed goes on under its old name.
        assert "(Kyiv time)" in await api.ask("move my digest to 9, Kyiv time")
        with engine.execution_options(**WRITING).begin() as connection:
            connection.execute(sa.update(DIGESTS).values(zone="Europe/Kiev"))
        assert "(Kiev time), next" in await api.ask("show my alerts")

    play(script)


def test_a_chat_that_moved_is_followed(parts: Parts, tmp_path: Path) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(api: BotApi) -> None:
        api.administrators[-5] = {7}
        await api.ask(f"/digest computer vision jobs daily at {soon} UTC", -5, 7)
        moved = Fault(400, "group chat was upgraded", {"migrate_to_chat_id": -100500})
        api.fail("sendMessage", moved)
        assert await api.service.send_digests(after()) == 1
        assert "3 new" in (await api.until(1, -100500))[0]
        await asyncio.to_thread(stock, settings_for(tmp_path, 0), jobicy(9, companyName="Later"))
        assert await api.service.send_digests(after(days=1)) == 1
        assert "1 new" in (await api.until(2, -100500))[1]

    stock(settings_for(tmp_path, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(3)))
    converse(script, parts, tmp_path)


def test_of_a_workspace_that_removed_the_app_no_digest_is_left(parts: Parts, tmp_path: Path) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask("send me computer vision jobs daily at 8, Berlin time")
        api.event({"type": "app_uninstalled"})
        engine = open_database(None, tmp_path / "advisor.db")
        async with asyncio.timeout(10):
            while _digests(engine):  # noqa: ASYNC110 - the event is on its way
                await asyncio.sleep(0.05)
        assert await api.service.send_digests(after(days=3)) == 0
        engine.dispose()

    converse_in_slack(script, parts, tmp_path)


def _digests(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(DIGESTS)) or 0)


def test_a_locked_database_is_waited_for_and_then_named(play: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def script(api: BotApi, engine: sa.Engine) -> None:
        # The service asks again for a thirtieth of what it would wait otherwise.
        sa.event.listen(api.service._store._engine, "engine_connect", _impatient)  # noqa: SLF001 - of the connection
        task = Task("digests", lambda: api.service.send_digests(after()), 15)
        with engine.connect() as other:
            other.exec_driver_sql("ROLLBACK")
            other.exec_driver_sql("BEGIN IMMEDIATE")
            await task.once()
            assert "database is locked" in task.fault
            assert "digests failed and is tried again: OperationalError (database is locked)" in caplog.text
            other.exec_driver_sql("ROLLBACK")
        await task.once()
        assert (task.fault, len(api.texts(7))) == ("", 2)

    caplog.set_level(logging.ERROR)
    play(script)


def _impatient(connection: sa.Connection) -> None:
    connection.connection.cursor().execute("PRAGMA busy_timeout=200")


def test_a_full_disk_is_named_and_nothing_is_lost(play: Any) -> None:
    full = [True]

    def limit(connection: sa.Connection) -> None:
        cursor = connection.connection.cursor()
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages if full[0] else 1_000_000}")

    async def script(api: BotApi, engine: sa.Engine) -> None:
        with engine.execution_options(**WRITING).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE filler (text)")
        sa.event.listen(engine, "begin", limit)
        _fill(engine)
        sa.event.listen(api.service._store._engine, "begin", limit)  # noqa: SLF001 - a disk of its own
        task = Task("digests", lambda: api.service.send_digests(after()), 15)
        await task.once()
        assert "database or disk is full" in task.fault
        full[0] = False
        # What had begun is taken over once its lease has ended.
        again = Task("digests", lambda: api.service.send_digests(after(minutes=2)), 15)
        await again.once()
        assert (again.fault, len(api.texts(7))) == ("", 2)

    play(script)


def _fill(engine: sa.Engine) -> None:
    """Write until nothing more can be written."""
    for size in (4000, 400, 40):
        with suppress(OperationalError):
            while True:
                with engine.execution_options(**WRITING).begin() as connection:
                    connection.exec_driver_sql("INSERT INTO filler VALUES (?)", ("x" * size,))


def test_who_is_told_to_stop_waits_for_what_is_on_the_wire(play: Any) -> None:
    async def script(api: BotApi, _engine: sa.Engine) -> None:
        api.fail("sendMessage", Fault(slow=1.0))
        sending = asyncio.create_task(api.service.send_digests(after()))
        await api.until(2, 7)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
        # What was sent is noted: after the next start it is not sent again.
        assert await api.service.send_digests(after(minutes=5)) == 0
        assert len(api.texts(7)) == 2

    play(script)
