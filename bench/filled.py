"""A database with a row in every table, its values hard to carry from one database to another."""

from datetime import date, datetime
from typing import Any

import shapely
from sqlalchemy import JSON, Column, Connection, Table, insert, text

from geodata.geometry import ShapelyGeometry
from geodata.kinds import Kind, Status, Tier
from geodata.store import Store
from geodata.tables import Base

# Blanks at both ends, quotes, a backslash, a character of plane 1, a line break, a full-width one.
AWKWARD = " “静安'寺\"\\𠮷\n＝1 "
LAST_ID = 7
# Columns whose values the program reads as words of its own.
_WORDS: dict[str, Any] = {
    "service_point.kind": Kind.REST_ROOM.value,
    "service_point.status": Status.PLAQUED.value,
    "service_point.tier": Tier.OTHER.value,
    "service_point.hours": None,
    "service_point.facilities": ["空调", AWKWARD],
    "service_point.services": [],
    "place.level": "number",
    "place.reason": "",
    "place.merged_into": None,
    "place.flags": [{"code": "district_mismatch", "message": AWKWARD}],
    "data_version.number": 41,
    "erasure.hashes": ["ab" * 32],
    "erasure.counts": {"contact": 2},
    "staged_record.persons": "[]",
    "staged_record.payload": "{}",
}
_BY_TYPE: tuple[tuple[type[Any], Any], ...] = (
    (ShapelyGeometry, shapely.Point(121.47103, 31.234900000000003)),
    (JSON, {"乙": [0.1, None, 1e300, AWKWARD], "甲": {}}),
)
_BY_PYTHON: dict[type[Any], Any] = {
    str: AWKWARD,
    bool: True,
    int: 1,
    float: 0.1 + 0.2,
    datetime: datetime(2026, 2, 28, 23, 59, 59, 999999),  # noqa: DTZ001 - stored without a zone
    date: date(2026, 2, 28),
    bytes: bytes(range(256)),
}
_SPARSE = ("account", "demand_site", "lunch_outlet", "service_point", "upload")


def fill(store: Store) -> Store:
    """A row in every table, and in some a second one with nothing where nothing may stand."""
    with store.writing() as session:
        connection = session.connection()
        for table in Base.metadata.sorted_tables:
            row = {column.name: _value(table, column) for column in table.columns}
            connection.execute(insert(table), [row])
        for name in _SPARSE:
            connection.execute(insert(Base.metadata.tables[name]), [_sparse(name)])
        # What a library wrote as null and what was never written are two things.
        connection.execute(text("UPDATE demand_site SET given = 'null' WHERE id = 1"))
        connection.execute(text("UPDATE demand_site SET given = NULL WHERE id > 1"))
        _count_on(connection)
    return store


def _sparse(name: str) -> dict[str, Any]:
    table = Base.metadata.tables[name]
    row = {c.name: None if c.nullable else _value(table, c) for c in table.columns}
    named = {key: f"{AWKWARD}2" for key in ("key", "login", "name") if key in table.columns}
    return row | named | ({"id": LAST_ID} if "id" in table.columns else {})


def _value(table: Table, column: Column[Any]) -> Any:
    name = f"{table.name}.{column.name}"
    if name in _WORDS:
        return _WORDS[name]
    for kind, value in _BY_TYPE:
        if isinstance(column.type, kind):
            return value
    return _BY_PYTHON[column.type.python_type]


def _count_on(connection: Connection) -> None:
    """Rows that were given their numbers leave PostgreSQL's counters behind."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if table.autoincrement_column is not None:
            named = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
            connection.execute(text(named), {"name": table.name, "last": LAST_ID})
