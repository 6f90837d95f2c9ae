"""The columns a batch of plans writes over, as they were and as they are to be."""

from collections.abc import Iterator, Mapping, Sequence

from shapely import Point, to_wkb
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.storing.compare import Planned, PlannedService
from geodata.storing.held import Record, rows_with, table
from geodata.storing.ready import Values
from geodata.storing.traces import Overwritten
from geodata.tables import ServicePoint

SHAPE = "geom"


def shapes_of(session: Session, stored: Sequence[Planned]) -> dict[Record, BaseGeometry | None]:
    """The shapes of the records whose position is about to be written."""
    shapes: dict[Record, BaseGeometry | None] = {}
    moving = [one for one in stored if "lon" in one.write]
    for name in dict.fromkeys(one.door.table for one in moving):
        of = table(name)
        ids = [one.id for one in moving if one.door.table == name]
        for row in rows_with(session, select(of.c.id, of.c[SHAPE]), of.c.id, ids):
            shapes[name, row["id"]] = row[SHAPE]
    return shapes


def overwritten(
    plans: Sequence[Planned], shapes: Mapping[Record, BaseGeometry | None]
) -> Iterator[Overwritten]:
    """What plans that were carried out wrote over."""
    for one in plans:
        if one.row is not None and one.write:
            record = one.door.table, one.row["id"]
            before = {name: one.row[name] for name in one.write}
            yield Overwritten(*record, before | _outline(one, shapes.get(record)), one.write)
        for service in one.services:
            if service.row is not None:
                yield _service(one, service, service.row)


def _service(one: Planned, service: PlannedService, row: Values) -> Overwritten:
    after = service.write | ({"place_id": one.id} if service.moved else {})
    before = {name: row[name] for name in after}
    return Overwritten(ServicePoint.__tablename__, row["id"], before, after)


def _outline(one: Planned, shape: BaseGeometry | None) -> dict[str, str]:
    """A shape that is more than the point of lon and lat."""
    row = one.row or {}
    if shape is None or (row.get("lon") is not None and shape == Point(row["lon"], row["lat"])):
        return {}
    return {SHAPE: to_wkb(shape, hex=True)}
