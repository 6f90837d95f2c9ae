"""`zhitu import` killed with -9 wherever it is: is anything half done, does it end the same?

    python -m bench.killed_import [kills] [rows] [database]

After each kill the database must be sound and hold what it held before or what it holds in the
end; what a reader may have is compared too. The run that nobody kills must end like one that
nobody ever killed. Every second kill comes at a random word to the database, the others at a
random moment. `database` (postgresql://…) must be empty; without one it is SQLite.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.dumped import Dump, dumped, faults, public_csv
from bench.kill_steps import counted, wait_until_gone, write_table
from bench.killing import SEED
from bench.served import ROOT, environment
from geodata.moments import utc_now
from geodata.store import Store
from importers.ingest import commit, stage
from service.workshop import import_file, locator

# A short file waits in memory, a long one in the staging area; here every second one is long.
_PROGRAM = (
    "import sys; from bench.kill_steps import die_at; from importers import ingest;"
    "from service.cli import main; step = int(sys.argv.pop(1)); die_at(step);"
    "ingest.MOST_ROWS = 0 if step < 10**9 else ingest.MOST_ROWS; main()"
)
NEVER = 10**9
_NAME = "killed import"


def main() -> None:
    """Print what so many kills left."""
    given = [*sys.argv[1:], *("20", "600", "")[len(sys.argv) - 1 :]]
    with TemporaryDirectory() as folder:
        url = given[2] or f"sqlite:///{folder}/broken.sqlite"
        told = list(killed_imports(Path(folder), url, rows=int(given[1]), kills=int(given[0])))
    print(f"{len(told)} kills, seed {SEED}: {told.count('before')} left what was there before,")
    print(f"{told.count('after')} came when all was stored; none left anything half done")
    print("the last run ended like an unbroken one, public file and all")


def killed_imports(folder: Path, url: str, *, rows: int, kills: int) -> Iterator[str]:
    """What each kill left: "before" or "after"; raises AssertionError where it is neither."""
    first = write_table(folder / "first.csv", rows)
    second = write_table(folder / "second.csv", rows, issue=2)
    whole, store = Store.open(f"sqlite:///{folder}/whole.sqlite"), Store.open(url)
    import_file(first, whole, locator(whole))
    import_file(first, store, locator(store))
    before = dumped(store)
    began = time.perf_counter()
    with counted(whole.engine) as words:
        staged = stage(second, area=whole.staging, locate=locator(whole).locate)
        commit(staged, area=whole.staging)
    took_s, ends, chance = time.perf_counter() - began, dumped(whole), random.Random(SEED)
    for number in range(kills):
        step = chance.randint(1, words[0]) if number % 2 == 0 else NEVER
        _kill(url, second, step, within_s=None if number % 2 == 0 else chance.random() * took_s)
        wait_until_gone(store.engine, _NAME)
        yield _left(store, before, ends)
    ended = _start(url, second, NEVER)
    assert ended.wait() == 0
    assert _left(store, before, ends) == "after"
    if store.engine.dialect.name == "sqlite":
        assert public_csv(store) == public_csv(whole)
    whole.close()
    store.close()


def _start(url: str, file: Path, step: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _PROGRAM, str(step), "--database", url, "import", str(file)]
    environ = environment(url, PGAPPNAME=_NAME)
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)


def _kill(url: str, file: Path, step: int, *, within_s: float | None) -> None:
    running = _start(url, file, step)
    if within_s is not None:
        # Until it works at all, it is loading.
        time.sleep(1.0 + within_s)
        running.kill()
    running.wait()


def _left(store: Store, before: Dump, ends: Dump) -> str:
    """What stands in the database after a kill."""
    store.staging.clean(utc_now() + timedelta(days=2))
    assert faults(store) == []
    found = dumped(store)
    if found == before:
        return "before"
    wrong = {table: (found[table], ends[table]) for table in ends if found[table] != ends[table]}
    assert wrong == {}, wrong
    return "after"


if __name__ == "__main__":
    main()
