"""Visitors and a writer that go on while the database does not, and what each of them was told."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.parse import urlencode

from bench.callers import until_over
from bench.signed_in import FORM, cookie

READ = ("/", "/clusters?bbox=121.3,31.1,121.6,31.4&z=12", "/p/1", "/ogc/collections")
STATIC = "/assets/zhitu.css"
WRITE = "/desk/embed-sites"
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: when it was asked for and came (monotonic), and what it was; 0 is none."""

    path: str
    began: float
    ended: float
    status: int
    retry: str = ""

    @property
    def good(self) -> bool:
        return self.status in {200, 303}


@dataclass
class Outage:
    """One asks each page again and again, one adds a site a time as a signed-in person."""

    port: int
    told: list[Told] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    _over: Event = field(default_factory=Event)

    @contextmanager
    def watched(self) -> Iterator["Outage"]:
        """They ask for as long as this lasts."""
        threads = [Thread(target=self._read, args=(path,)) for path in (*READ, STATIC)]
        threads.append(Thread(target=self._write))
        with until_over(threads, self._over):
            yield self

    def wait_until_good(self) -> float:
        """When (monotonic) every page and the writer had a good answer begun from now on."""
        return self._wait_until({*READ, STATIC, WRITE}, lambda one: one.good)

    def wait_until_refused(self, *paths: str) -> None:
        """Until each of them has been told 503."""
        self._wait_until(set(paths), lambda one: one.status == 503)

    def _wait_until(self, paths: set[str], answer: Callable[[Told], bool]) -> float:
        now = time.monotonic()
        while time.monotonic() < now + _PATIENCE_S:
            if paths <= {one.path for one in list(self.told) if one.began >= now and answer(one)}:
                return time.monotonic()
            time.sleep(0.02)
        raise TimeoutError(f"not everybody was answered so within {_PATIENCE_S:g} s")

    def statuses(self, *, after: float = 0.0, before: float = float("inf")) -> dict[str, set[int]]:
        """What each address said to what was asked in that time."""
        found: dict[str, set[int]] = {path: set() for path in (*READ, STATIC, WRITE)}
        for one in self.told:
            if after <= one.began < before:
                found[one.path].add(one.status)
        return found

    def slowest_s(self) -> float:
        """How long anybody waited for any answer."""
        return max(one.ended - one.began for one in self.told)

    def _read(self, path: str) -> None:
        while not self._over.is_set():
            self._ask(path)
            time.sleep(0.02)

    def _write(self) -> None:
        number, signed = 0, cookie(self.port)
        while not self._over.is_set():
            number += 1
            origin = f"https://s{number}-{self.port}.example.org"
            form = urlencode({"origin": origin, "label": "示例", "asked_by": "示例"})
            if self._ask(WRITE, form, signed) == 303:
                self.acknowledged.append(origin)
            time.sleep(0.02)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)

    def _ask(self, path: str, form: str | None = None, signed: dict[str, str] | None = None) -> int:
        began, status, retry = time.monotonic(), 0, ""
        headers = (signed or {}) | (FORM if form else {})
        with (
            closing(self._connection()) as connection,
            suppress(OSError, http.client.HTTPException),
        ):
            connection.request("POST" if form else "GET", path, form, headers)
            answer = connection.getresponse()
            answer.read()
            status, retry = answer.status, answer.getheader("Retry-After") or ""
        self.told.append(Told(path, began, time.monotonic(), status, retry))
        return status
