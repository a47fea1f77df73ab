"""Job boards on this machine: a real HTTP server that answers as it is told, and counts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """What an address answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Query = dict[str, str]
Answering = Callable[[str, Query, dict[str, str]], Answer]


@dataclass
class Server:
    """A running server; `asked` are the paths it was asked for, `seen` the headers of each request."""

    url: str
    asked: list[str]
    seen: list[dict[str, str]]


@contextmanager
def serving(answer: Answering) -> Iterator[Server]:
    """Serve *answer* (path, query, headers) on loopback."""
    asked: list[str] = []
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked.append(self.path)
            seen.append(dict(self.headers))
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            made = answer(parts.path, query, dict(self.headers))
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            self.wfile.write(made.body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}", asked, seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
