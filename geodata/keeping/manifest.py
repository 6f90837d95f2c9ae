"""What a backup says of itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from json import JSONDecodeError, dumps, loads
from typing import Any

from geodata.errors import StoreError
from geodata.keeping.digest import TableDigest

FORMAT = 1


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
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("备份里的说明读不出来：文件不全，或不是职图的备份。") from error


def _read(said: dict[str, Any]) -> Manifest:
    tables = {name: TableDigest(**table) for name, table in said.pop("tables").items()}
    return Manifest(tables=tables, **said)
