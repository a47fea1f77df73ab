"""A chat model's server on this machine that speaks OpenAI's protocol: streams, schemas, tools, errors and worse."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import Parts, open_scribe

Body = dict[str, Any]
# What a model writes after it has read the messages.
Words = Callable[[list[Body]], str]


@dataclass
class Reply:
    """One reply: words, or a function that writes them; or an error of the server, or something worse.

    `pause` are seconds between two pieces, `stalls` and `breaks` say after how many pieces the server says no more,
    or closes the connection. Of the `ways` to ask for JSON the server knows these.
    """

    words: str | Words = ""
    status: int = 200
    pause: float = 0.0
    stalls: int | None = None
    breaks: int | None = None
    before: float = 0.0
    finish: str = "stop"

    def write(self, messages: list[Body]) -> str:
        """Return the words."""
        return self.words if isinstance(self.words, str) else self.words(messages)


@dataclass
class Provider:
    """Plays the *replies* in turn, the last one again and again; remembers what it was asked."""

    replies: list[Reply] = field(default_factory=list)
    ways: tuple[str, ...] = ("json_schema", "function_calling", "json_mode")
    streams: bool = True
    counts: bool = True
    polite: bool = True
    piece: int = 24
    url: str = ""
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Reply:
        """Return the reply whose turn it is."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def asked(self) -> list[str]:
        """How JSON was asked for, request by request."""
        return [way_of(body) for body in self.requests]


def way_of(body: Body) -> str:
    """Return the way in which *body* asks for JSON."""
    if body.get("tools"):
        return "function_calling"
    kind = (body.get("response_format") or {}).get("type", "text")
    return "json_mode" if kind == "json_object" else str(kind)


def brief_in(messages: list[Body]) -> Body:
    """Return the JSON that a model is given to write from."""
    brief: Body = json.loads(next(one["content"] for one in messages if one["role"] == "user"))
    return brief


@contextmanager
def providing(provider: Provider) -> Iterator[Provider]:
    """Run *provider* at a free port until the end of the block."""

    class Handler(_Handler):
        played = provider

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def written_by(provider: Provider, parts: Parts, home: Path, **more: Any) -> Iterator[Parts]:
    """Return *parts* whose answers are written by *provider*; *more* are settings."""
    fields: dict[str, Any] = {"advisor_home": home, "answer_model": "openai:a-model", "openai_base_url": provider.url}
    settings = Settings.model_construct(**fields | {"openai_api_key": SecretStr("key")} | more)
    scribe = open_scribe(settings, parts.library, parts.reader)
    assert scribe
    try:
        yield replace(parts, scribe=scribe)
    finally:
        scribe.close()


class _Handler(BaseHTTPRequestHandler):
    played: Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.played.requests.append(body)
        self.played.headers.append({name.casefold(): value for name, value in self.headers.items()})
        way = way_of(body)
        if way != "text" and way not in self.played.ways:
            self._json(400, {"error": {"message": f"{way} is not supported", "type": "invalid_request_error"}})
            return
        reply = self.played.next()
        if reply.before:
            self.played.closing.wait(reply.before)
        if reply.status != 200:
            self._json(reply.status, {"error": {"message": "out of order", "type": "server_error"}})
            return
        words = reply.write(body["messages"])
        if body.get("stream") and self.played.streams:
            self._stream(body, reply, words, as_tool=way == "function_calling")
        elif body.get("stream"):
            self._json(400, {"error": {"message": "streams are not supported", "type": "invalid_request_error"}})
        else:
            self._json(200, self._whole(body, reply, words, as_tool=way == "function_calling"))

    def _whole(self, body: Body, reply: Reply, words: str, *, as_tool: bool) -> Body:
        message: Body = {"role": "assistant", "content": None if as_tool else words}
        if as_tool:
            name = body["tools"][0]["function"]["name"]
            call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": words}}
            message["tool_calls"] = [call]
        choice = {"index": 0, "message": message, "finish_reason": reply.finish}
        return self._head(body, "chat.completion") | {"choices": [choice], "usage": _usage()}

    def _stream(self, body: Body, reply: Reply, words: str, *, as_tool: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        size = self.played.piece
        pieces = [words[start : start + size] for start in range(0, len(words), size)]
        for number, piece in enumerate(pieces):
            if number == reply.stalls:
                self.played.closing.wait(60)
                return
            if number == reply.breaks:
                return
            delta: Body = {"content": piece} | ({"role": "assistant"} if self.played.polite and not number else {})
            if as_tool:
                function = {"arguments": piece} | ({"name": body["tools"][0]["function"]["name"]} if not number else {})
                delta = {"tool_calls": [{"index": 0, "function": function} | ({"id": "call_1"} if not number else {})]}
            self._event(body, [{"index": 0, "delta": delta, "finish_reason": None}])
            time.sleep(reply.pause)
        self._event(body, [{"index": 0, "delta": {}, "finish_reason": reply.finish}])
        if self.played.counts and (body.get("stream_options") or {}).get("include_usage"):
            self._event(body, [], _usage())
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, body: Body, choices: list[Body], usage: Body | None = None) -> None:
        event = self._head(body, "chat.completion.chunk") | {"choices": choices, "usage": usage}
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def _head(self, body: Body, kind: str) -> Body:
        return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": body["model"]}

    def _json(self, status: int, answer: Body) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def _usage() -> Body:
    return {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790}
