"""Small cities built by hand, on a line going east: a walk is 1.3 times the metres between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from geodata.answers.city import City, Move, Outlets, Points, Sites
from geodata.answers.coded import Coded
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.geodesy import metres_per_degree
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Reason, Unlocated
from geodata.store import Store

LON, LAT = 121.4710, 31.2349
Row = Mapping[str, Any]
MakeCity = Callable[..., City]
DECLARED_AT = datetime(2026, 3, 18, 4, 0)  # noqa: DTZ001 - as the tables keep it

ANYWHERE = {"east_m": 0.0, "error_m": 90.0, "district": "黄浦区", "town": ""}
SITE = {
    "kind": SiteKind.PARK,
    "clinic": Clinic.NONE,
    "workers": np.nan,
    "canteen_seats": np.nan,
    "meal_quota": np.nan,
    "cabinet_cells": np.nan,
    "lunch_declared": None,
}
POINT = {
    "kind": Kind.HEALTH_POINT,
    "status": Status.PLAQUED,
    "operator": "",
    "half_days": np.nan,
    "hours": None,
}
OUTLET = {
    "kind": OutletKind.COMMUNITY_CANTEEN,
    "seats": np.nan,
    "turns": np.nan,
    "quota": np.nan,
    "price_yuan": np.nan,
    "hours": None,
}


def spot(east_m: float) -> tuple[float, float]:
    """So many metres east of the origin."""
    return LON + east_m / float(metres_per_degree(LAT)[0]), LAT


def _table(made: type[Any], rows: Sequence[Row], usual: Row) -> Any:
    numbered = [
        {"id": n, "place": n, "name": f"第{n}", **ANYWHERE, **usual, **row}
        for n, row in enumerate(rows, start=1)
    ]
    cells = [row | {"lonlat": row.get("lonlat", spot(row["east_m"]))} for row in numbered]
    columns: dict[str, Any] = {}
    for field in fields(made):
        column = [row[field.name] for row in cells]
        columns[field.name] = _column(field.name, str(field.type), column)
    return made(**columns)


def _column(name: str, kind: str, column: list[Any]) -> Any:
    if "Coded" in kind:
        return Coded.of([str(word) for word in column])
    if name == "lonlat":
        return np.array(column, dtype=np.float64).reshape(-1, 2)
    if "float64" in kind:
        return np.array(column, dtype=np.float64)
    return np.array(column, dtype=np.int64) if "int64" in kind else tuple(column)


def made_city(
    sites: Sequence[Row] = (),
    points: Sequence[Row] = (),
    outlets: Sequence[Row] = (),
    moves: Sequence[tuple[int, date, str]] = (),
) -> City:
    return City(
        version=7,
        sites=_table(Sites, sites, SITE),
        points=_table(Points, points, POINT),
        outlets=_table(Outlets, outlets, OUTLET),
        moves=tuple(Move(*move) for move in moves),
        employees={},
        places=(),
    )


@pytest.fixture(scope="session")
def make_city() -> MakeCity:
    """`make_city(sites=[{...}], points=[{...}], outlets=[...], moves=[...])`."""
    return made_city


def declared_points(
    store: Store,
    *statuses: Status,
    district: str = "黄浦区",
    file: str = "站点.csv",
    at: datetime | None = DECLARED_AT,
) -> None:
    """Publishes a place 第1 … with one service a status, as a file gives them."""
    rows = [
        DeclaredPlace(
            f"第{number}",
            "",
            district,
            "",
            (DeclaredService(Kind.HEALTH_POINT, "", status, Tier.OTHER),),
            Source(file, "表", number, {}, "stations"),
        )
        for number, status in enumerate(statuses, start=1)
    ]
    nowhere = Unlocated(Reason.NO_ADDRESS)
    placed = tuple(Placed(row, None, nowhere, district) for row in rows)
    whole = ImportedFile(file, repr(statuses), placed, len(placed), 0, ("stations",))
    store.publish(whole, at=at)


@pytest.fixture(scope="session")
def declare_points() -> Callable[..., None]:
    """`declare_points(store, Status.PLAQUED, Status.DECLARED, district="黄浦区")`."""
    return declared_points
