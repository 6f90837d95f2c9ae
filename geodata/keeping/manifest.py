"""What a backup says of itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from json import dumps, loads
from typing import Any

from geodata.errors import StoreError
from geodata.keeping.digest import TableDigest

FORMAT = 1
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`size` in bytes and `sha256` are of the database inside, `export` is of its exports."""

    made_at: str
    program: str
    revision: str
    kind: str
    data_version: int
    size: int
    sha256: str
    export: str
    tables: Mapping[str, TableDigest]
    last_ids: Mapping[str, int]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        """As JSON."""
        return dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a backup.

    Raises:
        StoreError: it is none, or a newer program wrote it.
    """
    try:
        said = loads(content)
        if said["format"] > FORMAT:
            raise StoreError("这份备份由更新版本的职图写成：请升级程序后再恢复。")
        return _read(said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("备份里的说明读不出来：文件不全，或不是职图的备份。") from error


def _read(said: dict[str, Any]) -> Manifest:
    tables = {name: TableDigest(**table) for name, table in said.pop("tables").items()}
    read = Manifest(tables=tables, **said)
    texts = (read.program, read.revision, read.kind, read.sha256, read.export)
    counts = (table.rows for table in tables.values())
    numbers = (read.data_version, read.size, *read.last_ids.values(), *counts)
    datetime.fromisoformat(read.made_at)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(texts)
    if not all(isinstance(number, int) and 0 <= number <= _MOST for number in numbers):
        raise TypeError(numbers)
    return read
