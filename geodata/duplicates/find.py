"""Looking for duplicates of the records a file touched, and remembering what a person said."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geodata.duplicates.evidence import evidence, is_news
from geodata.duplicates.search import AT_ONCE, Ids, Pair, holds, search, some_of
from geodata.storing.records import LocatableTable
from geodata.tables import Duplicate

OPEN, MERGED, APART = "open", "merged", "apart"


def find_duplicates(
    session: Session, table: LocatableTable, ids: Iterable[int], *, at_once: int = AT_ONCE
) -> int:
    """Bring the candidates with any of these records up to date; returns how many are new.

    A pair kept apart is not asked again unless a name, address or position of it has changed.
    A table of more than `at_once` records is searched in parts.
    """
    touched = np.unique(np.fromiter(ids, dtype=np.int64))
    if not len(touched):
        return 0
    session.flush()
    found = set(search(session, table, touched, at_once=at_once))
    new = 0
    for some in some_of(sorted(found)):
        new += _remember(session, table, some)
    _forget(session, table, touched, found)
    return new


def _remember(session: Session, table: LocatableTable, pairs: Sequence[Pair]) -> int:
    """Store what was found; returns how many pairs a person is now asked who was not before."""
    name = table.__tablename__
    ids = {record_id for pair in pairs for record_id in pair}
    records = {row.id: row for row in _records(session, table, ids)}
    held = select(Duplicate).where(
        Duplicate.record_table == name, Duplicate.first_id.in_({one for one, _ in pairs})
    )
    known = {(row.first_id, row.second_id): row for row in session.scalars(held)}
    new = 0
    for one, other in pairs:
        seen = evidence(records[one], records[other]).as_json()
        row = known.get((one, other))
        if row is None:
            row = Duplicate(record_table=name, first_id=one, second_id=other, **_unsaid(seen))
            session.add(row)
            new += 1
        elif row.state == OPEN:
            row.evidence = seen
        elif is_news(row.evidence, seen):
            row.evidence, row.state, row.by, row.at = seen, OPEN, "", None
            new += 1
    session.flush()
    return new


def _unsaid(seen: dict[str, Any]) -> dict[str, Any]:
    return {"evidence": seen, "state": OPEN, "by": "", "at": None, "note": ""}


def _records(session: Session, table: LocatableTable, ids: Collection[int]) -> Iterator[Any]:
    for some in some_of(sorted(ids)):
        # An import writes below the session, which may hold a record as it was before.
        yield from session.query(table).filter(table.id.in_(some)).populate_existing()


def _forget(session: Session, table: LocatableTable, touched: Ids, found: set[Pair]) -> None:
    """Drop open candidates that a correction has settled."""
    held = select(Duplicate.id, Duplicate.first_id, Duplicate.second_id).where(
        Duplicate.record_table == table.__tablename__, Duplicate.state == OPEN
    )
    settled = [
        row.id
        for row in session.execute(held)
        if (row[1], row[2]) not in found and any(holds(touched, one) for one in row[1:])
    ]
    for some in some_of(settled):
        session.execute(delete(Duplicate).where(Duplicate.id.in_(some)))
