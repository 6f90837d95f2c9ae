"""wrk against one process: requests a second, and what they cost the process."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

CONNECTIONS = 8
_RATE = re.compile(r"Requests/sec:\s*([0-9.]+)")
_COUNT = re.compile(r"([0-9]+) requests in")
_TICKS_A_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """`cpu_ms` is of the serving process and its children alone, a request."""

    a_second: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.a_second:,.1f} requests/s, {self.cpu_ms:.2f} ms CPU a request"


Started = tuple[list[str], dict[str, str]]


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(started: Started, url: str) -> Iterator[int]:
    """The process, once it answers."""
    command, environ = started
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environ, stdout=quiet, stderr=quiet)
    try:
        while process.poll() is None:
            try:
                urlopen(url, timeout=60).close()
                break
            except URLError:
                sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def loaded(url: str, pid: int, *, seconds: int, headers: tuple[str, ...] = ()) -> Load:
    """Ask one address over and over.

    Raises:
        SystemExit: an answer was none of 2xx and 3xx, or a connection broke.
    """
    said = [part for header in headers for part in ("-H", header)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s", *said, url]
    before = _cpu_s(pid)
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = _cpu_s(pid) - before
    rate, count = _RATE.search(out), _COUNT.search(out)
    if rate is None or count is None or "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{url}\n{out}")
    return Load(float(rate[1]), spent * 1000 / int(count[1]))


def _cpu_s(pid: int) -> float:
    """CPU seconds of a process and of the children it has."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(stat[11]) + int(stat[12])) / _TICKS_A_S + sum(_cpu_s(int(one)) for one in children)
