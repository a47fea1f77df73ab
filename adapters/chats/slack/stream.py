"""An answer as it grows, in a direct message of Slack: a stream whose message takes its final form in the end."""

import logging
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.page import write
from adapters.chats.platform import Address
from adapters.chats.reply import Reply
from adapters.chats.slack.blocks import escape
from adapters.chats.slack.niceties import FAULTS
from adapters.chats.slack.parts import SlackPage
from adapters.chats.slack.places import channel_of

LOG = logging.getLogger("advisor.slack")


class Stream:
    """Shows frames by adding to a message; what changes before its end is left to the final form."""

    # Slack names no limit for streams; other methods of the kind allow 20 to 50 calls a minute.
    pace = 1.5

    def __init__(self, client: AsyncWebClient, token_of: Callable[[], Awaitable[str]], address: Address) -> None:
        self._client, self._token_of, self._address = client, token_of, address
        self._shown, self._ts, self._over = "", "", False

    async def show(self, reply: Reply) -> None:
        """Show *reply* as far as it has come."""
        text = escape(write(reply, SlackPage()).text)
        if self._over or not text.startswith(self._shown) or text == self._shown:
            return
        channel, token, more = channel_of(self._address), "", text[len(self._shown) :]
        try:
            token = await self._token_of()
            if self._ts:
                await self._client.chat_appendStream(channel=channel, ts=self._ts, markdown_text=more, token=token)
            else:
                started = await self._client.chat_startStream(
                    channel=channel, thread_ts=self._address.thread, markdown_text=more, token=token
                )
                self._ts = str(started["ts"])
            self._shown = text
        except FAULTS as error:
            self._over = True
            LOG.info("a stream was not shown: %s", type(error).__name__)

    async def end(self) -> str:
        """End the stream; return the name of its message, empty where there is none."""
        if self._ts:
            try:
                await self._client.chat_stopStream(
                    channel=channel_of(self._address), ts=self._ts, token=await self._token_of()
                )
            except FAULTS as error:
                LOG.info("a stream was not ended in order: %s", type(error).__name__)
        return self._ts
