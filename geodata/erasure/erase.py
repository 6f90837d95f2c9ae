"""Deleting one person's data: found, taken out, proved, and wiped from the file's bytes."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from geodata import database, postgres
from geodata.accounts.audit import record
from geodata.erasure import holdings
from geodata.erasure.proof import Proof, add, write
from geodata.erasure.sought import Identity
from geodata.version import grow_version

_TRIES = 3


def find(session: Session, identity: Identity) -> dict[str, int]:
    """What is kept of a person, as rows by table, without showing any."""
    return dict(Counter(held.table.name for held in holdings.search(session, identity.sought)))


def erase(engine: Engine, identity: Identity, *, by: str) -> Proof:
    """Delete what is kept of a person; the proof stands in the same transaction.

    Nobody who writes waits for the search. What was written meanwhile is searched once more, when
    the proof already keeps the person out of what is imported.
    """
    held = _searched(engine, identity)
    with database.writing(engine) as session:
        counts = _removed(session, identity, held)
        proof = write(session, identity.numbers, counts, by=by)
        _note(session, proof.number, counts, by)
    late = _searched(engine, identity)
    if not late:
        return proof
    with database.writing(engine) as session:
        counts = _removed(session, identity, late)
        _note(session, proof.number, counts, by)
        return add(session, proof.number, counts)


def _searched(engine: Engine, identity: Identity) -> list[holdings.Held]:
    with database.reading(engine) as session:
        return holdings.search(session, identity.sought)


def _removed(session: Session, identity: Identity, held: list[holdings.Held]) -> dict[str, int]:
    mark = f"-{datetime.now(UTC):%H%M%S%f}"
    return holdings.remove(session, identity.sought, held, mark=mark)


def _note(session: Session, number: str, counts: Mapping[str, int], by: str) -> None:
    detail = {"number": number, "rows": sum(counts.values())}
    record(session, by=by, action="person.erase", detail=detail)
    grow_version(session)


def wipe(engine: Engine) -> bool:
    """Leave nothing deleted in the bytes of the database; False if others kept it from that.

    What a row held stays in free pages and in the journal until they are written again.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            postgres.allow_long(connection)
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
