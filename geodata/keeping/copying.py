"""All rows of one database into another, and the proof that they arrived."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, delete, exists, literal, select
from sqlalchemy.exc import DataError

from geodata.errors import StoreError
from geodata.keeping.digest import Digest, TableDigest, digests
from geodata.keeping.ids import go_on_after, last_ids
from geodata.keeping.plain import read, tables, write

# Rows of these say nothing of the city: a database with no others is an empty one.
_OF_THE_HOUSE = frozenset({"backup", "data_version", "sign_in_try", "ended_sign_in"})


def is_empty(connection: Connection) -> bool:
    """Whether nobody has put anything in yet."""
    kept = (table for table in tables() if table.name not in _OF_THE_HOUSE)
    return not any(
        connection.scalar(select(exists(select(literal(1)).select_from(table)))) for table in kept
    )


def clear(connection: Connection) -> None:
    """Take all rows out. Not by TRUNCATE, after which readers who began before see nothing."""
    for table in reversed(tables()):
        connection.execute(delete(table))


def copy(source: Connection, target: Connection) -> dict[str, TableDigest]:
    """Copy all tables into empty ones; the digests are of what was read.

    Raises:
        StoreError: a value that the other kind of database does not take.
    """
    found = {table.name: _copy_table(source, target, table) for table in tables()}
    go_on_after(target, last_ids(source))
    return found


def prove(target: Connection, expected: Mapping[str, TableDigest]) -> None:
    """Read everything back.

    Raises:
        StoreError: a table does not hold what was copied into it.
    """
    found = digests(target)
    wrong = [name for name, digest in expected.items() if found[name] != digest]
    if wrong:
        raise StoreError(f"写进去的和读出来的不一样（表 {'、'.join(wrong)}）：没有改动任何数据。")


def _copy_table(source: Connection, target: Connection, table: Table) -> TableDigest:
    digest = Digest()
    try:
        for rows in read(source, table):
            digest.add(rows)
            write(target, table, rows)
    except DataError as error:
        # What the driver says may quote the cell.
        raise StoreError(
            f"表 {table.name} 里有目标数据库放不下的内容（如空字符 NUL），没有改动任何数据。"
        ) from error
    return digest.done()
