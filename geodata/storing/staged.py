"""Reading what waits in the staging area, a batch at a time."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from geodata.storing.held import table_of_class
from geodata.storing.ready import Ready, from_json
from geodata.tables import StagedRecord, StagedRefusal

# Some 2 kB a record: a few MB at a time, and few enough values for one statement on SQLite.
BATCH = 1_000


class Refusal(NamedTuple):
    """A refused row, or a cell at fault, as the columns of its table."""

    is_row: bool
    payload: dict[str, object]


def batches(session: Session, file_id: int) -> Iterator[list[Ready]]:
    """All records, those of one identity together, in the order of the first of each."""
    of = table_of_class(StagedRecord)
    columns = select(of.c.door, of.c.n, of.c.payload, of.c.persons).where(of.c.file_id == file_id)
    last = (-1, -1)
    rest: list[Ready] = []
    while True:
        after = columns.where(tuple_(of.c.door, of.c.n) > tuple_(*last))
        page = session.execute(after.order_by(of.c.door, of.c.n).limit(BATCH)).all()
        rows = [from_json(row.payload, row.persons) for row in page]
        if len(page) < BATCH:
            if rest or rows:
                yield rest + rows
            return
        last = (page[-1].door, page[-1].n)
        # The last record of a page may go on in the next.
        whole = next(n for n in range(len(page), -1, -1) if n == 0 or page[n - 1].door != last[0])
        if whole:
            yield rest + rows[:whole]
            rest = []
        rest += rows[whole:]


def refusals(session: Session, file_id: int, at_once: int) -> Iterator[Sequence[Refusal]]:
    """All refused rows and cells in the order of the file."""
    of, last = StagedRefusal, -1
    query = select(of.n, of.is_row, of.payload).where(of.file_id == file_id).order_by(of.n)
    while some := session.execute(query.where(of.n > last).limit(at_once)).all():
        yield [Refusal(row.is_row, row.payload) for row in some]
        last = some[-1].n


def shared_codes(session: Session, file_id: int, codes: Collection[str]) -> set[str]:
    """Those of the official codes that stand at several doors of the file: they tell nothing."""
    if not codes:
        return set()
    of = StagedRecord
    mine = select(of.code).where(of.file_id == file_id, of.code.in_(codes))
    return set(session.scalars(mine.group_by(of.code).having(func.count(of.door.distinct()) > 1)))


def keys_in(session: Session, file_id: int, keys: Collection[str]) -> set[str]:
    """Those of the keys of places that the file has rows for."""
    found = identities_in(session, file_id, {f"place {key}" for key in keys})
    return {identity.removeprefix("place ") for identity in found}


def identities_in(session: Session, file_id: int, identities: Collection[str]) -> set[str]:
    """Those of the identities, a table and a key, that the file has rows for."""
    if not identities:
        return set()
    of = StagedRecord
    found = select(of.key).where(of.file_id == file_id, of.key.in_(identities))
    return set(session.scalars(found))
