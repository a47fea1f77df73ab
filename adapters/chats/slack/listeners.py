"""What Slack tells us, over HTTP or a socket: it is stored, and only then confirmed. Nothing is answered here."""

import datetime as dt
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, cast

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.outcomes import Gone
from adapters.chats.platform import Broken, Inbound, InboundKind
from adapters.chats.slack.home import EDIT_DIGEST, EDIT_PROFILE, digest_view, profile_view, told_in
from adapters.chats.slack.manifest import REVIEW
from adapters.chats.slack.payloads import (
    read_command,
    read_event,
    read_modal,
    read_press,
    read_shortcut,
    tenant_of_event,
)
from adapters.chats.slack.places import NAME, Tenant, address
from adapters.chats.slack.tokens import Tokens

LOG = logging.getLogger("advisor.slack")
_ANY = re.compile(".*", re.DOTALL)
_REMOVED = {"app_uninstalled", "tokens_revoked"}
# What reading raises where a payload is not as it should be.
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
Body = dict[str, Any]


class Hearer(Protocol):
    """Is told what came."""

    async def heard(self, events: list[Inbound | Broken]) -> None:
        """Store *events* for good."""

    def noticed(self, event: Mapping[str, Any], tenant: Tenant) -> None:
        """Take note of an event that was stored, or is none of ours; nothing may depend on it."""


def make_app(client: AsyncWebClient, tokens: Tokens, hearer: Hearer, signing_secret: str) -> AsyncApp:
    """Return the Bolt app that hands everything to *hearer*.

    It answers after its listener is through (`process_before_response`): what could not be stored is not confirmed, and
    Slack sends it again.
    """
    app = AsyncApp(
        client=client,
        authorize=_authorize(tokens),
        signing_secret=signing_secret or "socket",
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
        logger=logging.getLogger("advisor.slack.bolt"),
    )
    _listen(app, hearer, tokens)
    return app


def _authorize(tokens: Tokens) -> Callable[..., Awaitable[AuthorizeResult]]:
    async def authorize(enterprise_id: str | None, team_id: str | None, **_: object) -> AuthorizeResult | None:
        tenant = Tenant(enterprise_id or "", team_id or "")
        # An organisation may have installed the app for all of its workspaces.
        try:
            token = await tokens.find(tenant)
            if token is None and tenant.enterprise:
                token = await tokens.find(Tenant(tenant.enterprise, ""))
        except Gone:
            return None
        if token is None:
            return None
        who = {"bot_token": token.value, "bot_user_id": token.user or None, "bot_id": token.bot or None}
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, **who)

    # Bolt takes None for an app that is not installed there.
    return cast("Callable[..., Awaitable[AuthorizeResult]]", authorize)


def _listen(app: AsyncApp, hearer: Hearer, tokens: Tokens) -> None:
    @app.event(_ANY)
    async def on_event(body: Body) -> None:
        if body["event"].get("type") in _REMOVED:
            await _removed(body, hearer, tokens)
            return
        await _hear(hearer, body, read_event)
        hearer.noticed(body["event"], tenant_of_event(body))

    @app.command(_ANY)
    async def on_command(body: Body, ack: AsyncAck) -> None:
        await _hear(hearer, body, read_command)
        await ack()

    @app.shortcut(REVIEW)
    async def on_shortcut(body: Body, ack: AsyncAck) -> None:
        await _hear(hearer, body, read_shortcut)
        await ack()

    _open_modals(app)

    # The first that fits takes it, so this one stands behind the others.
    @app.action(_ANY)
    async def on_press(body: Body, ack: AsyncAck) -> None:
        await _hear(hearer, body, read_press)
        await ack()

    @app.view(_ANY)
    async def on_modal(body: Body, ack: AsyncAck) -> None:
        await _hear(hearer, body, read_modal)
        await ack()

    @app.error
    async def on_error(error: Exception, body: Body) -> BoltResponse | None:
        if isinstance(error, UNREADABLE):
            await hearer.heard([broken(body, error)])
            return BoltResponse(status=200)
        # What a person wrote may stand in the error's words. Without an answer Bolt says 500, and Slack tries again.
        LOG.error("an event could not be stored: %s", type(error).__name__)
        return None


def _open_modals(app: AsyncApp) -> None:
    """Open a field when its button is pressed, at once: what triggered it ends after three seconds."""

    @app.action(EDIT_PROFILE)
    async def on_edit(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await ack()
        view = profile_view(told_in(body["actions"][0].get("value") or ""))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(EDIT_DIGEST)
    async def on_order(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=digest_view())


async def _hear(hearer: Hearer, body: Body, read: Callable[[Body], Inbound | None]) -> None:
    """Have what *read* finds in *body* stored; what cannot be read is stored as it came."""
    try:
        found: Inbound | Broken | None = read(body)
    except UNREADABLE as error:
        found = broken(body, error)
    if found:
        await hearer.heard([found])


def broken(body: Mapping[str, Any], error: Exception) -> Broken:
    """Return what cannot be read as it came, without what would let somebody speak in our name."""
    kept = {key: value for key, value in body.items() if key not in {"token", "response_url"}}
    content = hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()
    return Broken(NAME, str(body.get("event_id") or content)[:100], kept, f"{type(error).__name__}: {error}")


async def _removed(body: Body, hearer: Hearer, tokens: Tokens) -> None:
    """Forget a workspace that removed the app; revoked tokens of persons are none of ours."""
    event, tenant = body["event"], tenant_of_event(body)
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return
    await tokens.remove(tenant)
    where, now = address(tenant, ""), dt.datetime.now(dt.UTC)
    await hearer.heard([Inbound(InboundKind.REMOVED, body["event_id"], where, f"{NAME}:", now, private=False)])
