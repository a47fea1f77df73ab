"""What is Slack's own: signatures, retries, sockets, threads, pages, modals, installations, faults. Over HTTP."""

from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from tests.chats.running import SlackScript, converse_in_slack
from tests.chats.slack_api import SlackApi

PAY = "what do senior CV engineers earn in the US?"


@pytest.fixture(params=[False, True], ids=["socket", "http"])
def play(request: pytest.FixtureRequest, parts: Parts, tmp_path: Path) -> Any:
    """Play a script against a running advisor."""

    def played(script: SlackScript, **settings: Any) -> SlackApi:
        return converse_in_slack(script, parts, tmp_path, hooked=request.param, **settings)

    return played


def test_a_question_is_answered_in_its_thread(play: Any) -> None:
    async def script(api: SlackApi) -> None:
        text = await api.ask(PAY)
        assert "$170,000–$240,000" in text
        (sent,) = api.sent(7)
        print(text, api.buttons(), sent["blocks"])
        assert sent["thread_ts"] == api.threads[7, 7]

    play(script)
