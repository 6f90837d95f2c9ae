"""What a scenario may change, as frozen values and as the JSON they are kept in.

Points, sites and outlets are named by id; a new one gets -1, -2, … in the order of its kind, so
that a later change of the same scenario can name it.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from geodata.errors import ParameterError
from geodata.hours import Hours, as_json, from_json
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind


@dataclass(frozen=True, slots=True)
class Open:
    """A point opens: planned, delisted or under rectification before."""

    point: int


@dataclass(frozen=True, slots=True)
class Close:
    """A point closes."""

    point: int


@dataclass(frozen=True, slots=True)
class MovePoint:
    """A point moves; WGS-84."""

    point: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A point holds more (or fewer) half-days a week."""

    point: int
    half_days: float


@dataclass(frozen=True, slots=True)
class SetHours:
    """A point keeps other hours; None is unknown."""

    point: int
    hours: Hours | None


@dataclass(frozen=True, slots=True)
class Seats:
    """A lunch outlet has another number of seats."""

    outlet: int
    seats: int


@dataclass(frozen=True, slots=True)
class OwnSeats:
    """A demand site's own canteen has another number of seats."""

    site: int
    seats: int


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A new service point, open; WGS-84. Half-days of None are unknown and count as one."""

    name: str
    lon: float
    lat: float
    kind: Kind = Kind.HEALTH_POINT
    half_days: float | None = None
    operator: str = ""


@dataclass(frozen=True, slots=True)
class NewSite:
    """A new park, building or mall; WGS-84."""

    name: str
    lon: float
    lat: float
    workers: int
    kind: SiteKind = SiteKind.PARK
    clinic: Clinic = Clinic.NONE


@dataclass(frozen=True, slots=True)
class NewOutlet:
    """A new place to have lunch; WGS-84."""

    name: str
    lon: float
    lat: float
    kind: OutletKind = OutletKind.COMMUNITY_CANTEEN
    seats: int | None = None
    quota: int | None = None
    price_yuan: float | None = None


Change = (
    Open
    | Close
    | MovePoint
    | Upgrade
    | SetHours
    | Seats
    | OwnSeats
    | NewPoint
    | NewSite
    | NewOutlet
)

CHANGES: dict[str, type[Change]] = {
    "open": Open,
    "close": Close,
    "move": MovePoint,
    "upgrade": Upgrade,
    "hours": SetHours,
    "seats": Seats,
    "own_seats": OwnSeats,
    "new_point": NewPoint,
    "new_site": NewSite,
    "new_outlet": NewOutlet,
}
_HOURS_WANTED = "hours 要是职图自己的开放时间 JSON，或 null（不明）"
_DO = {made: name for name, made in CHANGES.items()}


def to_json(change: Change) -> dict[str, Any]:
    """A change as JSON values; `do` says which."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    if isinstance(change, SetHours):
        values["hours"] = as_json(change.hours)
    return {"do": _DO[type(change)], **values}


def read_changes(given: Any) -> tuple[Change, ...]:
    """Changes from JSON values.

    Raises:
        ParameterError: what is wrong, and in which change.
    """
    if not isinstance(given, list):
        raise ParameterError('方案要是一个列表，每项一处变更，如 {"do": "close", "point": 12}')
    return tuple(_read(one, n) for n, one in enumerate(given, start=1))


def _read(given: Any, n: int) -> Change:
    kind = CHANGES.get(str(given.get("do"))) if isinstance(given, Mapping) else None
    if kind is None:
        raise ParameterError(f"第 {n} 处变更：do 要是 {'、'.join(CHANGES)} 之一")
    names = {field.name for field in fields(kind)}
    if wrong := sorted(set(map(str, given)) - names - {"do"}):
        raise ParameterError(
            f"第 {n} 处变更：不认识 {'、'.join(wrong)}，可写 {'、'.join(sorted(names))}"
        )
    needed = [one.name for one in fields(kind) if one.default is MISSING]
    if missing := [name for name in needed if name not in given]:
        raise ParameterError(f"第 {n} 处变更（{given['do']}）还缺 {'、'.join(missing)}")
    try:
        values = {name: _VALUES[name](value) for name, value in given.items() if name != "do"}
        if "kind" in values:
            values["kind"] = _KINDS[kind](values["kind"])
        return kind(**values)
    except (TypeError, ValueError, KeyError) as error:
        raise ParameterError(f"第 {n} 处变更（{given['do']}）写得不对：{error}") from error


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"编号要是整数，收到 {value!r}")
    return value


def _count(value: Any) -> int:
    if _id(value) < 0:
        raise ValueError(f"个数不能是负的，收到 {value}")
    return int(value)


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise ValueError(f"要一个不小于 0 的数，收到 {value!r}")
    return float(value)


def _degrees(most: float) -> Any:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
            raise ValueError(f"要一个 -{most:g} 到 {most:g} 之间的经纬度，收到 {value!r}")
        return float(value)

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"要一段文字，收到 {value!r}")
    return value


def _hours(value: Any) -> Hours | None:
    try:
        hours = from_json(value)
        days = () if hours is None else (*hours.week, *(change.day for change in hours.changes))
        edges = [edge for day in days for span in day for edge in (span.start, span.end)]
    except (AttributeError, IndexError, TypeError, ValueError, KeyError) as error:
        raise ValueError(_HOURS_WANTED) from error
    if any(not isinstance(edge, int) for edge in edges) or (hours and len(hours.week) != 7):
        raise ValueError(_HOURS_WANTED)
    return hours


def _or_none(read: Any) -> Any:
    return lambda value: None if value is None else read(value)


_KINDS: dict[type[Change], Any] = {NewPoint: Kind, NewSite: SiteKind, NewOutlet: OutletKind}
_VALUES: dict[str, Any] = {
    **dict.fromkeys(("point", "outlet", "site"), _id),
    "lon": _degrees(180),
    "lat": _degrees(90),
    "half_days": _or_none(_amount),
    "hours": _hours,
    "seats": _or_none(_count),
    "quota": _or_none(_count),
    "price_yuan": _or_none(_amount),
    "workers": _count,
    "name": _text,
    "operator": _text,
    "kind": _text,
    "clinic": Clinic,
}
