"""Inserting rows by the thousand, without going through the statement once a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session


def insert_many(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the columns of the first."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    statement = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    written = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
        for name, bind in statement.binds.items()
    }
    if statement.positional:
        order = [(name, written[name]) for name in statement.positiontup or ()]
        values: list[Any] = [tuple(write(row[name]) for name, write in order) for row in rows]
    else:
        values = [{name: write(row[name]) for name, write in written.items()} for row in rows]
    connection.exec_driver_sql(str(statement), values)


def _as_it_is(value: Any) -> Any:
    return value
