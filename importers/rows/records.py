"""From a row read cell by cell to the record it declares.

The life of a service follows from the form: what a notice lists serves now (plaqued), what a
declaration asks for is declared, an upgrade serves already. A 状态 that cannot be read is kept
as surveyed, which no public page shows. A plain list whose title says 申报 is a declaration.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from geodata.declared import (
    Declared,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
)
from geodata.kinds import KINDS, Clinic, Kind, OutletKind, SiteKind, Status, Works
from geodata.place.address import normalise
from importers.cells import typed, words
from importers.cells.dates import due
from importers.cells.kind_words import KindCell, driver_grade
from importers.cells.words import Makes, meaning
from importers.rows.extra import extra
from importers.rows.keyed_records import application, requirement, workers
from importers.rows.kinds_of_row import COMPLEX_KINDS, kinds_of
from importers.rows.offer import hours_of, offer, one_line
from importers.rows.row import FormRow
from importers.rows.whereabouts import contacts, coordinates, district_and_town
from importers.tables.titles import is_declaration, kinds_in_title

# 浦电路438号 and 东园路18号 in one cell are two doors; brackets and 近… say more of the same one.
_DOOR = re.compile(r"(?P<road>[\u4e00-\u9fff]{1,10}?(?:路|街|大道))(?:\d+弄)?\d+号")
# The union's longest name has forty; a cell with more holds a list or a story.
LONGEST_NAME = 200
_YEAR = re.compile(r"(20\d\d)年")
_ASIDE = re.compile(r"\([^()]*\)|近[^,;、，；]*")


def declare(row: FormRow) -> Declared:
    """The record of one row.

    Raises:
        RefusedRowError: a cell the record cannot do without is blank or unreadable.
    """
    for one in row.form.fields:
        if one.filled:
            row.needed(one.name)
    if (length := len(row.text("name"))) > LONGEST_NAME:
        row.refuse("name", f"不超过 {LONGEST_NAME} 个字的名称；这一格有 {length} 个字")
    return _BUILDERS[row.form.makes](row)


def _place(row: FormRow) -> DeclaredPlace:
    _flag_second_door(row)
    services = _services(row, kinds_of(row))
    district, town = district_and_town(row)
    return DeclaredPlace(
        name=row.text("name"),
        address=row.text("address"),
        district=district,
        town=town,
        services=services,
        coordinates=coordinates(row),
        contacts=contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _flag_second_door(row: FormRow) -> None:
    roads = {found["road"] for found in _DOOR.finditer(_ASIDE.sub("", row.text("address")))}
    if len(roads) > 1:
        row.flag("several_addresses", "一格里有不止一个地址，按第一个算；请一行写一个", "address")


def _services(row: FormRow, cell: KindCell) -> tuple[DeclaredService, ...]:
    works = row.read("works", partial(meaning, words.WORKS_WORDS))
    offered = offer(row)
    year = _YEAR.search(row.title)
    finished = due(row.written("due"), year=int(year[1]) if year else None)
    half_days = row.number("half_days", typed.half_days)
    first = DeclaredService(
        kind=cell.kinds[0],
        name=row.text("name"),
        status=Status.PLAQUED if works is Works.UPGRADE else _status(row),
        tier=KINDS[cell.kinds[0]].tier,
        official_code=row.text("official_code"),
        operator=row.text("operator") or normalise(row.head.get("head_operator", "")),
        works=works,
        year=row.read("year", typed.year),
        hours_text=offered.hours_text,
        hours=offered.hours,
        area_m2=row.number("area", typed.area_m2),
        facilities=offered.facilities,
        services=tuple(dict.fromkeys((*offered.services, *cell.services))),
        public_phone=row.phone(),
        serves=row.text("serves"),
        enterprises=row.whole("enterprises", typed.heads),
        workers=row.whole("workers", typed.heads),
        funds_yuan=row.number("funds", partial(typed.yuan, factor=row.unit_factor("funds"))),
        due=finished.text,
        due_on=finished.latest,
        half_days_per_week=offered.half_days if half_days is None else half_days,
        partner_clinic=row.text("partner_clinic"),
        union=normalise(row.head.get("head_union", "")),
        notes=offered.notes,
        extra=extra(row),
    )
    return tuple(_of_kind(first, kind, cell, _grade(row)) for kind in cell.kinds)


def _of_kind(first: DeclaredService, kind: Kind, cell: KindCell, grade: str) -> DeclaredService:
    """The service of one kind behind a door; what is the place's once stays with the first."""
    is_first = kind is first.kind
    if is_first and not (cell.model or cell.complex_site or cell.grade(kind) or grade):
        return first
    return replace(
        first,
        kind=kind,
        tier=KINDS[kind].tier,
        # Given to each kind the area would be added up.
        area_m2=first.area_m2 if is_first else None,
        model_room=cell.model and kind is Kind.REST_ROOM,
        complex_site=cell.complex_site and kind in COMPLEX_KINDS,
        grade=cell.grade(kind) or (grade if is_first else ""),
    )


