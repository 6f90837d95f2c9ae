"""Which rows of a file its sender may bring: those of his own districts and unions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.declared import Declared, DeclaredApplication, DeclaredPlace, Placed
from geodata.errors import ForbiddenError
from geodata.store import Store
from geodata.tables import (
    Base,
    DemandSite,
    ImportBefore,
    LunchOutlet,
    Place,
    RegisterEntry,
    ServicePoint,
    TownWorkers,
    TrainingApplication,
)
from importers.intake import Bar

_RECORDS: Mapping[str, type[Base]] = {
    of.__tablename__: of
    for of in (
        *(Place, ServicePoint, DemandSite, LunchOutlet),
        *(RegisterEntry, TownWorkers, TrainingApplication),
    )
}


def bar_for(store: Store, person: Person) -> Bar | None:
    """Why a record may not come in; None for a person whom nothing bounds."""
    if person.everywhere:
        return None
    scope = "、".join((*person.districts, *person.unions))
    foreign = _foreign_codes(store, person)

    def bar(placed: Placed) -> str:
        if not placed.district and not person.unions:
            return f"看不出在哪个区，没有收：请写明区。你的账号管的是{scope}"
        if not any(person.reaches(placed.district, union) for union in _unions(placed.declared)):
            where = placed.district or "别处"
            return f"这一行在{where}，没有收：你的账号管的是{scope}，请由{where}的账号导入"
        codes = _codes(placed.declared) & foreign.keys()
        if codes:
            code = min(codes)
            return f"编号“{code[1]}”是{foreign[code]}已有的站点，没有收：请核对编号"
        return ""

    return bar


def must_have_reached(session: Session, run_id: int, person: Person) -> None:
    """Refuse an import that has written over another's records, whatever led it to them.

    Raises:
        ForbiddenError: it has; its transaction must not be kept.
    """
    if person.everywhere:
        return
    written = select(ImportBefore).where(ImportBefore.run_id == run_id)
    for one in session.scalars(written.where(ImportBefore.record_table.in_(_RECORDS))):
        record = session.get(_RECORDS[one.record_table], one.record_id)
        if record is not None and not _is_reached(person, record, one.before):
            raise ForbiddenError(
                "这个文件会改到别的区局已有的记录，没有导入。请核对名称、地址和编号，"
                "或请能看全市的账号导入。"
            )


def _is_reached(person: Person, record: Any, before: Mapping[str, Any]) -> bool:
    if isinstance(record, ServicePoint):
        return person.reaches(record.place.district, str(before.get("union", record.union)))
    unions = {one.union for one in record.services} if isinstance(record, Place) else set[str]()
    unions.add(getattr(record, "union", ""))
    district = str(before.get("district", record.district))
    return any(person.reaches(district, union) for union in unions)


def _unions(declared: Declared) -> tuple[str, ...]:
    match declared:
        case DeclaredPlace():
            return tuple(service.union for service in declared.services)
        case DeclaredApplication():
            return (declared.union,)
        case _:
            return ("",)


def _codes(declared: Declared) -> set[tuple[str, str]]:
    if not isinstance(declared, DeclaredPlace):
        return set()
    return {(one.kind.value, one.official_code) for one in declared.services if one.official_code}


def _foreign_codes(store: Store, person: Person) -> dict[tuple[str, str], str]:
    """The official codes of points that are another's, by which a row would change them."""
    point = ServicePoint
    query = select(point.kind, point.official_code, Place.district, point.union).join(Place)
    with store.reading() as session:
        rows = session.execute(query.where(point.official_code != "")).all()
    return {
        (row.kind, row.official_code): row.district or "别处"
        for row in rows
        if not person.reaches(row.district, row.union)
    }
