"""Four people edit points, visitors read and files are imported, all at once, for a while.

    python -m bench.writers [seconds] [database]

Two processes of gunicorn serve; an import takes one of two issues of a table in turns, each of
which changes a third of its rows. Printed are the edits answered with what, the slowest of them,
and whether any process ever said that the database is locked. `database` (postgresql://…) must be
empty; without one it is SQLite.
"""

import http.client
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode

import numpy as np

from bench.api_city import fill_city
from bench.callers import Callers, plain, until_over
from bench.kill_steps import write_table
from bench.served import ROOT, environment, free_port, gunicorn
from bench.signed_in import FORM, SETTINGS, cookie
from geodata.store import Store

WRITERS, READERS, PLACES, ROWS = 4, 4, 500, 150
_MARK = re.compile(r'name="mark" value="([^"]*)"')
_IMPORTS = """
import sys
from pathlib import Path
from geodata.store import Store
from service.workshop import import_file, locator
store = Store.open(sys.argv[1])
while True:
    for name in sys.argv[2:]:
        import_file(Path(name), store, locator(store))
        print("imported", flush=True)
"""


@dataclass
class Told:
    """What came of it: edits by status with their seconds, pages not read, imports, and locks."""

    edits: Counter[int] = field(default_factory=Counter)
    took_s: list[float] = field(default_factory=list)
    read: int = 0
    unread: int = 0
    imports: int = 0
    locked: int = 0

    @property
    def p99_s(self) -> float:
        return float(np.quantile(self.took_s, 0.99))


def main() -> None:
    """Print what came of half a minute."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/zhitu.sqlite"
        told = crowd(Path(folder), url, seconds=seconds)
    print(f"edits by status {dict(told.edits)}; p99 {told.p99_s:.2f} s, {max(told.took_s):.2f} s")
    print(f"pages read {told.read}, not read {told.unread}; imports {told.imports}")
    print(f'lines with "locked": {told.locked}')


def crowd(folder: Path, url: str, *, seconds: float) -> Told:
    """Let them all work on one database for so long, and until each table has been imported."""
    store = Store.open(url)
    fill_city(store, PLACES)
    store.close()
    tables = [write_table(folder / f"{issue}.csv", ROWS, issue=issue) for issue in (1, 2)]
    port, told, over = free_port(), Told(), Event()
    readers = Callers(plain(port), "/", READERS)
    writers = [
        Thread(target=_edit, args=(port, number + 1, told, over)) for number in range(WRITERS)
    ]
    with ExitStack() as stack:
        stack.enter_context(gunicorn(url, f"127.0.0.1:{port}", folder, **SETTINGS))
        stack.enter_context(_importing(url, tables, folder))
        stack.enter_context(readers.calling())
        stack.enter_context(until_over(writers, over))
        until = time.monotonic() + seconds
        while time.monotonic() < until or _said(folder).count("imported") < len(tables):
            time.sleep(0.1)
    said = _said(folder)
    told.read, told.unread = len(readers.asked), len(readers.bad())
    told.imports, told.locked = said.count("imported"), said.count("locked")
    return told


def _said(folder: Path) -> str:
    # Read while it is written: the last sign may not be whole.
    logs = (path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.log"))
    return "".join(logs)


def _edit(port: int, service_id: int, told: Told, over: Event) -> None:
    """Change one field of one point again and again, each time as the page shows it."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    page, number, signed = f"/desk/points/{service_id}", 0, cookie(port)
    while not over.is_set():
        number += 1
        asking.request("GET", page, headers=signed)
        mark = _MARK.search(asking.getresponse().read().decode())
        typed = {"mark": mark[1] if mark else "", "workers": str(number), "base_workers": ""}
        began = time.perf_counter()
        asking.request("POST", f"{page}/edit", urlencode(typed), FORM | signed)
        answer = asking.getresponse()
        answer.read()
        told.took_s.append(time.perf_counter() - began)
        told.edits[answer.status] += 1
    asking.close()


@contextmanager
def _importing(url: str, tables: list[Path], folder: Path) -> Iterator[None]:
    command = [sys.executable, "-c", _IMPORTS, url, *map(str, tables)]
    with (folder / "imports.log").open("ab") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=environment(url), stdout=log, stderr=log)
        try:
            yield
        finally:
            running.kill()
            running.wait()


if __name__ == "__main__":
    main()
