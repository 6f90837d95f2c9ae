"""Moving everything from one database to another, of either kind."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from geodata.accounts.audit import record
from geodata.errors import ConflictError, StoreError
from geodata.keeping.copying import clear, copy, is_empty, prove
from geodata.keeping.digest import TableDigest, export_hash
from geodata.store import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """What went over; `export` is the hash of the exports, the same on both sides."""

    tables: Mapping[str, TableDigest]
    export: str


def move(source_url: str, target_url: str, *, by: str) -> Moved:
    """Copy all tables into an empty database in one transaction; the old one stays as it is.

    Raises:
        ConflictError: the target holds data.
        StoreError: one cannot be used, or what arrived is not what was sent.
    """
    with (
        closing(Store.existing(source_url)) as source,
        closing(Store.open(target_url)) as target,
        source.reading() as old,
        target.writing() as new,
    ):
        if not is_empty(new.connection()):
            raise ConflictError("目标数据库里有数据，没有搬：请给一个空的数据库。")
        clear(new.connection())
        tables = copy(old.connection(), new.connection())
        prove(new.connection(), tables)
        export = export_hash(old)
        if export_hash(new) != export:
            raise StoreError("两边导出的内容不一样，没有搬。")
        record(new, by=by, action="data.move", detail={"export": export})
    return Moved(tables, export)
