"""Writing an inspection down: what kind, by which office, what was found of each item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from geodata import moments
from geodata.accounts.audit import record as audit
from geodata.accounts.roles import Person, Role
from geodata.errors import ParameterError
from geodata.inspections.schemes import Scheme, scheme_of
from geodata.lifecycle.point import must_be, must_be_city, point_of
from geodata.tables import Inspection
from geodata.version import grow_version


class InspectionKind(StrEnum):
    """Who looks: the point itself, its district at a spot check, the city at random."""

    SELF = "self"
    DISTRICT = "district"
    CITY = "city"


INSPECTION_LABELS: dict[InspectionKind, tuple[str, str]] = {
    InspectionKind.SELF: ("自查", "Self-check"),
    InspectionKind.DISTRICT: ("区抽查", "District spot check"),
    InspectionKind.CITY: ("市随机检查", "City random check"),
}


class Found(StrEnum):
    """What was found of an item; what nobody looked at is neither good nor bad."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_LOOKED = "not_looked"


@dataclass(frozen=True, slots=True)
class Looked:
    """One item of a checklist as it was found."""

    found: Found
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An inspection; `office` is a role or an office, `passed` of None decides nothing."""

    kind: InspectionKind
    on: date
    office: str
    items: Mapping[str, Looked] = field(default_factory=dict)
    passed: bool | None = None
    note: str = ""


def record(
    session: Session, service_id: int, seen: Seen, *, by: Person, today: date | None = None
) -> int:
    """Keep an inspection under the checklist of its year; its number.

    Raises:
        NotFoundError: no such service point.
        ForbiddenError: it is out of reach, or this kind of inspection is another role's.
        ParameterError: the day, the office or the items do not fit.
    """
    point = point_of(session, service_id, by=by)
    _may(seen.kind, by)
    scheme = _checked(seen, today or moments.today())
    row = Inspection(
        service_point_id=point.id,
        kind=seen.kind.value,
        on=seen.on,
        office=seen.office.strip(),
        scheme=scheme.key if scheme else "",
        items=_items(scheme, seen.items),
        passed=seen.passed,
        note=seen.note.strip(),
        by=by.login,
    )
    session.add(row)
    session.flush()
    audit(
        session,
        by=by.login,
        action="inspection.add",
        table="service_point",
        record_id=point.id,
        district=point.place.district,
        detail={"inspection": row.id, "kind": row.kind, "on": str(row.on), "passed": row.passed},
    )
    grow_version(session)
    return row.id


def _may(kind: InspectionKind, by: Person) -> None:
    what = f"登记{INSPECTION_LABELS[kind][0]}"
    must_be(Role.EDITOR if kind is InspectionKind.SELF else Role.REVIEWER, by, what)
    if kind is InspectionKind.CITY:
        must_be_city(by, what)


def _checked(seen: Seen, today: date) -> Scheme | None:
    scheme = scheme_of(seen.on.year)
    looked = {code for code, one in seen.items.items() if one.found is not Found.NOT_LOOKED}
    if seen.on > today:
        raise ParameterError(f"日期 {seen.on} 还没有到。")
    if not seen.office.strip():
        raise ParameterError("要写明由哪个部门或岗位检查，不写人名。")
    if scheme is None and looked:
        raise ParameterError(f"{seen.on.year} 年没有检查清单，不收逐项结果。")
    if scheme is not None and not looked <= set(scheme.codes):
        raise ParameterError(f"{seen.on.year} 年用的是“{scheme.name}”，不收别的年度的项目。")
    faults = [code for code, one in seen.items.items() if one.found is Found.NOT_OK]
    if seen.passed and faults:
        raise ParameterError("有项目不合格，结论不能是合格。")
    return scheme


def _items(scheme: Scheme | None, items: Mapping[str, Looked]) -> dict[str, Any]:
    if scheme is None:
        return {}
    found = {code: items.get(code, Looked(Found.NOT_LOOKED)) for code in scheme.codes}
    return {code: [one.found.value, one.note.strip()] for code, one in found.items()}
