"""Reading what waits in the staging area, a batch at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from geodata.storing.held import table_of_class
from geodata.storing.incoming import Refusal, unbroken
from geodata.storing.ready import Ready, from_json
from geodata.tables import StagedFile, StagedRecord, StagedRefusal

# Some 2 kB a record: a few MB at a time, and few enough values for one statement on SQLite.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the staging area."""

    session: Session
    staged: StagedFile

    @property
    def file(self) -> str:
        return self.staged.file

    @property
    def sha256(self) -> str:
        return self.staged.sha256

    @property
    def forms(self) -> Sequence[str]:
        return self.staged.forms

    @property
    def rows_refused(self) -> int:
        return self.staged.rows_refused

    @property
    def findings(self) -> Mapping[str, Any]:
        return self.staged.findings

    def batches(self) -> Iterator[list[Ready]]:
        return batches(self.session, self.staged.id)

    def refusals(self, at_once: int) -> Iterator[Sequence[Refusal]]:
        return refusals(self.session, self.staged.id, at_once)

    def shared_codes(self, codes: Collection[str]) -> set[str]:
        return shared_codes(self.session, self.staged.id, codes)

    def identities_in(self, identities: Collection[str]) -> set[str]:
        return identities_in(self.session, self.staged.id, identities)


def batches(session: Session, file_id: int) -> Iterator[list[Ready]]:
    """All records, those of one identity together, in the order of the first of each."""
    return unbroken(_pages(session, file_id), BATCH)


def _pages(session: Session, file_id: int) -> Iterator[list[tuple[int, Ready]]]:
    of = table_of_class(StagedRecord)
    columns = select(of.c.door, of.c.n, of.c.payload, of.c.persons).where(of.c.file_id == file_id)
    after = columns
    while page := session.execute(after.order_by(of.c.door, of.c.n).limit(BATCH)).all():
        yield [(row.door, from_json(row.payload, row.persons)) for row in page]
        after = columns.where(tuple_(of.c.door, of.c.n) > tuple_(page[-1].door, page[-1].n))


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


def identities_in(session: Session, file_id: int, identities: Collection[str]) -> set[str]:
    """Those of the identities, a table and a key, that the file has rows for."""
    if not identities:
        return set()
    of = StagedRecord
    found = select(of.key).where(of.file_id == file_id, of.key.in_(identities))
    return set(session.scalars(found))
