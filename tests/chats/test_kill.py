"""`advisor serve` as a process of its own: killed without warning, and told to stop."""

import asyncio
import os
import signal
import sys
from collections import Counter
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import pytest

from adapters.boards import boards
from tests.boards.loopback import Answer, serving
from tests.boards.payloads import jobicy, jobicy_page
from tests.chats.bot_api import TOKEN, BotApi
from tests.chats.running import free_port, listening, started
from tests.chats.slack_api import APP_TOKEN, BOT_TOKEN, SlackApi

CHATS, MESSAGES, KILLS = 20, 10, 3


Api = BotApi | SlackApi


def variables_of(api: Api, port: int, token: str = "") -> dict[str, str]:
    """Return the settings of an advisor that speaks to *api*; *token* stands in for the right one."""
    if isinstance(api, BotApi):
        return {"TELEGRAM_TOKEN": token or TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
    api.port = port
    slack = {"SLACK_BOT_TOKEN": token or BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    return slack | {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}


def served(home: Path, chosen: dict[str, str], health: int) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """Run `advisor serve` in a process; killed at the end if it still runs."""
    variables = {"HTTP_PORT": str(health), "MESSAGES_PER_MINUTE": "6000", "REFRESH": "false"} | chosen
    return started("serve", variables, home, asyncio.subprocess.PIPE)


def words(chat: int, number: int) -> str:
    """Return the words of a message whose answer names it."""
    return f"/settings wish {number} of chat {chat}"


@pytest.mark.parametrize("platform", [BotApi, SlackApi])
def test_a_process_that_is_killed_loses_nothing_and_keeps_the_order(platform: type[Api], place: Path) -> None:
    async def play() -> None:
        api = platform()
        async with listening(api) as port:
            chosen = variables_of(api, port)
            for number in range(MESSAGES):
                for chat in range(1, CHATS + 1):
                    api.says(words(chat, number), chat)
            for part in range(1, KILLS + 1):
                async with served(place, chosen, free_port()):
                    await api.until(CHATS * MESSAGES * part // (KILLS + 2), seconds=60)
            async with served(place, chosen, free_port()) as process:
                await _all_answered(api)
                process.send_signal(signal.SIGTERM)
                assert await asyncio.wait_for(process.wait(), 30) == 0
            _judge(api)

    asyncio.run(play())


async def _all_answered(api: Api) -> None:
    for chat in range(1, CHATS + 1):
        while not any(words(chat, MESSAGES - 1)[10:] in text for text in api.texts(chat)):
            await api.until(api.counts[chat] + 1, chat, seconds=60)


def _judge(api: Api) -> None:
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


def test_boards_are_fetched_the_health_page_tells_and_a_stop_is_orderly(place: Path) -> None:
    async def play() -> None:
        api, health = BotApi(), free_port()
        # Of the boards there is one, on loopback.
        others = {f"BOARDS__{name.upper()}__ENABLED": "false" for name in boards() if name != "jobicy"}
        with serving(lambda *_: Answer(jobicy_page(jobicy(1)))) as board:
            chosen = {"REFRESH": "true", "BOARDS__JOBICY__URL": f"{board.url}/jobicy"} | others
            await _look(api, health, place, chosen)

    async def _look(api: BotApi, health: int, place: Path, chosen: dict[str, str]) -> None:
        async with listening(api) as port, served(place, variables_of(api, port) | chosen, health) as process:
            api.says("/help")
            await api.until(1, seconds=60)
            async with httpx.AsyncClient() as client:
                await _until_fetched(client, health)
                state = (await client.get(f"http://127.0.0.1:{health}/healthz")).json()
                metrics = (await client.get(f"http://127.0.0.1:{health}/metrics")).text
            assert state["ok"], state
            assert 'advisor_platform_open{platform="telegram"} 1.0' in metrics
            assert 'advisor_digests_total{outcome="sent"} 0.0' in metrics
            assert state["platforms"] == {"telegram": True}
            assert {"digests", "sending-telegram", "cleaning"} <= {*state["tasks"]}
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 30) == 0
            assert process.stderr
            log = (await process.stderr.read()).decode()
            assert TOKEN not in log
            assert '"said": "stopped"' in log

    asyncio.run(play())


async def _until_fetched(client: httpx.AsyncClient, health: int) -> None:
    async with asyncio.timeout(30):
        while "jobicy" not in (await client.get(f"http://127.0.0.1:{health}/healthz")).json()["boards"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    "platform, who, advice",
    [(BotApi, "@advisor_test_bot", "@BotFather"), (SlackApi, "advisor in Jobs", "SLACK_BOT_TOKEN")],
)
def test_the_doctor_asks_who_we_are(platform: type[Api], who: str, advice: str, place: Path) -> None:
    async def told(chosen: dict[str, str]) -> tuple[int | None, str]:
        variables = os.environ | {"ADVISOR_HOME": str(place), "COLUMNS": "200"} | chosen
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "doctor"), env=variables, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode()

    async def play() -> None:
        api = platform()
        async with listening(api) as port:
            code, words = await told(variables_of(api, port))
            assert (code, who in words) == (0, True)
            code, words = await told(variables_of(api, port, "1:wrong-token"))
            assert (code, advice in words) == (1, True)

    asyncio.run(play())


@pytest.mark.parametrize("platform, setting", [(BotApi, "TELEGRAM_TOKEN"), (SlackApi, "SLACK_BOT_TOKEN")])
def test_a_wrong_token_is_one_line_that_says_what_to_do(platform: type[Api], setting: str, place: Path) -> None:
    async def play() -> None:
        api = platform()
        async with listening(api) as port:
            chosen = variables_of(api, port, "1:wrong-token")
            async with served(place, chosen, free_port()) as process:
                assert process.stderr
                log = (await process.stderr.read()).decode()
                assert await process.wait() == 2
                assert setting in log.splitlines()[-1]
                assert "token" in log.splitlines()[-1]

    asyncio.run(play())
