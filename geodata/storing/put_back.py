"""Taking the rows of one import away again and putting back what it wrote over.

Newest first, so that a row written twice ends as it was before. A value that must be unique may
still be held by another row that is put back later: meanwhile all of them stand aside.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shapely import Point, from_wkb
from sqlalchemy import (
    Date,
    DateTime,
    String,
    Table,
    bindparam,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from geodata.storing.bulk import insert_many, update_many
from geodata.storing.held import rows_with, table, table_of_class
from geodata.storing.in_the_way import SERVICE, Touched
from geodata.storing.overwritten import SHAPE
from geodata.storing.ready import LOCATED, TABLES, Values
from geodata.storing.traces import PAIRS
from geodata.tables import (
    Contact,
    Duplicate,
    ImportBefore,
    RefusedCell,
    RefusedRow,
    ServicePoint,
    SourceRow,
    StatusChange,
)

_AT_ONCE = 1_000
# No key, kind or cell holds it.
_ASIDE = "\x1f"
_POINT, _SOURCE = table_of_class(ServicePoint), table_of_class(SourceRow)
_LOCATED = [table_of_class(one) for one in LOCATED]

Image = Mapping[str, Any]


def images(session: Session, run_id: int, name: str) -> Iterator[Sequence[Image]]:
    """What a run wrote over in a table, the last first, some at a time."""
    of = table_of_class(ImportBefore)
    mine = select(of).where(of.c.run_id == run_id, of.c.record_table == name)
    some = mine
    while rows := session.execute(some.order_by(of.c.id.desc()).limit(_AT_ONCE)).mappings().all():
        yield [dict(row) for row in rows]
        some = mine.where(of.c.id < rows[-1]["id"])


def remove_and_restore(session: Session, touched: Touched) -> int:
    """Bring all records of a run, what is beside them and its refused rows to where they were.

    Returns how many records went.
    """
    for of in map(table_of_class, (SourceRow, Contact, StatusChange)):
        session.execute(delete(of).where(touched.makes(of.c.id, of.name)))
    _remove_pairs(session, touched)
    _aside(session, touched, _POINT, "kind")
    for of in _LOCATED:
        _aside(session, touched, of, "key")
    session.execute(delete(_POINT).where(touched.makes(_POINT.c.id, SERVICE)))
    _restore(session, touched, _POINT)
    gone = sum(_remove(session, touched, table(name)) for name in TABLES)
    for name in TABLES:
        _restore(session, touched, table(name))
    _restore(session, touched, _SOURCE)
    _back(session, touched, _POINT, "kind")
    for of in _LOCATED:
        _back(session, touched, of, "key")
    _restore_pairs(session, touched)
    for refused in map(table_of_class, (RefusedRow, RefusedCell)):
        session.execute(delete(refused).where(refused.c.run_id == touched.run.id))
    return gone


def from_plain(of: Table, values: Mapping[str, Any]) -> Values:
    """Column values that went through JSON."""
    return {name: _read(of.c[name].type, value) for name, value in values.items()}


def _read(kind: object, value: Any) -> Any:
    if value is None or not isinstance(kind, Date | DateTime):
        return value
    return date.fromisoformat(value) if isinstance(kind, Date) else datetime.fromisoformat(value)


def _remove(session: Session, touched: Touched, of: Table) -> int:
    mine = touched.makes(of.c.id, of.name)
    count = session.scalar(select(func.count()).select_from(of).where(mine)) or 0
    session.execute(delete(of).where(mine))
    return count


def _remove_pairs(session: Session, touched: Touched) -> None:
    of = table_of_class(Duplicate)
    session.execute(delete(of).where(touched.makes(of.c.id, PAIRS)))
    for located in _LOCATED:
        sides = (touched.makes(side, located.name) for side in (of.c.first_id, of.c.second_id))
        session.execute(delete(of).where(of.c.record_table == located.name, or_(*sides)))


def _aside(session: Session, touched: Touched, of: Table, column: str) -> None:
    aside = of.c[column] + _ASIDE + cast(of.c.id, String)
    mine = touched.changes(of.c.id, of.name)
    session.execute(update(of).where(mine).values({column: aside}))


def _back(session: Session, touched: Touched, of: Table, column: str) -> None:
    aside = _ASIDE + cast(of.c.id, String)
    mine = touched.changes(of.c.id, of.name)
    session.execute(update(of).where(mine).values({column: func.replace(of.c[column], aside, "")}))


def _restore(session: Session, touched: Touched, of: Table) -> None:
    for some in images(session, touched.run.id, of.name):
        earliest = {image["record_id"]: {**image["before"]} for image in some}
        for image in some:
            earliest[image["record_id"]] |= image["before"]
        update_many(session, of, ((row, _columns(of, v)) for row, v in earliest.items()))


def _columns(of: Table, before: Values) -> Values:
    values = from_plain(of, {name: v for name, v in before.items() if name != SHAPE})
    if SHAPE in before:
        values[SHAPE] = from_wkb(before[SHAPE])
    elif "lon" in before and SHAPE in of.c:
        lon, lat = before["lon"], before["lat"]
        values[SHAPE] = None if lon is None else Point(lon, lat)
    return values


def _restore_pairs(session: Session, touched: Touched) -> None:
    of = table_of_class(Duplicate)
    pair = ("record_table", "first_id", "second_id")
    same = [of.c[name] == bindparam(f"its_{name}") for name in pair]
    for some in images(session, touched.run.id, PAIRS):
        rows = [from_plain(of, image["before"]) for image in some]
        asked = [{f"its_{name}": row[name] for name in pair} for row in rows]
        session.connection().execute(delete(of).where(*same), asked)
        insert_as_before(session, of, rows)


def insert_as_before(session: Session, of: Table, rows: Sequence[Values]) -> None:
    """Insert rows under the ids they had, but for those that have been given away."""
    ids = {row["id"] for row in rows}
    taken = {row["id"] for row in rows_with(session, select(of.c.id), of.c.id, ids)}
    insert_many(session, of, [row for row in rows if row["id"] not in taken])
    others = [row for row in rows if row["id"] in taken]
    insert_many(session, of, [{k: v for k, v in row.items() if k != "id"} for row in others])


def standing(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the canonical addresses at which records stand."""
    found: set[str] = set()
    for of in _LOCATED:
        at = select(of.c.canonical).distinct()
        found |= {row["canonical"] for row in rows_with(session, at, of.c.canonical, keys)}
    return found
