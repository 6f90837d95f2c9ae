"""The last number each table gave out: one that was somebody's is never another's.

SQLite itself heeds what is remembered for some tables only; in the others the highest number still
there counts, and what an import stores is numbered by us.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, func, inspect, select, text

from geodata.keeping.plain import tables


def last_ids(connection: Connection) -> dict[str, int]:
    """By table, of those that number their rows."""
    numbered = [table for table in tables() if table.autoincrement_column is not None]
    if connection.dialect.name == "postgresql":
        return {table.name: _of_sequence(connection, table.name) for table in numbered}
    given = given_out(connection)
    return {
        table.name: max(given.get(table.name, 0), _highest(connection, table)) for table in numbered
    }


def go_on_after(connection: Connection, given: Mapping[str, int]) -> None:
    """Give out no number again, here or where the rows came from.

    On PostgreSQL this is not taken back with the transaction, so it never lowers a number.
    """
    known = {table.name for table in tables() if table.autoincrement_column is not None}
    if connection.dialect.name == "postgresql":
        # An older backup may know tables that are gone by now.
        for name, last in given.items():
            if last and name in known:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": name, "last": max(last, _of_sequence(connection, name))},
                )
        return
    before = given_out(connection)
    for name in known & set(given):
        last = max(given[name], before.get(name, 0))
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :n"), {"n": name})
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:n, :last)"),
            {"n": name, "last": last},
        )


def given_out(connection: Connection) -> dict[str, int]:
    """What a SQLite file remembers, by table."""
    if not inspect(connection).has_table("sqlite_sequence"):
        return {}
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {str(name): int(seq) for name, seq in rows}


def _highest(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.max(table.autoincrement_column))) or 0


def _of_sequence(connection: Connection, name: str) -> int:
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name})
    # The server quotes the name as it must be.
    found = text(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 # nosec B608
    last, used = connection.execute(found).one()
    return int(last) if used else 0
