"""What is Slack's own: threads, retries, pages, modals, guests, faults, sockets."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.wiring import Parts
from tests.boards.payloads import jobicy
from tests.chats.running import SlackScript, converse_in_slack, settings_for
from tests.chats.slack_api import BOT, TEAM, Fault, SlackApi, signed
from tests.chats.slack_rules import shown
from tests.chats.stocked import stock

PAY = "what do senior CV engineers earn in the US?"
FIGURE = "$170,000–$240,000"
GROUP = -100


@pytest.fixture(params=["socket", "http"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script against a running advisor, both ways."""

    def played(script: SlackScript, **settings: Any) -> SlackApi:
        return converse_in_slack(script, parts, tmp_path, hooked=request.param == "http", **settings)

    return played


@pytest.fixture
def call(parts: Parts, tmp_path: Path) -> Any:
    """Play a script against a running advisor that Slack calls."""

    def played(script: SlackScript, *jobs: dict[str, Any], **settings: Any) -> SlackApi:
        if jobs:
            stock(settings_for(tmp_path, 0), *jobs)
        return converse_in_slack(script, parts, tmp_path, hooked=True, **settings)

    return played


def test_answers_stand_in_the_thread_of_the_question(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask(PAY, GROUP, 1)
        await api.ask(PAY, 7)
        await api.ask("/help", GROUP, 1)
        assert api.sent(GROUP)[0]["thread_ts"] == api.threads[GROUP, 1]
        assert api.sent(7)[0]["thread_ts"] == api.threads[7, 7]
        assert api.sent(GROUP)[1]["response_type"] == "ephemeral"
        assert "/career jobs: live openings" in api.texts(GROUP)[1]
        assert not any(sent.get("unfurl_links") or sent.get("unfurl_media") for sent in api.sent())

    play(script)


def test_a_new_talk_knows_nothing_of_the_one_before(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask(PAY)
        assert "$" not in await api.ask("and junior?", fresh=True)

    call(script)


def test_only_signed_calls_of_these_minutes_are_heard(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
        kind = "application/json"
        await api.ask("thanks!")
        bad = [signed(body, kind, secret="other"), signed(body, kind, stamp=1_700_000_000), {"content-type": kind}]  # noqa: S106
        bad.append(signed(body, kind) | {"x-slack-request-timestamp": "abc"})
        async with ClientSession() as session:
            for headers in bad:
                async with session.post(api.hook, data=body, headers=headers) as answer:
                    assert answer.status == 401
            async with session.post(api.hook, data=body, headers=signed(body, kind)) as answer:
                assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})

    call(script)


def test_an_event_that_is_told_again_is_answered_once(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        body = api.says(PAY)
        await api.until(1)
        api.push("events_api", body)
        api.push("events_api", body)
        await api.ask("thanks!")
        await asyncio.sleep(0.3)
        assert len(api.sent()) == 2

    play(script)


def test_what_bots_say_and_what_channels_tell_is_none_of_ours(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.says(PAY, bot_id="B2")
        api.says(PAY, 8, subtype="channel_topic")
        api.says(PAY, 9, subtype="bot_message", bot_id="B2")
        api.event(
            {"type": "message", "channel": "C5", "channel_type": "channel", "user": "U1", "text": PAY, "ts": "1.2"}
        )
        api.event({"type": "reaction_added", "user": "U1", "reaction": "eyes", "event_ts": "1.2"})
        await api.ask("thanks!", 6)
        await asyncio.sleep(0.3)
        assert len(api.sent()) == 1

    call(script)


def test_a_corrected_message_is_answered_in_its_new_words(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        said = api.says("what do senior CV engineers earn on Mars?")["event"]
        await api.until(1)
        message = {"type": "message", "user": "U7", "ts": said["ts"], "thread_ts": said["ts"]}
        changed = {
            "type": "message",
            "subtype": "message_changed",
            "channel": "D7",
            "channel_type": "im",
            "ts": api.ts(),
        }
        before = {"previous_message": message | {"text": said["text"]}}
        api.event(changed | before | {"message": message | {"text": said["text"], "attachments": []}})
        api.event(changed | before | {"message": message | {"text": PAY}})
        texts = await api.until(2)
        assert FIGURE in texts[1]
        await asyncio.sleep(0.2)
        assert len(api.sent()) == 2

    call(script)


def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.event({"type": "app_mention", "text": "hi"})
        api.event({"type": "message", "channel_type": "im", "user": "U1", "channel": 5, "ts": "x", "text": None})
        api.push("interactive", {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U1"}, "actions": [{}]})
        assert FIGURE in await api.ask(PAY)

    play(script)


def test_the_app_feels_at_home(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.event({"type": "app_home_opened", "user": "U7", "channel": "D7", "tab": "messages", "event_ts": api.ts()})
        (prompts,) = await api.until_asked("assistant.threads.setSuggestedPrompts")
        assert len(prompts["prompts"]) == 4
        await api.ask(PAY)
        await api.ask("and junior?")
        (title,) = await api.until_asked("assistant.threads.setTitle")
        assert (title["title"], title["thread_ts"]) == (PAY, api.threads[7, 7])
        stop = {"type": "agent_session_stopped", "channel": "D7", "thread_ts": api.threads[7, 7], "user": "U7"}
        api.event(stop | {"streaming_message_ts": []})
        (status,) = await api.until_asked("agents.sessions.setStatus")
        assert status["status"] == "active"

    play(script)


def test_the_own_page_shows_what_is_known_and_lets_it_be_changed(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        opened = {"type": "app_home_opened", "user": "U7", "channel": "D7", "tab": "home"}
        api.event(opened | {"event_ts": api.ts()})
        await api.until_asked("views.publish")
        assert "I know of you: nothing" in shown({"view": api.homes["U7"]})
        edit = {"action_id": "edit_profile", "value": "edit:", "action_ts": api.ts(), "block_id": "b", "type": "button"}
        who = {"team": {"id": TEAM}, "user": {"id": "U7", "team_id": TEAM}, "api_app_id": "A1", "trigger_id": "1.2"}
        api.push("interactive", who | {"type": "block_actions", "container": {"type": "view"}, "actions": [edit]})
        (modal,) = await api.until_asked("views.open")
        assert modal["view"]["callback_id"] == "profile"
        values = {"b": {"words": {"type": "plain_text_input", "value": "senior CV engineer in the US"}}}
        view = {"type": "modal", "callback_id": "profile", "id": "V1", "hash": "1", "state": {"values": values}}
        api.push("interactive", who | {"type": "view_submission", "view": view | {"private_metadata": ""}})
        await api.until_asked("views.publish", 2)
        assert "I know of you: senior CV engineer in the US" in shown({"view": api.homes["U7"]})
        assert FIGURE in await api.ask("what does it pay?")
        empty = view | {"hash": "2", "state": {"values": {"b": {"words": {"value": None}}}}}
        api.push("interactive", who | {"type": "view_submission", "view": empty | {"private_metadata": ""}})
        await api.until_asked("views.publish", 3)
        assert "I know of you: nothing" in shown({"view": api.homes["U7"]})

    play(script)


def test_what_is_to_be_sent_is_said_on_the_own_page_and_shown_there(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        who = {"team": {"id": TEAM}, "user": {"id": "U7", "team_id": TEAM}, "api_app_id": "A1", "trigger_id": "1.2"}
        order = {"action_id": "edit_digest", "value": "order:", "action_ts": api.ts(), "block_id": "b"}
        opened = {"type": "block_actions", "container": {"type": "view"}, "actions": [order | {"type": "button"}]}
        api.push("interactive", who | opened)
        (modal,) = await api.until_asked("views.open")
        assert modal["view"]["callback_id"] == "digest"
        values = {"b": {"words": {"type": "plain_text_input", "value": "senior CV jobs every weekday at 8"}}}
        view = {"type": "modal", "callback_id": "digest", "id": "V2", "hash": "1", "state": {"values": values}}
        api.push("interactive", who | {"type": "view_submission", "view": view | {"private_metadata": ""}})
        assert "at 08:00 (Berlin time)" in (await api.until(1, 7))[0]
        home = {"type": "app_home_opened", "user": "U7", "channel": "D7", "tab": "home", "event_ts": api.ts()}
        api.event(home)
        await api.until_asked("views.publish")
        assert "every weekday: Computer Vision Engineer · senior level" in shown({"view": api.homes["U7"]})

    play(script)


def test_the_time_zone_is_known_and_kept_current(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask("thanks!")
        await api.ask("/export")
        api.users["U7"] = {"tz": "America/Lima", "locale": "es-ES"}
        api.event({"type": "user_change", "user": {"id": "U7"}, "event_ts": api.ts()})
        await api.until_told()
        await api.ask("thanks!")
        await api.ask("/export")
        await api.ask("/forget")
        zones = [(json.loads(file)["zone"], json.loads(file)["language"]) for file in api.files]
        assert zones == [("Europe/Berlin", "en-US"), ("America/Lima", "es-ES")]

    call(script)


def test_guests_and_people_of_elsewhere_are_strangers_until_they_are_let_in(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.users = {"U8": {"is_restricted": True}, "U9": {"is_ultra_restricted": True}}
        assert FIGURE in await api.ask(PAY, GROUP, 7)
        assert "closed group" in await api.ask(PAY, 8)
        assert FIGURE in await api.ask(PAY, 9)
        assert "closed group" in await api.ask(PAY, GROUP, 6, user_team="T2", source_team="T2")
        api.users["U8"] = {}
        api.event({"type": "user_change", "user": {"id": "U8"}, "event_ts": api.ts()})
        assert FIGURE in await api.ask(PAY, 8)

    call(script, allowed="T1,U9")


@pytest.mark.parametrize(
    "method, label",
    [
        ("chat.postMessage", "thanks!"),
        ("respond", "/help"),
        ("files.getUploadURLExternal", "/export"),
        ("files.completeUploadExternal", "/export"),
        ("conversations.open", "/export"),
    ],
)
def test_too_many_requests_are_waited_out(method: str, label: str, call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.fail(method, Fault(429, headers={"Retry-After": "1"}))
        await api.ask(label)
        assert len(api.sent()) == 1

    call(script)


def test_faults_on_the_way_lose_nothing(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.fail("chat.postMessage", Fault(503), Fault(200, "internal_error"))
        assert FIGURE in await api.ask(PAY)
        assert len(api.sent()) == 1
        api.fail("chat.postMessage", *[Fault(500, late=True)] * 3)
        await api.ask("/ask thanks!", GROUP)
        api.says("thanks!")
        await api.until(4, 7)
        await asyncio.sleep(0.3)
        assert len(api.sent(7)) == 4

    call(script)


def test_an_answer_of_one_person_finds_its_way(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.fail("respond", Fault(404, "expired_url"))
        await api.ask("/help", GROUP, 7)
        assert api.named("chat.postEphemeral")[0]["user"] == "U7"
        api.fail("respond", Fault(404, "expired_url"))
        api.fail("chat.postEphemeral", Fault(error="not_in_channel"))
        api.says("/help", GROUP, 7)
        await api.until(1, 7)
        assert "Ask in your own words" in api.texts(7)[0]

    call(script)


def test_a_message_that_is_gone_is_written_anew(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask("show me computer vision jobs")
        api.fail("chat.update", Fault(error="message_not_found"))
        assert "Maker" in await api.ask_by("page 2")
        assert [name for name, _ in api.calls if name.startswith("chat.")] == ["chat.postMessage"] * 2

    call(script, *(jobicy(n, companyName=f"Maker {n}") for n in range(6)))


def test_a_closed_channel_costs_nobody_else(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        for error in ("is_archived", "user_disabled", "channel_not_found"):
            api.fail("chat.postMessage", Fault(error=error))
            api.says(PAY, 1)
            await api.until_asked("users.info")
            await asyncio.sleep(0.4)
        assert FIGURE in await api.ask(PAY, 2)
        assert not api.sent(1)

    call(script)


def test_where_there_are_no_streams_a_long_answer_is_a_message(call: Any) -> None:
    async def script(api: SlackApi) -> None:
        api.fail("chat.startStream", Fault(error="unknown_method"))
        assert (await api.ask("show me computer vision jobs")).count("Maker") == 4
        assert len(api.named("chat.postMessage")) == 1

    call(script, *long_jobs())


def long_jobs() -> list[dict[str, Any]]:
    """Return openings whose cards together are too long for one block."""
    long = "<p>Fully remote, based in Germany. " + "We use PyTorch and CUDA. " * 40 + "</p>"
    title = "Computer Vision Engineer <b> " + "for imaging and much more " * 35
    return [jobicy(n, companyName=f"Maker {n}", jobTitle=title, jobDescription=long) for n in range(4)]


@pytest.mark.parametrize("closed", [False, True])
def test_a_long_answer_comes_piece_by_piece_and_ends_whole(closed: bool, call: Any) -> None:
    async def script(api: SlackApi) -> None:
        if closed:
            api.fail("chat.appendStream", Fault(error="message_not_in_streaming_state"))
        text = await api.ask("show me computer vision jobs")
        assert text.count("Maker") == 4
        (start,) = api.named("chat.startStream")
        assert "<" not in start["markdown_text"]
        assert len(api.named("chat.stopStream")) == (not closed)
        (final,) = api.sent(7)
        assert (final["ts"], {block["type"] for block in final["blocks"]} >= {"rich_text"}) == (start["ts"], True)
        assert not api.named("chat.postMessage")

    call(script, *long_jobs())


def test_the_socket_comes_back(parts: Parts, tmp_path: Path) -> None:
    async def script(api: SlackApi) -> None:
        await api.ask("thanks!")
        old = api.sockets[-1]
        await old.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "x"}})
        await asyncio.sleep(0.2)
        await old.close()
        async with asyncio.timeout(20):
            while not api.sockets or api.sockets[-1] is old:  # noqa: ASYNC110 - it opens whenever it does
                await asyncio.sleep(0.05)
        assert FIGURE in await api.ask(PAY)

    converse_in_slack(script, parts, tmp_path)


def test_listings_ping_nobody_in_any_field(call: Any) -> None:
    title = "<!channel> <@U123> <http://x.example|y> @here"

    async def script(api: SlackApi) -> None:
        await api.ask("/jobs computer vision engineer in Germany")
        await api.ask("show me computer vision jobs")
        await api.ask("/digest computer vision engineer")
        await api.ask("/settings <!channel> & <@U123>")
        api.event({"type": "app_home_opened", "user": "U7", "channel": "D7", "tab": "home", "event_ts": api.ts()})
        await api.until_asked("views.publish")
        await api.ask("/salary computer vision engineer <!channel>")
        for _, made in api.calls:
            for name in ("text", "initial_comment", "title"):
                assert "<" not in str(made.get(name, ""))
            content = json.dumps([made.get("blocks"), made.get("view")])
            assert '"mrkdwn"' not in content
            assert '"markdown"' not in content
            assert '"type": "user"' not in content
        assert "<!channel> <@U123>" in api.texts(7)[0]
        assert BOT not in str(api.sent())

    escaped = title.replace("<", "&lt;").replace(">", "&gt;")
    call(script, jobicy(1, jobTitle=f"Computer Vision Engineer {escaped}", companyName=escaped))
