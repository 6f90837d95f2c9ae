"""Duties of health points from the database, and writing down what was held or is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.duty.rules import Duty, Event, Standing, standings
from geodata.errors import NotFoundError, ParameterError
from geodata.kinds import Kind, Status
from geodata.tables import DutyEvent, Place, ServicePoint

IN_SERVICE = frozenset({Status.PLAQUED, Status.RECTIFYING})


@dataclass(frozen=True, slots=True)
class Kept:
    """An event with its number in the database."""

    id: int
    event: Event


@dataclass(frozen=True, slots=True)
class PointDuty:
    """A health point in service with its events, by date, and how each duty stands."""

    id: int
    name: str
    district: str
    address: str
    events: tuple[Kept, ...]
    standings: tuple[Standing, ...]


def point_duties(session: Session, *, today: date, district: str = "") -> tuple[PointDuty, ...]:
    """All health points in service, by district and name."""
    rows = session.execute(
        select(ServicePoint, Place)
        .join(Place)
        .where(ServicePoint.kind == Kind.HEALTH_POINT, ServicePoint.status.in_(IN_SERVICE))
        .order_by(Place.district, ServicePoint.id)
    ).all()
    held = _events(session)
    return tuple(
        PointDuty(
            id=service.id,
            name=service.name or place.name,
            district=place.district,
            address=place.address,
            events=tuple(held.get(service.id, ())),
            standings=standings([kept.event for kept in held.get(service.id, ())], today),
        )
        for service, place in rows
        if not district or place.district == district
    )


def events_of(session: Session, point: int) -> tuple[Kept, ...]:
    """What one point held and plans to hold, by date."""
    of = select(DutyEvent).where(DutyEvent.service_point_id == point)
    rows = session.scalars(of.order_by(DutyEvent.on, DutyEvent.id))
    return tuple(Kept(row.id, Event(Duty(row.kind), row.on, row.announced_on)) for row in rows)


def _events(session: Session) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = {}
    for row in session.scalars(select(DutyEvent).order_by(DutyEvent.on, DutyEvent.id)):
        event = Event(Duty(row.kind), row.on, row.announced_on)
        found.setdefault(row.service_point_id, []).append(Kept(row.id, event))
    return found


def record(session: Session, point: int, event: Event, *, note: str = "", by: str = "") -> int:
    """Write one event down; its number.

    Raises:
        NotFoundError: no health point has this id.
        ParameterError: the announcement is later than the event.
    """
    found = session.get(ServicePoint, point)
    if found is None or found.kind != Kind.HEALTH_POINT:
        raise NotFoundError(f"没有编号为 {point} 的健康服务点；编号见 zhitu duty list。")
    if event.announced_on is not None and event.announced_on > event.on:
        raise ParameterError(f"公示日期 {event.announced_on} 晚于举办日期 {event.on}，请核对。")
    row = DutyEvent(
        service_point_id=point,
        kind=event.duty.value,
        on=event.on,
        announced_on=event.announced_on,
        note=note,
        by=by,
    )
    session.add(row)
    session.flush()
    return row.id


def forget(session: Session, number: int) -> None:
    """Strike an event that was written down by mistake.

    Raises:
        NotFoundError: there is none of this number.
    """
    row = session.get(DutyEvent, number)
    if row is None:
        raise NotFoundError(f"没有编号为 {number} 的记录。")
    session.delete(row)
    session.flush()


def health_point(session: Session, text: str) -> int:
    """The id of the health point that a planner names: by id, by name, by part of its name.

    Raises:
        NotFoundError: none is called so.
        ParameterError: more than one is.
    """
    rows = session.execute(
        select(ServicePoint.id, ServicePoint.name, Place.name)
        .join(Place)
        .where(ServicePoint.kind == Kind.HEALTH_POINT)
        .order_by(ServicePoint.id)
    ).all()
    named = [(number, own or at) for number, own, at in rows]
    fits = (
        [number for number, name in named if str(number) == text]
        or [number for number, name in named if name == text]
        or [number for number, name in named if text in name]
    )
    if not fits:
        raise NotFoundError(f"没有叫“{text}”的健康服务点；名单见 zhitu duty list。")
    if len(fits) > 1:
        raise ParameterError(f"叫“{text}”的不止一处，请用编号：{_listed(fits)}。")
    return fits[0]


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:10])) + ("……" if len(numbers) > 10 else "")
