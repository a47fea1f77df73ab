"""What is Telegram's own, from end to end: links, groups, topics, cut and corrected texts, faults, menus. Over HTTP."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from tests.chats.bot_api import ME, BotApi, Fault
from tests.chats.running import Script, converse

PAY = "what do senior CV engineers earn in the US?"
GROUP = -100


@pytest.fixture(params=[False, True], ids=["polling", "webhook"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script against a running advisor."""

    def played(script: Script, **settings: Any) -> BotApi:
        return converse(script, parts, tmp_path, hooked=request.param, **settings)

    return played


def test_a_question_is_answered_with_sources_and_buttons(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says(PAY)
        (text,) = await api.until(1)
        assert "$170,000–$240,000" in text
        (sent,) = api.sent(7)
        assert "text_link" in {entity["type"] for entity in sent["entities"]}
        assert "👍 Good" in str(sent["reply_markup"])
        assert "reply_parameters" not in sent

    play(script)


def test_a_button_of_another_time_or_another_chat_does_no_harm(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says(PAY)
        await api.until(1)
        api.press("v0:ask:x:1")
        api.press("v1:ask:nosuchtoken:0")
        (data,) = {b["callback_data"] for row in api.sent(7)[0]["reply_markup"]["inline_keyboard"][:1] for b in row}
        api.press(data, chat=8)
        api.press("x" * 64)
        assert all("too old" in text for text in (await api.until(5))[1:])

    play(script)


def test_the_start_greets_and_a_deep_link_goes_there_at_once(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says("/start")
        api.says("/start salary_senior-computer-vision-engineer")
        api.says("/help")
        greeting, pay, *_ = await api.until(3)
        assert "with sources" in greeting
        assert "$" in pay

    play(script)


def test_jobs_compare_and_unknown_commands(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says("/jobs senior cv in Europe")
        api.says("/compare senior cv engineer and senior ml engineer")
        api.says("/compare")
        api.says("/frobnicate now")
        jobs, compared, how, unknown = await api.until(4)
        assert "advisor refresh" in jobs
        assert "Computer Vision Engineer, Machine Learning Engineer" in compared
        assert "Name two roles" in how
        assert "/help" in unknown

    play(script)


def test_the_same_number_from_another_bot_is_another_event(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says(PAY)
        await api.until(1)
        api.number -= 1
        api.says("and junior?")
        await api.until(2)

    play(script)


def test_a_group_is_answered_when_it_asks_and_always_as_a_reply(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says("nice weather", GROUP, 1)
        api.says("/ask@some_other_bot what do CV engineers earn", GROUP, 1)
        asked = api.says(f"/ask@{ME['username']} {PAY}", GROUP, 1)
        named = api.says(f"@{ME['username']} {PAY}", GROUP, 2)
        await api.until(2, GROUP)
        answered = api.says("and junior?", GROUP, 2, reply_to_message=api.message("…", GROUP) | {"from": ME})
        texts = await api.until(3, GROUP)
        marks = [sent["reply_parameters"]["message_id"] for sent in api.sent(GROUP)]
        assert marks == [message["message_id"] for message in (asked, named, answered)]
        assert "unior" in texts[2]

    play(script)


def test_topics_of_a_group_are_conversations_of_their_own(play: Any) -> None:
    async def script(api: BotApi) -> None:
        for thread in (5, 6):
            api.says(f"/ask {PAY}", GROUP, 1, message_thread_id=thread, is_topic_message=True)
        await api.until(2, GROUP)
        assert sorted(sent["message_thread_id"] for sent in api.sent(GROUP)) == [5, 6]

    play(script)


def test_a_long_text_that_the_client_cut_is_read_as_one(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says(("I have worked with Python and C++ for years. " * 100)[:4096])
        api.says(f"{PAY}")
        (text,) = await api.until(1)
        await asyncio.sleep(0.3)
        assert "$170,000–$240,000" in text
        assert len(api.sent(7)) == 1

    play(script)


def test_a_corrected_message_is_answered_in_its_new_words(play: Any) -> None:
    async def script(api: BotApi) -> None:
        message = api.says("what do senior CV engineers earn in Mars?")
        await api.until(1)
        api.push(edited_message=message | {"text": PAY, "edit_date": message["date"] + 5})
        texts = await api.until(2)
        assert "$170,000–$240,000" in texts[1]

    play(script)


def test_what_is_no_text_is_told_so_and_news_of_a_chat_is_not_answered(play: Any) -> None:
    async def script(api: BotApi) -> None:
        sticker = {"file_id": "x", "file_unique_id": "y", "type": "regular", "width": 1, "height": 1}
        api.says("", sticker=sticker | {"is_animated": False, "is_video": False})
        api.says("", GROUP, 1, new_chat_title="Jobs!")
        api.says("thanks!")
        texts = await api.until(2)
        assert "words only" in texts[0]
        assert len(texts) == 2

    play(script)


def test_poison_is_set_aside_and_the_rest_goes_on(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.push(message={"message_id": "no number", "chat": 5})
        api.push(callback_query={"id": 1})
        api.push(message=None)
        api.says(PAY)
        (text,) = await api.until(1)
        assert "$170,000" in text

    play(script)


def test_too_many_requests_hold_only_their_chat(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.fail("sendMessage", Fault(429, "Too Many Requests: retry after 2", {"retry_after": 2}))
        api.says(PAY, chat=1)
        await api.failed("sendMessage")
        api.says(PAY, chat=2)
        await api.until(1, chat=2, seconds=1.5)
        assert not api.sent(1)
        await api.until(1, chat=1)

    play(script)


def test_faults_on_the_way_lose_nothing(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.fail("sendMessage", Fault(502, "Bad Gateway"), Fault(500, "Internal Server Error"))
        api.says(PAY)
        (text,) = await api.until(1)
        assert "$170,000" in text

    play(script)


def test_what_may_have_arrived_is_sent_again_twice_at_most(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.fail("sendMessage", *[Fault(502, "Bad Gateway", late=True)] * 3)
        api.says(PAY)
        api.says("thanks!")
        texts = await api.until(4)
        assert len({texts[0], texts[1], texts[2]}) == 1
        assert texts[3] != texts[0]

    play(script)


def test_a_method_the_server_does_not_know_costs_only_that_message(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.fail("deleteWebhook", Fault(404, "Not Found"))
        api.fail("sendPhoto", Fault(404, "Not Found"))
        api.says("/salary senior computer vision engineer")
        api.says("/help")
        texts = await api.until(2)
        assert "/jobs" in texts[1]

    play(script)


def test_a_chat_that_moved_is_followed(play: Any) -> None:
    async def script(api: BotApi) -> None:
        moved = {"migrate_to_chat_id": -200}
        api.fail("sendMessage", Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", moved))
        api.says(f"/ask {PAY}", GROUP, 1)
        (text,) = await api.until(1, -200)
        assert "$170,000" in text

    play(script)


def test_a_chat_that_closed_costs_nobody_else(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        api.says(PAY, chat=1)
        await api.failed("sendMessage")
        api.says(PAY, chat=2)
        await api.until(1, chat=2)
        assert not api.sent(1)

    play(script)


def test_the_menu_is_set_once_and_for_every_language(play: Any) -> None:
    async def script(api: BotApi) -> None:
        api.says("/help")
        await api.until(1)
        menus = [call for name, call in api.calls if name == "setmycommands"]
        assert {menu.get("language_code", "") for menu in menus} == {"", "de", "es", "fr"}
        assert {menu["scope"]["type"] for menu in menus} == {"all_private_chats", "all_group_chats"}

    play(script)
