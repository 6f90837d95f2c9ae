"""Everything on record about one service point, also as it was on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.duty.rules import Standing, standings
from geodata.duty.store import Kept, events_of
from geodata.errors import NoSuchRecordError
from geodata.inspections.due import Given, cards
from geodata.kinds import Kind, Status
from geodata.lifecycle.gone import moved_to
from geodata.lifecycle.point import standing_point
from geodata.model import REASON_LABELS, Level, Reason
from geodata.points.change import plaque_of
from geodata.points.lock import mark_of, values_of
from geodata.points.origins import Origin, origins
from geodata.points.subsidies import Paid, subsidies
from geodata.snapshot_load import AREA_REASON
from geodata.tables import Inspection, Place, ServicePoint, StatusChange


@dataclass(frozen=True, slots=True)
class Door:
    """The place a service point is at; `reason` says why it is on no map."""

    id: int
    name: str
    address: str
    canonical: str
    district: str
    town: str
    lon: float | None
    lat: float | None
    level: str
    error_m: float | None
    source: str
    reason: tuple[str, str]

    @property
    def placed(self) -> bool:
        return self.lon is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One status change; `by` of "" is an import. `moved_to` is the place it led to."""

    before: str
    after: Status
    on: date
    reason: str
    by: str
    moved_to: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """One inspection; `items` hold what was found and a note, by the codes of `scheme`."""

    id: int
    kind: str
    on: date
    office: str
    scheme: str
    items: Mapping[str, tuple[str, str]]
    passed: bool | None
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another service at the same door."""

    id: int
    kind: Kind
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class Own:
    """What only those in reach see: how the office keeps the point."""

    steps: tuple[Step, ...] = ()
    inspections: tuple[Checked, ...] = ()
    cards: tuple[Given, ...] = ()
    subsidies: tuple[tuple[int, Paid], ...] = ()
    events: tuple[Kept, ...] = ()
    duties: tuple[Standing, ...] = ()
    origins: tuple[Origin, ...] = ()
    edited: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Detail:
    """One service point: `values` are its columns, `mark` its lock.

    `status` is the one of the day asked for, None before it came to be; `reached` whether the
    person may work on it.
    """

    id: int
    name: str
    kind: Kind
    status: Status | None
    values: Mapping[str, Any]
    plaque_on: date | None
    mark: str
    door: Door
    beside: tuple[Beside, ...]
    reached: bool
    own: Own


def detail(
    session: Session, service_id: int, *, by: Person, today: date, as_of: date | None = None
) -> Detail:
    """What a person may know of a service point.

    Raises:
        NoSuchRecordError: no standing service point has this id, or it is another's, not public.
    """
    point = standing_point(session, service_id)
    place, status = point.place, Status(point.status)
    if not by.sees(place.district, status, point.union):
        raise NoSuchRecordError
    reached = by.reaches(place.district, point.union)
    day = as_of or today
    own = _own(session, point, day) if reached else Own()
    return Detail(
        id=point.id,
        name=point.name or place.name,
        kind=Kind(point.kind),
        status=_status_on(session, point, day) if as_of else status,
        values=values_of(point),
        plaque_on=plaque_of(session, point.id),
        mark=mark_of(point),
        door=_door(place),
        beside=_beside(point, by),
        reached=reached,
        own=own,
    )


def _door(place: Place) -> Door:
    spot = place.level is not None and Level(place.level).is_point
    why = REASON_LABELS[Reason(place.reason)] if place.reason else AREA_REASON
    return Door(
        id=place.id,
        name=place.name,
        address=place.address,
        canonical=place.canonical,
        district=place.district,
        town=place.town,
        lon=place.lon if spot else None,
        lat=place.lat if spot else None,
        level=place.level or "",
        error_m=place.error_m,
        source=place.position_source,
        reason=("", "") if spot else why,
    )


def _beside(point: ServicePoint, by: Person) -> tuple[Beside, ...]:
    place = point.place
    return tuple(
        Beside(one.id, Kind(one.kind), one.name or place.name, Status(one.status))
        for one in place.services
        if one.id != point.id and by.sees(place.district, Status(one.status), one.union)
    )


def _own(session: Session, point: ServicePoint, day: date) -> Own:
    events = events_of(session, point.id)
    is_health = point.kind == Kind.HEALTH_POINT
    found, edited = origins(session, point)
    return Own(
        steps=tuple(step for step in _steps(session, point.id) if step.on <= day),
        inspections=_inspections(session, point.id, day),
        cards=tuple(one for one in cards(session, service_id=point.id) if one.on <= day),
        subsidies=tuple(one for one in subsidies(session, point.id) if one[1].year <= day.year),
        events=events,
        duties=standings([kept.event for kept in events], day) if is_health else (),
        origins=found,
        edited=edited,
    )


def _steps(session: Session, service_id: int) -> tuple[Step, ...]:
    of = select(StatusChange).where(StatusChange.service_point_id == service_id)
    return tuple(
        Step(row.before, Status(row.after), row.on, row.reason, row.by, moved_to(session, row.id))
        for row in session.scalars(of.order_by(StatusChange.on, StatusChange.id))
    )


def _status_on(session: Session, point: ServicePoint, day: date) -> Status | None:
    """The status at the end of a day; one that never changed has always been as it is."""
    steps = _steps(session, point.id)
    return (
        next((one.after for one in reversed(steps) if one.on <= day), None)
        if steps
        else Status(point.status)
    )


def _inspections(session: Session, service_id: int, day: date) -> tuple[Checked, ...]:
    of = select(Inspection).where(Inspection.service_point_id == service_id, Inspection.on <= day)
    return tuple(
        Checked(
            id=row.id,
            kind=row.kind,
            on=row.on,
            office=row.office,
            scheme=row.scheme,
            items={code: (found, note) for code, (found, note) in row.items.items()},
            passed=row.passed,
            note=row.note,
            by=row.by,
        )
        for row in session.scalars(of.order_by(Inspection.on.desc(), Inspection.id.desc()))
    )
