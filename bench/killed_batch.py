"""A batch killed again and again: what was paid twice, and is the file the same?

    python -m bench.killed_batch [rows] [kills] [database]

Kills come after a random number of requests, with -9. An address in flight at a kill may be sent
once more; none may be sent a third time, and the file must be that of an unbroken run. The time
of the broken run is given as a ratio to the unbroken one.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.killing import SEED, batch_with_kills, write_list
from bench.loopback import loopback
from bench.loopback_amap import amap, sends


def main() -> None:
    """Print what ten kills cost."""
    given = [*sys.argv[1:], *("5000", "10", "")[len(sys.argv) - 1 :]]
    rows, kills = int(given[0]), int(given[1])
    with TemporaryDirectory() as folder:
        place = Path(folder)
        database = given[2] or f"sqlite:///{place}/broken.sqlite"
        write_list(place / "in.csv", rows)
        whole_s, whole = timed_run(place, f"sqlite:///{place}/whole.sqlite", 0)
        broken_s, broken = timed_run(place, database, kills)
    print(f"rows {rows}, kills {kills}, seed {SEED}")
    print(f"sends: unbroken {whole.total()}, broken {broken.total()}")
    print(
        f"sent twice {sum(n == 2 for n in broken.values())}, at most {max(broken.values())} times"
    )
    print(f"time: {broken_s / whole_s:.2f} x the unbroken run")
    print("files equal: yes")


def timed_run(place: Path, database: str, kills: int) -> tuple[float, Counter[str]]:
    """Seconds, and how often each address was sent; the file must equal an earlier one."""
    out, first = place / "out.csv", place / "first.csv"
    with loopback(amap) as server:
        start = time.perf_counter()
        batch_with_kills(server, place / "in.csv", out, database=database, kills=kills)
        passed_s = time.perf_counter() - start
        counted = sends(server)
    if first.exists() and first.read_bytes() != out.read_bytes():
        raise SystemExit("files differ")
    out.replace(first)
    return passed_s, counted


if __name__ == "__main__":
    main()
