"""Does memory grow? 100,000 requests of which no two are alike, over HTTP, to one process.

`python -m bench.leak [requests]`: mistakes, refused uploads, answers to a planner, and after every
5,000 requests a change of the data that makes the process load all anew. Prints resident memory.
"""

import http.client
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from bench.api_city import fill_city
from bench.clumsy import Ask, asks
from bench.served import free_port, waitress
from bench.signed_in import SETTINGS, cookie
from geodata.store import Store
from geodata.version import grow_version

PLACES, CALLERS, A_ROUND = 1_000, 4, 5_000


def resident_mb(pid: int) -> float:
    """What a process holds in memory."""
    (line,) = (
        each
        for each in Path(f"/proc/{pid}/status").read_text().splitlines()
        if each.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


def call(port: int, signed: dict[str, str], some: list[Ask]) -> Counter[int]:
    """Ask one after the other on a kept connection; how often each status came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    statuses: Counter[int] = Counter()
    for ask in some:
        headers = ask.headers | (signed if ask.signed_in else {})
        connection.request(ask.method, ask.path, ask.body, headers)
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    return statuses


def change(database: str) -> None:
    """A change of the data, by another process as far as the service knows."""
    store = Store.open(database)
    with store.writing() as session:
        grow_version(session)
    store.close()


def main(requests: int = 100_000) -> None:
    """Print resident memory after every round, and what it grew by after the first fifth."""
    statuses: Counter[int] = Counter()
    held: list[float] = []
    unlike = asks(random.Random(7))
    with tempfile.TemporaryDirectory() as folder:
        database, port = f"sqlite:///{folder}/zhitu.sqlite", free_port()
        store = Store.open(database)
        fill_city(store, PLACES)
        store.close()
        with (
            waitress(database, port, Path(folder), **SETTINGS) as server,
            ThreadPoolExecutor(CALLERS) as pool,
        ):
            signed, began = cookie(port), time.monotonic()
            for number in range(requests // A_ROUND):
                parts = [list(islice(unlike, A_ROUND // CALLERS)) for _ in range(CALLERS)]
                for told in pool.map(lambda some: call(port, signed, some), parts):
                    statuses += told
                change(database)
                held.append(resident_mb(server.pid))
                took_s = time.monotonic() - began
                print(f"{(number + 1) * A_ROUND:,}: {held[-1]:.1f} MB, {took_s:.0f} s", flush=True)
    settled = held[len(held) // 5 :]
    print(f"statuses {dict(sorted(statuses.items()))}")
    print(f"after the first fifth: least {min(settled):.1f} MB, most {max(settled):.1f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
