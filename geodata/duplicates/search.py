"""The stored records as columns for the rules, all at once or part by part."""

from array import array
from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from geodata.duplicates.evidence import door, is_point
from geodata.duplicates.names import plain_name
from geodata.duplicates.pairs import (
    NEAR_M,
    RULES,
    Records,
    Rule,
    at_one_door,
    duplicate_pairs,
    in_one_district,
    near_each_other,
)
from geodata.geodesy import metres_per_degree
from geodata.kinds import Kind, OutletKind, SiteKind
from geodata.storing.records import LocatableTable
from geodata.tables import LunchOutlet, Place, ServicePoint

# SQLite takes 32,766 bound values a statement.
_IDS_A_QUERY = 10_000
_BAND = 5_000
# Up to here a table is compared at once, and so many records are looked up one by one.
AT_ONCE = 30_000
_FEW = 500
_BITS = {word: 1 << n for n, word in enumerate((*Kind, *SiteKind, *OutletKind))}

_COLUMNS = ("id", "name", "canonical", "district", "level", "lon", "lat")

Pair = tuple[int, int]
Ids = NDArray[np.int64]


class _Plain(Sequence[str]):
    """Plain names made when asked for: of those near each other, not of a whole city."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, n: Any) -> Any:
        return plain_name(self._names[n])


def search(
    session: Session, table: LocatableTable, touched: Ids, *, at_once: int
) -> Iterator[Pair]:
    """Pairs of ids, the smaller first, with a touched one (sorted); some may come twice."""
    stored = session.scalar(select(func.count()).select_from(table)) or 0
    if stored <= at_once:
        return _among(session, table, true(), touched, RULES)
    return _in_parts(session, table, touched)


def _in_parts(session: Session, table: LocatableTable, touched: Ids) -> Iterator[Pair]:
    """District by district for doors and names, then in bands from west to east for what is near.

    Memory stays that of one district, whatever a file holds.
    """
    where: set[str] = set()
    lonlat = array("d")
    for row in _touched(session, table, touched):
        where.add(row.district)
        if row.lon is not None:
            lonlat.extend((row.lon, row.lat))
    for district in sorted(where):
        inside = table.district == district
        yield from _among(session, table, inside, touched, (at_one_door, in_one_district))
    spots = np.array(lonlat).reshape(-1, 2)
    from_the_west = spots[np.argsort(spots[:, 0])]
    for start in range(0, len(spots), _BAND):
        around = _around(table, from_the_west[start : start + _BAND])
        yield from _among(session, table, around, touched, (near_each_other,))


def _touched(session: Session, table: LocatableTable, touched: Ids) -> Iterator[Any]:
    columns = select(table.id, table.district, table.lon, table.lat)
    if len(touched) <= _FEW:
        yield from session.execute(columns.where(table.id.in_(touched.tolist())))
        return
    between = table.id.between(int(touched[0]), int(touched[-1]))
    for row in session.execute(columns.where(between).execution_options(yield_per=_BAND)):
        if holds(touched, row.id):
            yield row


def holds(touched: Ids, record_id: int) -> bool:
    """Whether an id is among the touched, which are sorted; a set of a million costs 60 MB."""
    at = int(touched.searchsorted(record_id))
    return at < len(touched) and int(touched[at]) == record_id


def _around(table: LocatableTable, lonlat: np.ndarray[Any, Any]) -> ColumnElement[bool]:
    (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
    east_m, north_m = (float(metre.min()) for metre in metres_per_degree([south, north]))
    wide, high = NEAR_M / east_m * 1.01, NEAR_M / north_m * 1.01
    inside: ColumnElement[bool] = table.lon.between(
        float(west) - wide, float(east) + wide
    ) & table.lat.between(float(south) - high, float(north) + high)
    return inside


def _kinds(session: Session, table: LocatableTable, which: ColumnElement[bool]) -> dict[int, int]:
    """The kinds of each record, a bit each; a place is of all kinds it has services of."""
    kind: Any = ServicePoint.kind if table is Place else cast("Any", table).kind
    asked = select(table.id, kind).where(which)
    if table is Place:
        asked = asked.join(ServicePoint)
    kinds: dict[int, int] = {}
    for record_id, kind in session.execute(asked.execution_options(yield_per=_BAND)):
        kinds[record_id] = kinds.get(record_id, 0) | _BITS[kind]
    return kinds


def _among(
    session: Session,
    table: LocatableTable,
    which: ColumnElement[bool],
    touched: Ids,
    rules: Sequence[Rule],
) -> Iterator[Pair]:
    """The pairs the rules find among some records of a table.

    The rows are read as a stream and kept as columns: a district may hold 200,000.
    """
    kinds = _kinds(session, table, which)
    ids, lonlat = array("q"), array("d")
    names: list[str] = []
    doors: list[str] = []
    districts: list[str] = []
    columns = [getattr(table, name) for name in _COLUMNS]
    rows = session.execute(select(*columns).where(which).execution_options(yield_per=_BAND))
    for record_id, name, canonical, district, level, lon, lat in rows:
        ids.append(record_id)
        lonlat.extend((lon, lat) if is_point(level) else (np.nan, np.nan))
        names.append(plain_name(name) if in_one_district in rules else name)
        districts.append(intern(district))
        if at_one_door in rules:
            doors.append(_door(table, canonical, kinds.get(record_id, 0)))
    records = Records(
        names=names if in_one_district in rules else _Plain(names),
        kinds=np.array([kinds.get(record_id, 0) for record_id in ids], dtype=np.int64),
        lonlat=np.array(lonlat).reshape(-1, 2),
        doors=doors,
        districts=districts,
    )
    of = np.array(ids, dtype=np.int64)
    found = duplicate_pairs(records, touched=np.isin(of, touched), rules=rules)
    return ((int(one), int(other)) for one, other in np.sort(of[found], axis=1))


def _door(table: LocatableTable, canonical: str, kinds: int) -> str:
    # The restaurants of a mall share its door and are not one.
    if table is LunchOutlet and kinds == _BITS[OutletKind.RESTAURANT]:
        return ""
    return door(canonical)


def some_of(values: Sequence[Any], size: int = _IDS_A_QUERY) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
