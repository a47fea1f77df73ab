"""The little web server of a running advisor: is it well, and what chat platforms call when they are told to."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from knowledge.errors import SettingError

LOG = logging.getLogger("advisor.serve")
# An event is small; whatever is larger is none.
LARGEST = 1_000_000


def make_app(state: Callable[[], dict[str, Any]], routes: Iterable[web.RouteDef]) -> web.Application:
    """Return the server: `/healthz` shows *state*, the other *routes* are those of chat platforms."""
    app = web.Application(client_max_size=LARGEST)

    async def health(_request: web.Request) -> web.Response:
        found = state()
        return web.json_response(found, status=200 if found["ok"] else 503)

    app.router.add_get("/healthz", health)
    app.router.add_routes(routes)
    return app


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
