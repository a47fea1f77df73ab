"""Conversations from end to end, the same in every chat: Telegram by polling and webhook, Slack by socket and calls."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from pydantic import SecretStr

from bot.wiring import Parts
from tests.boards.payloads import jobicy
from tests.chats.running import converse, converse_in_slack, settings_for
from tests.chats.stocked import stock

PAY = "what do senior CV engineers earn in the US?"
FIGURE = "$170,000–$240,000"
GROUP = -100


class Chats(Protocol):
    """People and what they see, whatever the platform."""

    files: list[bytes]

    async def ask(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> str:
        """Let a person write *text*; return what is sent next there."""

    async def ask_by(self, label: str, chat: int = 7) -> str:
        """Let a person press a button; return what is sent next there."""

    def says(self, text: str, chat: int = 7, person: int | None = None) -> Any:
        """Let a person write *text*."""

    def press(self, data: str, chat: int = 7, person: int | None = None) -> None:
        """Let a person press a button with *data*."""

    def buttons(self, chat: int = 7) -> list[str]:
        """Return what the buttons under the last message say."""

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts that were sent."""

    async def until(self, count: int, chat: int | None = None, seconds: float = 20.0) -> list[str]:
        """Wait until *count* messages were sent; return their texts."""


Script = Callable[[Chats], Awaitable[None]]


