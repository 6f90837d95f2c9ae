"""Writing what was planned: many records with few statements, and the row each came from."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from shapely import Point
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from geodata.keeping.ids import given_out
from geodata.moments import day_of
from geodata.storing.bulk import insert_many, update_many
from geodata.storing.compare import SAME, Planned
from geodata.storing.held import rows_with, table, table_of_class
from geodata.storing.keyed import identity_columns
from geodata.storing.overwritten import overwritten, shapes_of
from geodata.storing.ready import LOCATED, Ready, Values
from geodata.storing.traces import Overwritten, keep_overwritten
from geodata.tables import Contact, ImportMade, ImportRun, ServicePoint, SourceRow, StatusChange

_LOCATED = {one.__tablename__ for one in LOCATED}


def apply(session: Session, plans: Sequence[Planned], run: ImportRun) -> list[tuple[str, int]]:
    """Write a batch; returns the table and id of every record it touched."""
    touched = [one for one in plans if not one.is_same]
    stored = [one for one in touched if one.id is not None]
    sources, shapes = _known_sources(session, stored), shapes_of(session, stored)
    for name in dict.fromkeys(one.door.table for one in touched):
        mine = [one for one in touched if one.door.table == name]
        _update(session, table(name), ((one.id, one.write) for one in mine if one.id is not None))
        _insert_records(session, name, [one for one in mine if one.id is None])
    _write_services(session, touched, run)
    _insert_persons(session, touched)
    again = _write_sources(session, touched, run, sources)
    keep_overwritten(session, run, chain(overwritten(touched, shapes), again))
    return [(one.door.table, _id(one)) for one in touched]


def _id(one: Planned) -> int:
    if one.id is None:
        raise ValueError(f"{one.door.key} is not stored")
    return one.id


def _insert_records(session: Session, name: str, made: Sequence[Planned]) -> None:
    if not made:
        return
    of = table(name)
    columns = ("key",) if name in _LOCATED else identity_columns(name)
    ids = _insert(session, of, [_with_shape(name, one.write) for one in made], columns)
    for one in made:
        one.id = ids[tuple(one.write[column] for column in columns)]


def _insert(
    session: Session, of: Table, rows: Sequence[Values], identity: Sequence[str]
) -> dict[tuple[Any, ...], int]:
    """Insert rows; returns their ids by the columns that tell them apart."""
    # One writes at a time, so that all ids above the last are ours.
    last = session.scalar(select(func.max(of.c.id))) or 0
    insert_many(session, of, _numbered(session, of, rows, last))
    made = select(of.c.id, *(of.c[column] for column in identity)).where(of.c.id > last)
    return {tuple(its): made_id for made_id, *its in session.execute(made)}


def _numbered(session: Session, of: Table, rows: Sequence[Values], last: int) -> Sequence[Values]:
    """What was undone, or lost to an older backup, is in links: SQLite would give its ids again."""
    if session.get_bind().dialect.name != "sqlite":
        return rows
    made = select(func.max(ImportMade.last_id)).where(ImportMade.record_table == of.name)
    given = max(session.scalar(made) or 0, given_out(session.connection()).get(of.name, 0))
    if given <= last:
        return rows
    return [{"id": row_id, **row} for row_id, row in enumerate(rows, start=given + 1)]


def _with_shape(name: str, values: Values) -> Values:
    """A geometry follows lon and lat."""
    if name not in _LOCATED or "lon" not in values:
        return values
    lon, lat = values["lon"], values["lat"]
    return values | {"geom": None if lon is None else Point(lon, lat)}


def _update(session: Session, of: Table, changed: Iterable[tuple[Any, Values]]) -> None:
    update_many(session, of, ((one, _with_shape(of.name, values)) for one, values in changed))


def _write_services(session: Session, plans: Sequence[Planned], run: ImportRun) -> None:
    point = table_of_class(ServicePoint)
    planned = [(one, service) for one in plans for service in one.services]
    _update(
        session,
        point,
        (
            (service.id, service.write | ({"place_id": one.id} if service.moved else {}))
            for one, service in planned
            if service.id is not None
        ),
    )
    new = [(one, service) for one, service in planned if service.id is None]
    if new:
        rows = [service.write | {"place_id": one.id} for one, service in new]
        ids = _insert(session, point, rows, ("place_id", "kind", "name"))
        for one, service in new:
            service.id = ids[one.id, service.write["kind"], service.write["name"]]
    _insert_moves(session, plans, run)


def _insert_moves(session: Session, plans: Sequence[Planned], run: ImportRun) -> None:
    moves = [
        {
            "service_point_id": service.id,
            "before": service.before,
            "after": service.write["status"],
            "on": day_of(run.at),
            "reason": f"导入 {run.file}",
            "by": "",
        }
        for one in plans
        for service in one.services
        if service.before is not None
    ]
    insert_many(session, table_of_class(StatusChange), moves)


def _insert_persons(session: Session, plans: Sequence[Planned]) -> None:
    rows = [
        {
            "record_table": one.door.table,
            "record_id": one.id,
            "name": person.name,
            "mobile": person.mobile,
            "email": person.email,
            "role": person.role,
        }
        for one in plans
        for person in one.persons
    ]
    insert_many(session, table_of_class(Contact), rows)


def _write_sources(
    session: Session, plans: Sequence[Planned], run: ImportRun, known: dict[tuple[Any, ...], Values]
) -> list[Overwritten]:
    """Remember the rows a record was last read from: all that brought or repeated a change.

    Returns those that were known by their place in the file.
    """
    of = table_of_class(SourceRow)
    fresh: dict[tuple[Any, ...], Values] = {}
    again: list[Overwritten] = []
    for one in plans:
        for row, outcome in zip(one.door.rows, one.outcomes, strict=True):
            if outcome == SAME:
                continue
            values = _source_values(one, row, run)
            place = tuple(values[name] for name in _PLACE)
            if place in known:
                again.append(_again(known[place], values))
            else:
                fresh[place] = values
    _update(session, of, ((one.id, one.after) for one in again))
    insert_many(session, of, list(fresh.values()))
    return again


def _again(known: Values, values: Values) -> Overwritten:
    after = {name: value for name, value in values.items() if value != known[name]}
    before = {name: known[name] for name in after}
    return Overwritten(SourceRow.__tablename__, known["id"], before, after)


_PLACE = ("record_table", "record_id", "file", "sheet", "row")


def _known_sources(session: Session, stored: Sequence[Planned]) -> dict[tuple[Any, ...], Values]:
    of = table_of_class(SourceRow)
    known: dict[tuple[Any, ...], Values] = {}
    for name in dict.fromkeys(one.door.table for one in stored):
        ids = [one.id for one in stored if one.door.table == name]
        mine = select(of).where(of.c.record_table == name)
        for row in rows_with(session, mine, of.c.record_id, ids):
            known[tuple(row[column] for column in _PLACE)] = row
    return known


def _source_values(one: Planned, row: Ready, run: ImportRun) -> Values:
    source = row.source
    return {
        "run_id": run.id,
        "record_table": one.door.table,
        "record_id": one.id,
        "file": source.file,
        "sheet": source.sheet,
        "row": source.row,
        "form": source.form,
        "columns": {field: list(cell) for field, cell in source.columns.items()},
    }
