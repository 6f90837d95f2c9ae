"""Declared records as column values: what a form said and where it was found, ready to store."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from shapely import Point

from geodata.declared import (
    DeclaredLocated,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    Placed,
)
from geodata.hours import as_json
from geodata.model import Address, Coordinates, Position, Unlocated
from geodata.place.address import canonical
from geodata.place.district import canonical_district
from geodata.tables import DemandSite, LunchOutlet, Place

SITE_FIELDS = (
    "kind",
    "enterprises",
    "workers",
    "clinic",
    "canteen_seats",
    "meal_quota",
    "cabinet_cells",
    "lunch_declared",
    "extra",
)
OUTLET_FIELDS = ("kind", "seats", "turns", "quota", "price_yuan", "hours_text", "extra")

LocatableTable = type[Place] | type[DemandSite] | type[LunchOutlet]


def table_of(declared: DeclaredLocated) -> LocatableTable:
    """The table a record with an address goes to."""
    match declared:
        case DeclaredPlace():
            return Place
        case DeclaredSite():
            return DemandSite
        case DeclaredOutlet():
            return LunchOutlet


def _addressed(placed: Placed) -> DeclaredPlace | DeclaredSite | DeclaredOutlet:
    declared = placed.declared
    if not isinstance(declared, DeclaredPlace | DeclaredSite | DeclaredOutlet):
        raise TypeError(f"{type(declared).__name__} has no address")
    return declared


def key_of(placed: Placed) -> str:
    """What tells a record from all others of its table.

    A door, a road or lane with a number, is one place whatever it is called there. Parks, outlets
    and places without a door are told apart by their name as well.
    """
    declared = _addressed(placed)
    address = placed.address or Address(text="")
    spot = canonical(address, canonical_district(declared.district) or placed.district)
    if isinstance(declared, DeclaredPlace) and address.road and address.number:
        return spot
    return f"{declared.name}|{spot}"


def located_values(placed: Placed) -> dict[str, Any]:
    """Columns that every record with an address has."""
    outcome = placed.outcome
    shape = Point(outcome.lon, outcome.lat) if isinstance(outcome, Position) else None
    return plain_values(placed) | {"geom": shape}


def plain_values(placed: Placed) -> dict[str, Any]:
    """The same as JSON takes it: without the geometry, which follows lon and lat."""
    declared = _addressed(placed)
    address = placed.address or Address(text=declared.address)
    return {
        "name": declared.name,
        "address": declared.address,
        "parsed": _ADDRESS.of(address),
        "canonical": canonical(address, canonical_district(declared.district) or ""),
        "district": placed.district,
        "district_declared": declared.district,
        "town": declared.town or address.town,
        "flags": [asdict(flag) for flag in placed.flags],
        "given": _given(declared.coordinates),
        **_position_values(placed.outcome),
        **_own_values(declared),
    }


def _given(pair: Coordinates | None) -> dict[str, Any] | None:
    return asdict(pair) | {"datum": pair.datum.value} if pair else None


def _own_values(declared: DeclaredPlace | DeclaredSite | DeclaredOutlet) -> dict[str, Any]:
    match declared:
        case DeclaredSite():
            site = {field: getattr(declared, field) for field in SITE_FIELDS}
            return site | {"kind": declared.kind.value, "clinic": declared.clinic.value}
        case DeclaredOutlet():
            outlet = {field: getattr(declared, field) for field in OUTLET_FIELDS}
            return outlet | {"kind": declared.kind.value, "hours": as_json(declared.hours)}
        case _:
            return {}


def _position_values(outcome: Position | Unlocated) -> dict[str, Any]:
    if isinstance(outcome, Unlocated):
        return {
            "lon": None,
            "lat": None,
            "level": None,
            "error_m": None,
            "position_source": "",
            "source_datum": "",
            "reason": outcome.reason.value,
            "reason_detail": outcome.detail,
        }
    return {
        "lon": outcome.lon,
        "lat": outcome.lat,
        "level": outcome.level.value,
        "error_m": outcome.error_m,
        "position_source": outcome.source,
        "source_datum": outcome.datum.value,
        "reason": "",
        "reason_detail": "",
    }


def service_values(service: DeclaredService) -> dict[str, Any]:
    """Columns of one service point, its status left out: that moves by its own rule."""
    values = _SERVICE.of(service)
    values["kind"], values["tier"] = service.kind.value, service.tier.value
    values["works"] = service.works.value if service.works else None
    values["hours"] = as_json(service.hours)
    return values


class _Columns:
    """Some fields of a class as columns: asdict copies every value, which takes far longer."""

    def __init__(self, names: Iterable[str], *, tuples: Iterable[str]) -> None:
        self._names, self._tuples = tuple(names), tuple(tuples)
        self._values = attrgetter(*self._names)

    def of(self, one: Address | DeclaredService) -> dict[str, Any]:
        """Tuples as the lists JSON gives back, so that stored and new values compare equal."""
        values = dict(zip(self._names, self._values(one), strict=True))
        for name in self._tuples:
            values[name] = list(values[name])
        return values


_ADDRESS = _Columns(
    (field.name for field in fields(Address)),
    tuples=("number", "metro_lines", "metro_exits", "near"),
)
_SERVICE = _Columns(
    (field.name for field in fields(DeclaredService) if field.name != "status"),
    tuples=("facilities", "services"),
)
