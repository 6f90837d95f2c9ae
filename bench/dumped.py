"""What a database holds, without what must differ between two runs: ids, times, waiting work."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, func, inspect, select, text
from sqlalchemy.orm import Session

from geodata.exports.delimited import csv_bytes
from geodata.exports.rows import public_export
from geodata.moments import today
from geodata.store import Store
from geodata.storing.held import table_of_class
from geodata.tables import Base, StagedFile, StagedRecord, StagedRefusal

Dump = Mapping[str, list[tuple[Any, ...]]]
# Work on its way, and what is told of it: a broken run asks and tells more than an unbroken one.
_LEFT_OUT = frozenset(
    {"job", "upload", "upload_row", "staged_file", "staged_record", "staged_refusal"}
    | {"audit_event", "keyed_answer", "geocode_answer", "geocode_send", "backup"}
)
_A_DAY = timedelta(days=1)
_STAGED = (StagedFile, StagedRecord, StagedRefusal)


def dumped(store: Store) -> Dump:
    """Every row in the order of its making; an id is told as the place of its row."""
    with store.reading() as session:
        tables = [one for one in Base.metadata.sorted_tables if one.name not in _LEFT_OUT]
        places = {table.name: _places(session, table) for table in tables if "id" in table.c}
        return {table.name: _rows(session, table, places) for table in tables}


def public_csv(store: Store) -> bytes:
    """The file that everybody may have, its ids as they are."""
    return b"".join(csv_bytes(public_export(store.snapshot().find())))


def faults(store: Store) -> list[str]:
    """What the database itself finds wrong, and what nobody will ever ask for again."""
    found = []
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            found += [str(row) for row in connection.execute(text("PRAGMA foreign_key_check"))]
            found += [one for (one,) in connection.execute(text("PRAGMA integrity_check"))]
            found.remove("ok")
        else:
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
            connection.execute(text(_EVERY_INDEX))
        for table in map(table_of_class, _STAGED):
            left = connection.scalar(select(func.count()).select_from(table))
            found += [f"{table.name}: {left}"] if left else []
    return found


# It raises at the first that does not fit its table.
_EVERY_INDEX = """
SELECT bt_index_check(index.indexrelid, true) FROM pg_index AS index
JOIN pg_class AS class ON class.oid = index.indexrelid
JOIN pg_am AS method ON method.oid = class.relam
JOIN pg_namespace AS space ON space.oid = class.relnamespace
WHERE method.amname = 'btree' AND space.nspname = 'public' AND index.indisvalid
"""


def _places(session: Session, table: Table) -> dict[int, int]:
    ids = session.scalars(select(table.c.id).order_by(table.c.id))
    return {row_id: place for place, row_id in enumerate(ids)}


def _rows(
    session: Session, table: Table, places: Mapping[str, Mapping[int, int]]
) -> list[tuple[Any, ...]]:
    columns = [column for column in table.c if not _is_time(column)]
    rows = session.execute(select(*columns).order_by(*inspect(table).primary_key))
    return [
        tuple(_told(column, value, places) for column, value in zip(columns, row, strict=True))
        for row in rows
    ]


def _is_time(column: Column[Any]) -> bool:
    return column.type.python_type is datetime


def _told(column: Column[Any], value: Any, places: Mapping[str, Mapping[int, int]]) -> Any:
    named = next(iter(column.foreign_keys), None)
    if value is not None and (named is not None or column.name == "id"):
        table = column.table.name if named is None else named.column.table.name
        return places.get(table, {}).get(value, value)
    if isinstance(value, date):
        # Of two runs the one may come before midnight and the other after it.
        return "now" if abs(value - today()) <= _A_DAY else value.isoformat()
    return repr(value)
