"""Backups, restores and upgrades of the schema in processes that are killed with -9."""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from types import FrameType

from alembic import command
from sqlalchemy import make_url

from geodata import schema
from geodata.database import engine_for, writing
from geodata.keeping.archive import verify
from geodata.keeping.backup import back_up
from geodata.keeping.digest import TableDigest, digests
from geodata.keeping.restore import restore
from geodata.store import Store

SEED = 20260101
# A step on the way: from here on most tables are made.
OLDER = "0003"
# What backups and restores write of themselves.
OWN = frozenset({"account", "audit_event", "backup", "data_version"})
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
Work = Callable[..., None]


def backup_work(url: str, folder: str) -> None:
    """Makes a backup."""
    with closing(Store.open(url)) as store:
        back_up(store, Path(folder), by="bench")


def restore_work(url: str, file: str, folder: str) -> None:
    """Restores one over what is there."""
    restore(url, Path(file), folder=Path(folder), replace=True, by="bench")


def upgrade_work(url: str) -> None:
    """Opens the database, which upgrades it."""
    Store.open(url).close()


def downgrade(url: str) -> None:
    """Takes the schema back to an older step."""
    engine = engine_for(url)
    with writing(engine) as session:
        command.downgrade(schema.config(session.connection()), OLDER)
    engine.dispose()


def seconds_of(work: Work, *given: str) -> float:
    """How long it takes in a process that nobody kills."""
    process, pipe = _begun(work, *given)
    start = time.perf_counter()
    process.join()
    pipe.close()
    if process.exitcode:
        raise SystemExit(f"{work.__name__} failed by itself")
    return time.perf_counter() - start


def killed(chance: random.Random, unbroken_s: float, work: Work, *given: str) -> bool:
    """Kill it at some moment of its usual time; whether it was still at work then."""
    process, pipe = _begun(work, *given)
    process.join(chance.random() * unbroken_s)
    process.kill()
    process.join()
    pipe.close()
    return process.exitcode == -signal.SIGKILL


def killed_at(function: str, nth: int, work: Work, *given: str) -> bool:
    """Kill it as it calls a function ("file.py:name") for the nth time; whether it came to that."""
    process, pipe = _begun(work, *given, until=(function, nth))
    process.join()
    pipe.close()
    return process.exitcode == -signal.SIGKILL


def content(url: str) -> dict[str, TableDigest]:
    """What the tables hold, but for what backups and restores write of themselves."""
    with closing(Store.open(url)) as store, store.reading() as session:
        found = digests(session.connection())
    return {name: digest for name, digest in found.items() if name not in OWN}


def revision(url: str) -> str | None:
    """The step a database stands at; a SQLite file must be in order, too."""
    engine = engine_for(url)
    with engine.connect() as connection:
        at = schema.current(connection)
    engine.dispose()
    file = make_url(url).database
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(file))) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise SystemExit(said)
    return at


def whole_backups(folder: Path) -> list[str]:
    """The names of all backups there, each read to its end."""
    found = sorted(folder.glob("*.zip"))
    for path in found:
        verify(path)
    return [path.name for path in found]


def unfinished(folder: Path) -> list[str]:
    """What is there that is no backup and no lock."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name.startswith(".") and path.name != ".zhitu-backup.lock"
    )


def _begun(
    work: Work, *given: str, until: tuple[str, int] | None = None
) -> tuple[multiprocessing.process.BaseProcess, Pipe]:
    """A process that has everything loaded and starts working now."""
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=_at_work, args=(theirs, work, given, until))
    process.start()
    ours.recv()
    return process, ours


def _at_work(pipe: Pipe, work: Work, given: tuple[str, ...], until: tuple[str, int] | None) -> None:
    pipe.send("go")
    if until:
        sys.setprofile(_dying(*until))
    work(*given)


def _dying(function: str, nth: int) -> Callable[[FrameType, str, object], None]:
    left = nth

    def on_call(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        code = frame.f_code
        if event == "call" and f"{os.path.basename(code.co_filename)}:{code.co_name}" == function:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return on_call
