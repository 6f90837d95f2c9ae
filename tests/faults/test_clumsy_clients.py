"""Clients that are slow, silent or too large, against `zhitu serve` with nothing before it."""

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from bench.api_city import store_city
from bench.callers import plain
from bench.served import ROOT, free_port, wait_for, wait_until_read, waitress

SOCKETS = 1_000
# Nobody is kept waiting for ever; how long a page takes says much of who else is at work here.
PATIENCE_S = 20
IMPATIENT = """
import sys
from geodata.store import Store
from service.serving.draining import Serving
from service.serving.server import make_server
from service.settings import Settings
database, port = sys.argv[1:]
sockets = {}
settings = Settings.from_environment({"ZHITU_DATABASE": database, "ZHITU_PORT": port})
server = make_server(settings, Store.open(database), sockets)
Serving(server, sockets, headers_s=1.0, body_s=2.0).run(finish_s=1.5)
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, number = tmp_path_factory.mktemp("served"), free_port()
    store_city(folder / "zhitu.sqlite", 300)
    with waitress(f"sqlite:///{folder / 'zhitu.sqlite'}", number, folder):
        yield number


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A service that loses its patience in a second instead of twenty."""
    store_city(tmp_path / "zhitu.sqlite", 3)
    database, number = f"sqlite:///{tmp_path / 'zhitu.sqlite'}", free_port()
    with subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, database, str(number)], cwd=ROOT
    ) as server:
        try:
            wait_for(("127.0.0.1", number), server)
            yield number, server
        finally:
            server.kill()


def took_s(port: int) -> float:
    """How long another visitor waits for the page."""
    began = time.monotonic()
    with closing(plain(port)()) as connection:
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, len(answer.read()) > 1000) == (200, True)
    return time.monotonic() - began


def first_line(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as sender:
        sender.sendall(sent)
        with sender.makefile("rb") as answer:
            return answer.readline().strip()


def form(length: int) -> bytes:
    return f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


@contextmanager
def dripping(port: int, count: int) -> Iterator[None]:
    """As many connections again and again send one byte more of their headers or bodies."""
    over = Event()
    with ExitStack() as stack:
        made = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(count)
        ]
        for number, one in enumerate(made):
            one.sendall(b"GET / HTTP/1.1\r\nX: " if number % 2 else form(1_000))

        def drip() -> None:
            while not over.wait(0.2):
                for one in made:
                    # Whoever drips for too long is hung up on.
                    with suppress(OSError):
                        one.send(b"x")

        thread = Thread(target=drip)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def test_a_thousand_idle_connections_keep_nobody_waiting(port: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    with ExitStack() as stack:
        for _ in range(SOCKETS):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert [took_s(port) < PATIENCE_S for _ in range(10)] == [True] * 10


def test_a_hundred_that_send_a_byte_now_and_then_keep_nobody_waiting(port: int) -> None:
    with dripping(port, 100):
        assert [took_s(port) < PATIENCE_S for _ in range(10)] == [True] * 10


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", b"431"),
        (b"GET /?q=" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 10_000 + b"\r\n", b"431"),
        (form(10**12), b"413"),
        (form(17_000) + b"x" * 17_000, b"413"),
        (form(-1), b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_large_or_makes_no_sense_is_told_so(
    port: int, sent: bytes, answer: bytes
) -> None:
    assert first_line(port, sent).split()[1] == answer
    assert took_s(port) < PATIENCE_S


@pytest.mark.parametrize("began", [b"GET / HTTP/1.1\r\nX", form(100) + b"x"])
def test_who_is_too_slow_is_told_so_and_hung_up_on(
    impatient: tuple[int, subprocess.Popen[bytes]], began: bytes
) -> None:
    assert first_line(impatient[0], began) == b"HTTP/1.1 408 Request Timeout"


def test_who_never_ends_his_request_holds_the_end_up_for_a_while_only(
    impatient: tuple[int, subprocess.Popen[bytes]],
) -> None:
    port, server = impatient
    with socket.create_connection(("127.0.0.1", port)) as sender:
        sender.sendall(form(100) + b"x")
        wait_until_read(sender)
        server.terminate()
        assert server.wait(60) == 0
