"""Two records side by side, field by field, for the person who decides whether they are one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.duplicates.evidence import Located, evidence, is_point
from geodata.errors import NoSuchRecordError, NotFoundError
from geodata.review.reach import must_reach, reaches
from geodata.storing.records import LocatableTable
from geodata.tables import Merge, Place, ServicePoint
from geodata.tables.base import WITH_MERGED

RECORD_FIELDS = (
    *("name", "kind", "address", "district_declared", "district", "town"),
    *("level", "error_m", "position_source", "reason"),
)
SITE_FIELDS = (
    *("enterprises", "workers", "clinic", "canteen_seats", "meal_quota", "cabinet_cells"),
    *("lunch_declared", "seats", "turns", "quota", "price_yuan", "hours_text"),
)
SERVICE_FIELDS = (
    *("kind", "name", "status", "tier", "official_code", "union", "operator", "works", "year"),
    *("hours_text", "area_m2", "facilities", "services", "public_phone", "serves"),
    *("enterprises", "workers", "funds_yuan", "due", "half_days_per_week", "partner_clinic"),
    *("grade", "notes"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both; what neither says is no line."""

    field: str
    one: Any
    other: Any

    @property
    def differs(self) -> bool:
        return bool(self.one != self.other)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both records: their fields, their services in pairs, why they may be the same.

    `spots` are lon, lat in WGS-84 and the error in metres; None for a record without a point.
    """

    ids: tuple[int, int]
    names: tuple[str, str]
    record: tuple[Line, ...]
    services: tuple[tuple[Line, ...], ...]
    evidence: dict[str, Any]
    spots: tuple[tuple[float, float, float] | None, tuple[float, float, float] | None]
    districts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class MergeMade:
    """A merge that stands: which record went into which, by whom and when (UTC)."""

    gone_id: int
    gone: str
    kept_id: int
    kept: str
    district: str
    by: str
    at: datetime


def sides(session: Session, table: LocatableTable, first: int, second: int, *, by: Person) -> Sides:
    """Two standing records beside each other.

    Raises:
        NoSuchRecordError: one of them does not exist, or is out of a person's reach.
        NotFoundError: one of them stands in another.
    """
    one, other = (_any(session, table, each) for each in (first, second))
    # Where another's record stands now is no one else's to know either.
    must_reach(by, (one, other))
    _must_stand(one, other)
    fields = RECORD_FIELDS if table is Place else (*RECORD_FIELDS, *SITE_FIELDS)
    return Sides(
        ids=(one.id, other.id),
        names=(one.name, other.name),
        record=_lines(one, other, fields),
        services=tuple(_lines(a, b, SERVICE_FIELDS) for a, b in _pairs(one, other)),
        evidence=evidence(one, other).as_json(),
        spots=(_spot(one), _spot(other)),
        districts=(one.district, other.district),
    )


def merges(session: Session, table: LocatableTable, *, limit: int, by: Person) -> list[MergeMade]:
    """The merges that stand and are within a person's reach, the last one first."""
    asked = select(Merge).where(Merge.record_table == table.__tablename__)
    newest = session.scalars(asked.order_by(Merge.at.desc(), Merge.id.desc()))
    mine = (made for row in newest if (made := _made(session, table, row, by)))
    return list(islice(mine, limit))


def must_reach_merge(session: Session, table: LocatableTable, gone_id: int, *, by: Person) -> None:
    """Refuse to part what is another's.

    Raises:
        NoSuchRecordError: no such merge, or one of its records is out of a person's reach.
    """
    asked = select(Merge).filter_by(record_table=table.__tablename__, gone_id=gone_id)
    row = session.scalars(asked).one_or_none()
    if row is None:
        raise NoSuchRecordError
    must_reach(by, [_any(session, table, each) for each in (row.kept_id, row.gone_id)])


def _made(session: Session, table: LocatableTable, row: Merge, by: Person) -> MergeMade | None:
    kept, gone = _any(session, table, row.kept_id), _any(session, table, row.gone_id)
    if not reaches(by, (kept, gone)):
        return None
    return MergeMade(gone.id, gone.name, kept.id, kept.name, kept.district, row.by, row.at)


def _must_stand(*rows: Located) -> None:
    for row in rows:
        if row.merged_into is not None:
            raise NotFoundError(f"编号 {row.id} 已并入 {row.merged_into}：请改用那个编号。")


def _any(session: Session, table: LocatableTable, record_id: int) -> Located:
    row = session.get(table, record_id, execution_options=WITH_MERGED)
    if row is None:
        raise NoSuchRecordError
    return cast("Located", row)


def _lines(
    one: Located | ServicePoint | None, other: Located | ServicePoint | None, fields: Sequence[str]
) -> tuple[Line, ...]:
    lines = (Line(name, _value(one, name), _value(other, name)) for name in fields)
    return tuple(line for line in lines if line.one is not None or line.other is not None)


def _value(row: Located | ServicePoint | None, name: str) -> Any:
    """A field, None where it says nothing."""
    value = getattr(row, name, None)
    return None if value in ("", []) else value


def _pairs(one: Located, other: Located) -> Iterator[tuple[Any, Any]]:
    """Services of the same kind beside each other, in the order of the first record's."""
    if not isinstance(one, Place) or not isinstance(other, Place):
        return
    kinds = dict.fromkeys(service.kind for place in (one, other) for service in place.services)
    for kind in kinds:
        mine, its = (
            sorted((s for s in place.services if s.kind == kind), key=lambda s: s.name)
            for place in (one, other)
        )
        yield from zip_longest(mine, its)


def _spot(row: Located) -> tuple[float, float, float] | None:
    if not is_point(row.level) or row.lon is None or row.lat is None:
        return None
    return row.lon, row.lat, row.error_m or 0.0
