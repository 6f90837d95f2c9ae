"""The service is told to end, or loses a worker, in the middle of its work."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from bench.api_city import fill_city
from bench.callers import Callers, local, plain
from bench.served import Process, free_port, gunicorn, gunicorn_on, waitress
from geodata.store import Store

PAGE = "/"
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


def by_waitress(database: str, port: int, folder: Path) -> AbstractContextManager[Process]:
    return waitress(database, port, folder)


def by_gunicorn(database: str, port: int, folder: Path) -> AbstractContextManager[Process]:
    return gunicorn(database, f"127.0.0.1:{port}", folder)


Started = Callable[[str, int, Path], AbstractContextManager[Process]]


def refuses(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def half_sent(port: int) -> Iterator[socket.socket]:
    """A request of which the server has only the first half."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sender:
        sender.sendall(HALF.encode())
        time.sleep(0.3)
        yield sender


def end_under_load(started: Started, database: str, folder: Path) -> None:
    """SIGTERM while eight ask: who has begun gets his answer, nobody half of one, and it is 0."""
    port = free_port()
    callers = Callers(plain(port), PAGE)
    with started(database, port, folder) as server, ExitStack() as stack:
        stack.enter_context(callers.calling())
        callers.wait_for_answers(100)
        sender = stack.enter_context(half_sent(port))
        told = time.monotonic()
        server.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        sender.sendall(FORM[100:].encode())
        assert sender.recv(12) == b"HTTP/1.1 401"
        assert server.wait(15) == 0
    assert callers.bad(before=told) == []
    # Who came when the door was closed was turned away at once, never with half a page.
    assert {one.why for one in callers.bad(after=told)} <= {
        "ConnectionRefusedError",
        "ConnectionResetError",
        "RemoteDisconnected",
    }
    assert refuses(port)


def test_zhitu_serve_told_to_end_answers_every_request_that_has_begun(
    database: str, tmp_path: Path
) -> None:
    end_under_load(by_waitress, database, tmp_path)


def test_gunicorn_told_to_end_answers_every_request_that_has_begun(
    database_url: str, tmp_path: Path
) -> None:
    end_under_load(by_gunicorn, filled(database_url), tmp_path)


def test_a_second_signal_ends_at_once(database: str, tmp_path: Path) -> None:
    port = free_port()
    with waitress(database, port, tmp_path) as server, half_sent(port):
        server.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert server.poll() is None
        server.send_signal(signal.SIGTERM)
        assert server.wait(2) == -signal.SIGTERM


def test_a_restart_on_a_socket_that_is_handed_over_turns_nobody_away(
    database: str, tmp_path: Path
) -> None:
    path = str(tmp_path / "s")
    callers = Callers(local(path), PAGE)
    with socket.socket(socket.AF_UNIX) as listening, ExitStack() as stack:
        listening.bind(path)
        listening.listen(128)
        with gunicorn_on(listening.fileno(), database, tmp_path) as server:
            stack.enter_context(callers.calling())
            callers.wait_for_answers(50)
            server.send_signal(signal.SIGTERM)
            assert server.wait(20) == 0
        with gunicorn_on(listening.fileno(), database, tmp_path):
            callers.wait_for_answers(50)
            stack.close()
    assert callers.bad() == []


def workers(master: int) -> set[int]:
    listed = Path(f"/proc/{master}/task/{master}/children").read_text()
    return {int(one) for one in listed.split()}


def test_a_killed_worker_takes_no_more_with_it_than_it_held_and_is_replaced(
    database: str, tmp_path: Path
) -> None:
    port = free_port()
    callers = Callers(plain(port), PAGE)
    with by_gunicorn(database, port, tmp_path) as server, callers.calling():
        callers.wait_for_answers(50)
        before = workers(server.pid)
        os.kill(min(before), signal.SIGKILL)
        killed = time.monotonic()
        callers.wait_for_answers(100)
        after = workers(server.pid)
        assert len(after) == len(before) == 2
        assert len(after & before) == 1
    # Each of the eight had one request there at most.
    assert len(callers.bad()) <= 8
    assert callers.bad(after=killed + 1) == []
