"""The service as offices run it, in processes of its own: `zhitu serve`, gunicorn."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPERATE = ROOT / "docs" / "operate"
_BIN = Path(sys.executable).parent
# At a load of twenty to two processors some took a minute and a half to load.
_START_S = 180.0
# A service may let requests finish for half a minute.
_END_S = 120.0
_CONF = str(OPERATE / "gunicorn.conf.py")
_GUNICORN = (str(_BIN / "gunicorn"), "-c", _CONF, "service.wsgi:application")
# As systemd does it: descriptor 3, and the id of who is to take it.
_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""
Process = subprocess.Popen[bytes]


def free_port() -> int:
    """A port that nobody but a server told of it can have until this process ends."""
    held = socket.socket()
    # It stays bound and never listens: servers, which all share so, may listen there, while the
    # system gives the port to no one else and to no connection either.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port = int(held.getsockname()[1])
    held.detach()
    return port


def environment(database: str, **settings: str) -> dict[str, str]:
    """What a process of the service is told, and nothing else of ours."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ZHITU_")}
    return kept | {"ZHITU_DATABASE": database, "PYTHONPATH": str(ROOT)} | settings


@contextmanager
def waitress(database: str, port: int, folder: Path, **settings: str) -> Iterator[Process]:
    """`zhitu serve`, with no more descriptors than a machine gives unasked."""
    command = f"ulimit -Sn 1024; exec '{_BIN / 'zhitu'}' serve --port {port}"
    with running(["sh", "-c", command], environment(database, **settings), folder) as process:
        wait_for(("127.0.0.1", port), process)
        yield process


@contextmanager
def gunicorn(database: str, bind: str, folder: Path, **settings: str) -> Iterator[Process]:
    """gunicorn as docs/operate has it."""
    command = [*_GUNICORN, "--bind", bind]
    with running(command, environment(database, **settings), folder) as process:
        there = bind.removeprefix("unix:")
        host, _, port = bind.partition(":")
        wait_for(there if bind.startswith("unix:") else (host, int(port)), process)
        yield process


@contextmanager
def gunicorn_on(listening: int, database: str, folder: Path) -> Iterator[Process]:
    """gunicorn on a socket that is handed over; what comes meanwhile waits in its line."""
    command = [sys.executable, "-c", _HAND_OVER, str(listening), *_GUNICORN]
    with running(command, environment(database), folder, (listening,)) as process:
        yield process


def wait_for(address: tuple[str, int] | str, process: Process) -> None:
    """Wait until somebody listens there."""
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        kind = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        with socket.socket(kind) as probe:
            if probe.connect_ex(address) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on {address}")


@contextmanager
def running(
    command: list[str], environ: dict[str, str], folder: Path, handed: tuple[int, ...] = ()
) -> Iterator[Process]:
    """A process, told to end afterwards; what it says goes to a file of the folder."""
    with (folder / f"{Path(command[0]).name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environ, cwd=folder, stdout=log, stderr=log, pass_fds=handed
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(_END_S)
            finally:
                process.kill()


def wait_until_read(sender: socket.socket) -> None:
    """Wait until a server of this machine has taken in all that a connection over IPv4 sent."""
    ends = f":{sender.getpeername()[1]:04X}", f":{sender.getsockname()[1]:04X}"
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        # Before all of it has arrived, too, the reader has nothing left to read.
        has_arrived = fcntl.ioctl(sender, termios.TIOCOUTQ, bytes(4)) == bytes(4)
        for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
            _, ours, theirs, _, queues, _, _, _, _, inode, *_ = line.split()
            # What stands in the line of the system has no inode yet.
            is_it = (ours[-5:], theirs[-5:]) == ends
            if has_arrived and is_it and inode != "0" and queues.endswith(":00000000"):
                return
        time.sleep(0.02)
    raise TimeoutError(f"nobody reads what {sender} sent")


def children(parent: int) -> list[int]:
    """Processes begun by another that are there now."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(_state_of(stat)[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def wait_until_halted(process: Process) -> None:
    """Wait until a process stands still, stopped by a signal."""
    until = time.monotonic() + _START_S
    while _state_of(Path(f"/proc/{process.pid}/stat"))[0] != "T":
        if process.poll() is not None or time.monotonic() > until:
            raise TimeoutError(f"{process.pid} goes on, or has ended: {process.returncode}")
        time.sleep(0.02)


def _state_of(stat: Path) -> list[str]:
    """Its state, its parent and more; the name before them may hold anything, brackets too."""
    return stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def wait_for_children(parent: int, count: int, *, but: int = 0) -> set[int]:
    """Wait until a process has begun so many others that are there, but for one; which they are."""
    until = time.monotonic() + _START_S
    while len(found := {*children(parent)} - {but}) != count:
        if time.monotonic() > until:
            raise TimeoutError(f"{parent} has {len(found)} children and not {count}")
        time.sleep(0.02)
    return found
