"""Slack by the slack-bolt library: requests, signatures, socket and types. Taking and sending follow our own mail."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.limits import Limits, Pace
from adapters.chats.outcomes import Gone, SendError, TokenRejected, UnknownOutcome, Unsent
from adapters.chats.platform import About, Address, Broken, Inbound, Outgoing, Part, Take
from adapters.chats.slack.faults import NotTaken, fault_of
from adapters.chats.slack.listeners import broken, make_app
from adapters.chats.slack.members import Members
from adapters.chats.slack.niceties import FAULTS, Niceties
from adapters.chats.slack.parts import parts_of
from adapters.chats.slack.places import NAME, Tenant, channel_of, only_seen_by, tenant_of
from adapters.chats.slack.places import address as place
from adapters.chats.slack.sending import Sender
from adapters.chats.slack.socket_mode import listen
from adapters.chats.slack.stream import Stream
from adapters.chats.slack.tokens import Tokens
from adapters.chats.slack.web import Install, routes

LOG = logging.getLogger("advisor.slack")
API = "https://slack.com/api/"
# Seconds that a request may take.
PATIENCE = 20
# One message a second in a channel, and a cap for a workspace that Slack does not name: five a second, five at once
# (https://docs.slack.dev/apis/web-api/rate-limits, read 2026-11).
PER_SECOND, BURST, CHANNEL = 5.0, 5, Pace(3, 3.0)


@dataclass(frozen=True, slots=True)
class Access:
    """How Slack reaches us: over a socket with `app_token`, or by calls that `signing_secret` signs.

    `install` is there where the app may be installed in any workspace.
    """

    app_token: str = ""
    signing_secret: str = ""
    install: Install | None = None


class Slack:
    """Slack workspaces; to each at most *per_second* messages are sent."""

    name = NAME

    def __init__(self, tokens: Tokens, access: Access, api: str = API, per_second: float = PER_SECOND) -> None:
        self._tokens, self._access, self._api = tokens, access, api
        self._pace = Pace(BURST, BURST / per_second)
        # Requests are tried again by our own mail, which counts what may have arrived twice.
        self._client = AsyncWebClient(base_url=api, retry_handlers=[], timeout=PATIENCE)
        self._app = make_app(self._client, tokens, self, access.signing_secret)
        self._limits: dict[Tenant, Limits] = {}
        self._members = Members(self._client)
        self._niceties = Niceties(self._client, self._token)
        self._take: Take | None = None
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Connect and learn who we are."""
        await self.connect()

    async def connect(self) -> str:
        """Connect; return who we are."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
            self._client.session = self._session
        try:
            who = await self._tokens.connect(self._client)
        except FAULTS as error:
            raise fault_of(error) from error
        try:
            if self._access.app_token:
                await self._client.apps_connections_open(app_token=self._access.app_token)
        except FAULTS as error:
            fault = fault_of(error)
            rejected = isinstance(fault, TokenRejected)
            raise TokenRejected(str(fault), "SLACK_APP_TOKEN") if rejected else fault from error
        return who

    def routes(self) -> Sequence[web.RouteDef]:
        """Return what our web server answers when Slack calls it, and the pages that install the app."""
        signed = None if self._access.app_token else (self._access.signing_secret, self._set_aside)
        return routes(self._app, self._client, self._access.install, signed)

    async def receive(self, take: Take) -> None:
        """Hand over events until cancelled."""
        self._take = take
        if not self._access.app_token:
            await asyncio.Event().wait()
        own = AsyncWebClient(self._access.app_token, self._api, session=self._session, retry_handlers=[])
        await listen(self._app, own, self._set_aside)

    async def heard(self, events: list[Inbound | Broken]) -> None:
        """Store *events* for good."""
        if self._take is None:
            raise ConnectionError("nobody takes events yet")
        await self._take(events)

    async def _set_aside(self, body: dict[str, Any], error: Exception) -> None:
        await self.heard([broken(body, error)])

    def noticed(self, event: Mapping[str, Any], tenant: Tenant) -> None:
        """Do what makes the app feel at home; nothing depends on it."""
        if event.get("type") == "user_change":
            self._members.forget(tenant, str((event.get("user") or {}).get("id")))
        self._niceties.after(event, tenant)

    async def _token_to_send(self, tenant: Tenant) -> str:
        """Return the token to send with; where it cannot be had now, nothing was sent."""
        try:
            return await self._token(tenant)
        except SendError:
            raise
        except FAULTS as error:
            fault = fault_of(error)
            raise Unsent(str(fault)) if isinstance(fault, UnknownOutcome) else fault from error

    async def _token(self, tenant: Tenant) -> str:
        token = await self._tokens.find(tenant)
        if token is None:
            raise Gone("the app is not installed there")
        return token.value

    def render(self, outgoing: Outgoing, address: Address) -> list[Part]:
        """Return the requests that show *outgoing*, in order."""
        return parts_of(outgoing, address)

    async def send(self, part: Part, address: Address) -> str:
        """Send *part*."""
        tenant = tenant_of(address)
        limits = self._limits.setdefault(tenant, Limits(self._pace, lambda _: CHANNEL))
        if not part.body.get("respond"):
            # What answers one request is no call of the Web API.
            await limits.wait(address.chat, bulk=bool(part.body.get("bulk")))
        token = await self._token_to_send(tenant)
        try:
            return await Sender(self._client, token).send(part, address)
        except (*FAULTS, NotTaken) as error:
            raise fault_of(error) from error

    async def busy(self, address: Address, *, private: bool) -> None:
        """Show in a direct message that an answer is being made."""
        if private and _is_talk(address):
            await self._niceties.busy(tenant_of(address), channel_of(address), address.thread)

    def preview(self, address: Address, *, private: bool) -> Stream | None:
        """Return a stream, in direct messages."""
        if not (private and _is_talk(address)):
            return None
        return Stream(self._client, lambda: self._token(tenant_of(address)), address)

    async def about(self, inbound: Inbound) -> About:
        """Ask who speaks: guests and people of other organisations are no members of the workspace."""
        try:
            found = await self._members.find(await self._token(tenant_of(inbound.address)), inbound)
        except FAULTS as error:
            LOG.info("who speaks cannot be told: %s", type(error).__name__)
            found = About()
        return replace(found, stranger=True) if inbound.outside else found

    def home(self, address: Address, person: str, *, private: bool) -> Address:
        """Return the direct messages of a person, or the channel in which they speak, above its threads."""
        tenant = tenant_of(address)
        return place(tenant, person.partition("/")[2] if private else channel_of(address))

    async def looks_after(self, address: Address, person: str) -> bool:
        """Ask whether *person* is an administrator of the workspace."""
        try:
            token = await self._token(tenant_of(address))
            asked = await self._client.users_info(user=person.partition("/")[2], token=token)
        except FAULTS as error:
            LOG.info("who runs a channel cannot be told: %s", type(error).__name__)
            return False
        found = asked.get("user") or {}
        return bool(found.get("is_admin") or found.get("is_owner"))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._niceties.close()
        if self._session:
            await self._session.close()


def _is_talk(address: Address) -> bool:
    """Tell whether *address* is a thread of direct messages, seen by both."""
    return bool(address.thread) and not only_seen_by(address) and channel_of(address).startswith("D")
