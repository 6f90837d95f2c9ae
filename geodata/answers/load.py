"""Rows of the database as the arrays of a city."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from geodata.answers.city import City, Ints, Move, Outlets, Points, Sites
from geodata.answers.coded import Coded
from geodata.arrays import Floats, floats
from geodata.coverage.walking import ESTIMATE, Walking
from geodata.employees import employees_by_district
from geodata.hours import Hours, from_json
from geodata.kinds import Status
from geodata.snapshot_load import load_snapshot
from geodata.tables import (
    DemandSite,
    LunchOutlet,
    Place,
    ServicePoint,
    StatusChange,
)

Columns = dict[str, Sequence[Any]]


def load_city(session: Session, *, walking: Walking = ESTIMATE) -> City:
    """Everything, in one consistent view; walks will be measured by `walking`."""
    snapshot = load_snapshot(session, frozenset(Status))
    return City(
        version=snapshot.version,
        sites=_sites(session),
        points=_points(session),
        outlets=_outlets(session),
        moves=_moves(session),
        employees=employees_by_district(session),
        places=snapshot.places,
        walking=walking,
    )


def _sites(session: Session) -> Sites:
    s = DemandSite
    found = _columns(
        session,
        select(
            *(s.id, s.name, s.kind, s.district, s.town, s.clinic, s.workers),
            *(s.lon, s.lat, s.error_m),
            *(s.canteen_seats, s.meal_quota, s.cabinet_cells, s.lunch_declared),
        ).order_by(s.id),
    )
    return Sites(
        id=_ids(found["id"]),
        name=tuple(found["name"]),
        kind=Coded.of(found["kind"]),
        district=Coded.of(found["district"]),
        town=Coded.of(found["town"]),
        clinic=Coded.of(found["clinic"]),
        workers=floats(found["workers"]),
        lonlat=_lonlat(found),
        error_m=floats(found["error_m"]),
        canteen_seats=floats(found["canteen_seats"]),
        meal_quota=floats(found["meal_quota"]),
        cabinet_cells=floats(found["cabinet_cells"]),
        lunch_declared=tuple(found["lunch_declared"]),
    )


def _points(session: Session) -> Points:
    s, p = ServicePoint, Place
    found = _columns(
        session,
        select(
            *(s.id, s.place_id, s.name, p.name.label("at"), s.kind, s.status, s.operator),
            *(s.half_days_per_week, s.hours, p.district, p.town, p.lon, p.lat, p.error_m),
        )
        .join(p)
        .order_by(s.id),
    )
    return Points(
        id=_ids(found["id"]),
        place=_ids(found["place_id"]),
        name=tuple(own or at for own, at in zip(found["name"], found["at"], strict=True)),
        kind=Coded.of(found["kind"]),
        status=Coded.of(found["status"]),
        district=Coded.of(found["district"]),
        town=Coded.of(found["town"]),
        operator=Coded.of(found["operator"]),
        half_days=floats(found["half_days_per_week"]),
        lonlat=_lonlat(found),
        error_m=floats(found["error_m"]),
        hours=_hours(found["hours"]),
    )


def _outlets(session: Session) -> Outlets:
    o = LunchOutlet
    found = _columns(
        session,
        select(
            *(o.id, o.name, o.kind, o.seats, o.turns, o.quota, o.price_yuan),
            *(o.hours, o.lon, o.lat, o.error_m),
        ).order_by(o.id),
    )
    return Outlets(
        id=_ids(found["id"]),
        name=tuple(found["name"]),
        kind=Coded.of(found["kind"]),
        seats=floats(found["seats"]),
        turns=floats(found["turns"]),
        quota=floats(found["quota"]),
        price_yuan=floats(found["price_yuan"]),
        lonlat=_lonlat(found),
        error_m=floats(found["error_m"]),
        hours=_hours(found["hours"]),
    )


def _moves(session: Session) -> tuple[Move, ...]:
    c = StatusChange
    rows = session.execute(select(c.service_point_id, c.on, c.after).order_by(c.on, c.id))
    return tuple(Move(*row) for row in rows)


def _columns(session: Session, query: Executable) -> Columns:
    result = session.execute(query)
    names, rows = list(result.keys()), result.all()
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _ids(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _lonlat(found: Columns) -> Floats:
    return np.column_stack([floats(found["lon"]), floats(found["lat"])])


def _hours(stored: Sequence[dict[str, Any] | None]) -> tuple[Hours | None, ...]:
    """Equal hours are one value, so that a question is answered once for each."""
    made: dict[str, Hours | None] = {}
    for one in stored:
        made.setdefault(repr(one), from_json(one))
    return tuple(made[repr(one)] for one in stored)
