"""Putting the records of one file into the tables, by identity, inside a transaction handed in.

A record met again is compared field by field, so that the same file twice changes nothing. Rows of
one file at the same door make one place with several services; the first row names the place.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geodata.declared import (
    Contact,
    Declared,
    DeclaredKeyed,
    DeclaredPlace,
    DeclaredService,
    DeclaredWorkers,
    ImportedFile,
    Placed,
    Stored,
)
from geodata.keyed import KeyedRow, identity_of, keyed_table, values_of
from geodata.kinds import Status
from geodata.records import LocatableTable, key_of, located_values, service_values, table_of
from geodata.tables import Contact as ContactRow
from geodata.tables import (
    DataVersion,
    DemandSite,
    ImportRun,
    LunchOutlet,
    Place,
    ServicePoint,
    SourceRow,
    StatusChange,
)

NEW, CHANGED, SAME = "new", "changed", "same"
# SQLite takes 32,766 bound values a statement; PostgreSQL more.
KEYS_A_QUERY = 10_000

LocatedRow = Place | DemandSite | LunchOutlet
Identity = tuple[LocatableTable, str]


def publish(session: Session, file: ImportedFile) -> Stored:
    """Write a file's records; returns how many were new, changed and the same."""
    run = _start_run(session, file)
    outcomes = _put_keyed(session, file.records, run)
    outcomes += _put_located(session, file.records, run)
    run.new, run.changed, run.same = (outcomes.count(word) for word in (NEW, CHANGED, SAME))
    stored = Stored(run.new, run.changed, run.same)
    if stored.new or stored.changed:
        _grow_version(session)
    else:
        session.delete(run)
    return stored


def _start_run(session: Session, file: ImportedFile) -> ImportRun:
    run = ImportRun(
        file=file.name,
        sha256=file.sha256,
        at=datetime.now(UTC).replace(tzinfo=None),
        rows_read=file.rows_read,
        rows_refused=file.rows_refused,
        forms=list(file.forms),
        new=0,
        changed=0,
        same=0,
    )
    session.add(run)
    session.flush()
    return run


def _grow_version(session: Session) -> None:
    row = session.get(DataVersion, 1)
    if row is None:
        session.add(DataVersion(id=1, number=1))
    else:
        row.number += 1


def _put_located(session: Session, records: Iterable[Placed], run: ImportRun) -> list[str]:
    """Store every record that has an address, doors with several rows as one place."""
    doors: dict[Identity, list[Placed]] = {}
    for placed in records:
        table = table_of(placed.declared)
        if table is not None:
            doors.setdefault((table, key_of(placed)), []).append(placed)
    known = _known(session, doors)
    outcomes = []
    for door, rows in doors.items():
        outcomes += _put_group(session, door, rows, known.get(door), run)
    return outcomes


def _known(session: Session, doors: Iterable[Identity]) -> dict[Identity, LocatedRow]:
    """The records already stored, among those of the file."""
    found: dict[Identity, LocatedRow] = {}
    for table in {table for table, _ in doors}:
        keys = [key for of, key in doors if of is table]
        for start in range(0, len(keys), KEYS_A_QUERY):
            some = keys[start : start + KEYS_A_QUERY]
            # The three tables share these columns; a query over any of them has no common type.
            rows = cast("list[LocatedRow]", session.query(table).filter(table.key.in_(some)).all())
            found |= {(table, row.key): row for row in rows}
    return found


def _put_group(
    session: Session,
    identity: Identity,
    rows: list[Placed],
    row: LocatedRow | None,
    run: ImportRun,
) -> list[str]:
    """Store the rows of one door; returns one outcome a row."""
    table, key = identity
    values = located_values(rows[0])
    outcomes = []
    if row is None:
        row = table(key=key, **values)
        session.add(row)
        session.flush()
        first = NEW
    else:
        first = _assign(row, values)
    for position, placed in enumerate(rows):
        outcome = first if position == 0 else SAME
        if isinstance(row, Place) and isinstance(placed.declared, DeclaredPlace):
            for service in placed.declared.services:
                outcome = _worse(outcome, _put_service(session, row, service, run))
        outcome = _worse(outcome, _put_contacts(session, row, placed.declared))
        outcomes.append(outcome)
        if outcome != SAME:
            _put_source(session, table.__tablename__, row.id, placed.declared, run)
    return outcomes


