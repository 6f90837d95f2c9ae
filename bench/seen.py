"""How soon is a change seen? A point is taken off and put back, both workers are asked at once.

`python -m bench.seen [places] [changes]`: gunicorn with two workers; after each change every one of
16 connections asks for the point. Says how many were shown the old state, which nobody may be, and
the seconds from the commit until the last had his answer.
"""

import http.client
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from sqlalchemy import update

from bench.api_city import fill_city
from bench.served import free_port, gunicorn
from geodata.kinds import Status
from geodata.store import Store
from geodata.tables import ServicePoint
from geodata.version import grow_version

ASKERS, PLACE = 16, 5


def turned(store: Store, status: Status) -> None:
    """Give the services of the place a status."""
    with store.writing() as session:
        mine = update(ServicePoint).where(ServicePoint.place_id == PLACE)
        session.execute(mine.values(status=status.value))
        grow_version(session)


def asked(port: int) -> int:
    """The status of the place's document, on a connection of its own."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", f"/places/{PLACE}.json")
        answer = connection.getresponse()
        answer.read()
        return answer.status


def seen(places: int, changes: int) -> tuple[int, list[float]]:
    """How many were shown the old state, and the seconds of each change."""
    stale, took_s = 0, []
    with tempfile.TemporaryDirectory() as folder:
        database, port = f"sqlite:///{folder}/zhitu.sqlite", free_port()
        store = Store.open(database)
        fill_city(store, places)
        with (
            gunicorn(database, f"127.0.0.1:{port}", Path(folder)),
            ThreadPoolExecutor(ASKERS) as pool,
        ):
            list(pool.map(asked, [port] * ASKERS))
            for number in range(changes):
                status = (Status.DELISTED, Status.PLAQUED)[number % 2]
                turned(store, status)
                committed = time.monotonic()
                told = list(pool.map(asked, [port] * ASKERS))
                took_s.append(time.monotonic() - committed)
                stale += sum(one != (404, 200)[number % 2] for one in told)
        store.close()
    return stale, took_s


def main(places: int = 10_000, changes: int = 20) -> None:
    """Print it."""
    stale, took_s = seen(places, changes)
    print(f"{places:,} places, {changes} changes, {ASKERS} asked each time; stale answers: {stale}")
    print(
        f"all had the new state after {statistics.median(took_s):.2f} s, at most {max(took_s):.2f}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
