"""A copy of a filled SQLite file before its schema is changed."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from sqlalchemy import Connection

from geodata import schema
from geodata.errors import StoreFullError
from geodata.keeping.folder import OWNER_FOLDER, private, settle
from geodata.store_faults import of_files


def copy_before_upgrade(connection: Connection, folder: Path | None) -> Path | None:
    """Copy the file to `folder`, or to `backups` beside it; None where nothing will be changed.

    The connection has begun to write and has not written yet: nobody else can.

    Raises:
        StoreError: the copy cannot be put down; then the schema must stay as it is.
    """
    at, file = schema.current(connection), connection.engine.url.database
    if at in {None, schema.newest()} or not file or file == ":memory:":
        return None
    if at not in schema.steps():
        # It will be refused, at each start of a service anew.
        return None
    folder = folder or Path(file).parent / "backups"
    stem = Path(file).stem
    name = f"before-upgrade-{at}-{stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite"
    passing = folder / f".{name}.unfinished"
    try:
        folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        for left in folder.glob(f".before-upgrade-*-{escape(stem)}-*.unfinished"):
            left.unlink(missing_ok=True)
        _copy(Path(file), private(passing))
        settle(passing, folder / name)
    except OSError as error:
        raise of_files(error, folder) from error
    finally:
        passing.unlink(missing_ok=True)
    return folder / name


def _copy(file: Path, passing: Path) -> None:
    with closing(sqlite3.connect(file)) as reader:
        try:
            reader.execute("VACUUM INTO ?", (str(passing),))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
                raise
            raise StoreFullError(
                f"升级前要先留一份副本，{passing.parent} 放不下：没有升级，数据没有改动。"
                "请腾出空间再启动。"
            ) from error
