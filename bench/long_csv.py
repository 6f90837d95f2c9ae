"""A csv of a million rows through the whole import on SQLite: rows a second, and the peak memory.

The import runs in a process of its own, whose peak is measured. Run as `python -m bench.long_csv
[rows]`; the peer is the plain reading of the same file by Python's csv module.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.invented import HEADER, stations

MOST_MB = 300


def write_csv(path: Path, count: int) -> None:
    """A list of stations, the district on every row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        out.writerows(stations(count))


def bare_read(path: Path) -> float:
    """Seconds Python's csv module takes for the file."""
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _row in csv.reader(file):
            pass
    return time.perf_counter() - start


def child(path: Path, database: str) -> None:
    """Import and print the count line, the seconds and the peak in MB."""
    from geodata.store import Store  # noqa: PLC0415 - the parent's memory is not the question
    from service.workshop import import_file, locator  # noqa: PLC0415

    store = Store.open(database)
    where = locator(store)
    start = time.perf_counter()
    report = import_file(path, store, where)
    took = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(next(line for line in report.lines() if line.startswith("读到")))
    print(took, peak_mb)


def main(count: int = 1_000_000) -> None:
    """Print rows a second, the ratio to the bare read, and the peak."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "示例.csv"
        write_csv(path, count)
        bare = bare_read(path)
        command = [sys.executable, "-m", "bench.long_csv", "--child", str(path)]
        database = f"sqlite:///{Path(name) / 'zhitu.sqlite'}"
        done = subprocess.run([*command, database], check=True, capture_output=True, text=True)
    line, figures = done.stdout.splitlines()
    took, peak_mb = map(float, figures.split())
    print(line)
    print(f"{count:,} rows in {took:.0f} s: {count / took:,.0f} a second, {took / bare:.0f} × csv")
    print(f"peak {peak_mb:.0f} MB (at most {MOST_MB})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), sys.argv[3])
    else:
        main(*map(int, sys.argv[1:]))
