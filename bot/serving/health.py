"""The little web server of a running advisor: how it goes, and what chat platforms call."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.serving.metrics import as_text
from knowledge.errors import SettingError

LOG = logging.getLogger("advisor.serve")
# An event is small; whatever is larger is none.
LARGEST = 1_000_000


def make_app(state: Callable[[], Awaitable[dict[str, Any]]], routes: Iterable[web.RouteDef]) -> web.Application:
    """Return the server: `/healthz` shows *state*, `/metrics` the same for Prometheus; *routes* are of platforms."""
    app = web.Application(client_max_size=LARGEST)

    async def health(_request: web.Request) -> web.Response:
        found = await state()
        return web.json_response(found, status=200 if found["ok"] else 503)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=as_text(await state()), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", metrics)
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
