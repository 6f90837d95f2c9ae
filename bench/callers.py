"""Visitors that ask without end, and what became of every request they began."""

import http.client
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

Connect = Callable[[], http.client.HTTPConnection]
_PATIENCE_S = 120.0
# A server that ends may hang up on who says nothing for a second. Who was kept from running for
# so long asks again, as every browser does.
_MAY_HANG_UP_S = 0.9


@contextmanager
def until_over(threads: Sequence[Thread], over: Event) -> Iterator[None]:
    """Threads that go on for as long as this lasts; the event tells them of its end."""
    for one in threads:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in threads:
            one.join()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began and ended (monotonic), its status, or 0 and why it failed.

    `sent` is when all of it had gone out, for one that never came so far infinitely late.
    """

    began: float
    sent: float
    ended: float
    status: int
    why: str = ""

    def said_nothing_since(self, answered: float) -> float:
        """Seconds for which its connection was idle before it, once an answer had come on it."""
        return min(self.sent, self.ended) - answered


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
        with until_over(threads, self._over):
            yield self

    def bad(self, *, after: float = 0.0, before: float = float("inf")) -> list[Asked]:
        """What was begun after and sent before a moment, and got no whole answer of 200."""
        among = (one for one in self.asked if one.began > after and one.sent <= before)
        return [one for one in among if one.status != 200]

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
        connection, answered = self.connect(), float("inf")
        while not self._over.is_set():
            one = _ask(connection, self.path)
            if one.status or one.said_nothing_since(answered) < _MAY_HANG_UP_S:
                self.asked.append(one)
            answered = one.ended
            if not keeps or one.status != 200:
                connection.close()
                connection, answered = self.connect(), float("inf")
            time.sleep(0.005 if one.status == 200 else 0.1)
        connection.close()


def _ask(connection: http.client.HTTPConnection, path: str) -> Asked:
    began, sent = time.monotonic(), float("inf")
    try:
        connection.request("GET", path)
        sent = time.monotonic()
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return Asked(began, sent, time.monotonic(), 0, type(error).__name__)
    return Asked(began, sent, time.monotonic(), answer.status)


def plain(port: int) -> Connect:
    """Connections to a port of this machine."""
    return lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
