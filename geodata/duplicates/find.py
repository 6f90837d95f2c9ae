"""Looking for duplicates of the records a file touched, and remembering what a person said."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from geodata.duplicates.evidence import door, evidence, is_news, is_point
from geodata.duplicates.names import plain_name
from geodata.duplicates.pairs import (
    NEAR_M,
    Records,
    Rule,
    at_one_door,
    duplicate_pairs,
    in_one_district,
    near_each_other,
)
from geodata.geodesy import metres_per_degree
from geodata.kinds import Kind, OutletKind, SiteKind
from geodata.records import LocatableTable
from geodata.tables import Duplicate, LunchOutlet, Place, ServicePoint

OPEN, MERGED, APART = "open", "merged", "apart"
# SQLite takes 32,766 bound values a statement.
_IDS_A_QUERY = 10_000
_BAND = 5_000
_BITS = {word: 1 << n for n, word in enumerate((*Kind, *SiteKind, *OutletKind))}

Pair = tuple[int, int]


class _Row(NamedTuple):
    id: int
    name: str
    canonical: str
    district: str
    level: str | None
    lon: float | None
    lat: float | None


def find_duplicates(session: Session, table: LocatableTable, ids: Iterable[int]) -> int:
    """Bring the candidates with any of these records up to date; returns how many are new.

    A pair kept apart is not asked again unless a name, address or position of it has changed.
    """
    touched = np.unique(np.fromiter(ids, dtype=np.int64))
    session.flush()
    found = set(_in_districts(session, table, touched)) | set(_in_bands(session, table, touched))
    new = 0
    for some in _some(sorted(found)):
        new += _remember(session, table, some)
    _forget(session, table, touched, found)
    return new


def _in_districts(
    session: Session, table: LocatableTable, touched: np.ndarray[Any, Any]
) -> Iterator[Pair]:
    """Pairs behind one door or of one name; a district is compared as a whole."""
    where: set[str] = set()
    for some in _some(touched.tolist()):
        where.update(session.scalars(select(table.district).where(table.id.in_(some)).distinct()))
    for district in sorted(where):
        rows = _rows(session, table, table.district == district)
        kinds = _kinds(session, table, table.district == district)
        yield from _pairs(table, rows, kinds, touched, (at_one_door, in_one_district))


def _in_bands(
    session: Session, table: LocatableTable, touched: np.ndarray[Any, Any]
) -> Iterator[Pair]:
    """Pairs near each other, in bands from west to east so that memory stays bounded."""
    spots: list[tuple[float, float]] = []
    for some in _some(touched.tolist()):
        found = select(table.lon, table.lat).where(table.id.in_(some), table.lon.is_not(None))
        spots += [(row.lon, row.lat) for row in session.execute(found)]
    for band in _some(sorted(spots), _BAND):
        near = _around(table, np.array(band))
        rows, kinds = _rows(session, table, near), _kinds(session, table, near)
        yield from _pairs(table, rows, kinds, touched, (near_each_other,))


def _around(table: LocatableTable, lonlat: np.ndarray[Any, Any]) -> ColumnElement[bool]:
    (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
    east_m, north_m = (float(metre.min()) for metre in metres_per_degree([south, north]))
    wide, high = NEAR_M / east_m * 1.01, NEAR_M / north_m * 1.01
    inside: ColumnElement[bool] = table.lon.between(
        float(west) - wide, float(east) + wide
    ) & table.lat.between(float(south) - high, float(north) + high)
    return inside


def _rows(session: Session, table: LocatableTable, which: ColumnElement[bool]) -> list[_Row]:
    columns = [getattr(table, name) for name in _Row._fields]
    found = session.execute(select(*columns).where(which).order_by(table.id))
    return [_Row(*row) for row in found]


def _kinds(session: Session, table: LocatableTable, which: ColumnElement[bool]) -> dict[int, int]:
    """The kinds of each record, a bit each; a place is of all kinds it has services of."""
    kind: Any = ServicePoint.kind if table is Place else cast("Any", table).kind
    asked = select(table.id, kind).where(which)
    if table is Place:
        asked = asked.join(ServicePoint)
    kinds: dict[int, int] = {}
    for record_id, kind in session.execute(asked):
        kinds[record_id] = kinds.get(record_id, 0) | _BITS[kind]
    return kinds


def _pairs(
    table: LocatableTable,
    rows: Sequence[_Row],
    kinds: dict[int, int],
    touched: np.ndarray[Any, Any],
    rules: Sequence[Rule],
) -> Iterator[Pair]:
    ids = np.array([row.id for row in rows], dtype=np.int64)
    lonlat = [(row.lon, row.lat) if is_point(row.level) else (None, None) for row in rows]
    records = Records(
        names=[plain_name(row.name) for row in rows],
        kinds=np.array([kinds.get(row.id, 0) for row in rows], dtype=np.int64),
        lonlat=np.array(lonlat, dtype=np.float64).reshape(-1, 2),
        doors=[_door(table, row, kinds) for row in rows],
        districts=[row.district for row in rows],
    )
    found = duplicate_pairs(records, touched=np.isin(ids, touched), rules=rules)
    return ((int(one), int(other)) for one, other in ids[found])


def _door(table: LocatableTable, row: _Row, kinds: dict[int, int]) -> str:
    # The restaurants of a mall share its door and are not one.
    if table is LunchOutlet and kinds[row.id] == _BITS[OutletKind.RESTAURANT]:
        return ""
    return door(row.canonical)


def _remember(session: Session, table: LocatableTable, pairs: Sequence[Pair]) -> int:
    """Store what was found; returns how many pairs a person is now asked who was not before."""
    name = table.__tablename__
    ids = {record_id for pair in pairs for record_id in pair}
    records = {row.id: row for row in _records(session, table, ids)}
    held = select(Duplicate).where(
        Duplicate.record_table == name, Duplicate.first_id.in_({one for one, _ in pairs})
    )
    known = {(row.first_id, row.second_id): row for row in session.scalars(held)}
    new = 0
    for one, other in pairs:
        seen = evidence(records[one], records[other]).as_json()
        row = known.get((one, other))
        if row is None:
            row = Duplicate(record_table=name, first_id=one, second_id=other, **_unsaid(seen))
            session.add(row)
            new += 1
        elif row.state == OPEN:
            row.evidence = seen
        elif is_news(row.evidence, seen):
            row.evidence, row.state, row.by, row.at = seen, OPEN, "", None
            new += 1
    session.flush()
    return new


def _unsaid(seen: dict[str, Any]) -> dict[str, Any]:
    return {"evidence": seen, "state": OPEN, "by": "", "at": None, "note": ""}


def _records(session: Session, table: LocatableTable, ids: Collection[int]) -> Iterator[Any]:
    for some in _some(sorted(ids)):
        yield from session.query(table).filter(table.id.in_(some))


def _forget(
    session: Session, table: LocatableTable, touched: np.ndarray[Any, Any], found: set[Pair]
) -> None:
    """Drop open candidates that a correction has settled."""
    name = table.__tablename__
    for some in _some(touched.tolist()):
        held = select(Duplicate.id, Duplicate.first_id, Duplicate.second_id).where(
            Duplicate.record_table == name,
            Duplicate.state == OPEN,
            or_(Duplicate.first_id.in_(some), Duplicate.second_id.in_(some)),
        )
        settled = [row.id for row in session.execute(held) if (row[1], row[2]) not in found]
        for gone in _some(settled):
            session.execute(delete(Duplicate).where(Duplicate.id.in_(gone)))


def _some(values: Sequence[Any], size: int = _IDS_A_QUERY) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
