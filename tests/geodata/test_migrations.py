"""Every step of the schema goes up and down again on a filled database of both kinds."""

from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bench.filled import fill
from geodata import schema
from geodata.database import writing
from geodata.store import Store
from service.workshop import import_file, locator, sample_files

Rows = dict[str, list[tuple[Any, ...]]]


def rows(connection: Connection, columns: dict[str, list[str]]) -> Rows:
    """The rows of every table, of the columns that are asked for."""
    quote = connection.dialect.identifier_preparer.quote
    return {
        table: sorted(
            connection.execute(
                text(f"SELECT {', '.join(map(quote, names))} FROM {quote(table)}")
            ).all(),
            key=repr,
        )
        for table, names in columns.items()
    }


def columns(connection: Connection) -> dict[str, list[str]]:
    """The columns of our tables by name."""
    found = inspect(connection)
    ours = sorted({*found.get_table_names()} - {"spatial_ref_sys", "alembic_version"})
    return {table: sorted(c["name"] for c in found.get_columns(table)) for table in ours}


def test_no_step_down_takes_more_than_its_own_columns(any_store: Store) -> None:
    where = locator(any_store)
    for path in sample_files():
        import_file(path, any_store, where)
    with writing(any_store.engine) as session:
        kept = down_and_up(session.connection())
    assert len(kept["status_change"]) == len(kept["service_point"]) > 0


def test_no_table_was_empty_when_its_steps_were_tried(any_store: Store) -> None:
    with writing(fill(any_store).engine) as session:
        connection = session.connection()
        filled = rows(connection, columns(connection))
        assert [table for table, found in filled.items() if not found] == []
        down_and_up(connection)


def down_and_up(connection: Connection) -> Rows:
    """Every step down, then all of them up again; returns what lasted through it."""
    newest = columns(connection)
    filled = rows(connection, newest)
    for step in [s.revision for s in ScriptDirectory(str(schema.FOLDER)).walk_revisions()][1:]:
        command.downgrade(schema.config(connection), step)
        left = columns(connection)
        assert left != newest
        assert {table: len(found) for table, found in rows(connection, left).items()} == {
            table: len(filled[table]) for table in left
        }
    kept = rows(connection, left)
    command.upgrade(schema.config(connection), "head")
    assert (columns(connection), rows(connection, left)) == (newest, kept)
    return kept