def _worse(one: str, other: str) -> str:
    """The louder of two outcomes: new, then changed, then the same."""
    return min(one, other, key=(NEW, CHANGED, SAME).index)


def _assign(row: LocatedRow | ServicePoint | KeyedRow, values: dict[str, Any]) -> str:
    """Write the values that differ. A geometry follows lon and lat, which are compared instead."""
    differing = {
        name: value
        for name, value in values.items()
        if name != "geom" and _compared(name, getattr(row, name)) != _compared(name, value)
    }
    if {"lon", "lat"} & differing.keys():
        differing["geom"] = values["geom"]
    for name, value in differing.items():
        setattr(row, name, value)
    return CHANGED if differing else SAME


def _compared(name: str, value: Any) -> Any:
    """Doubts are the same doubts when another copy of the form has them in another row."""
    return [flag["code"] for flag in value] if name == "flags" else value


def _put_service(session: Session, place: Place, service: DeclaredService, run: ImportRun) -> str:
    """Store one service of a place; a later declaration never takes back a status reached."""
    known = [s for s in place.services if (s.kind, s.name) == (service.kind, service.name)]
    if not known:
        made = ServicePoint(status=service.status, **service_values(service))
        place.services.append(made)
        session.flush()
        _put_status(session, made, "", run)
        return NEW
    outcome = _assign(known[0], service_values(service))
    if service.status not in {known[0].status, Status.DECLARED}:
        before, known[0].status = known[0].status, service.status
        _put_status(session, known[0], before, run)
        return CHANGED
    return outcome


def _put_status(session: Session, service: ServicePoint, before: str, run: ImportRun) -> None:
    session.add(
        StatusChange(
            service_point_id=service.id,
            before=before,
            after=service.status,
            on=date.today(),  # noqa: DTZ011 - the office's own calendar day
            reason=f"导入 {run.file}",
            by="",
        )
    )


def _put_contacts(session: Session, row: LocatedRow | KeyedRow, declared: Declared) -> str:
    """Add the persons a row names and the table does not hold yet."""
    if isinstance(declared, DeclaredWorkers):
        return SAME
    named = declared.contacts
    if not named:
        return SAME
    mine = (ContactRow.record_table == row.__tablename__) & (ContactRow.record_id == row.id)
    held = {
        Contact(c.name, c.mobile, c.email, c.role)
        for c in session.scalars(select(ContactRow).where(mine))
    }
    fresh = [contact for contact in dict.fromkeys(named) if contact not in held]
    session.add_all(
        ContactRow(
            record_table=row.__tablename__,
            record_id=row.id,
            name=contact.name,
            mobile=contact.mobile,
            email=contact.email,
            role=contact.role,
        )
        for contact in fresh
    )
    return CHANGED if fresh else SAME


def _put_source(
    session: Session, table: str, record_id: int, declared: Declared, run: ImportRun
) -> None:
    """Remember the row a record was last read from."""
    source = declared.source
    session.execute(
        delete(SourceRow).where(
            SourceRow.record_table == table,
            SourceRow.record_id == record_id,
            SourceRow.file == source.file,
            SourceRow.sheet == source.sheet,
            SourceRow.row == source.row,
        )
    )
    session.add(
        SourceRow(
            run_id=run.id,
            record_table=table,
            record_id=record_id,
            file=source.file,
            sheet=source.sheet,
            row=source.row,
            form=source.form,
            columns={field: list(cell) for field, cell in source.columns.items()},
        )
    )


def _put_keyed(session: Session, records: Iterable[Placed], run: ImportRun) -> list[str]:
    """Store the records that have no address, by their own keys."""
    outcomes = []
    declared = [p.declared for p in records if isinstance(p.declared, DeclaredKeyed)]
    for item in declared:
        table, identity, values = keyed_table(item), identity_of(item), values_of(item)
        # The tables have no common type but their base.
        row = cast("KeyedRow | None", session.query(table).filter_by(**identity).one_or_none())
        if row is None:
            row = table(**identity, **values)
            session.add(row)
            session.flush()
            outcome = NEW
        else:
            outcome = _assign(row, values)
        outcome = _worse(outcome, _put_contacts(session, row, item))
        outcomes.append(outcome)
        if outcome != SAME:
            _put_source(session, table.__tablename__, row.id, item, run)
    return outcomes
