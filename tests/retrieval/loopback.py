"""An embedding service on this machine that speaks OpenAI's wire format, for what LangChain sends and gets."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Vectors = list[list[float]]


def lengths(texts: list[str]) -> Vectors:
    """Return for each text a vector of its length and a constant; never of length one."""
    return [[float(len(text)), 3.0] for text in texts]


@dataclass
class Service:
    """What the service is asked and what it answers; `requests` are (path, Authorization header, body).

    The first `busy` ones it asks to come back (429).
    """

    status: int = 200
    busy: int = 0
    vectors: Callable[[list[str]], Vectors] = lengths
    url: str = ""
    now: int = 200
    requests: list[tuple[str, str | None, dict[str, Any]]] = field(default_factory=list)

    def answer(self, path: str, key: str | None, body: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON answer to one request."""
        self.requests.append((path, key, body))
        self.now = self.status if len(self.requests) > self.busy else 429
        if self.now != 200:
            return {"error": {"message": "out of order", "type": "server_error"}}
        rows = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(self.vectors(body["input"]))]
        return {
            "object": "list",
            "data": rows,
            "model": body["model"],
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Run *service* at a free port until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(service.answer(self.path, self.headers["Authorization"], body)).encode()
            self.send_response(service.now)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
