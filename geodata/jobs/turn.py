"""Short writes of the queue's own rows, which wait for no import."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from geodata import database, outages
from geodata.errors import StoreError


class BusyError(Exception):
    """Another writes and goes on writing, or nobody answers; to be tried again later."""


@contextmanager
def turn(engine: Engine) -> Iterator[Session]:
    """One short transaction.

    PostgreSQL locks the rows alone, so that a worker may say it is alive while it publishes. On
    SQLite, where one writes at a time, nobody can take a job over from a worker that is writing.

    Raises:
        BusyError: SQLite waited in vain for another writer, or the server is gone for a while.
    """
    try:
        if engine.dialect.name == "postgresql":
            with Session(engine) as session, session.begin():
                yield session
        else:
            with database.writing(engine) as session:
                yield session
    except StoreError as error:
        # A full disk, which is somebody's to empty.
        raise BusyError from error
    except SQLAlchemyError as error:
        if not outages.passes(error):
            raise
        raise BusyError from error
