"""A command that finds the database busy says so in a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from geodata.store import Store
from service.cli import Commands, main


@pytest.fixture
def busy(store: Store) -> Iterator[str]:
    """The URL of a database in which somebody else is writing; nobody waits for him for long."""
    file = Path(str(store.engine.url.database))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield f"sqlite:///{file}?timeout=0.1"


def test_a_database_that_is_busy_when_it_is_opened(busy: str) -> None:
    told = CliRunner().invoke(main, ["--database", busy, "gaps"])
    assert (told.exit_code, told.stderr) == (
        1,
        "Error: 数据库正忙：别人一直在写，没有等到。请过一会儿再试。\n",
    )


class Counting(Commands):
    """The group of our commands with one that does nothing but what it is given."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx, cmd_name

        @click.command
        @click.argument("url")
        @click.argument("statement")
        def count(url: str, statement: str) -> None:
            with closing(Store.attached(url)) as store, store.writing() as session:
                session.execute(text(statement))

        return count


def test_a_database_that_is_busy_later_on(busy: str) -> None:
    told = CliRunner().invoke(Counting(), ["count", busy, "SELECT 1"])
    assert (told.exit_code, told.stderr) == (
        1,
        "Error: 数据库正忙，或者一时连不上：这一步没有做完，没做完的没有存。请过一会儿再试。\n",
    )


def test_a_mistake_of_ours_is_no_busy_database(store: Store) -> None:
    url = store.engine.url.render_as_string()
    told = CliRunner().invoke(Counting(), ["count", url, "SELECT nothing"])
    assert isinstance(told.exception, OperationalError)
