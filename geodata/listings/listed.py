"""有地图可查: which points consumer maps show, which they lack, which they show wrongly."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.errors import ParameterError
from geodata.kinds import Status
from geodata.lifecycle.point import standing_point
from geodata.tables import MapListing, Place, ServicePoint

LONGEST_NOTE = 120
_SHOWN = (Status.PLAQUED, Status.RECTIFYING)


class App(StrEnum):
    """The map applications a submission goes to."""

    AMAP = "amap"
    TENCENT = "tencent"
    BAIDU = "baidu"


class Listed(StrEnum):
    """What was found there; nobody having looked is none of these."""

    YES = "listed"
    NO = "not_listed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one application, when, and what is wrong with it."""

    state: Listed
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One point in service; an application nobody looked into is missing from `seen`."""

    service_id: int
    name: str
    kind: str
    district: str
    address: str
    placed: bool
    seen: dict[App, Seen]


@dataclass(frozen=True, slots=True)
class Count:
    """How the points of one district stand in one application."""

    listed: int = 0
    not_listed: int = 0
    wrong: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """One district's points in service, by application."""

    district: str
    points: int
    apps: dict[App, Count] = field(default_factory=dict)


def listings(session: Session, who: Person) -> list[Listing]:
    """Points in service within a person's reach, by district and name."""
    rows = session.execute(
        select(ServicePoint, Place)
        .join(Place, Place.id == ServicePoint.place_id)
        .where(ServicePoint.status.in_(_SHOWN))
        .order_by(Place.district, Place.name, ServicePoint.id)
    )
    seen: dict[int, dict[App, Seen]] = {}
    for row in session.scalars(select(MapListing)):
        found = Seen(Listed(row.state), row.on, row.note)
        seen.setdefault(row.service_point_id, {})[App(row.app)] = found
    return [
        Listing(
            service_id=point.id,
            name=point.name or place.name,
            kind=point.kind,
            district=place.district,
            address=place.address,
            placed=place.lon is not None and not place.reason,
            seen=seen.get(point.id, {}),
        )
        for point, place in rows
        if who.reaches(place.district, point.union)
    ]


def counted(found: Iterable[Listing]) -> list[DistrictCount]:
    """The same by district, in their order."""
    by_district: dict[str, list[Listing]] = {}
    for one in found:
        by_district.setdefault(one.district, []).append(one)
    return [
        DistrictCount(name, len(some), {app: _count(some, app) for app in App})
        for name, some in by_district.items()
    ]


def _count(some: list[Listing], app: App) -> Count:
    states = [one.seen[app].state if app in one.seen else None for one in some]
    return Count(
        states.count(Listed.YES),
        states.count(Listed.NO),
        states.count(Listed.WRONG),
        states.count(None),
    )


def look_up(
    session: Session, service_id: int, app: App, state: Listed, *, on: date, note: str, by: Person
) -> None:
    """Write down what was found in an application.

    Raises:
        NoSuchRecordError: no such point, or another's.
        ParameterError: the note is too long.
    """
    point = standing_point(session, service_id)
    by.must_reach(point.place.district, point.union)
    if len(note) > LONGEST_NOTE:
        raise ParameterError(f"说明最多 {LONGEST_NOTE} 个字")
    row = session.scalars(
        select(MapListing).filter_by(service_point_id=service_id, app=str(app))
    ).one_or_none()
    before = row.state if row else None
    if row is None:
        row = MapListing(service_point_id=service_id, app=str(app))
        session.add(row)
    row.state, row.on, row.by, row.note = str(state), on, by.login, note
    record(
        session,
        by=by.login,
        action="listing.look_up",
        table="service_point",
        record_id=service_id,
        district=point.place.district,
        detail={"app": str(app), "before": before, "after": str(state)},
    )
