"""What our web server answers for Slack: signed calls, and the pages that install the app in a workspace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.slack.listeners import UNREADABLE
from adapters.chats.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.chats.slack.socket_mode import Aside

Answer = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


@dataclass(frozen=True, slots=True)
class Install:
    """What OAuth needs: who the app is, at which address the world reaches us, and where installations are kept."""

    client_id: str
    client_secret: str
    public: str
    installations: AsyncInstallationStore
    states: AsyncOAuthStateStore


def routes(
    app: AsyncApp, client: AsyncWebClient, install: Install | None, signed: tuple[str, Aside] | None
) -> list[web.RouteDef]:
    """Return the routes: events where *signed* calls tell them, installation where the app may be installed."""
    found = [web.post(EVENTS_PATH, _events(app, *signed))] if signed else []
    if install:
        flow = _flow(client, install)
        found += [
            web.get(INSTALL_PATH, _page(flow.handle_installation)),
            web.get(REDIRECT_PATH, _page(flow.handle_callback)),
        ]
    return found


def _flow(client: AsyncWebClient, install: Install) -> AsyncOAuthFlow:
    settings = AsyncOAuthSettings(
        client_id=install.client_id,
        client_secret=install.client_secret,
        scopes=[*SCOPES],
        redirect_uri=f"{install.public.rstrip('/')}{REDIRECT_PATH}" if install.public else None,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        installation_store=install.installations,
        state_store=install.states,
    )
    return AsyncOAuthFlow(client=client, settings=settings)


def _events(app: AsyncApp, secret: str, aside: Aside) -> Callable[[web.Request], Awaitable[web.Response]]:
    verifier = SignatureVerifier(secret)

    async def answered(request: web.Request) -> web.Response:
        body, headers = await request.text(), {name.lower(): value for name, value in request.headers.items()}
        # The library checks this as well; but a call may break it before it comes to that.
        stamp = headers.get("x-slack-request-timestamp", "")
        if not stamp.isdigit() or not verifier.is_valid_request(body, headers):
            return web.Response(status=401)
        try:
            call = await to_bolt_request(request)
        except UNREADABLE as error:
            await aside({"event": body}, error)
            return web.Response()
        return await to_aiohttp_response(await app.async_dispatch(call))

    return answered


def _page(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answered(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await answer(await to_bolt_request(request)))

    return answered
