"""Stored records put to the ladder again: their question, and the new answer written back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.declared import (
    DeclaredLocated,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredSite,
    Flag,
    Placed,
    Source,
)
from geodata.edits import protected
from geodata.kinds import OutletKind, SiteKind
from geodata.model import Coordinates, Datum, Level
from geodata.place.datum import convert
from geodata.storing.records import key_of, located_values
from geodata.tables import DemandSite, EditedField, LunchOutlet, Place

Row = Place | DemandSite | LunchOutlet
TABLES: tuple[type[Place] | type[DemandSite] | type[LunchOutlet], ...] = (
    Place,
    DemandSite,
    LunchOutlet,
)
# SQLite takes 32,766 bound values a statement.
KEYS_A_QUERY = 10_000
_FOUND = (
    *("lon", "lat", "level", "error_m", "position_source", "source_datum"),
    *("reason", "reason_detail", "district", "flags"),
)
# What the form itself said about a row; every other flag comes from locating it.
_FROM_LOCATING = frozenset(
    {
        "coordinates_far_from_address",
        "coordinates_unusable",
        "outside_city",
        "district_conflict",
        "district_mismatch",
        "town_mismatch",
        "provider_disagree",
        "datum_suspect",
        "road_typo_suspect",
        "duplicate_candidate",
    }
)
# Records that stand in another keep their own answers, for the day they are parted.
WITH_MERGED = {"with_merged": True}
_FORM = "表中坐标"


def rows_at(session: Session, canonical: str) -> list[Row]:
    """All records of one canonical address."""
    found: list[Row] = []
    for table in TABLES:
        found += session.scalars(
            select(table).where(table.canonical == canonical), execution_options=WITH_MERGED
        )
    return found


def rows_by_key(session: Session, keys: Sequence[str]) -> dict[str, list[Row]]:
    """The records of several canonical addresses, without those merged away."""
    rows: list[Row] = []
    for table in TABLES:
        for start in range(0, len(keys), KEYS_A_QUERY):
            some = table.canonical.in_(keys[start : start + KEYS_A_QUERY])
            rows += session.scalars(select(table).where(some).order_by(table.id))
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.canonical, []).append(row)
    return found


def names_an_address(canonical: str) -> bool:
    """Whether a key tells one address from others; records without any share their district's."""
    return "=" in canonical


def declared_of(row: Row) -> DeclaredLocated:
    """What is known of what the form said, as far as locating needs it."""
    flags = tuple(Flag(**one) for one in row.flags if one["code"] not in _FROM_LOCATING)
    common: dict[str, Any] = {
        "name": row.name,
        "address": row.address,
        "district": row.district_declared,
        "town": row.town,
        "source": Source("", "", 0, {}, ""),
        "coordinates": given_of(row),
        "flags": flags,
    }
    match row:
        case DemandSite():
            return DeclaredSite(kind=SiteKind(row.kind), **common)
        case LunchOutlet():
            return DeclaredOutlet(kind=OutletKind(row.kind), **common)
        case _:
            return DeclaredPlace(services=(), **common)


def given_of(row: Row) -> Coordinates | None:
    """The coordinates the form gave; for rows of older versions worked back from the position."""
    if row.given is not None:
        pair = row.given
        return Coordinates(pair["lon"], pair["lat"], Datum(pair["datum"]), pair["surveyed"])
    if row.position_source != _FORM or row.lon is None or row.lat is None:
        return None
    datum = Datum(row.source_datum)
    lon, lat = convert(row.lon, row.lat, source=Datum.WGS84, target=datum)
    return Coordinates(float(lon), float(lat), datum, row.level == Level.SURVEYED)


def edited_positions(session: Session) -> set[tuple[str, int]]:
    """Records whose position a person wrote into the record itself, as table and id."""
    return {
        (mark.record_table, mark.record_id)
        for mark in session.scalars(select(EditedField))
        if "lon" in protected({mark.field})
    }


@dataclass(frozen=True, slots=True)
class Answered:
    """A stored record with a new answer, and the columns in which that differs."""

    row: Row
    placed: Placed
    differing: dict[str, Any]


def answered(row: Row, placed: Placed) -> Answered:
    """Hold a new answer against what is stored; a doubt already told keeps its cell."""
    told = {flag["code"]: Flag(**flag) for flag in row.flags}
    placed = replace(placed, flags=tuple(told.get(flag.code, flag) for flag in placed.flags))
    values = located_values(placed)
    differing = {
        name: values[name]
        for name in _FOUND
        if _compared(name, getattr(row, name)) != _compared(name, values[name])
    }
    if {"lon", "lat"} & differing.keys():
        differing["geom"] = values["geom"]
    return Answered(row, placed, differing)


def write(session: Session, one: Answered) -> bool:
    """Write what differs; whether anything did. The key follows a district nobody declared."""
    row, placed = one.row, one.placed
    followed = row.key == key_of(replace(placed, district=row.district))
    for name, value in one.differing.items():
        setattr(row, name, value)
    key = key_of(placed)
    if followed and key != row.key and not _taken(session, row, key):
        row.key = key
    return bool(one.differing)


def _taken(session: Session, row: Row, key: str) -> bool:
    table = type(row)
    asked = select(table.id).where(table.key == key)
    return session.scalar(asked, execution_options=WITH_MERGED) is not None


def _compared(name: str, value: Any) -> Any:
    """Positions to a tenth of a millimetre, doubts by their kind."""
    if name == "flags":
        return [flag["code"] for flag in value]
    if name in {"lon", "lat"} and value is not None:
        return round(value, 9)
    return value
