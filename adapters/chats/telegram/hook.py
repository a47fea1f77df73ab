"""Calls of Telegram's servers, where they are told to call: only those that know the secret are heard."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

PATH = "/telegram"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def hook(secret: str, called: Callable[[bytes], Awaitable[bool]]) -> web.RouteDef:
    """Return the route that hands the body of a call to *called*, which tells whether it was an update."""

    async def answer(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        # Whatever is not stored is not confirmed: an error here is a 500, and Telegram calls again.
        stored = await called(await request.read())
        return web.Response(status=200 if stored else 400)

    return web.post(PATH, answer)
