"""`advisor serve` as a process of its own: killed without warning, and told to stop."""

import asyncio
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.wiring import Parts
from tests.chats.bot_api import TOKEN, BotApi
from tests.chats.running import free_port, listening

CHATS, MESSAGES, KILLS = 20, 10, 3


@asynccontextmanager
async def served(home: Path, port: int, health: int, token: str = TOKEN) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `advisor serve` in a process; killed at the end if it still runs."""
    variables = {
        "ADVISOR_HOME": str(home),
        "TELEGRAM_TOKEN": token,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "HTTP_PORT": str(health),
        "MESSAGES_PER_MINUTE": "6000",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        env=os.environ | variables,
        cwd=home,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
def place(parts: Parts, home: Path, tmp_path: Path) -> Path:
    """A folder of state of its own, with the index that *parts* has built already."""
    assert parts.library.guides
    if (home / "index").exists():
        shutil.copytree(home / "index", tmp_path / "index")
    return tmp_path


def words(chat: int, number: int) -> str:
    """Return the words of a message whose answer names it."""
    return f"/settings wish {number} of chat {chat}"


def test_a_process_that_is_killed_loses_nothing_and_keeps_the_order(place: Path) -> None:
    async def play() -> None:
        api = BotApi()
        async with listening(api) as port:
            for number in range(MESSAGES):
                for chat in range(1, CHATS + 1):
                    api.says(words(chat, number), chat)
            for part in range(1, KILLS + 1):
                async with served(place, port, free_port()):
                    await api.until(CHATS * MESSAGES * part // (KILLS + 2), seconds=60)
            async with served(place, port, free_port()) as process:
                await _all_answered(api)
                process.send_signal(signal.SIGTERM)
                assert await asyncio.wait_for(process.wait(), 30) == 0
            _judge(api)

    asyncio.run(play())


async def _all_answered(api: BotApi) -> None:
    for chat in range(1, CHATS + 1):
        while not any(words(chat, MESSAGES - 1)[10:] in text for text in api.texts(chat)):
            await api.until(api.counts[chat] + 1, chat, seconds=60)


def _judge(api: BotApi) -> None:
    """Every message answered, in order per chat; what came twice is what was being sent when the process was killed."""
    twice = 0
    for chat in range(1, CHATS + 1):
        numbers = [n for text in api.texts(chat) for n in range(MESSAGES) if words(chat, n)[10:] in text]
        assert sorted(set(numbers)) == [*range(MESSAGES)], (chat, numbers)
        assert numbers == sorted(numbers), (chat, numbers)
        twice += sum(count - 1 for count in Counter(numbers).values())
    print(f"{CHATS * MESSAGES} messages, {KILLS} kills: 0 lost, 0 out of order, {twice} sent twice")
    # At most one request per chat is on its way at any moment.
    assert twice <= KILLS * CHATS
    assert not api.refused


def test_the_health_page_tells_and_a_stop_is_orderly(place: Path) -> None:
    async def play() -> None:
        api, health = BotApi(), free_port()
        async with listening(api) as port, served(place, port, health) as process:
            api.says("/help")
            await api.until(1, seconds=60)
            async with httpx.AsyncClient() as client:
                state = (await client.get(f"http://127.0.0.1:{health}/healthz")).json()
            assert state["ok"]
            assert state["platforms"] == {"telegram": True}
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 30) == 0
            assert process.stderr
            log = (await process.stderr.read()).decode()
            assert TOKEN not in log
            assert '"said": "stopped"' in log

    asyncio.run(play())


def test_the_doctor_asks_telegram_who_we_are(place: Path) -> None:
    async def told(port: int, token: str) -> tuple[int | None, str]:
        variables = {"ADVISOR_HOME": str(place), "TELEGRAM_TOKEN": token, "COLUMNS": "200"}
        variables |= {"TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "doctor"), env=os.environ | variables, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode()

    async def play() -> None:
        async with listening(BotApi()) as port:
            code, words = await told(port, TOKEN)
            assert (code, "@advisor_test_bot" in words) == (0, True)
            code, words = await told(port, f"{TOKEN}x")
            assert (code, "@BotFather" in words) == (1, True)

    asyncio.run(play())


def test_a_wrong_token_is_one_line_that_says_what_to_do(place: Path) -> None:
    async def play() -> None:
        api = BotApi()
        async with listening(api) as port, served(place, port, free_port(), f"{TOKEN}x") as process:
            assert process.stderr
            log = (await process.stderr.read()).decode()
            assert await process.wait() == 2
            assert "TELEGRAM_TOKEN" in log.splitlines()[-1]
            assert "@BotFather" in log.splitlines()[-1]

    asyncio.run(play())
