"""Writing fields of a service point by hand: marked, noted, and seen at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person, Role
from geodata.edits import edit
from geodata.errors import ForbiddenError, ParameterError
from geodata.lifecycle.point import must_be, point_of
from geodata.tables import Plaque, ServicePoint
from geodata.version import grow_version

# Free text stays out of the trail: whoever wrote it may have named a person.
_UNTOLD = frozenset({"notes", "hours"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after."""

    field: str
    before: Any
    after: Any


def change(
    session: Session, service_id: int, values: Mapping[str, Any], *, by: Person
) -> tuple[Changed, ...]:
    """Write the values that differ; imports leave these fields alone from then on.

    Hours as text come with `hours`, how they were read.

    Raises:
        NoSuchRecordError: no such service point, or it is out of reach.
        ForbiddenError: the role is too low, or it would be out of reach afterwards.
        ParameterError: the name is taken by another service of that kind at the place.
    """
    must_be(Role.EDITOR, by, "改点位")
    point = point_of(session, service_id, by=by)
    changed = tuple(
        Changed(field, getattr(point, field), value)
        for field, value in values.items()
        if getattr(point, field) != value
    )
    _check(session, point, {one.field: one.after for one in changed}, by)
    for one in changed:
        if one.field == "hours":
            point.hours = one.after
        else:
            edit(session, ServicePoint, point.id, one.field, one.after, by=by.login)
    if changed:
        _note(session, point, changed, by)
    return changed


def _check(session: Session, point: ServicePoint, values: Mapping[str, Any], by: Person) -> None:
    if not by.reaches(point.place.district, values.get("union", point.union)):
        raise ForbiddenError("改成这个工会，点位就不归你的账号管了，没有改。")
    twins = select(ServicePoint.id).where(
        ServicePoint.place_id == point.place_id,
        ServicePoint.kind == point.kind,
        ServicePoint.name == values.get("name", ""),
        ServicePoint.id != point.id,
    )
    if "name" in values and session.scalar(twins.limit(1)) is not None:
        raise ParameterError("同一处已有同类、同名的服务，请换一个名称。")


def _note(session: Session, point: ServicePoint, changed: tuple[Changed, ...], by: Person) -> None:
    told = {one.field: one for one in changed if one.field not in _UNTOLD}
    record(
        session,
        by=by.login,
        action="point.edit",
        table="service_point",
        record_id=point.id,
        district=point.place.district,
        detail={
            "fields": [one.field for one in changed],
            "before": {name: one.before for name, one in told.items()},
            "after": {name: one.after for name, one in told.items()},
        },
    )
    session.flush()
    grow_version(session)


def plaque_of(session: Session, service_id: int) -> date | None:
    """The day the plaque went up; None when nobody wrote it down."""
    return session.scalar(select(Plaque.on).where(Plaque.service_point_id == service_id))


def set_plaque(session: Session, service_id: int, on: date | None, *, by: Person) -> None:
    """Write down the day the plaque went up, None to take it back.

    Raises:
        NotFoundError, ForbiddenError: as for any change.
    """
    must_be(Role.EDITOR, by, "改挂牌日期")
    point = point_of(session, service_id, by=by)
    before = plaque_of(session, service_id)
    if before == on:
        return
    session.execute(delete(Plaque).where(Plaque.service_point_id == point.id))
    if on is not None:
        session.add(Plaque(service_point_id=point.id, on=on, by=by.login))
    days = {"before": str(before or ""), "after": str(on or "")}
    record(
        session,
        by=by.login,
        action="plaque.set",
        table="service_point",
        record_id=point.id,
        district=point.place.district,
        detail=days,
    )
    session.flush()
    grow_version(session)
