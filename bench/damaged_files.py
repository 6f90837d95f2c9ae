"""Ten thousand damaged files: each is refused with a sentence or read, and none takes the machine.

`python -m bench.damaged_files [COUNT [SEED]]` damages the shipped samples and a Word document in
five ways, inside their archives too, and reads each through to its last row. What ends in anything
but a ZhituError or rows stops the run and is named with its number, which makes it again.
"""

import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NoReturn

from bench.damage import damaged, samples
from geodata.errors import ZhituError
from importers.form import Match
from importers.parse import recognise, rows_of
from importers.readers import read

# What a file may add to an idle process, and what the whole process may ever map.
MOST_MB = 500
_MOST_MAPPED = 2_000_000_000
_MOST_SECONDS = 20
_BATCH = 50


def outcome(path: Path) -> str:
    """What becomes of one file."""
    try:
        found = [one for one in recognise(read(path)) if isinstance(one, Match)]
        rows = sum(1 for one in found for _row in rows_of(one))
    except ZhituError:
        return "refused"
    return "read" if rows else "no rows"


def run(first: int, *, seed: int, last: int) -> tuple[Counter[str], float, float]:
    """A batch in a child process: its outcomes, its peak in MB, its slowest file in seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MAPPED, _MOST_MAPPED))
    known, outcomes, slowest = samples(), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, min(first + _BATCH, last)):
            suffix, content = damaged(number, seed, known)
            path = Path(folder) / f"{number}{suffix}"
            path.write_bytes(content)
            signal.alarm(_MOST_SECONDS)
            start = time.perf_counter()
            try:
                outcomes[outcome(path)] += 1
            except BaseException as error:
                raise RuntimeError(f"file {number} of seed {seed} ({suffix})") from error
            slowest = max(slowest, time.perf_counter() - start)
            signal.alarm(0)
            path.unlink()
    return outcomes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, slowest


def _too_slow(*_signal: object) -> NoReturn:
    raise TimeoutError


def main(count: int = 10_000, seed: int = 1) -> None:
    """Read the damaged files and say what became of them."""
    signal.signal(signal.SIGALRM, _too_slow)
    start = time.perf_counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        batches = list(pool.map(partial(run, seed=seed, last=count), range(0, count, _BATCH)))
    outcomes = sum((one for one, _, _ in batches), Counter[str]())
    peak = max(peak for _, peak, _ in batches)
    slowest = max(slowest for _, _, slowest in batches)
    took = time.perf_counter() - start
    print(f"{sum(outcomes.values())} files in {took:.0f} s: {dict(outcomes)}")
    print(f"peak {peak:.0f} MB of {MOST_MB}, slowest file {slowest:.2f} s")
    if peak > MOST_MB:
        raise SystemExit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
