"""How `zhitu serve` runs and ends: who is slow is let go, and a request that has begun ends well.

After SIGTERM or Ctrl+C nobody new is let in; what is being answered, or half sent, may finish.
A second signal ends at once.
"""

import signal
import time
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

_ENDING = (signal.SIGTERM, signal.SIGINT)
# An answer takes this long at most once the service was asked to stop.
FINISH_S = 20.0
# A client that keeps its connection may be sending the next request at that very moment.
_LINGER_S = 1.0
# Headers fit into a packet or two; the largest file, sent over a poor line, does not.
HEADERS_S = 20.0
BODY_S = 600.0
_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class _Task(WSGITask):  # type: ignore[misc]
    def build_response_header(self) -> bytes:
        if self.channel.leaves:
            self.request.headers["CONNECTION"] = "close"
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when its request is coming in."""

    task_class = _Task
    leaves = False
    began = 0.0

    def received(self, data: bytes) -> bool:
        """Take in what was sent."""
        if self.request is None:
            self.began = time.monotonic()
        taken: bool = super().received(data)
        return taken

    def is_late(self, now: float, *, headers_s: float, body_s: float) -> bool:
        """Whether its sender drips what others send at once."""
        request = self.request
        if request is None or self.close_when_flushed:
            return False
        return bool(now - self.began > (body_s if request.headers_finished else headers_s))

    def refuse(self) -> None:
        """Say that it took too long, and hang up."""
        with self.outbuf_lock:
            self.outbufs[-1].append(_LATE)
            self.total_outbufs_len += len(_LATE)
        self.close_when_flushed = True

    def is_busy(self) -> bool:
        """Whether a request is coming in, being answered, or its answer going out."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)


class Serving:
    """Runs a server of Waitress over its map of sockets until a signal; in the main thread."""

    def __init__(
        self,
        server: Any,
        sockets: dict[int, Any],
        *,
        headers_s: float = HEADERS_S,
        body_s: float = BODY_S,
    ) -> None:
        self._server, self._sockets = server, sockets
        self._patience = {"headers_s": headers_s, "body_s": body_s}
        self._is_stopping = False
        for one in self._of(BaseWSGIServer):
            one.channel_class = Channel

    def run(self, finish_s: float = FINISH_S) -> None:
        """Serve; returns when the last answer is out, or `finish_s` after the signal."""
        for one in _ENDING:
            signal.signal(one, self._end)
        while not self._is_stopping:
            self._turn()
        self._let_nobody_in()
        self._finish(finish_s)
        # Idle threads end at once; without a moment for it each stop would be logged as a fault.
        self._server.task_dispatcher.shutdown(timeout=0.5)
        wasyncore.close_all(self._sockets)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True
        self._of(BaseWSGIServer)[0].pull_trigger()
        for one in _ENDING:
            signal.signal(one, signal.SIG_DFL)

    def _of(self, kind: type) -> list[Any]:
        return [one for one in list(self._sockets.values()) if isinstance(one, kind)]

    def _turn(self, timeout_s: float = 1.0) -> None:
        # With select() a thousand idle connections would be the end.
        wasyncore.loop(timeout=timeout_s, use_poll=True, map=self._sockets, count=1)
        now = time.monotonic()
        for channel in self._of(Channel):
            if channel.is_late(now, **self._patience):
                channel.refuse()

    def _let_nobody_in(self) -> None:
        """Those who stand in the line of the system have come before the signal."""
        for server in self._of(BaseWSGIServer):
            seen = -1
            while seen != len(self._sockets):
                seen = len(self._sockets)
                server.handle_accept()
            wasyncore.dispatcher.close(server)
        for channel in self._of(Channel):
            channel.leaves = True

    def _finish(self, finish_s: float) -> None:
        stopped = time.monotonic()
        while channels := self._of(Channel):
            waited = time.monotonic() - stopped
            # What came in that time is read, also where this process was kept from running.
            self._turn(0.05)
            busy = any(channel.is_busy() for channel in channels)
            if waited > (finish_s if busy else _LINGER_S):
                return
