"""What goes over to the kept record, and the notes that bring it back."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from geodata.duplicates.evidence import Located
from geodata.duplicates.fill import Difference, Row, differences, fill, give_back, leading
from geodata.duplicates.said import Said
from geodata.kinds import Status
from geodata.tables import Contact, EditedField, ServicePoint, SourceRow, StatusChange

# A service that has come no further takes over the status of its twin.
_BEGUN = frozenset({Status.SURVEYED, Status.DECLARED})

Notes = dict[str, Any]


def take_over(
    session: Session, kept: Located, gone: Located, said: Said
) -> tuple[Notes, list[Difference]]:
    """Fill the blanks of the kept record; returns the notes and where the two differ."""
    told = differences(kept, gone)
    filled = fill(kept, gone)
    marks = _mark(session, kept.__tablename__, kept.id, leading(filled), said)
    return {"filled": filled, "marks": marks}, told


def join(
    session: Session, twin: ServicePoint, service: ServicePoint, said: Said
) -> tuple[Notes, list[Difference]]:
    """Make two services one; where they differ the kept one stands, whatever is imported later."""
    told = differences(twin, service)
    filled = fill(twin, service)
    fixed = [*leading(filled), *(one.field for one in told)]
    notes: Notes = {
        "kept": twin.id,
        "gone": service.id,
        "filled": filled,
        "marks": _mark(session, twin.__tablename__, twin.id, fixed, said),
    }
    if twin.status != service.status:
        notes |= _settle_status(session, twin, service, said)
    return notes, told


def give_back_fields(session: Session, kept: Row, gone: Row, notes: Notes) -> None:
    """Undo `take_over` or `join`."""
    give_back(kept, gone, notes["filled"])
    if notes["marks"]:
        session.execute(delete(EditedField).where(EditedField.id.in_(notes["marks"])))
    if "change" in notes and isinstance(kept, ServicePoint):
        before, after = notes["status"]
        kept.status = before if kept.status == after else kept.status
        session.execute(delete(StatusChange).where(StatusChange.id == notes["change"]))


def carry_over(
    session: Session, kept: Located, gone: Located, services: Sequence[int]
) -> dict[str, list[int]]:
    """Give services, contacts and source rows to the kept record; returns their ids.

    A contact or source row that the kept record has already stays behind.
    """
    session.flush()
    _give_services(session, services, gone.id, kept.id)
    carried = {"services": list(services)}
    for table, fields in _BESIDE.items():
        rows = [_beside(session, table, row, fields) for row in (kept, gone)]
        ids = [row_id for what, row_id in rows[1].items() if what not in rows[0]]
        _give_beside(session, table, ids, gone.id, kept.id)
        carried[table.__tablename__] = ids
    return carried


def bring_back(
    session: Session, kept: Located, gone: Located, carried: dict[str, list[int]]
) -> None:
    """Undo `carry_over` for what is still where it went."""
    session.flush()
    _give_services(session, carried["services"], kept.id, gone.id)
    for table in _BESIDE:
        _give_beside(session, table, carried[table.__tablename__], kept.id, gone.id)


Beside = type[Contact] | type[SourceRow]

# What tells one from the others of its record.
_BESIDE: dict[Beside, tuple[str, ...]] = {
    Contact: ("name", "mobile", "email", "role"),
    SourceRow: ("file", "sheet", "row"),
}


def _beside(
    session: Session,
    table: Beside,
    row: Located,
    fields: Sequence[str],
) -> dict[tuple[Any, ...], int]:
    """What stands beside a record, by what tells it from the rest."""
    mine = select(table).filter_by(record_table=row.__tablename__, record_id=row.id)
    found = cast("list[Contact | SourceRow]", session.scalars(mine).all())
    newest_first = sorted(found, key=lambda one: one.id, reverse=True)
    return {tuple(getattr(one, name) for name in fields): one.id for one in newest_first}


def _give_services(session: Session, ids: Collection[int], giver: int, taker: int) -> None:
    mine = ServicePoint.id.in_(ids), ServicePoint.place_id == giver
    session.execute(update(ServicePoint).where(*mine).values(place_id=taker))


def _give_beside(
    session: Session,
    table: Beside,
    ids: Collection[int],
    giver: int,
    taker: int,
) -> None:
    mine = table.id.in_(ids), table.record_id == giver
    session.execute(update(table).where(*mine).values(record_id=taker))


def _mark(
    session: Session, table: str, record_id: int, fields: Sequence[str], said: Said
) -> list[int]:
    """Mark fields as decided by a person, so that no import writes them; returns the new marks."""
    mine = select(EditedField.field).filter_by(record_table=table, record_id=record_id)
    known = set(session.scalars(mine))
    marks = [
        EditedField(record_table=table, record_id=record_id, field=name, by=said.by, at=said.at)
        for name in fields
        if name not in known
    ]
    session.add_all(marks)
    session.flush()
    return [mark.id for mark in marks]


def _settle_status(
    session: Session, twin: ServicePoint, service: ServicePoint, said: Said
) -> Notes:
    """The status of the joined service, from now on a person's word."""
    before = twin.status
    twin.status = service.status if before in _BEGUN else before
    change = StatusChange(
        service_point_id=twin.id,
        before=before,
        after=twin.status,
        on=said.at.date(),
        reason="合并重复记录",
        by=said.by,
    )
    session.add(change)
    session.flush()
    return {"change": change.id, "status": [before, twin.status]}
