"""A change of many places is seen whole or not at all, by every process, while it is asked for."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import text

from bench.callers import until_over
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.version import grow_version

ROOT = Path(__file__).parents[2]
PLACES, CHANGES, READERS = 300, 8, 4
WAIT_S = 60.0
ASKED = "/api/v1/nearest?lon=121.47&lat=31.23&k=100"
CHILD = """
import sys
from geodata.store import Store
from service.serving.server import make_server
from service.settings import Settings
server = make_server(Settings(database=sys.argv[1], port=0), Store.open(sys.argv[1]))
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
def server(url: str) -> Iterator[int]:
    command = [sys.executable, "-c", CHILD, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.kill()


def seen(port: int) -> set[tuple[str, str]]:
    """The marks of the nearest: of the place and of the service behind it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
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


def whole(number: int) -> frozenset[tuple[str, str]]:
    """What is seen when all places and all services have one mark."""
    return frozenset({(str(number), str(number))})


def test_no_reader_sees_half_of_a_change(database_url: str) -> None:
    store = Store.open(database_url)
    fill(store)
    mark(store, "0")
    over, found, answers = Event(), set[frozenset[tuple[str, str]]](), []

    def read(port: int) -> None:
        while not over.is_set():
            found.add(frozenset(seen(port)))
            answers.append(port)

    with ExitStack() as running:
        ports = [running.enter_context(server(database_url)) for _ in range(2)]
        readers = [Thread(target=read, args=(ports[n % 2],)) for n in range(READERS)]
        running.enter_context(until_over(readers, over))
        for number in range(1, CHANGES + 1):
            before, until = len(answers), time.monotonic() + WAIT_S
            mark(store, str(number))
            # Each change is seen before the next is made, whoever of them is slow.
            while len(answers) < before + READERS or whole(number) not in found:
                assert time.monotonic() < until
                assert all(one.is_alive() for one in readers)
                over.wait(0.01)
        last = {frozenset(seen(port)) for port in ports}
    store.close()
    assert found - {whole(0)} == {whole(number) for number in range(1, CHANGES + 1)}
    assert last == {whole(CHANGES)}
