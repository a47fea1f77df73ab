"""The little web server of a running advisor: is it well, and what Telegram calls when it is told to."""

import hmac
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web

from adapters.chats.telegram.platform import Telegram
from knowledge.errors import SettingError

LOG = logging.getLogger("advisor.serve")
HOOK = "/telegram"
# An update is small; whatever is larger is none.
LARGEST = 1_000_000
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def make_app(state: Callable[[], dict[str, Any]], telegram: Telegram | None) -> web.Application:
    """Return the server: `/healthz` shows *state*, `/telegram` takes the calls of *telegram* that know its secret."""
    app = web.Application(client_max_size=LARGEST)

    async def health(_request: web.Request) -> web.Response:
        found = state()
        return web.json_response(found, status=200 if found["ok"] else 503)

    app.router.add_get("/healthz", health)
    if telegram:
        app.router.add_post(HOOK, _hook(telegram))
    return app


def _hook(telegram: Telegram) -> Callable[[web.Request], Any]:
    async def called(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), telegram.secret.encode()):
            return web.Response(status=403)
        # Whatever is not stored is not confirmed: an error here is a 500, and Telegram calls again.
        stored = await telegram.called(await request.read())
        return web.Response(status=200 if stored else 400)

    return called


async def listen(app: web.Application, host: str, port: int, *, needed: bool) -> web.AppRunner | None:
    """Serve *app*; None where the port is taken and nothing but `/healthz` depends on it.

    Raises:
        SettingError: the port cannot be used and is *needed*.

    """
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        if needed:
            raise SettingError("HTTP_PORT", f"{host}:{port} cannot be used: {error.strerror}") from error
        LOG.warning("no health page: %s:%s cannot be used (HTTP_PORT)", host, port)
        return None
    return runner
