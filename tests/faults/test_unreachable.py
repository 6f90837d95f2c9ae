"""A geocoder that is gone, dumb, mad or slow while a file is imported: all of it is stored."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from bench.loopback import LOOPBACK, Reply, loopback
from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.place.online.provider import Limits
from geodata.place.online.registry import Configured, connect
from geodata.store import Store
from geodata.tables import GeocodeSend, Place
from service.workshop import import_file, locator

HEADER = "序号,区,名称,类别,地址\n"
ROWS = 8
# Three addresses are tried three times each, with a second and then two between; then no more.
SENDS, TIMEOUT_S, SLEPT_S = 9, 0.3, [1.0, 2.0] * 3
_LONGEST_S = 15.0


@contextmanager
def dripping(head: bytes) -> Iterator[str]:
    """A server that takes half a minute over an answer, a byte at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        ended = Event()

        def drip(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65_536)
                connection.sendall(head)
                while not ended.wait(0.05):
                    connection.sendall(b" ")

        def serve() -> None:
            while not ended.is_set():
                with suppress(TimeoutError):
                    Thread(target=drip, args=(listener.accept()[0],)).start()

        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


@contextmanager
def replying(reply: Reply) -> Iterator[str]:
    with loopback(lambda _: reply) as server:
        yield server.url


@contextmanager
def nobody() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (nobody, "unavailable"),
        (partial(replying, Reply(b"", delay_s=2 * TIMEOUT_S)), "timeout"),
        (partial(replying, Reply({}, status=500)), "unavailable"),
        (partial(replying, Reply(b"\x00\xff<html>")), "unreadable"),
        (partial(replying, Reply({"status": "1", "geocodes": "?"})), "unreadable"),
        (partial(dripping, b"HTTP/1.0 200 OK\r\nA: "), "timeout"),
        (partial(dripping, b"HTTP/1.0 200 OK\r\n\r\n"), "timeout"),
    ],
    ids=["refused", "silent", "500", "no JSON", "other JSON", "slow head", "slow body"],
)
def test_an_import_goes_on_without_a_geocoder_that_fails(
    tmp_path: Path, store: Store, fault: Callable[[], AbstractContextManager[str]], outcome: str
) -> None:
    slept: list[float] = []
    book = Book(store.engine, Clock(sleep=slept.append))
    with fault() as url:
        given = Configured("amap", url, "key", Limits(1e9), timeout_s=TIMEOUT_S, hosts=LOOPBACK)
        (online,) = connect([given], book)
        where = replace(locator(store), providers=[online])
        began = time.monotonic()
        report = import_file(list_of(tmp_path), store, where)
        took_s = time.monotonic() - began
    with store.reading() as session:
        places = session.scalars(select(Place)).all()
        sends = Counter(session.scalars(select(GeocodeSend.outcome)))
    assert (report.stored.new, took_s < _LONGEST_S) == (ROWS, True)
    # The next step of the ladder: only the district is known, and the place says so.
    assert Counter(one.level for one in places) == {"district": ROWS}
    assert (sends, slept) == ({outcome: SENDS}, SLEPT_S)
    assert online.stopped.startswith("连着 3 次没有答复")


def list_of(folder: Path) -> Path:
    """Doors that no gazetteer knows."""
    path = folder / "示例.csv"
    rows = (f"{n},黄浦区,示例{n}驿站,户外职工驿站,示例没有的路{n}号\n" for n in range(1, ROWS + 1))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path
