"""Rows as they are stored: what goes in comes out alike on both databases, to the last blank."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    cast,
    collate,
    insert,
    select,
    type_coerce,
)

from geodata.tables import Base

Row = Sequence[Any]
_ROWS_A_READ = 1_000
# Rows of files and photos are megabytes each.
_FILES_A_READ = 4


def tables() -> list[Table]:
    """Every table, none before those it refers to."""
    return list(Base.metadata.sorted_tables)


def read(connection: Connection, table: Table) -> Iterator[Sequence[Row]]:
    """All rows of a table in the order of their keys, some at a time."""
    columns = [_as_stored(connection, column) for column in table.columns]
    holds_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    found = connection.execute(
        select(*columns).order_by(*(_in_order(connection, key) for key in table.primary_key)),
        execution_options={"yield_per": _FILES_A_READ if holds_files else _ROWS_A_READ},
    )
    yield from found.partitions()


def write(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put rows down as `read` gave them."""
    names = [f"c{n}" for n in range(len(table.columns))]
    values = {
        column: _to_store(connection, column, name)
        for column, name in zip(table.columns, names, strict=True)
    }
    given: list[Mapping[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
    connection.execute(insert(table).values(values), given)


def _as_stored(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """JSON as text: parsed and written again, an absent value and a stored null become one."""
    if not isinstance(column.type, JSON):
        return column
    if connection.dialect.name == "postgresql":
        return cast(column, Text)
    return type_coerce(column, Text)


def _to_store(connection: Connection, column: Column[Any], name: str) -> ColumnElement[Any]:
    if not isinstance(column.type, JSON):
        return bindparam(name, type_=column.type)
    text = bindparam(name, type_=Text())
    return cast(text, JSON) if connection.dialect.name == "postgresql" else text


def _in_order(connection: Connection, key: Column[Any]) -> ColumnElement[Any]:
    """Texts by their bytes, as SQLite has them; PostgreSQL would go by a language."""
    if isinstance(key.type, String) and connection.dialect.name == "postgresql":
        return collate(key, "C")
    return key
