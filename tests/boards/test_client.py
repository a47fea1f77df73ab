"""The client against a real server on this machine that behaves well, badly and not at all."""

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from adapters.boards import client as module
from adapters.boards.client import FetchError, NotModified, PoliteClient, Validators
from tests.boards.loopback import Answer, serving

Using = Callable[[PoliteClient], Coroutine[Any, Any, Any]]


def run(using: Using, validators: dict[str, Validators] | None = None) -> Any:
    async def whole() -> Any:
        async with PoliteClient(validators, back_off=0.01) as client:
            return await using(client)

    return asyncio.run(whole())


def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    answers = iter([Answer(status=429, headers={"Retry-After": "0"}), Answer(status=503), Answer(b"[1]")])
    with serving(lambda *_: next(answers)) as server:
        assert run(lambda client: client.json(server.url)) == [1]
    assert len(server.asked) == 3


def test_it_gives_up_after_three_tries_and_says_what_was_answered() -> None:
    with serving(lambda *_: Answer(status=500)) as server, pytest.raises(FetchError, match="answered 500"):
        run(lambda client: client.json(server.url))
    assert len(server.asked) == 3


def test_a_refusal_is_not_asked_again() -> None:
    with serving(lambda *_: Answer(status=404)) as server, pytest.raises(FetchError, match="answered 404"):
        run(lambda client: client.json(server.url))
    assert len(server.asked) == 1


def test_a_body_beyond_the_cap_is_given_up() -> None:
    large = b"x" * (module.LARGEST + 1)
    with serving(lambda *_: Answer(large)) as server, pytest.raises(FetchError, match="more than 40 MB"):
        run(lambda client: client.body(server.url))


def test_endless_redirects_end() -> None:
    again = Answer(status=302, headers={"Location": "/again"})
    with serving(lambda *_: again) as server, pytest.raises(FetchError, match="redirects more than"):
        run(lambda client: client.json(server.url))
    assert len(server.asked) <= module.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "body, reason",
    [(b"{", "no readable JSON"), (b"[" * 100_000, "nested too deeply"), (b"\xff\xfe", "no readable JSON")],
)
def test_what_is_no_json_is_said(body: bytes, reason: str) -> None:
    with serving(lambda *_: Answer(body)) as server, pytest.raises(FetchError, match=reason):
        run(lambda client: client.json(server.url))


def test_a_dead_host_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/feed"
    with pytest.raises(FetchError, match="cannot be reached"):
        run(lambda client: client.json(address))


def test_what_has_not_changed_is_not_sent_again() -> None:
    def answer(_path: str, _query: dict[str, str], headers: dict[str, str]) -> Answer:
        known = headers.get("If-None-Match") == '"one"'
        return Answer(status=304) if known else Answer(json.dumps([1]).encode(), headers={"ETag": '"one"'})

    with serving(answer) as server:

        async def twice(client: PoliteClient) -> Validators:
            await client.json(server.url)
            return client.seen[server.url]

        seen = run(twice)
        with pytest.raises(NotModified):
            run(lambda client: client.json(server.url), {server.url: seen})


def test_it_says_who_asks() -> None:
    with serving(lambda *_: Answer(b"[]")) as server:
        run(lambda client: client.json(server.url))
    assert server.seen[0]["User-Agent"].startswith("career-advisor/")
