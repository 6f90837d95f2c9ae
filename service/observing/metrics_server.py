"""The private port that Prometheus asks: `GET /metrics` and nothing else."""

import errno
import logging
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6
from threading import Event, Lock, Thread
from typing import Any

from prometheus_client.exposition import CONTENT_TYPE_LATEST

from geodata.store import Store
from service.observing import logs
from service.observing.figures import Figures
from service.observing.metrics import exposed
from service.settings import Settings

# Seconds a slow asker is given.
_PATIENCE_S = 5
# With several workers one has the port; when that one ends another takes it within so long.
_AGAIN_S = 2.0


class MetricsServer:
    """Serves as soon as the port is free, in a thread of its own, until it is stopped."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._address = (settings.metrics_host, settings.metrics_port)
        self._figures = Figures(store, settings.geocoders)
        self._stopping = Event()
        self._taking = Lock()
        self._server: ThreadingHTTPServer | None = None
        self._thread = Thread(target=self._serve, name="metrics", daemon=True)

    def start(self) -> "MetricsServer":
        """Begin to wait for the port.

        Every process that answers requests does, after it was forked.
        """
        self._thread.start()
        return self

    def stop(self) -> None:
        """Give the port back."""
        self._stopping.set()
        with self._taking:
            server = self._server
        if server is not None:
            server.shutdown()
        self._thread.join()

    def _serve(self) -> None:
        told = False
        while True:
            try:
                # Whoever stops it sees the server that is to be shut down, or none will be taken.
                with self._taking:
                    if self._stopping.is_set():
                        return
                    self._server = _bound(self._address, self._figures)
            except OSError as error:
                if not told:
                    taken = error.errno == errno.EADDRINUSE
                    level = logging.INFO if taken else logging.WARNING
                    logs.tell("metrics port is not free", level, errno=error.errno)
                told = True
                self._stopping.wait(_AGAIN_S)
                continue
            with self._server:
                self._server.serve_forever(poll_interval=0.1)


def _bound(address: tuple[str, int], figures: Figures) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = AF_INET6 if ":" in address[0] else AF_INET
        daemon_threads = True
        # On Windows it would let two of them have the same port.
        allow_reuse_address = os.name != "nt"

        def handle_error(self, request: Any, client_address: Any) -> None:
            del request, client_address
            error = sys.exc_info()[1]
            if not isinstance(error, OSError):
                logs.tell_uncaught(error)

    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE_S
        server_version, sys_version = "zhitu", ""

        def do_GET(self) -> None:
            if self.path != "/metrics":
                self.send_error(404)
                return
            _answer(self, exposed(figures))

        def log_message(self, *_told: Any) -> None:
            """Say nothing of who asks."""

    return Server(address, Handler)


def _answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", CONTENT_TYPE_LATEST)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