@pytest.fixture(params=["telegram polling", "telegram webhook", "slack socket", "slack http"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script against a running advisor in one of the chats."""
    chat, way = request.param.split()

    def played(script: Script, *jobs: dict[str, Any], **settings: Any) -> None:
        if jobs:
            stock(settings_for(tmp_path, 0), *jobs)
        run = converse if chat == "telegram" else converse_in_slack
        run(script, parts, tmp_path, hooked=way in {"webhook", "http"}, **settings)

    return played


def test_a_question_is_answered_with_sources_and_buttons(play: Any) -> None:
    async def script(chats: Chats) -> None:
        text = await chats.ask(PAY)
        assert FIGURE in text
        assert "[1] pay · " in text
        assert {"Which skills matter?", "👍 Good", "👎 Not good"} <= {*chats.buttons()}

    play(script)


def test_follow_ups_go_on_where_the_conversation_stood(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert "enior" in await chats.ask(PAY)
        assert "unior" in await chats.ask("and junior?")

    play(script)


def test_a_button_asks_on(play: Any) -> None:
    async def script(chats: Chats) -> None:
        await chats.ask(PAY)
        assert "skills" in await chats.ask_by("Which skills matter?")

    play(script)


def test_feedback_is_asked_for_a_reason_and_noted(play: Any) -> None:
    async def script(chats: Chats) -> None:
        await chats.ask(PAY)
        assert "What was wrong" in await chats.ask_by("👎")
        assert "Those who keep the guides will see it" in await chats.ask_by("Out of date")

    play(script)


def test_a_button_of_another_time_or_another_chat_does_no_harm(play: Any) -> None:
    async def script(chats: Chats) -> None:
        await chats.ask(PAY)
        for data, chat in (("v0:ask:x:1", 7), ("v1:ask:nosuchtoken:0", 7), ("x" * 64, 7), ("v1:ask:x:0", 8)):
            chats.press(data, chat)
        texts = await chats.until(5)
        assert sum("too old" in text for text in texts) == 4

    play(script)


def test_commands_answer(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert "advisor refresh" in await chats.ask("/jobs senior cv in Europe")
        compared = await chats.ask("/compare senior cv engineer and senior ml engineer")
        assert "Computer Vision Engineer, Machine Learning Engineer" in compared
        assert "Name two roles" in await chats.ask("/compare")
        assert "Ask in your own words" in await chats.ask("/help")
        assert "Nothing goes to others" in await chats.ask("/privacy")
        assert "Tell me what to look for" in await chats.ask("/digest")

    play(script)


def test_pay_comes_with_a_picture_that_has_words(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert FIGURE in await chats.ask("/salary senior computer vision engineer")
        texts = await chats.until(2)
        assert "the figures above as a picture" in texts[1]
        if chats.files:
            assert chats.files[0].startswith(b"\x89PNG")

    play(script)


def test_openings_are_shown_turned_and_narrowed(play: Any) -> None:
    async def script(chats: Chats) -> None:
        first = await chats.ask("/jobs senior computer vision engineer")
        assert first.count("Maker ") == 4
        assert "Only in Europe" in chats.buttons()
        second = await chats.ask_by("page 2")
        assert second.count("Maker ") == 2
        assert not {*_makers(first)} & {*_makers(second)}
        news = await chats.ask("/digest senior computer vision engineer")
        assert news.startswith("New since yesterday")
        assert news.count("Found on Jobicy") == 6

    play(script, *(jobicy(n, companyName=f"Maker {n}") for n in range(6)))


def _makers(text: str) -> list[str]:
    return [line for line in text.splitlines() if "Maker " in line]


def test_what_a_person_tells_is_used_shown_and_removed(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert "computer vision engineer in the US" in await chats.ask(
            "/settings senior computer vision engineer in the US"
        )
        assert FIGURE in await chats.ask("what does it pay?")
        assert "senior computer vision engineer" in await chats.ask("/settings")
        assert "nothing of you now" in await chats.ask("/settings none")
        assert "I know nothing" in await chats.ask("/settings")

    play(script)


def test_starting_over_forgets_the_thread(play: Any) -> None:
    async def script(chats: Chats) -> None:
        await chats.ask("/ask " + PAY)
        assert "Ask afresh" in await chats.ask("/reset")
        last = await chats.ask("/ask and junior?")
        assert "$" not in last or "omputer" not in last

    play(script)


def test_everything_of_a_person_is_exported_and_deleted(play: Any) -> None:
    async def script(chats: Chats) -> None:
        await chats.ask(PAY)
        await chats.ask("/export")
        await chats.ask("/forget")
        await chats.ask("/export")
        first, last = (json.loads(file) for file in chats.files)
        assert [turn["said"] for turn in first["conversation"]] == [PAY]
        assert last["conversation"] == []

    play(script)


def test_people_of_a_group_have_conversations_of_their_own(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert FIGURE in await chats.ask(PAY, GROUP, 1)
        assert "Research" in await chats.ask("what do ML research engineers earn", GROUP, 2)
        again = await chats.ask("and junior?", GROUP, 1)
        assert "omputer" in again

    play(script)


def test_only_those_who_are_let_in_are_answered(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert "closed group" in await chats.ask(PAY, 1)
        assert FIGURE in await chats.ask(PAY, 2)

    play(script, allowed="2,3,U2")


def test_who_asks_too_fast_is_told_once(play: Any) -> None:
    async def script(chats: Chats) -> None:
        for _ in range(14):
            chats.says("thanks!")
        await chats.until(11, seconds=30)
        await asyncio.sleep(0.5)
        assert sum("One moment" in text for text in chats.texts(7)) == 1
        assert len(chats.texts(7)) == 11

    play(script, messages_per_minute=1)


def test_what_listings_say_calls_nobody(play: Any) -> None:
    title = "<!channel> <@U123> @everyone <http://x.example|y> *bold* [x](http://y.example) \u202eabc" + "w" * 10_000

    async def script(chats: Chats) -> None:
        text = await chats.ask("/jobs computer vision engineer in Germany")
        plain = text.replace("\u2060", "")
        assert "<@U123>" in plain
        assert "*bold* [x](http://y.example) abc" in plain
        assert len(text) < 4000

    play(script, jobicy(1, jobTitle=f"Computer Vision Engineer {title}".replace("<", "&lt;").replace(">", "&gt;")))


def test_conversations_live_in_postgresql_as_well(parts: Parts, tmp_path: Path, postgres: str) -> None:
    async def script(chats: Chats) -> None:
        assert FIGURE in await chats.ask(PAY)
        assert "unior" in await chats.ask("and junior?")
        await chats.ask("/export")
        assert len(json.loads(chats.files[0])["conversation"]) == 2

    for run in (converse, converse_in_slack):
        run(script, parts, tmp_path, database_url=SecretStr(postgres), keep_gaps=False)
