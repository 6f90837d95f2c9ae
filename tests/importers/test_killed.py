"""Killed at any moment, or run twice at once, an import is nothing or all."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from geodata.store import Store
from geodata.tables import ImportRun, Place, StagedFile
from service.workshop import import_file, locator

ROOT = Path(__file__).parents[2]
ROWS = 1200
KILLS = 3
REFERS = {"place_id": "place", "service_point_id": "service_point", "run_id": "import_run"}
RECORDS = ("record_id", "first_id", "last_id")
CHILD = """
import sys
from pathlib import Path
from service.workshop import import_file, locator
from geodata.store import Store
store = Store.open(sys.argv[1])
where = locator(store)
print("ready", flush=True)
import_file(Path(sys.argv[2]), store, where)
"""


def many(path: Path, rows: int) -> Path:
    lines = [f"站{n},户外职工驿站,黄浦区,某路{n}号,9:00-17:00" for n in range(rows)]
    path.write_text("\n".join(["名称,类别,区,地址,开放时间", *lines]), encoding="utf-8")
    return path


@contextmanager
def importing(url: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is about to import a file."""
    command = [sys.executable, "-c", CHILD, url, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child


def counts(url: str) -> tuple[int, int]:
    store = Store.open(url)
    with store.reading() as session:
        found = [session.scalar(select(func.count()).select_from(t)) for t in (Place, ImportRun)]
    store.close()
    return found[0] or 0, found[1] or 0


def ranked(export: str) -> list[object]:
    """An export with ids as ranks: what a killed transaction took of PostgreSQL's stays a gap."""
    tables = json.loads(export)
    ranks = {
        (name, row[0]): str(rank)
        for name, columns, rows in tables
        if columns[0] == "id"
        for rank, row in enumerate(rows)
    }
    for name, columns, rows in tables:
        for row in rows:
            table = dict(zip(columns, row, strict=True)).get("record_table", "")
            for index, column in enumerate(columns):
                of = {"id": name, **dict.fromkeys(RECORDS, table), **REFERS}.get(column, "")
                row[index] = ranks.get((of, row[index]), row[index])
    return list(tables)


def test_killed_at_any_moment_an_import_is_nothing_or_all(
    database_url: str,
    tmp_path: Path,
    fresh_store: Callable[[], Store],
    exported: Callable[[Store], str],
) -> None:
    path, unbroken = many(tmp_path / "很多.csv", ROWS), fresh_store()
    start = time.monotonic()
    import_file(path, unbroken, locator(unbroken))
    took, chance = time.monotonic() - start, random.Random(7)
    seen = set()
    for _ in range(KILLS):
        with importing(database_url, path) as child:
            time.sleep(chance.uniform(0.1, 0.9) * took)
            child.send_signal(signal.SIGKILL)
        seen.add(counts(database_url))
    assert seen <= {(0, 0), (ROWS, 1)}
    again = Store.open(database_url)
    import_file(path, again, locator(again))
    assert ranked(exported(again)) == ranked(exported(unbroken))
    if again.engine.dialect.name == "sqlite":
        with again.engine.connect() as connection:
            checked = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        assert checked == "ok"
    again.close()


def test_two_processes_that_import_one_file_store_it_once(
    database_url: str, tmp_path: Path
) -> None:
    path = many(tmp_path / "很多.csv", 300)

    def run(_: int) -> int:
        with importing(database_url, path) as child:
            return child.wait()

    Store.open(database_url).close()
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [0, 0]
    assert counts(database_url) == (300, 1)
    store = Store.open(database_url)
    with store.reading() as session:
        assert session.scalars(select(StagedFile)).all() == []
    store.close()