def _grade(row: FormRow) -> str:
    if row.form.kind is Kind.DRIVERS_HOME:
        return row.read("grade", driver_grade) or ""
    return row.text("grade")


def _status(row: FormRow) -> Status:
    if not row.written("status"):
        if "status" not in row.form.by_name or not is_declaration(row.table):
            return row.form.status
        row.flag("declared_by_title", "标题写的是申报，状态记为“已申报”，不对外公开")
        return Status.DECLARED
    return row.read("status", partial(meaning, words.STATUS_WORDS)) or Status.SURVEYED


def _kind(row: FormRow, known: Mapping[str, object]) -> object:
    """The kind the 类别 cell names; without such a column the title names one."""
    if row.has("kind"):
        return row.needed_value("kind", partial(meaning, known))
    return kinds_in_title(row.form.makes, row.table)[0]


def _site(row: FormRow) -> DeclaredSite:
    seats = partial(typed.heads, nothing=True)
    kind = cast("SiteKind", _kind(row, words.SITE_WORDS))
    district, town = district_and_town(row)
    clinic = row.read("clinic", partial(meaning, words.CLINIC_WORDS))
    return DeclaredSite(
        name=row.text("name"),
        kind=kind,
        address=row.text("address"),
        district=district,
        town=town,
        enterprises=row.whole("enterprises", typed.heads),
        workers=row.whole("workers", typed.heads),
        clinic=clinic or Clinic.UNKNOWN,
        canteen_seats=row.whole("canteen_seats", seats),
        meal_quota=row.whole("meal_quota", seats),
        cabinet_cells=row.whole("cabinet_cells", seats),
        lunch_declared=row.read("lunch_declared", partial(meaning, words.YES_NO_WORDS)),
        extra=extra(row),
        coordinates=coordinates(row),
        contacts=contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _outlet(row: FormRow) -> DeclaredOutlet:
    seats = partial(typed.heads, nothing=True)
    kind = cast("OutletKind", _kind(row, words.OUTLET_WORDS))
    district, town = district_and_town(row)
    hours_text = one_line(row.written("hours"))
    return DeclaredOutlet(
        name=row.text("name"),
        kind=kind,
        address=row.text("address"),
        district=district,
        town=town,
        seats=row.whole("seats", seats),
        turns=row.number("turns", typed.turns),
        quota=row.whole("quota", seats),
        price_yuan=row.number("price", partial(typed.yuan, factor=row.unit_factor("price"))),
        hours_text=hours_text,
        hours=hours_of(row, hours_text),
        extra=extra(row),
        coordinates=coordinates(row),
        contacts=contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


_BUILDERS: dict[Makes, Callable[[FormRow], Declared]] = {
    Makes.PLACE: _place,
    Makes.SITE: _site,
    Makes.OUTLET: _outlet,
    Makes.WORKERS: workers,
    Makes.REQUIREMENT: requirement,
    Makes.APPLICATION: application,
}
