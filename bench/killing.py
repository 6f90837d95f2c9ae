"""`zhitu geocode` as a process that is killed with -9 while it asks a geocoder on loopback."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from bench.loopback import Asked, Loopback, Reply

ROOT = Path(__file__).parents[1]
SEED = 20260101
_PATIENCE_S = 60.0


def write_list(path: Path, rows: int) -> None:
    """Invented addresses, every tenth of them named in two rows."""
    doors = (row - row % 10 // 9 for row in range(rows))
    lines = (
        f"{row},示例{chr(0x4E03 + door // 200)}路{door % 200 + 1}号"
        for row, door in enumerate(doors)
    )
    path.write_text("编号,地址\n" + "\n".join(lines) + "\n", encoding="utf-8")


def batch_with_kills(
    server: Loopback, source: Path, out: Path, *, database: str, kills: int, most_requests: int = 40
) -> None:
    """Run the command until it ends by itself; the first `kills` runs are killed.

    Each gets past its first request: what is killed in the same one again pays for it again.
    """
    chance = random.Random(SEED)
    for _ in range(kills):
        before, most = len(server.asked), chance.randint(2, most_requests)
        with held_after(server, before + most):
            run = start_batch(server, source, out, database)
            while run.poll() is None and len(server.asked) < before + most:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.01)
            run.send_signal(signal.SIGKILL)
            run.wait()
        if out.exists():
            raise SystemExit("the list was done before all kills: give more rows")
    if start_batch(server, source, out, database).wait():
        raise SystemExit("the last run failed")


@contextmanager
def held_after(server: Loopback, count: int) -> Iterator[None]:
    """All requests after so many wait meanwhile: who is to be killed runs no further ahead."""
    speak, over = server.speak, Event()

    def held(asked: Asked) -> Reply:
        if len(server.asked) > count:
            over.wait(_PATIENCE_S)
        return speak(asked)

    server.speak = held
    try:
        yield
    finally:
        over.set()
        server.speak = speak


def start_batch(
    server: Loopback, source: Path, out: Path, database: str
) -> subprocess.Popen[bytes]:
    """`zhitu geocode` in a process of its own."""
    settings: Mapping[str, str] = {
        "PYTHONPATH": str(ROOT),
        "ZHITU_DATABASE": database,
        "ZHITU_AMAP_KEY": "loopback",
        "ZHITU_PRIVATE_HOSTS": "127.0.0.1",
        "ZHITU_AMAP_URL": server.url,
        "ZHITU_GEOCODER_QPS": "amap=10000",
    }
    command = [sys.executable, "-c", "from service.cli import main; main()", "geocode"]
    # The environment is handed on so that the process finds its interpreter's libraries.
    return subprocess.Popen(
        [*command, str(source), str(out)], env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
