"""Applications for on-site training, each sent to a training point."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.arrays import Floats, lonlat
from geodata.coverage import training
from geodata.coverage.siting.mip import Status as Proof
from geodata.coverage.training import NOWHERE, Assignment
from geodata.coverage.walk import DETOUR
from geodata.geodesy import geodesic_m
from geodata.kinds import Kind, Status
from geodata.model import Level
from geodata.place.district import canonical_district, load_districts
from geodata.tables import DemandSite, Place, ServicePoint, TrainingApplication

_GONE = (Status.DELISTED, Status.REJECTED, Status.WITHDRAWN, Status.CLOSED, Status.MOVED)


class From(StrEnum):
    """Where a group is taken to set out: no application says."""

    SITE = "site"
    PLACE = "place"
    DISTRICT = "district"
    UNKNOWN = "unknown"


FROM_LABELS: dict[From, tuple[str, str]] = {
    From.SITE: ("同名园区、楼宇", "The site of the same name"),
    From.PLACE: ("同名站点", "The place of the same name"),
    From.DISTRICT: ("区的中部（粗略）", "The middle of its district (rough)"),
    From.UNKNOWN: ("不知道在哪里", "Unknown"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One application and where it is sent; `point` is empty when it is sent nowhere.

    `walk_m` is an estimate, straight metres x 1.3. `merge` proposes to join it with others.
    """

    union: str
    district: str
    heads: int | None
    sessions: int
    merge: bool
    asked_for: str
    point: str
    walk_m: float | None
    set_out: From


@dataclass(frozen=True, slots=True)
class PointLoad:
    """A training point with its groups; `joined` are the people of those proposed for merging.

    `fits`: joined, they fill sessions of 30 to 50. A point that is not placed gets nobody.
    """

    name: str
    district: str
    placed: bool
    groups: int
    sessions: int
    joined: int
    joined_sessions: int
    fits: bool


@dataclass(frozen=True, slots=True)
class TrainingView:
    """Who trains where; `cost` is Σ people x metres, `nearest_cost` that without limits."""

    most_sessions: int | None
    proof: Proof
    cost: float
    nearest_cost: float
    groups: tuple[Group, ...]
    points: tuple[PointLoad, ...]
    without_point: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Asked:
    """Applications as arrays; a group nobody knows the size of can go nowhere."""

    applications: Sequence[TrainingApplication]
    people: NDArray[np.int64]
    walk_m: Floats
    set_out: tuple[From, ...]


def training_view(session: Session, *, most_sessions: int | None = None) -> TrainingView:
    """Each group to its nearest point, or the least walk with so many sessions at each."""
    points = _points(session)
    asked = _asked(session, _spots([place for _, place in points]))
    near = training.nearest_assignment(asked.people, asked.walk_m)
    found = near
    if most_sessions is not None:
        limits = np.full(len(points), most_sessions)
        found = training.limited_assignment(asked.people, asked.walk_m, limits)
    names = tuple(service.name or place.name for service, place in points)
    return TrainingView(
        most_sessions=most_sessions,
        proof=found.status,
        cost=found.cost,
        nearest_cost=near.cost,
        groups=_groups(asked, found, names),
        points=_loads(points, names, found, asked.people),
        without_point=_without(points),
    )


def _spots(places: Sequence[Place]) -> Floats:
    """Longitude and latitude of each; a point known only by its district is nowhere to go to."""
    is_point = [place.level is not None and Level(place.level).is_point for place in places]
    return np.where(np.array(is_point, dtype=np.bool_)[:, None], lonlat(places), np.nan)


def _asked(session: Session, points: Floats) -> _Asked:
    rows = list(session.scalars(select(TrainingApplication).order_by(TrainingApplication.id)))
    at, set_out = _starts(session, rows)
    people = np.array([one.heads or 0 for one in rows], dtype=np.int64)
    walk_m = DETOUR * geodesic_m(at[:, :1], at[:, 1:], points[:, 0], points[:, 1])
    walk_m[people == 0] = np.nan
    return _Asked(rows, people, walk_m, set_out)


def _points(session: Session) -> list[tuple[ServicePoint, Place]]:
    rows = session.execute(
        select(ServicePoint, Place)
        .join(Place)
        .where(ServicePoint.kind == Kind.TRAINING_POINT, ServicePoint.status.not_in(_GONE))
        .order_by(ServicePoint.id)
    )
    return [(service, place) for service, place in rows]


def _starts(
    session: Session, asked: Sequence[TrainingApplication]
) -> tuple[Floats, tuple[From, ...]]:
    """Longitude and latitude of each group, NaN where nothing is known, and what they are of."""
    sites, places = _by_name(session, DemandSite), _by_name(session, Place)
    districts = load_districts()
    spots: list[tuple[float, float]] = []
    kinds: list[From] = []
    for one in asked:
        district = canonical_district(one.district) or canonical_district(one.union)
        if one.union in sites:
            spots.append(sites[one.union])
            kinds.append(From.SITE)
        elif one.union in places:
            spots.append(places[one.union])
            kinds.append(From.PLACE)
        elif district:
            middle = districts.area_position(district)
            spots.append((middle.lon, middle.lat))
            kinds.append(From.DISTRICT)
        else:
            spots.append((np.nan, np.nan))
            kinds.append(From.UNKNOWN)
    return np.array(spots, dtype=np.float64).reshape(-1, 2), tuple(kinds)


def _by_name(
    session: Session, table: type[DemandSite] | type[Place]
) -> dict[str, tuple[float, float]]:
    rows = session.execute(select(table.name, table.level, table.lon, table.lat))
    return {
        name: (lon, lat)
        for name, level, lon, lat in rows
        if lon is not None and lat is not None and level and Level(level).is_point
    }


def _groups(asked: _Asked, found: Assignment, names: tuple[str, ...]) -> tuple[Group, ...]:
    needed, merge = training.sessions(asked.people), training.to_merge(asked.people)
    rows = []
    for n, one in enumerate(asked.applications):
        point = int(found.point[n])
        sent = point != NOWHERE
        rows.append(
            Group(
                union=one.union,
                district=canonical_district(one.district) or one.district,
                heads=one.heads,
                sessions=int(needed[n]),
                merge=bool(merge[n]),
                asked_for=one.point,
                point=names[point] if sent else "",
                walk_m=float(asked.walk_m[n, point]) if sent else None,
                set_out=asked.set_out[n],
            )
        )
    return tuple(rows)


def _loads(
    points: Sequence[tuple[ServicePoint, Place]],
    names: tuple[str, ...],
    found: Assignment,
    people: NDArray[np.int64],
) -> tuple[PointLoad, ...]:
    merge, held = training.to_merge(people), found.sessions_at(people, len(points))
    rows = []
    for n, (_, place) in enumerate(points):
        here = found.point == n
        joined = people[here & merge].sum(keepdims=True)
        rows.append(
            PointLoad(
                name=names[n],
                district=place.district,
                placed=bool(np.isfinite(_spots([place])).all()),
                groups=int(here.sum()),
                sessions=int(held[n]),
                joined=int(joined[0]),
                joined_sessions=int(training.sessions(joined)[0]),
                fits=bool(joined[0] and not training.to_merge(joined)[0]),
            )
        )
    return tuple(rows)


def _without(points: Sequence[tuple[ServicePoint, Place]]) -> tuple[str, ...]:
    """Districts without any training point, once there are points at all."""
    have = {place.district for _, place in points}
    return tuple(name for name in load_districts().names if have and name not in have)
