"""A SQLite file that goes or is exchanged while it is open: nothing is written into what is gone.

Whoever has a file open reads and writes on in it when it has no name any more, and all of that is
lost with the process.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from geodata.errors import StoreError
from geodata.keeping.folder import private

_GONE = "数据库文件不见了，什么也没有写。请管理员把它放回原处，或用 zhitu restore 从备份恢复。"


def watch(engine: Engine, path: Path, *, makes: bool) -> None:
    """Look with every use whether the file is still there, and still the one that was opened.

    `makes` says that a file that is not there is to be made, as long as there was none. Another
    one in its place is opened instead.
    """
    missed = not makes

    @event.listens_for(engine, "do_connect")
    def _before_connect(*_: Any) -> None:
        if _identity(path) is not None:
            return
        if missed:
            raise StoreError(_GONE)
        # SQLite would make a file that everybody may read; its journal takes the file's rights.
        with suppress(OSError):
            private(path)

    @event.listens_for(engine, "connect")
    def _on_connect(_connection: sqlite3.Connection, record: Any) -> None:
        nonlocal missed
        missed = True
        record.info[watch] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _on_use(_connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        if record.info[watch] != _identity(path):
            raise DisconnectionError


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        # Gone, or in a folder that nobody may look into any more.
        return None
    return found.st_dev, found.st_ino
