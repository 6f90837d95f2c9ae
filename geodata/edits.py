"""What persons write by hand, marked so that no import writes it again."""

from collections.abc import Collection
from typing import Any

from shapely import Point
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.errors import NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.storing.doors import POSITION
from geodata.tables import (
    DemandSite,
    EditedField,
    Locatable,
    LunchOutlet,
    Place,
    ServicePoint,
)
from geodata.version import grow_version

Editable = type[Place] | type[DemandSite] | type[LunchOutlet] | type[ServicePoint]

# What was found from an address is as much the person's as the address, and so on.
_WITH = {
    "address": ("parsed", "canonical", "district", "district_declared", "town", *POSITION),
    "lon": (*POSITION, "district"),
    "lat": (*POSITION, "district"),
    "hours_text": ("hours",),
    "due": ("due_on",),
}


def protected(edited: Collection[str]) -> set[str]:
    """The fields an import leaves alone: the edited ones and what follows from them."""
    return {name for one in edited for name in (one, *_WITH.get(one, ()))}


def edit(
    session: Session, table: Editable, record_id: int, field: str, value: Any, *, by: str
) -> None:
    """Write a value a person gives; imports leave the field alone from then on.

    Raises:
        NotFoundError: no such record.
        ParameterError: the field is a status, which moves by `geodata.lifecycle.move` alone.
    """
    if field == "status":
        raise ParameterError("状态不能直接改写，只能按规定的步骤变动。")
    row = session.get(table, record_id)
    if row is None:
        raise NotFoundError(f"没有编号为 {record_id} 的记录，可能已经删除。")
    setattr(row, field, value)
    if field in {"lon", "lat"} and isinstance(row, Locatable):
        row.geom = Point(row.lon, row.lat)
    _mark(session, table.__tablename__, record_id, field, by)
    session.flush()
    grow_version(session)


def _mark(session: Session, table: str, record_id: int, field: str, by: str) -> None:
    mine = select(EditedField).filter_by(record_table=table, record_id=record_id, field=field)
    mark = session.scalars(mine).one_or_none()
    if mark is None:
        mark = EditedField(record_table=table, record_id=record_id, field=field)
        session.add(mark)
    mark.by, mark.at = by, utc_now()
