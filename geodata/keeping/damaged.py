"""A damaged SQLite file is set aside as it is, and a fresh one takes its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from geodata.errors import StoreError

# The write-ahead log belongs to the old file; beside a new one it would be played into that.
_PARTS = ("", "-wal", "-shm")


@contextmanager
def replaced(url: str) -> Iterator[tuple[str, Path]]:
    """The URL of a new file to fill; when that went well it takes the damaged one's name.

    Yields also the name the damaged file will have. The service must not run meanwhile.

    Raises:
        StoreError: it is no SQLite database; a cluster is its administrator's to mend.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StoreError("数据库已损坏：请先在 PostgreSQL 上建一个新库，再 zhitu restore --into。")
    path = Path(parsed.database)
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    fresh = path.with_name(f".{path.name}.restored")
    for part in _PARTS:
        Path(f"{fresh}{part}").unlink(missing_ok=True)
    yield URL.create("sqlite", database=str(fresh)).render_as_string(), aside
    for part in reversed(_PARTS):
        if (old := Path(f"{path}{part}")).exists():
            os.replace(old, f"{aside}{part}")
    os.replace(fresh, path)
