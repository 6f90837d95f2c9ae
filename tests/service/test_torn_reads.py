"""A change of many places is seen whole or not at all, by every process, while it is asked for."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.version import grow_version

ROOT = Path(__file__).parents[2]
PLACES, CHANGES, READERS = 300, 8, 4
ASKED = "/api/v1/nearest?lon=121.47&lat=31.23&k=100"
CHILD = """
import sys
from geodata.store import Store
from service.serving.server import make_server
from service.settings import Settings
server = make_server(
    Settings.from_environment({"ZHITU_DATABASE": sys.argv[1], "ZHITU_PORT": sys.argv[2]}),
    Store.open(sys.argv[1]),
)
print(server.effective_port, flush=True)
server.run()
"""


def fill(store: Store) -> None:
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER)
    placed = tuple(
        Placed(
            DeclaredPlace(
                f"站{n}", f"路{n}号", "黄浦区", "", (service,), Source("a", "b", n, {}, "c")
            ),
            None,
            Position(121.47 + n * 1e-4, 31.23, Level.NUMBER, 90.0, "测试"),
            "黄浦区",
        )
        for n in range(1, PLACES + 1)
    )
    store.publish(ImportedFile("a", "0" * 64, placed, PLACES, 0, ("stations",)))


@contextmanager
def server(url: str, free: int) -> Iterator[int]:
    command = [sys.executable, "-c", CHILD, url, str(free)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        yield int(child.stdout.readline())
        child.kill()


def seen(port: int) -> set[tuple[str, str]]:
    """The marks of the nearest: of the place and of the service behind it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", ASKED)
    found = json.loads(connection.getresponse().read())["places"]
    connection.close()
    assert len(found) == 100
    return {(one["town"], service["hours"]) for one in found for service in one["services"]}


def mark(store: Store, word: str) -> None:
    """Everything gets one mark, in one transaction of many statements."""
    with store.writing() as session:
        for table, column in (("place", "town"), ("service_point", "hours_text")):
            for part in range(3):
                session.execute(
                    text(f"UPDATE {table} SET {column} = :word WHERE id % 3 = :part"),
                    {"word": word, "part": part},
                )
        grow_version(session)


def test_no_reader_sees_half_of_a_change(database_url: str, unused_ports: tuple[int, int]) -> None:
    store = Store.open(database_url)
    fill(store)
    mark(store, "0")
    over, found, answers = Event(), set[frozenset[tuple[str, str]]](), []

    def read(port: int) -> None:
        while not over.is_set():
            found.add(frozenset(seen(port)))
            answers.append(port)

    with ExitStack() as running:
        ports = [running.enter_context(server(database_url, port)) for port in unused_ports]
        readers = [Thread(target=read, args=(ports[n % 2],)) for n in range(READERS)]
        for reader in readers:
            reader.start()
        for number in range(1, CHANGES + 1):
            before = len(answers)
            mark(store, str(number))
            while len(answers) < before + READERS and any(one.is_alive() for one in readers):
                over.wait(0.01)
        last = {frozenset(seen(port)) for port in ports}
        over.set()
        for reader in readers:
            reader.join()
    store.close()
    assert {len(marks) for marks in found} == {1}
    assert {place == service for marks in found for place, service in marks} == {True}
    assert len(found) > CHANGES // 2
    assert last == {frozenset({(str(CHANGES), str(CHANGES))})}


@pytest.fixture
def unused_ports() -> tuple[int, int]:

    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])
