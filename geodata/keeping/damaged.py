"""A SQLite file that cannot be opened is set aside as it is, and a fresh one takes its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zipfile import is_zipfile

from sqlalchemy import URL, make_url

from geodata.errors import StoreError
from geodata.keeping.folder import FILE_PARTS, settle

_STATES = {"damaged": "已损坏", "newer": "由更新版本的职图写成"}


@contextmanager
def replaced(url: str, state: str) -> Iterator[tuple[str, Path]]:
    """The URL of a new file to fill; when that went well it takes the old one's name.

    Yields also the name the old file will have, with its `state` in it: damaged or newer. The
    service must not run meanwhile.

    Raises:
        StoreError: it is a cluster, which is its administrator's to mend, or never was a database.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StoreError(
            f"数据库{_STATES[state]}，没有改动它：请在 PostgreSQL 上另建一个空库，"
            "用 zhitu restore --into 恢复进去，再把 ZHITU_DATABASE 改成它。"
        )
    path = Path(parsed.database)
    if is_zipfile(path):
        raise StoreError(f"{path} 是备份或别的压缩文件，不是数据库，没有改动它：请检查数据库地址。")
    aside = path.with_name(f"{path.name}.{state}-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    fresh = path.with_name(f".{path.name}.restored")
    # The write-ahead log belongs to the old file; beside a new one it would be played into that.
    for part in FILE_PARTS:
        Path(f"{fresh}{part}").unlink(missing_ok=True)
    yield URL.create("sqlite", database=str(fresh)).render_as_string(), aside
    for part in reversed(FILE_PARTS):
        if (old := Path(f"{path}{part}")).exists():
            os.replace(old, f"{aside}{part}")
    settle(fresh, path)
