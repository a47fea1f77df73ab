"""Slack over a socket that we open: no public address is needed.

https://docs.slack.dev/apis/events-api/using-socket-mode (read 2026-11).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.outcomes import TokenRejected
from adapters.chats.slack.faults import fault_of
from adapters.chats.slack.listeners import UNREADABLE

LOG = logging.getLogger("advisor.slack")
# Sets aside an event that the library cannot read.
Aside = Callable[[dict[str, Any], Exception], Awaitable[None]]
# The setting that holds the token for sockets.
SETTING = "SLACK_APP_TOKEN"
# Seconds between tries to connect, doubled up to the longest.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


async def listen(app: AsyncApp, client: AsyncWebClient, aside: Aside) -> None:
    """Hand what comes to *app* until cancelled; *client* opens sockets. What cannot be read costs only itself.

    Raises:
        TokenRejected: Slack does not know the token.

    """
    socket = SocketModeClient(client.token or "", logger=logging.getLogger("advisor.slack.socket"), web_client=client)

    async def heard(to: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            await send_async_response(to, request, await run_async_bolt_app(app, request), 0.0)
        except UNREADABLE as error:
            await aside(request.payload, error)
            await to.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    socket.socket_mode_request_listeners.append(heard)
    try:
        await _connect(socket)
        # From here on the library keeps the socket open.
        await asyncio.Event().wait()
    finally:
        await socket.close()  # type: ignore[no-untyped-call]


async def _connect(socket: SocketModeClient) -> None:
    wait = FIRST_WAIT
    while True:
        try:
            await socket.connect()  # type: ignore[no-untyped-call]
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            fault = fault_of(error)
            if isinstance(fault, TokenRejected):
                raise TokenRejected(str(fault), SETTING) from error
            LOG.warning("the socket cannot be opened, tried again in %d seconds: %s", wait, fault)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)
