"""National coverage in one process, with two local workers, with two workers started apart.

`python -m bench.national [demand] [stations]`: the command itself, each time in processes of its
own, on invented data of one seed. The three answers are compared row by row.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import pyarrow as pa
from pyarrow import parquet

from bench.national_draw import draw

ZHITU = (sys.executable, "-c", "from service.cli import main; main()", "national")
DASK = (sys.executable, "-m", "dask")


def measured(folder: Path, name: str, *options: str) -> tuple[float, float]:
    """Seconds of one run, and the megabytes of its largest process."""
    command = [*ZHITU, str(folder / "demand.parquet"), str(folder / "stations.parquet")]
    start = perf_counter()
    child = subprocess.Popen(
        [*command, "--out", str(folder / name), *options], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{name}: exit code {child.returncode}")
    return perf_counter() - start, usage.ru_maxrss / 1024


@contextmanager
def apart(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers on loopback, each started by itself."""
    file = folder / "scheduler.json"
    where = ["--scheduler-file", str(file)]
    options = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
    commands = [[*DASK, "scheduler", "--port", "0", *options, *where]]
    worker = [*DASK, "worker", "--nthreads", "1", "--no-nanny", *options, *where]
    commands += [worker] * workers
    started = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for command in commands]
    try:
        while not file.exists() or not file.read_text():
            sleep(0.1)
        yield str(json.loads(file.read_text())["address"])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def rows_of(folder: Path) -> pa.Table:
    """All rows of an answer in the order of their ids."""
    return parquet.read_table(folder / "access").sort_by("id")


def main() -> None:
    """Print seconds, their ratios, memory, and how far the answers differ."""
    demand, stations = (int(text) for text in [*sys.argv[1:], "500000", "20000"][:2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw(folder, demand, stations)
        runs = {"one process": measured(folder, "one process")}
        runs["two local workers"] = measured(folder, "two local workers", "--workers", "2")
        with apart(folder, 2) as address:
            runs["two workers apart"] = measured(
                folder, "two workers apart", "--scheduler", address
            )
        base, first = rows_of(folder / "one process"), runs["one process"][0]
        print(f"{demand:,} demand points, {stations:,} stations")
        for run, (seconds, megabytes) in runs.items():
            same = rows_of(folder / run).equals(base)
            print(f"{run}: {seconds:.1f} s, {seconds / first:.2f} x, {megabytes:.0f} MB, {same=}")


if __name__ == "__main__":
    main()
