"""The folder of backups: names, who may work in it, what is kept."""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from geodata.errors import ConflictError
from geodata.moments import BEIJING_TIME
from geodata.store_faults import of_files

_LOCK = ".zhitu-backup.lock"
_UNFINISHED = ".zhitu-unfinished-"
_REGULAR = re.compile(r"zhitu-\d{8}-\d{6}(-\d+)?\.zip")
# A SQLite file, and the journal beside it.
FILE_PARTS = ("", "-wal", "-shm")
# A backup holds persons: nobody but its owner reads it.
OWNER_ONLY = 0o600
OWNER_FOLDER = 0o700


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A passing folder inside this one, whose user is alone here; what the killed left goes.

    Raises:
        ConflictError: another process is at work here.
        StoreError: the folder cannot be written to.
    """
    try:
        folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        with _alone(folder):
            for left in folder.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            passing = Path(mkdtemp(prefix=_UNFINISHED, dir=folder))
            try:
                yield passing
            finally:
                shutil.rmtree(passing, ignore_errors=True)
    except OSError as error:
        raise of_files(error, folder) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """SQLite's file locks work on every system and end with the process that holds them."""
    try:
        with closing(sqlite3.connect(folder / _LOCK, timeout=0)) as lock:
            lock.isolation_level = None
            # Nothing is ever written: no journal has to find room on a full disk.
            lock.execute("PRAGMA journal_mode = MEMORY")
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise ConflictError(f"{folder} 里正有一次备份或恢复在做，请等它做完再试。") from error
        full = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else None, str(error)) from error


def free_name(folder: Path, made_at: datetime, *, first: str = "zhitu") -> Path:
    """A name by the time in Beijing that nobody has."""
    stem = f"{first}-{made_at.astimezone(BEIJING_TIME):%Y%m%d-%H%M%S}"
    path, number = folder / f"{stem}.zip", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.zip", number + 1
    return path


def keep_newest(folder: Path, made: Path, *, keep: int) -> list[Path]:
    """Delete regular backups but the newest ones and the one just made; returns those deleted."""
    regular = (path for path in folder.iterdir() if _REGULAR.fullmatch(path.name))
    others = sorted((path for path in regular if path != made), key=_age, reverse=True)
    for path in others[keep - 1 :]:
        path.unlink()
    return others[keep - 1 :]


def private(path: Path) -> Path:
    """A new empty file that only its owner may read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    return path


def keep_from_others(database: str) -> None:
    """Take a SQLite file from who is neither its owner nor of its group, where it may be done."""
    for part in FILE_PARTS:
        path = Path(f"{database}{part}")
        with suppress(OSError):
            path.chmod(path.stat().st_mode & ~0o007)


def settle(passing: Path, path: Path) -> None:
    """Give a whole file its name, so that it is there after a power cut, too."""
    with passing.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(passing, path)
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _age(path: Path) -> tuple[str, int]:
    """The time in the name, then the number behind it."""
    parts = path.stem.split("-")
    return "-".join(parts[:3]), int(parts[3]) if len(parts) > 3 else 1
