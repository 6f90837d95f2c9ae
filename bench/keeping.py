"""Backing up and restoring many places, beside SQLite's own VACUUM INTO of the same file.

    python -m bench.keeping [places]

SQLite copies pages; a backup goes through every row three times (copied, proved, exported) and is
packed. The peak of memory is the process's own; it should not depend on the number of places.
"""

import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from bench.filled import fill
from geodata.keeping.backup import back_up
from geodata.keeping.restore import restore
from geodata.store import Store
from geodata.tables import Base

# Which columns of each table are numbered on.
_NUMBERED = {
    "place": ("id",),
    "service_point": ("id", "place_id"),
    "source_row": ("id", "record_id"),
    "contact": ("id", "record_id"),
}
_A_STEP = 5_000


def main() -> None:
    """Print the times as ratios, the size, and the peak of memory."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "zhitu.sqlite"
        with closing(Store.open(f"sqlite:///{file}")) as store:
            crowd(fill(store), places)
            peer_s = taken_s(lambda: vacuum(file, folder / "peer.sqlite"))
            start = time.process_time()
            made = back_up(store, folder / "b", by="bench")
            backup_s = time.process_time() - start
        url = f"sqlite:///{folder / 'back.sqlite'}"
        restore_s = taken_s(
            lambda: restore(url, made.path, folder=folder / "b", replace=False, by="bench")
        )
    print(f"{places} places, {made.manifest.rows} rows, {made.manifest.size / 1e6:.0f} MB inside")
    print(f"packed to {made.size / made.manifest.size:.2f} of it; VACUUM INTO {peer_s:.2f} s CPU")
    print(f"backup {backup_s / peer_s:.0f} x ({backup_s:.1f} s CPU)")
    print(f"restore {restore_s / peer_s:.0f} x ({restore_s:.1f} s CPU)")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def crowd(store: Store, places: int) -> None:
    """So many places, each with a service, a row it came from and a person."""
    with store.writing() as session:
        connection = session.connection()
        for name, numbered in _NUMBERED.items():
            table = Base.metadata.tables[name]
            row = dict(connection.execute(table.select().limit(1)).one()._mapping)
            for first in range(100, 100 + places, _A_STEP):
                last = min(first + _A_STEP, 100 + places)
                rows = [row | numbers(row, numbered, n) for n in range(first, last)]
                connection.execute(insert(table), rows)


def numbers(row: dict[str, Any], numbered: tuple[str, ...], n: int) -> dict[str, Any]:
    """What is different in the nth row of a table."""
    named = {column: f"第{n}处" for column in ("key", "name", "canonical") if column in row}
    return dict.fromkeys(numbered, n) | named


def vacuum(file: Path, path: Path) -> None:
    """The peer."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))


def taken_s(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
