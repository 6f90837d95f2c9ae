"""Writing rows by the thousand, without going through the statement once a row."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import Session


def insert_many(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the columns of the first."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    statement = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    written = {
        name: write
        for name, bind in statement.binds.items()
        if (write := bind.type.dialect_impl(dialect).bind_processor(dialect))
    }
    made = [{**row, **{name: write(row[name]) for name, write in written.items()}} for row in rows]
    values: Any = made
    if statement.positional:
        values = list(map(itemgetter(*(statement.positiontup or ())), made))
    connection.exec_driver_sql(str(statement), values)


def update_many(
    session: Session, table: Table, changed: Iterable[tuple[int, Mapping[str, Any]]]
) -> None:
    """Set the values of rows by id, those with the same columns in one statement."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in changed:
        if values:
            alike.setdefault(tuple(sorted(values)), []).append({**values, "of_id": row_id})
    for rows in alike.values():
        session.connection().execute(update(table).where(table.c.id == bindparam("of_id")), rows)
