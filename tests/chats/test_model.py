"""Answers in a model's words, in both chats: they grow, can be stopped, and never keep anybody waiting."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store.usage_tables import USAGE
from bot.wiring import Parts, open_store
from tests.chats.bot_api import BotApi
from tests.chats.running import converse, converse_in_slack, settings_for
from tests.chats.slack_api import SlackApi
from tests.retrieval.writing.provider import Body, Provider, Reply, brief_in, providing, written_by

PAY = "what do senior CV engineers earn in the US?"
BASE, TOP = "US seniors", "Top-tier companies pay seniors"


def written(messages: list[Body]) -> str:
    """Say each evidence of a question about pay in other words."""
    words = {"US": f"{BASE} are at {{f}} a year base.", "market": f"{TOP} {{f}} a year."}
    claims = []
    for one in brief_in(messages)["evidence"]:
        name = [part for part in one["says"].replace("}", "{").split("{") if part.startswith("f")][-1]
        text = next((text for key, text in words.items() if key in one["says"]), "It is {f}.")
        claims.append({"evidence": [one["id"]], "text": text.replace("{f}", f"{{{name}}}")})
    return json.dumps({"claims": claims})


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A model that writes well."""
    with providing(Provider([Reply(written)])) as playing:
        yield playing


@pytest.fixture
def writing(parts: Parts, tmp_path: Path, provider: Provider) -> Iterator[Any]:
    """Return parts whose answers are written by *provider*."""
    with ExitStack() as stack:
        yield lambda **more: stack.enter_context(written_by(provider, parts, tmp_path, **more))


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - what a server was asked rings no bell
            await asyncio.sleep(0.05)


def drafts(api: BotApi) -> list[dict[str, Any]]:
    return [call for method, call in api.calls if method == "sendmessagedraft"]


def test_in_telegram_an_answer_grows_as_a_draft_and_comes_with_its_sources(
    writing: Any, provider: Provider, tmp_path: Path
) -> None:
    provider.replies = [Reply(written, pause=0.25)]

    async def script(api: BotApi) -> None:
        api.says(PAY)
        (text,) = await api.until(1)
        assert BASE in text
        assert TOP in text
        assert "$220,000–$310,000" in text
        assert "They overlap at" in text
        assert "[1]" in text
        grown = [draft["text"] for draft in drafts(api) if BASE in draft["text"]]
        assert grown
        assert not any(TOP in text for text in grown[:1])
        assert all(draft.get("can_stop") for draft in drafts(api) if BASE in draft["text"])

    converse(script, writing(), tmp_path)


def test_in_slack_an_answer_grows_as_a_stream_whose_message_it_takes(
    writing: Any, provider: Provider, tmp_path: Path
) -> None:
    provider.replies = [Reply(written, pause=0.25)]

    async def script(api: SlackApi) -> None:
        api.says(PAY)
        texts = await api.until(1)
        await api.until_asked("chat.update")
        methods = [method for method, _ in api.calls]
        assert methods.index("chat.startStream") < methods.index("chat.stopStream") < methods.index("chat.update")
        assert not api.streams
        assert "chat.postMessage" not in methods
        assert texts

    converse_in_slack(script, writing(), tmp_path)


@pytest.mark.parametrize("platform", ["telegram", "slack"])
def test_who_stops_it_gets_what_was_said_so_far(
    platform: str, writing: Any, provider: Provider, tmp_path: Path
) -> None:
    provider.replies = [Reply(written, stalls=5), Reply(written)]

    async def in_telegram(api: BotApi) -> None:
        api.says(PAY)
        await _until(lambda: any(BASE in draft["text"] for draft in drafts(api)))
        api.push(stopped_message_generation={"chat": {"id": 7, "type": "private"}, "draft_id": 1})
        (text,) = await api.until(1)
        assert BASE in text
        assert "Stopped." in text
        assert TOP not in text
        api.says("red flags in senior ml engineer job ads")
        assert "Framework wishlist" in (await api.until(2))[1]

    async def in_slack(api: SlackApi) -> None:
        said = api.says(PAY)
        await api.until_asked("chat.startStream")
        talk = {"channel": said["event"]["channel"], "thread_ts": said["event"]["ts"]}
        api.event({"type": "agent_session_stopped", "streaming_message_ts": []} | talk)
        (changed,) = await api.until_asked("chat.update")
        assert "Stopped." in json.dumps(changed)
        assert not api.streams

    if platform == "telegram":
        converse(in_telegram, writing(), tmp_path)
    else:
        converse_in_slack(in_slack, writing(), tmp_path)


@pytest.mark.parametrize("fault", [{"stalls": 0}, {"stalls": 5}, {"before": 60.0}, {"status": 500}, {"breaks": 5}])
def test_nobody_waits_for_a_provider_that_fails(
    fault: dict[str, Any], writing: Any, provider: Provider, tmp_path: Path
) -> None:
    provider.replies = [Reply(written, **fault)]

    async def script(api: BotApi) -> None:
        start = time.monotonic()
        api.says(PAY)
        (text,) = await api.until(1)
        assert time.monotonic() - start < 4
        assert "$220,000–$310,000 a year, base, stated range" in text or "breaks" in fault
        assert "$220,000–$310,000" in text
        assert "$170,000–$240,000 a year, base/total not stated" in text

    converse(script, writing(answer_seconds=1.5), tmp_path)


def test_in_slack_nothing_stays_open_where_a_provider_stalls(writing: Any, provider: Provider, tmp_path: Path) -> None:
    provider.replies = [Reply(written, stalls=5)]

    async def script(api: SlackApi) -> None:
        api.says(PAY)
        (changed,) = await api.until_asked("chat.update")
        assert "$220,000–$310,000 a year, base, stated range" in json.dumps(changed, ensure_ascii=False)
        assert not api.streams

    converse_in_slack(script, writing(answer_seconds=1.5), tmp_path)


def test_a_budget_that_is_used_up_is_said_once_and_answers_still_come(
    writing: Any, provider: Provider, tmp_path: Path
) -> None:
    async def script(api: BotApi) -> None:
        api.says(PAY)
        api.says("red flags in senior ml engineer job ads")
        api.says("how long does hiring take for cv engineers")
        first, second, third = await api.until(3)
        assert BASE in first
        assert "your budget for a language model is used up" in second
        assert "Framework wishlist" in second
        assert "3–6 weeks" in third
        assert "budget" not in third

    converse(script, writing(budget_person_tokens=500), tmp_path)
    engine = open_store(settings_for(tmp_path, 0))
    with engine.connect() as connection:
        rows = connection.execute(sa.select(USAGE.c.how, USAGE.c.person).order_by(USAGE.c.id)).all()
    engine.dispose()
    assert rows == [("written", "telegram:7"), ("told", "telegram:7")]
    assert len(provider.requests) == 1
