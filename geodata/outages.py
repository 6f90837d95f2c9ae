"""Which errors of a database pass by themselves: it is gone, busy, or is being taken over."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL")
# PostgreSQL's: connection, lack of resources, operator (a shutdown, a statement over its time),
# lock not to be had, serialization and deadlock, writing on what is a standby since a moment ago.
_CLASSES = ("08", "53", "57", "55P03", "40", "25006")


def is_busy(error: BaseException) -> bool:
    """Whether a driver's error says that others held what was wanted for too long."""
    name, state = getattr(error, "sqlite_errorname", ""), getattr(error, "sqlstate", None)
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or state == "55P03"


def passes(error: SQLAlchemyError) -> bool:
    """Whether the same request may succeed in a while without anybody mending the program."""
    if isinstance(error, PoolTimeoutError):
        # Every connection of the pool was held by others.
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorname", "").startswith(_SQLITE)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # The driver itself says so, not the server: no connection could be had, or it broke.
        return isinstance(error, OperationalError | InterfaceError)
    return str(state).startswith(_CLASSES)
