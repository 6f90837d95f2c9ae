"""A scenario's changes carried out on a city's arrays; the city itself stays as it is."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from geodata.answers.city import City, Outlets, Points, Sites
from geodata.answers.coded import Coded
from geodata.answers.places import redrawn
from geodata.errors import NotFoundError
from geodata.kinds import KINDS, Status
from geodata.place.district import load_districts
from geodata.scenarios.model import (
    Change,
    Close,
    MovePoint,
    NewOutlet,
    NewPoint,
    NewSite,
    Open,
    OwnSeats,
    Seats,
    SetHours,
    Upgrade,
)

# A place a planner sets with a pin on the map.
_PINNED_M = 15.0

Rows = dict[str, list[Any]]
Table = TypeVar("Table", Points, Sites, Outlets)


def apply(changes: Sequence[Change], city: City, *, name: str = "") -> City:
    """The city after the changes, in their order; without any it is the same but for its name.

    Raises:
        NotFoundError: a change names a point, site or outlet that is not there.
    """
    if not changes:
        return replace(city, scenario=name)
    tables = {kind: _rows(table) for kind, table in _tables(city).items()}
    for change in changes:
        _CARRY_OUT[type(change)](tables, change)
    points = _rebuilt(city.points, tables["point"])
    return replace(
        city,
        points=points,
        sites=_rebuilt(city.sites, tables["site"]),
        outlets=_rebuilt(city.outlets, tables["outlet"]),
        places=redrawn(city, points),
        scenario=name,
    )


def _tables(city: City) -> dict[str, Points | Sites | Outlets]:
    return {"point": city.points, "site": city.sites, "outlet": city.outlets}


def _rows(table: Points | Sites | Outlets) -> Rows:
    """The columns as lists that can be changed."""
    rows: Rows = {}
    for field in fields(table):
        column = getattr(table, field.name)
        rows[field.name] = column.words if isinstance(column, Coded) else list(column)
    return rows


def _rebuilt(table: Table, rows: Rows) -> Table:
    columns: dict[str, Any] = {}
    for field in fields(table):
        before: Any = getattr(table, field.name)
        now = rows[field.name]
        if isinstance(before, Coded):
            columns[field.name] = Coded.of(now)
        elif isinstance(before, np.ndarray):
            shape = (len(now), *before.shape[1:])
            columns[field.name] = np.array(now, dtype=before.dtype).reshape(shape)
        else:
            columns[field.name] = tuple(now)
    return replace(table, **columns)


_LABELS = {"point": "站点", "site": "园区、楼宇或商圈", "outlet": "午餐供应点"}


def _row(tables: dict[str, Rows], kind: str, of: int) -> int:
    ids: list[int] = tables[kind]["id"]
    if of not in ids:
        raise NotFoundError(f"没有编号为 {of} 的{_LABELS[kind]}，方案用不了。")
    return ids.index(of)


def _set(kind: str, column: str, value: Any) -> Any:
    """A step that writes one column of the row a change names."""

    def step(tables: dict[str, Rows], change: Any) -> None:
        row = _row(tables, kind, getattr(change, kind))
        tables[kind][column][row] = value(change)

    return step


def _next_id(rows: Rows) -> int:
    return int(min([0, *rows["id"]])) - 1


def _append(rows: Rows, values: dict[str, Any]) -> None:
    for column, cells in rows.items():
        cells.append(values[column])


def _spot(change: NewPoint | NewSite | NewOutlet) -> dict[str, Any]:
    return {
        "name": change.name,
        "kind": change.kind.value,
        "lonlat": [change.lon, change.lat],
        "error_m": _PINNED_M,
        "district": load_districts().at(change.lon, change.lat) or "",
        "town": "",
    }


def _nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _new_point(tables: dict[str, Rows], change: NewPoint) -> None:
    rows = tables["point"]
    new = _next_id(rows)
    values = {
        "id": new,
        "place": new,
        "status": Status.PLAQUED.value,
        "operator": change.operator,
        "half_days": _nan(change.half_days),
        "hours": None,
    }
    name = change.name or f"新设{KINDS[change.kind].short}"
    _append(rows, _spot(change) | values | {"name": name})


def _new_site(tables: dict[str, Rows], change: NewSite) -> None:
    unknown = dict.fromkeys(("canteen_seats", "meal_quota", "cabinet_cells"), np.nan)
    values = {
        "id": _next_id(tables["site"]),
        "clinic": change.clinic.value,
        "workers": float(change.workers),
        "lunch_declared": None,
    }
    _append(tables["site"], _spot(change) | unknown | values)


def _new_outlet(tables: dict[str, Rows], change: NewOutlet) -> None:
    values = {
        "id": _next_id(tables["outlet"]),
        "seats": _nan(change.seats),
        "turns": np.nan,
        "quota": _nan(change.quota),
        "price_yuan": _nan(change.price_yuan),
        "hours": None,
    }
    _append(tables["outlet"], _spot(change) | values)


def _move(tables: dict[str, Rows], change: MovePoint) -> None:
    rows, row = tables["point"], _row(tables, "point", change.point)
    rows["lonlat"][row] = [change.lon, change.lat]
    rows["error_m"][row] = _PINNED_M
    rows["district"][row] = load_districts().at(change.lon, change.lat) or ""


_CARRY_OUT: dict[type[Change], Any] = {
    Open: _set("point", "status", lambda _change: Status.PLAQUED.value),
    Close: _set("point", "status", lambda _change: Status.CLOSED.value),
    Upgrade: _set("point", "half_days", lambda change: change.half_days),
    SetHours: _set("point", "hours", lambda change: change.hours),
    Seats: _set("outlet", "seats", lambda change: float(change.seats)),
    OwnSeats: _set("site", "canteen_seats", lambda change: float(change.seats)),
    MovePoint: _move,
    NewPoint: _new_point,
    NewSite: _new_site,
    NewOutlet: _new_outlet,
}
