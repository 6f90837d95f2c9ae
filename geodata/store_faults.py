"""What a database says when its disk or its file is at fault, as sentences."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from geodata.errors import StoreDamagedError, StoreError, StoreFullError

_DISK_FULL = "53100"
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
# With less than this, an input/output error is the disk's being full under another name; a
# database that is full with more is so in its folder for passing files.
_HARDLY_ANY_BYTES = 1024 * 1024
_UNTOUCHED = "数据没有改动，仍可查看；请腾出空间再做一次，不用重启。"
_MAYBE_FULL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def told(engine: Engine) -> Engine:
    """The engine, which now raises our sentences in place of the driver's for these faults."""

    # The dialect, which mappers remember, keeps the listener: it must not keep the engine alive.
    file = engine.url.database

    @event.listens_for(engine, "handle_error")
    def _on_error(context: ExceptionContext) -> None:
        said = of_driver(context.original_exception, file)
        if said is not None:
            raise said from context.original_exception

    return engine


def of_driver(error: BaseException, file: str | None) -> StoreError | None:
    """The sentence for a driver's error over a database, which in SQLite is a `file`; None for
    what is no fault of disk or file.
    """
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, file)
    if getattr(error, "sqlstate", None) == _DISK_FULL:
        return StoreFullError(f"数据库服务器的磁盘满了。{_UNTOUCHED}")
    return None


def is_full(error: OSError) -> bool:
    """Whether a file could not grow for want of space."""
    return error.errno in _NO_SPACE


def of_files(error: OSError, folder: Path) -> StoreError:
    """The sentence for a file that could not be written into a folder."""
    if is_full(error):
        return StoreFullError(f"{folder} 所在的磁盘满了（{_free(folder)}）。{_UNTOUCHED}")
    return StoreError(
        f"写不进 {folder}：{error.strerror or error}。请检查目录和权限，或换一个目录。"
    )


def _of_sqlite(error: sqlite3.Error, file: str | None) -> StoreError | None:
    # Errors of the module itself, such as a closed connection, have no code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    folder = Path(file or ".").absolute().parent
    if code == sqlite3.SQLITE_FULL or (code in _MAYBE_FULL and _is_full(folder)):
        # Pages for everybody show this sentence: it names no folder.
        where = "数据库所在的磁盘" if _is_full(folder) else "临时目录的磁盘"
        return StoreFullError(f"{where}满了（数据库那里{_free(folder)}）。{_UNTOUCHED}")
    if code in _DAMAGED:
        return StoreDamagedError(
            f"数据库文件已损坏（{error}）：请停止服务，用 zhitu restore 从备份恢复。"
        )
    # In a folder that is read-only, not even what reading needs can be put beside the file.
    shut = code == sqlite3.SQLITE_CANTOPEN and folder.is_dir() and not os.access(folder, os.W_OK)
    if code == sqlite3.SQLITE_READONLY or shut:
        return StoreError(
            f"数据库只能读、不能写（{error}）：请检查文件和它所在目录的权限，或磁盘是否只读。"
        )
    return None


def _is_full(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free < _HARDLY_ANY_BYTES


def _free(folder: Path) -> str:
    try:
        return f"只剩 {shutil.disk_usage(folder).free / 1024:,.0f} KB"
    except OSError:
        return "剩余空间不明"
