"""Does one `zhitu work` stay as it was over hundreds of jobs? Imports and siting, in rounds.

    python -m bench.many_jobs [jobs] [database]

Prints after each round of 20 what the process holds and what is left on disk. `database`
(postgresql://…) must be empty; without one it is SQLite.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.dumped import faults
from bench.killed_jobs import ask_in_turns, with_city
from bench.leak import resident_mb
from bench.served import Process, children, environment, running
from geodata.jobs import queue
from geodata.jobs.model import State
from geodata.store import Store

A_ROUND, _ROWS = 20, 60
_PROGRAM = (sys.executable, "-c", "from service.cli import main; main()", "work")


def main(jobs: str = "200", url: str = "") -> None:
    """Print what every round left."""
    with TemporaryDirectory() as folder:
        for told in rounds(Path(folder), url or f"sqlite:///{folder}/zhitu.sqlite", int(jobs)):
            print(told, flush=True)


def rounds(folder: Path, url: str, jobs: int) -> Iterator[str]:
    """What is held after each round; raises AssertionError where a job was not done."""
    store, left = Store.open(url), folder / "tmp"
    with_city(store)
    left.mkdir()
    with running([*_PROGRAM], environment(url, TMPDIR=str(left)), folder) as worker:
        for done in range(0, jobs, A_ROUND):
            began = time.monotonic()
            asked = [
                ask_in_turns(store, folder, _ROWS, number) for number in range(done, done + A_ROUND)
            ]
            while not _over(store, len(asked)):
                time.sleep(0.1)
            # The last one's process is gone, and another waits for the next.
            time.sleep(1.0)
            yield f"{done + A_ROUND} jobs: {_held(worker, left)}; {time.monotonic() - began:.0f} s"
    assert faults(store) == []
    store.close()


def _over(store: Store, count: int) -> bool:
    with store.reading() as session:
        newest = queue.jobs(session, most=count)
    assert {job.state for job in newest} <= {State.WAITING, State.RUNNING, State.DONE}, newest
    return all(job.state.is_over for job in newest)


def _held(worker: Process, left: Path) -> str:
    proc = Path(f"/proc/{worker.pid}")
    counts = {
        "descriptors": len(list((proc / "fd").iterdir())),
        "threads": len(list((proc / "task").iterdir())),
        "children": len(children(worker.pid)),
        "temporary files": len(list(left.rglob("*"))),
    }
    told = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{resident_mb(worker.pid):.1f} MB, {told}"


if __name__ == "__main__":
    main(*sys.argv[1:])
