"""The service is told to end, or loses a worker, in the middle of its work."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bench.api_city import fill_city
from bench.callers import Callers, plain
from bench.served import (
    Process,
    free_port,
    gunicorn,
    gunicorn_on,
    wait_for_children,
    wait_until_read,
    waitress,
)
from geodata.store import Store
from service.serving.draining import FINISH_S

PAGE = "/"
WORKERS = 2
SOON_S = 120.0
FORM = "text=" + "x" * 200
HALF = (
    "POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {len(FORM)}\r\n\r\n{FORM[:100]}"
)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return filled(f"sqlite:///{tmp_path / 'zhitu.sqlite'}")


def filled(url: str) -> str:
    store = Store.open(url)
    fill_city(store, 300)
    store.close()
    return url


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def refuses(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def half_sent(port: int) -> Iterator[socket.socket]:
    """A request of which the server has read the first half, and can have no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=SOON_S) as sender:
        sender.sendall(HALF.encode())
        wait_until_read(sender)
        yield sender


def end_in_the_middle(server: Process, sender: socket.socket) -> None:
    """SIGTERM between the halves of a request: the answer comes, and the process ends with 0."""
    server.send_signal(signal.SIGTERM)
    time.sleep(0.7)
    sender.sendall(FORM[100:].encode())
    assert sender.recv(12) == b"HTTP/1.1 401"
    assert server.wait(SOON_S) == 0


def test_zhitu_serve_told_to_end_answers_every_request_that_has_begun(
    database: str, tmp_path: Path
) -> None:
    port = free_port()
    callers = Callers(plain(port), PAGE)
    with waitress(database, port, tmp_path) as server, callers.calling():
        callers.wait_for_answers(100)
        with half_sent(port) as sender:
            told = time.monotonic()
            end_in_the_middle(server, sender)
    assert callers.bad(before=told) == []
    # Who came when the door was closed was turned away at once, never with half a page.
    assert {one.why for one in callers.bad()} <= {
        "ConnectionRefusedError",
        "ConnectionResetError",
        "BrokenPipeError",
        "RemoteDisconnected",
    }
    assert refuses(port)


def test_gunicorn_told_to_end_and_begun_again_turns_nobody_away(
    database_url: str, tmp_path: Path
) -> None:
    """On a socket that is handed over, as systemd does it: who comes meanwhile waits."""
    filled(database_url)
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as stack:
        port = listening.getsockname()[1]
        callers = Callers(plain(port), PAGE)
        with gunicorn_on(listening.fileno(), database_url, tmp_path) as server:
            stack.enter_context(callers.calling())
            callers.wait_for_answers(100)
            with half_sent(port) as sender:
                end_in_the_middle(server, sender)
        with gunicorn_on(listening.fileno(), database_url, tmp_path):
            callers.wait_for_answers(50)
            stack.close()
    assert callers.bad() == []


def test_a_second_signal_ends_at_once(database: str, tmp_path: Path) -> None:
    port = free_port()
    with waitress(database, port, tmp_path) as server, half_sent(port):
        server.send_signal(signal.SIGTERM)
        until(lambda: refuses(port))
        assert server.poll() is None
        server.send_signal(signal.SIGTERM)
        # By itself it would wait for the other half twice as long.
        assert server.wait(FINISH_S / 2) == -signal.SIGTERM


def test_a_killed_worker_takes_no_more_with_it_than_it_held_and_is_replaced(
    database: str, tmp_path: Path
) -> None:
    port = free_port()
    callers = Callers(plain(port), PAGE)
    with gunicorn(database, f"127.0.0.1:{port}", tmp_path) as server, callers.calling():
        callers.wait_for_answers(50)
        # The first one answers before the second is begun.
        before = wait_for_children(server.pid, WORKERS)
        os.kill(min(before), signal.SIGKILL)
        after = wait_for_children(server.pid, WORKERS, but=min(before))
        callers.wait_for_answers(100)
    assert len(after & before) == WORKERS - 1
    # Each of the eight had one request there at most.
    assert len(callers.bad()) <= 8
