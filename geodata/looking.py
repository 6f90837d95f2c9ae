"""Looking at a database without changing it: no file is made, nothing upgraded or tidied."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from geodata import schema, store_faults
from geodata.database import engine_for
from geodata.postgres import ANSWER_S, read_url
from geodata.store import Store


def sqlite_file(url: str) -> Path | None:
    """The file of a database; None for one on a server or in memory."""
    parsed = read_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


@contextmanager
def looking(url: str) -> Iterator[Store]:
    """A store for reading, whatever the version of its schema.

    Raises:
        StoreError: the URL names no database this program can use.
    """
    file = sqlite_file(url)
    engine = engine_for(url, answer_s=ANSWER_S) if file is None else _only_read(file)
    with closing(Store(engine)) as store:
        yield store


def is_current(store: Store) -> bool:
    """Whether a database has the schema of this very program."""
    with store.reading() as session:
        return schema.current(session.connection()) == schema.newest()


def _only_read(file: Path) -> Engine:
    path = file.absolute()
    how = "mode=ro"
    if not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # Even a reader of a write-ahead log wants to put a file beside it, unless nobody writes.
        how = "immutable=1"
    address = f"file:{quote(str(path))}?{how}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=15)

    made = create_engine(f"sqlite:///{file}", creator=connect, poolclass=NullPool)
    return store_faults.told(made)
