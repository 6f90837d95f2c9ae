"""The pairs a person has yet to judge."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from geodata.accounts.roles import Person
from geodata.duplicates.evidence import Located
from geodata.duplicates.find import OPEN
from geodata.review.reach import reaches
from geodata.storing.records import LocatableTable
from geodata.tables import Duplicate


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records."""

    id: int
    name: str
    address: str
    district: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be the same, and why (`Evidence.as_json`)."""

    first: Side
    second: Side
    evidence: dict[str, Any]


def open_duplicates(
    session: Session, table: LocatableTable, *, limit: int, by: Person | None = None
) -> tuple[list[Candidate], int]:
    """The first open pairs of a table of which both sides stand, and how many there are in all.

    `by` narrows them to those of which both sides are within a person's reach.
    """
    one, other = aliased(table), aliased(table)
    pairs = (
        select(Duplicate.evidence, one, other)
        .join(one, one.id == Duplicate.first_id)
        .join(other, other.id == Duplicate.second_id)
        .where(Duplicate.record_table == table.__tablename__, Duplicate.state == OPEN)
    )
    ordered = pairs.order_by(Duplicate.first_id, Duplicate.second_id)
    if by is None or by.everywhere:
        found = [_candidate(row) for row in session.execute(ordered.limit(limit))]
        return found, session.scalar(select(func.count()).select_from(pairs.subquery())) or 0
    # Whose a record is follows from its services, which no condition on the pair can say.
    mine = [row for row in session.execute(ordered) if reaches(by, (row[1], row[2]))]
    return [_candidate(row) for row in mine[:limit]], len(mine)


def _candidate(row: Any) -> Candidate:
    return Candidate(_side(cast("Located", row[1])), _side(cast("Located", row[2])), row[0])


def _side(row: Located) -> Side:
    return Side(row.id, row.name, row.address, row.district)
