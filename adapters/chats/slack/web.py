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
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, SCOPES

Answer = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


@dataclass(frozen=True, slots=True)
class Install:
    """What OAuth needs: who the app is, at which address the world reaches us, and where installations are kept."""

    client_id: str
    client_secret: str
    public: str
    installations: AsyncInstallationStore
    states: AsyncOAuthStateStore


def routes(app: AsyncApp, client: AsyncWebClient, install: Install | None, *, called: bool) -> list[web.RouteDef]:
    """Return the routes: events where Slack *called* us, installation where the app may be installed."""
    found = [web.post(EVENTS_PATH, _route(app.async_dispatch))] if called else []
    if install:
        flow = _flow(client, install)
        found += [
            web.get(INSTALL_PATH, _route(flow.handle_installation)),
            web.get(REDIRECT_PATH, _route(flow.handle_callback)),
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


def _route(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answered(request: web.Request) -> web.Response:
        stamp = request.headers.get("x-slack-request-timestamp", "0")
        if not stamp.isdigit():
            # The library's check of the signature would fail on it with an error of its own.
            return web.Response(status=401)
        return await to_aiohttp_response(await answer(await to_bolt_request(request)))

    return answered
