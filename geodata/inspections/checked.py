"""When somebody last looked at what stands at a place (最近核实)."""

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from geodata.kinds import Status
from geodata.tables import Inspection, ServicePoint, StatusChange

_STANDING = (Status.PLAQUED.value, Status.RECTIFYING.value)


def checked_on(session: Session, *, place_id: int | None = None) -> dict[int, date]:
    """Place (all, or one) → the day of the last inspection or status change of a service there.

    What a file brought in is a declaration; nobody looked, so that it does not count.
    """
    of, moved = ServicePoint.place_id, StatusChange
    inspected = select(of, func.max(Inspection.on)).join(
        Inspection, Inspection.service_point_id == ServicePoint.id
    )
    changed = (
        select(of, func.max(moved.on))
        .join(moved, moved.service_point_id == ServicePoint.id)
        .where(moved.by != "")
    )
    found: dict[int, date] = {}
    for query in (inspected, changed):
        one = query if place_id is None else query.where(of == place_id)
        for number, on in session.execute(_standing(one)):
            found[number] = max(on, found.get(number, date.min))
    return found


def _standing(query: Select[int, date]) -> Select[int, date]:
    return query.where(ServicePoint.status.in_(_STANDING)).group_by(ServicePoint.place_id)
