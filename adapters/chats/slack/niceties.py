"""What makes the app feel at home in Slack: prompts, titles, states of a talk. Nothing depends on it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.outcomes import SendError
from adapters.chats.slack.manifest import PROMPTS
from adapters.chats.slack.places import Tenant

LOG = logging.getLogger("advisor.slack")
# A title in the list of talks is cut there.
TITLE = 80
# Raised by the library and the connection under it; `Gone` where the app is not installed any more.
FAULTS = (SlackApiError, aiohttp.ClientError, TimeoutError, SendError)


class Niceties:
    """Does in the background what nobody waits for; *token_of* tells with which token."""

    def __init__(self, client: AsyncWebClient, token_of: Callable[[Tenant], Awaitable[str]]) -> None:
        self._client, self._token_of = client, token_of
        self._tasks: set[asyncio.Task[None]] = set()

    def after(self, event: Mapping[str, Any], tenant: Tenant) -> None:
        """Do what belongs to *event*."""
        match event:
            case {"type": "app_home_opened", "tab": "messages", "channel": str(channel)}:
                prompts = [{"title": title, "message": message} for title, message in PROMPTS]
                self._call(tenant, self._client.assistant_threads_setSuggestedPrompts, channel, prompts=prompts)
            case {"type": "message", "channel": str(channel), "ts": str(ts), "text": str(text), "user": str()} if (
                text.strip() and "thread_ts" not in event
            ):
                title = " ".join(text.split())[:TITLE]
                self._call(tenant, self._client.assistant_threads_setTitle, channel, thread_ts=ts, title=title)
            case {"type": "agent_session_stopped", "channel": str(channel), "thread_ts": str(ts)}:
                # Whoever is told to stop has to say that it did.
                self._call(tenant, self._client.agents_sessions_setStatus, channel, thread_ts=ts, status="active")

    async def busy(self, tenant: Tenant, channel: str, thread: str) -> None:
        """Show that an answer is being made; it ends with the answer."""
        status = "is looking it up …"
        await self._quietly(
            tenant, self._client.assistant_threads_setStatus, channel, {"thread_ts": thread, "status": status}
        )

    def _call(self, tenant: Tenant, method: Callable[..., Awaitable[Any]], channel: str, **words: object) -> None:
        task = asyncio.create_task(self._quietly(tenant, method, channel, words))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(
        self, tenant: Tenant, method: Callable[..., Awaitable[Any]], channel: str, words: Mapping[str, object]
    ) -> None:
        try:
            await method(channel_id=channel, token=await self._token_of(tenant), **words)
        except FAULTS as error:
            LOG.info("a nicety was not shown: %s", type(error).__name__)

    async def close(self) -> None:
        """Wait for what was begun."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
