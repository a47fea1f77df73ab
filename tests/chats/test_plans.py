"""Saved searches by word of mouth, the same in every chat: said, asked back, changed, paused, stopped, sent."""

import asyncio
import datetime as dt
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from tests.boards.payloads import jobicy
from tests.chats.bot_api import ME, TOKEN, BotApi, Fault
from tests.chats.running import converse, converse_in_slack, listening, settings_for
from tests.chats.stocked import stock
from tests.chats.test_conversations import Chats

Script = Callable[[Any], Awaitable[None]]
ORDER = "send me senior computer vision jobs over 100k every weekday at 8"


@pytest.fixture(params=["telegram", "slack"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script in one of the chats."""

    def played(script: Script, *jobs: dict[str, Any]) -> None:
        if jobs:
            stock(settings_for(tmp_path, 0), *jobs)
        run = converse if request.param == "telegram" else converse_in_slack
        run(script, parts, tmp_path, hooked=False)

    return played


def test_an_order_is_named_back_with_the_next_time(play: Any) -> None:
    async def script(chats: Chats) -> None:
        text = await chats.ask(f"{ORDER}, Lima time")
        assert "at 08:00 (Lima time)" in text
        assert "every weekday: Computer Vision Engineer · senior level · at least 100,000 USD a year" in text
        assert "Next: " in text
        assert "Taken for granted: US dollars" in text
        listed = await chats.ask("show my alerts")
        assert "At 08:00 (Lima time), next " in listed

    play(script)


def test_what_is_missing_is_asked_and_what_is_known_is_not(parts: Parts, tmp_path: Path) -> None:
    async def in_telegram(chats: Chats) -> None:
        assert "in which time zone" in await chats.ask(ORDER)
        assert "at 08:00 (Berlin time)" in await chats.ask_by("Berlin")
        assert "in which time zone" in await chats.ask(ORDER, 8)
        assert "at 08:00 (Lima time)" in await chats.ask("Lima", 8)
        assert "What shall I look for" in await chats.ask("send me a daily digest", 9)

    async def in_slack(chats: Chats) -> None:
        await chats.ask("thanks!")
        assert "at 08:00 (Berlin time)" in await chats.ask(ORDER)

    converse(in_telegram, parts, tmp_path)
    converse_in_slack(in_slack, parts, tmp_path)


def test_it_is_changed_paused_resumed_and_stopped(play: Any) -> None:
    async def script(chats: Chats) -> None:
        assert "no saved search" in await chats.ask("move my digest to 7pm and add machine learning engineer")
        await chats.ask(f"{ORDER}, Berlin time")
        changed = await chats.ask("move my digest to 7pm and add machine learning engineer")
        assert "at 19:00 (Berlin time)" in changed
        assert "Computer Vision Engineer · senior level" in changed
        assert "every weekday: Machine Learning Engineer" in changed
        assert "at 18:30 (Berlin time)" in await chats.ask("move it to 6:30pm and add data engineer")
        assert "Next: " not in await chats.ask("how do I move to the US as a senior ML engineer?")
        assert "Paused. Next: " in await chats.ask("pause it for two weeks")
        assert "Next: " in await chats.ask("resume")
        assert "until you say resume" in await chats.ask("pause")
        assert "paused" in await chats.ask("list my alerts")
        assert "Paused. Next" in await chats.ask("pause my digest until friday")
        assert "Stopped" in await chats.ask("stop")
        assert "no saved search" in await chats.ask("show my alerts")

    play(script)


def test_what_is_due_is_sent_once_and_never_shown_again(play: Any) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(chats: Any) -> None:
        count = chats.counts[7]
        await chats.ask(f"send me computer vision jobs daily at {soon} UTC")
        await due_now(chats, days=1)
        texts = await chats.until(count + 2, 7)
        assert "What is new" in texts[-1]
        assert "12 new: Computer Vision Engineer" in texts[-1]
        assert texts[-1].count("Found on Jobicy") == 10
        assert "and 2 more." in texts[-1]
        assert {"All that match", "Pause a week", "Stop"} <= {*chats.buttons()}
        await due_now(chats, days=2)
        again = (await chats.until(count + 3, 7))[-1]
        assert again.count("Found on Jobicy") == 2
        # Nothing new, and nobody knows whether there is any: that is said once.
        for day in range(3, 7):
            await due_now(chats, days=day)
        assert "no board could be read since" in (await chats.until(count + 4, 7))[-1]
        await asyncio.sleep(0.5)
        assert len(chats.texts(7)) == count + 4
        assert "Looking for" in await chats.ask_by("All that match")
        assert "Paused. Next" in await chats.ask_by("Pause a week")

    play(script, *(jobicy(n, companyName=f"Maker {n}") for n in range(12)))


async def due_now(chats: Any, days: int) -> None:
    """Let the advisor look at what is due as if it were so many days later, twice."""
    now = dt.datetime.now(dt.UTC) + dt.timedelta(days=days, minutes=5)
    for _ in range(2):
        await chats.service.send_digests(now)


def test_fewer_like_this_changes_the_next_digest_and_says_how(play: Any, tmp_path: Path) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(chats: Any) -> None:
        count = chats.counts[7]
        await chats.ask(f"send me computer vision jobs daily at {soon} UTC")
        await due_now(chats, days=1)
        await chats.until(count + 2, 7)
        assert "What shall I leave out" in await chats.ask_by("Fewer like this")
        label = next(one for one in chats.buttons() if one.startswith("Nothing from"))
        maker = label.removeprefix("Nothing from ")
        assert f"{label}, from the next message on" in await chats.ask_by(label)
        assert f"not from {maker}" in await chats.ask("show my alerts")
        assert f"{maker} is no longer left out" in await chats.ask_by("Undo")
        assert "What shall I leave out" in await chats.ask("fewer like this please")
        await chats.ask_by(label)
        await chats.ask("fewer of these")
        assert "At most 5 openings for each" in await chats.ask_by("Half as many a day")
        more = [jobicy(50, companyName=maker, jobTitle="Computer Vision Engineer, Robotics")]
        more += [jobicy(60 + n, companyName=f"Other {n}") for n in range(7)]
        await asyncio.to_thread(stock, settings_for(tmp_path, 0), *more)
        before = chats.counts[7]
        await due_now(chats, days=2)
        (text,) = (await chats.until(before + 1, 7))[before:]
        assert f"· {maker}\n" not in text
        assert text.count("Found on Jobicy") == 5
        assert "and 2 more" in text

    play(script, *(jobicy(n, companyName=f"Maker {n}") for n in range(10)))


def test_alerts_come_at_once_a_few_a_day_and_not_at_night(play: Any, tmp_path: Path) -> None:
    async def script(chats: Any) -> None:
        count = chats.counts[7]
        planned = await chats.ask("alert me instantly about computer vision jobs, Berlin time, at most 2 alerts a day")
        assert "Alerts: as soon as something comes in, 2 a day at most, none from 22:00 to 08:00" in planned
        # On a Saturday no digest of weekdays is due beside the alerts.
        today = dt.datetime.now(dt.UTC)
        noon = (today + dt.timedelta(days=(5 - today.weekday()) % 7 or 7)).replace(hour=11, minute=0)
        await chats.service.send_digests(noon - dt.timedelta(hours=13))
        # What was there before is no news for an alert.
        assert chats.counts[7] == count + 1
        for number in range(4):
            await asyncio.to_thread(stock, settings_for(tmp_path, 0), jobicy(100 + number, companyName=f"New {number}"))
            await chats.service.send_digests(noon + number * dt.timedelta(minutes=20))
        first, second = (await chats.until(count + 3, 7))[count + 1 :]
        assert "New: just came in" in first
        assert ("New 0" in first, "New 1" in second) == (True, True)
        assert chats.counts[7] == count + 3
        assert "Alerts: " not in await chats.ask("turn off the instant alerts")
        assert "none from 21:00 to 09:00" not in await chats.ask("alerts: quiet hours from 21 to 9")
        assert "none from 21:00 to 09:00" in await chats.ask_by("Alert me at once")

    play(script, jobicy(1, companyName="Old"))


def test_an_operator_sends_previews_and_lists(parts: Parts, place: Path) -> None:
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)

    async def script(chats: Any) -> None:
        await chats.ask(f"send me computer vision jobs daily at {tomorrow:%H:%M} UTC")

    stock(settings_for(place, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(3)))
    converse(script, parts, place)
    now = (tomorrow + dt.timedelta(minutes=2)).isoformat()

    async def run() -> None:
        api = BotApi()
        async with listening(api) as port:
            chosen = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
            listed = await advisor(place, chosen, "subscriptions", "--json")
            assert json.loads(listed)["searches"][0]["wish"]["roles"] == ["computer-vision-engineer"]
            shown = await advisor(place, chosen, "digest", "--dry-run", "--now", now)
            assert "3 new: Computer Vision Engineer" in shown
            assert "3 new" in await advisor(place, chosen, "digest", "--preview", "7", "--now", now)
            assert not api.sent()
            assert await advisor(place, chosen, "digest", "--due", "--now", now) == "1 digests sent\n"
            assert await advisor(place, chosen, "digest", "--due", "--now", now) == "0 digests sent\n"
            (text,) = api.texts(7)
            assert "3 new: Computer Vision Engineer" in text

    asyncio.run(run())


async def advisor(home: Path, chosen: dict[str, str], *words: str) -> str:
    """Run the command line; return what it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env=os.environ | {"ADVISOR_HOME": str(home), "COLUMNS": "200"} | chosen,
        cwd=home,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode()


def test_what_may_have_arrived_is_not_sent_twice(parts: Parts, tmp_path: Path) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(api: BotApi) -> None:
        await api.ask(f"send me computer vision jobs daily at {soon} UTC")
        api.fail("sendMessage", Fault(502, "Bad Gateway", late=True))
        await due_now(api, days=1)
        await api.until(2)
        await asyncio.sleep(1.5)
        assert len(api.sent()) == 2
        api.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        others = [jobicy(n, companyName=f"Other {n}") for n in range(4, 6)]
        await asyncio.to_thread(stock, settings_for(tmp_path, 0), *others)
        await due_now(api, days=2)
        await asyncio.sleep(0.5)
        was, now = {"user": ME, "status": "kicked", "until_date": 0}, {"user": ME, "status": "member"}
        change = {"chat": {"id": 7, "type": "private"}, "from": {"id": 7, "is_bot": False, "first_name": "Ada"}}
        api.push(my_chat_member=change | {"date": 1_790_000_000, "old_chat_member": was, "new_chat_member": now})
        assert "say resume" in (await api.until(3))[2]
        assert "not sent: the chat is closed to us" in await api.ask("show my alerts")
        assert "Next: " in await api.ask("resume")

    stock(settings_for(tmp_path, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(3)))
    converse(script, parts, tmp_path)


def test_after_seven_days_without_news_one_question_is_asked(parts: Parts, tmp_path: Path) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(api: BotApi) -> None:
        await api.ask(f"send me computer vision jobs daily at {soon} UTC")
        for day in range(1, 20):
            await due_now(api, days=day)
        await asyncio.sleep(0.5)
        (_, asked) = api.texts(7)
        assert "Nothing new for seven days in" in asked
        assert "Shall I look wider?" in asked

    converse(script, parts, tmp_path)


def test_administrators_order_for_groups_and_channels(parts: Parts, tmp_path: Path) -> None:
    soon = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%H:%M")

    async def script(api: BotApi) -> None:
        order = f"computer vision jobs daily at {soon} UTC"
        assert "Only an administrator" in await api.ask(f"/digest {order}", -5, 8)
        api.administrators[-5] = {7}
        assert f"at {soon} (UTC time)" in await api.ask(f"/digest {order}", -5, 7)
        for label in ("Pause a week", "Stop"):
            api.presses(label, -5, 8)
        refused = (await api.until(4, -5))[2:]
        assert all("Only an administrator" in text for text in refused)
        api.lets_in(-1001, 7)
        await api.until(1, 7)
        assert f"at {soon} (UTC time) in CV jobs" in await api.ask(f"send {order} to CV jobs", 7)
        await due_now(api, days=1)
        assert "3 new" in (await api.until(5, -5))[4]
        assert "3 new" in (await api.until(1, -1001))[0]
        assert (api.buttons(-5), api.buttons(-1001)) == ([], [])
        assert len(api.sent(7)) == 2
        assert "Paused. Next" in await api.ask_by("Pause a week", 7)
        assert "paused, goes on" in await api.ask("show my alerts", 7)

    stock(settings_for(tmp_path, 0), *(jobicy(n, companyName=f"Maker {n}") for n in range(3)))
    converse(script, parts, tmp_path)
