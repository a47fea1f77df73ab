"""What is new, on request: for a person, and in a channel that they look after."""

import asyncio
from pathlib import Path

from bot.wiring import Parts
from tests.boards.payloads import jobicy
from tests.chats.bot_api import MY_ID, BotApi
from tests.chats.running import Script, converse, settings_for
from tests.chats.stocked import stock

CHANNEL, OWNER = -1001, 7


def play(script: Script, parts: Parts, home: Path) -> None:
    stock(settings_for(home, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(12)))
    converse(script, parts, home)


def test_the_news_are_ten_short_cards_for_the_words_or_what_was_told(parts: Parts, tmp_path: Path) -> None:
    async def script(api: BotApi) -> None:
        api.says("/digest")
        api.says("/settings senior computer vision engineer in Germany")
        api.says("/digest")
        api.says("/digest junior nurse jobs in Peru")
        how, _, news, nothing = await api.until(4)
        assert "Tell me what to look for" in how
        assert news.startswith("New since yesterday: Computer Vision Engineer · senior level · Germany")
        assert news.count("🔗") == 10
        assert "10 of 12 new ones." in news
        assert nothing.startswith("Nothing new in the last 7 days")
        api.presses("All that match")
        assert "Looking for" in (await api.until(5))[4]

    play(script, parts, tmp_path)


def test_an_administrator_posts_to_a_channel_once(parts: Parts, tmp_path: Path) -> None:
    async def script(api: BotApi) -> None:
        api.lets_in(CHANNEL, OWNER)
        (linked,) = await api.until(1, OWNER)
        assert "I may post in CV jobs now" in linked
        api.says("/digest senior computer vision", OWNER)
        await api.until(2, OWNER)
        api.presses("Post to CV jobs", OWNER)
        api.presses("Post to CV jobs", OWNER)
        *_, posted, again = await api.until(4, OWNER)
        assert posted == "Posted to CV jobs."
        assert again == "It is in CV jobs already."
        (shown,) = await api.until(1, CHANNEL)
        assert shown.startswith("New since yesterday")

    play(script, parts, tmp_path)


def test_who_lost_the_right_and_who_never_had_it_post_nothing(parts: Parts, tmp_path: Path) -> None:
    async def script(api: BotApi) -> None:
        api.lets_in(CHANNEL, OWNER)
        await api.until(1, OWNER)
        api.says("/digest senior computer vision", 8)
        await api.until(1, 8)
        assert "CV jobs" not in str(api.sent(8))
        api.says("/digest senior computer vision", OWNER)
        await api.until(2, OWNER)
        api.administrators[CHANNEL] = {MY_ID}
        api.presses("Post to CV jobs", OWNER)
        assert "I cannot post there" in (await api.until(3, OWNER))[2]
        api.says("/digest senior computer vision", OWNER)
        await api.until(4, OWNER)
        assert "CV jobs" not in str(api.sent(OWNER)[3])
        await asyncio.sleep(0.3)
        assert not api.sent(CHANNEL)

    play(script, parts, tmp_path)


def test_who_is_deleted_looks_after_no_channel(parts: Parts, tmp_path: Path) -> None:
    async def script(api: BotApi) -> None:
        api.lets_in(CHANNEL, OWNER)
        await api.until(1, OWNER)
        api.says("/export", OWNER)
        await api.until(2, OWNER)
        assert b"CV jobs" in api.files[0]
        api.says("/forget", OWNER)
        api.says("/digest senior computer vision", OWNER)
        await api.until(4, OWNER)
        assert "CV jobs" not in str(api.sent(OWNER)[3])

    play(script, parts, tmp_path)


def test_a_group_is_greeted_once(parts: Parts, tmp_path: Path) -> None:
    async def script(api: BotApi) -> None:
        api.lets_in(-5, OWNER, "supergroup")
        (hello,) = await api.until(1, -5)
        assert "/ask" in hello

    play(script, parts, tmp_path)
