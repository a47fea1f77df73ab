"""The one way boards are fetched: politely, with limits, and never twice for what has not changed."""

import asyncio
import contextlib
import datetime as dt
import email.utils
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

AGENT = "career-advisor/0.1 (+https://pypi.org/project/career-advisor; a career bot that links back to every source)"
# Seconds: to connect, without a byte, and for one answer as a whole.
CONNECT, IDLE, WHOLE = 10.0, 20.0, 90.0
# The largest recorded answer has 4 MB (a Greenhouse board of 814 posts); nothing honest has ten times as much.
LARGEST = 40_000_000
MOST_REDIRECTS = 4
TRIES = 3
# Seconds between tries where the server names none, doubled each time, and the longest wait that is obeyed.
BACK_OFF, LONGEST_WAIT = 2.0, 60.0
_AGAIN = {429, 500, 502, 503, 504}


class FetchError(Exception):
    """An address could not be fetched; the message says why."""


class NotModified(Exception):  # noqa: N818 - no error: the server says that nothing changed
    """The feed is the same as when it was fetched last."""


class _TryAgainError(FetchError):
    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None


class PoliteClient:
    """Fetches addresses one after another per host: time-outs, retries, size cap, conditional requests.

    *validators* are those of the last fetch by address; new ones are kept in `seen`.
    """

    def __init__(
        self, validators: Mapping[str, Validators] | None = None, back_off: float = BACK_OFF, pause: float = 0.0
    ) -> None:
        self._validators = dict(validators or {})
        self._back_off = back_off
        self._pause = pause
        self.seen: dict[str, Validators] = {}
        self._http = httpx.AsyncClient(
            headers={"User-Agent": AGENT, "Accept": "application/json, application/rss+xml, text/xml;q=0.9, */*;q=0.1"},
            timeout=httpx.Timeout(IDLE, connect=CONNECT),
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def json(self, url: str, params: Mapping[str, str] | None = None, *, conditional: bool = True) -> Any:  # noqa: ANN401
        """Return the JSON at *url*.

        Raises:
            FetchError: it cannot be fetched, or is no JSON.
            NotModified: it has not changed.

        """
        body = await self.body(url, params, conditional=conditional)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise FetchError(f"{url} sent no readable JSON: {reason}") from error

    async def body(self, url: str, params: Mapping[str, str] | None = None, *, conditional: bool = True) -> bytes:
        """Return the body at *url*, tried again where the server is busy.

        Raises:
            FetchError: it cannot be fetched.
            NotModified: it has not changed.

        """
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_TryAgainError), stop=stop_after_attempt(TRIES), wait=self._wait, reraise=True
        )
        async for attempt in retrying:
            with attempt:
                return await self._once(url, params, conditional=conditional)
        raise AssertionError  # tenacity returns or raises

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        named = error.wait if isinstance(error, _TryAgainError) else None
        return float(
            min(LONGEST_WAIT, named if named is not None else self._back_off * 2 ** (state.attempt_number - 1))
        )

    async def _once(self, url: str, params: Mapping[str, str] | None, *, conditional: bool) -> bytes:
        try:
            async with asyncio.timeout(WHOLE):
                if self._pause:
                    await asyncio.sleep(self._pause)
                return await self._read(url, params, self._asked(url) if conditional else {})
        except TimeoutError as error:
            raise FetchError(f"{url} took longer than {WHOLE:.0f} s") from error
        except httpx.TooManyRedirects as error:
            raise FetchError(f"{url} redirects more than {MOST_REDIRECTS} times") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise _TryAgainError(f"{url} cannot be reached: {str(error) or type(error).__name__}", None) from error
        except httpx.HTTPError as error:
            raise FetchError(f"{url}: {error}") from error

    async def _read(self, url: str, params: Mapping[str, str] | None, headers: dict[str, str]) -> bytes:
        address = httpx.URL(url).copy_merge_params(dict(params or {}))
        async with self._http.stream("GET", address, headers=headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                raise NotModified(url)
            if response.status_code in _AGAIN:
                raise _TryAgainError(f"{url} answered {response.status_code}", _retry_after(response))
            if response.is_error:
                raise FetchError(f"{url} answered {response.status_code}")
            body = await _body(response, url)
            self.seen[url] = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
            return body

    def _asked(self, url: str) -> dict[str, str]:
        known = self._validators.get(url, Validators())
        pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in pairs.items() if value}


async def _body(response: httpx.Response, url: str) -> bytes:
    """Read the body up to the cap; a larger one is given up at once."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > LARGEST:
            raise FetchError(f"{url} sends more than {LARGEST // 1_000_000} MB")
        chunks.append(chunk)
    return b"".join(chunks)


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds a server asks to wait (a number or a date: RFC 9110, 10.2.3), None where it names none."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    with contextlib.suppress(ValueError, TypeError):
        until = email.utils.parsedate_to_datetime(value)
        return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
    return None
