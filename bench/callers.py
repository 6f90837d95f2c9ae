"""Visitors that ask without end, and what became of every request they began."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

Connect = Callable[[], http.client.HTTPConnection]
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began and ended (monotonic), its status, or 0 and why it failed."""

    began: float
    ended: float
    status: int
    why: str = ""


@dataclass
class Callers:
    """Threads that ask one page again and again, every second of them on a kept connection."""

    connect: Connect
    path: str
    count: int = 8
    asked: list[Asked] = field(default_factory=list)
    _over: Event = field(default_factory=Event)

    @contextmanager
    def calling(self) -> Iterator["Callers"]:
        """They ask for as long as this lasts."""
        threads = [Thread(target=self._call, args=(n % 2 == 0,)) for n in range(self.count)]
        for one in threads:
            one.start()
        try:
            yield self
        finally:
            self._over.set()
            for one in threads:
                one.join()

    def bad(self, *, after: float = 0.0, before: float = float("inf")) -> list[Asked]:
        """What was begun in that time and got no whole answer of 200."""
        return [one for one in self.asked if after < one.began < before and one.status != 200]

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many more have been answered well."""
        there = self._good() + count
        until = time.monotonic() + _PATIENCE_S
        while self._good() < there:
            if time.monotonic() > until:
                raise TimeoutError(f"no {count} answers in two minutes")
            time.sleep(0.02)

    def _good(self) -> int:
        return sum(one.status == 200 for one in list(self.asked))

    def _call(self, keeps: bool) -> None:
        connection = self.connect()
        while not self._over.is_set():
            began, (status, why) = time.monotonic(), _ask(connection, self.path)
            self.asked.append(Asked(began, time.monotonic(), status, why))
            if not keeps or status != 200:
                connection.close()
                connection = self.connect()
            time.sleep(0.005 if status == 200 else 0.1)
        connection.close()


def _ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, type(error).__name__
    return answer.status, ""


def plain(port: int) -> Connect:
    """Connections to a port of this machine."""
    return lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)


class _Local(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_PATIENCE_S)
        self.sock.connect(self.host)


def local(path: str) -> Connect:
    """Connections to a socket of the file system."""
    return lambda: _Local(path)
