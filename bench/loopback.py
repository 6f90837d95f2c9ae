"""A geocoder on loopback that speaks a real one's format over real HTTP, faults included."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geodata.outside.hosts import Hosts

# What a client of it must be allowed to reach.
LOOPBACK = Hosts.of(["127.0.0.1"])


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    params: Mapping[str, str]
    body: Any = None


@dataclass(frozen=True)
class Reply:
    """What goes back; `cut` drops so many bytes of the body at its end, after promising them."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    cut: int = 0

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode()


class Loopback(ThreadingHTTPServer):
    """Gives the replies in `script` first, one a request, then what `speak` says."""

    daemon_threads = True

    def __init__(self, speak: Callable[[Asked], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.speak = speak
        self.script: list[Reply] = []
        self.asked: list[Asked] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Loopback

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = json.loads(self.rfile.read(length)) if length else None
        asked = Asked(self.command, parts.path, params, body)
        self.server.asked.append(asked)
        script = self.server.script
        reply = script.pop(0) if script else self.server.speak(asked)
        content = reply.content()
        try:
            time.sleep(reply.delay_s)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: len(content) - reply.cut])
        except ConnectionError:
            self.close_connection = True

    do_POST = do_GET  # noqa: N815 - the name is the standard library's

    def log_message(self, *_: object) -> None:
        """Nothing: what was asked stands in `asked`."""


@contextmanager
def loopback(speak: Callable[[Asked], Reply]) -> Iterator[Loopback]:
    """A server in a thread, gone afterwards."""
    with Loopback(speak) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
