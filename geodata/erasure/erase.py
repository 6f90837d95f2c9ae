"""Deleting one person's data: found, taken out, proved, and wiped from the file's bytes."""

from datetime import UTC, datetime

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.erasure import holdings
from geodata.erasure.proof import Proof, write
from geodata.erasure.sought import Identity
from geodata.version import grow_version

_TRIES = 3


def find(session: Session, identity: Identity) -> dict[str, int]:
    """What is kept of a person, as rows by table, without showing any."""
    return holdings.find(session, identity.sought)


def erase(session: Session, identity: Identity, *, by: str) -> Proof:
    """Delete what is kept of a person; the proof stands in the same transaction."""
    mark = f"-{datetime.now(UTC):%H%M%S%f}"
    counts = holdings.remove(session, identity.sought, mark=mark)
    proof = write(session, identity.numbers, counts, by=by)
    detail = {"number": proof.number, "rows": proof.total}
    record(session, by=by, action="person.erase", detail=detail)
    grow_version(session)
    return proof


def wipe(engine: Engine) -> bool:
    """Leave nothing deleted in the bytes of the database; False if others kept it from that.

    What a row held stays in free pages and in the journal until they are written again.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
        return True
    return any(_wiped(engine) for _ in range(_TRIES))


def _wiped(engine: Engine) -> bool:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            return False
        try:
            raw.execute("VACUUM")
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except (OperationalError, raw.OperationalError):
            return False
        return not busy
