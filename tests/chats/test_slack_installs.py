"""One Slack app in many workspaces: installed by OAuth, tokens renewed, removed without a trace. On both databases."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.store.database import open_database
from bot.store.tables import INBOX, OUTBOX, PEOPLE, TURNS
from bot.wiring import Parts
from tests.chats.running import SlackScript, converse_in_slack
from tests.chats.slack_api import Fault, SlackApi

FIGURE = "$170,000–$240,000"
PAY = "what do senior CV engineers earn in the US?"


@pytest.fixture(params=["sqlite", "postgresql"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script against an app that every workspace may install."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None

    def played(script: SlackScript) -> sa.Engine:
        settings: dict[str, Any] = {"slack_bot_token": None, "slack_client_id": "cid", "keep_gaps": False}
        settings |= {"slack_client_secret": SecretStr("cs"), "database_url": SecretStr(url) if url else None}
        converse_in_slack(script, parts, tmp_path, hooked=True, **settings)
        return open_database(url, tmp_path / "advisor.db")

    return played


async def install(api: SlackApi, code: str = "good", state: str = "", cookie: str | None = None) -> int:
    """Install the app as a browser does; return the status of the last page."""
    pages = api.hook.removesuffix("events")
    async with ClientSession() as browser:
        async with browser.get(f"{pages}install") as page:
            issued = re.search(r"state=([\w-]+)", await page.text())
            assert issued
        cookies = {"slack-app-oauth-state": issued[1] if cookie is None else cookie}
        asked = {"code": code, "state": state or issued[1]}
        async with browser.get(f"{pages}oauth_redirect", params=asked, cookies=cookies) as page:
            return page.status


def test_a_workspace_that_installed_the_app_is_answered(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.until_listening()
        api.says(PAY)
        assert await install(api, state="made-up") == 400
        assert await install(api, cookie="") == 400
        assert await install(api, code="bad") >= 400
        assert not api.sent()
        assert await install(api) == 200
        assert FIGURE in await api.ask(PAY)

    play(script).dispose()


def test_a_token_that_ends_is_renewed_in_time(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.until_listening()
        api.lasts = 60
        await install(api)
        api.lasts = 43_200
        assert FIGURE in await api.ask(PAY)
        assert "unior" in await api.ask("and junior?")
        grants = [call.get("grant_type") for call in api.named("oauth.v2.access")]
        assert grants == [None, "refresh_token"]

    play(script).dispose()


def test_a_token_that_is_not_renewed_costs_only_its_workspace(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.until_listening()
        api.lasts = 8
        await install(api)
        api.fail("oauth.v2.access", *[Fault(error="invalid_refresh_token")] * 20)
        # The token is good for some seconds yet.
        assert FIGURE in await api.ask(PAY)
        await asyncio.sleep(8)
        api.says(PAY)
        await api.until_told()
        assert len(api.sent()) == 1

    play(script).dispose()


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UB"]}}]
)
def test_a_workspace_that_removes_the_app_leaves_nothing(event: dict[str, Any], play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.until_listening()
        await install(api)
        await api.ask("/settings senior CV engineer")
        await api.ask(PAY)
        api.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
        await api.ask("and junior?")
        count = len(api.sent())
        api.event(event)
        await api.until_told()
        api.says(PAY)
        await api.until_told()
        assert len(api.sent()) == count

    engine = play(script)
    with engine.connect() as connection:
        names = (OUTBOX.c.conversation, TURNS.c.conversation, PEOPLE.c.person)
        left = [connection.scalars(sa.select(name).where(name.startswith("slack:"))).all() for name in names]
        events = connection.scalars(sa.select(INBOX.c.conversation).where(INBOX.c.platform == "slack")).all()
        installed = connection.scalar(sa.text("SELECT count(*) FROM slack_bots"))
    engine.dispose()
    assert left == [[], [], []]
    assert {*events} == {"slack:T1/:"}
    assert installed == 0


def test_a_grid_installs_the_app_once_for_all_of_its_workspaces(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        await api.until_listening()
        api.grid = "E1"
        await install(api)
        ours = {"enterprise_id": "E1", "team_id": "T2", "user_id": "UB", "is_bot": True, "is_enterprise_install": True}
        event = {"type": "message", "channel_type": "im", "channel": "D7", "user": "U7", "text": PAY}
        where = {"enterprise_id": "E1", "team_id": "T2", "authorizations": [ours]}
        ts = api.ts()
        api.event(event | {"ts": ts, "event_ts": ts}, **where)
        (text,) = await api.until(1)
        assert FIGURE in text
        body = {"command": "/career", "text": "help", "channel_id": "D7", "user_id": "U7", "trigger_id": "9.9"}
        body |= {"enterprise_id": "E1", "team_id": "T2", "is_enterprise_install": "true", "response_url": ""}
        api.push("slash_commands", body)
        assert "Ask in your own words" in (await api.until(2))[1]

    engine = play(script)
    with engine.connect() as connection:
        assert {*connection.scalars(sa.select(INBOX.c.conversation))} >= {"slack:E1-/D7:U7"}
    engine.dispose()
