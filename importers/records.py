"""From a row read cell by cell to the record it declares.

The life of a service follows from the form: what a notice lists serves now (plaqued), what a
declaration asks for is declared, an upgrade serves already. A 状态 that cannot be read is kept
as surveyed, which no public page shows.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from geodata.declared import (
    Contact,
    Declared,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
)
from geodata.kinds import KINDS, Clinic, Kind, Status, Works
from geodata.model import Coordinates
from geodata.place.address import normalise, parse
from geodata.place.district import canonical_district
from importers import cells, words
from importers.head import head_contacts
from importers.hours import split_services_hours
from importers.row import FormRow
from importers.words import KindCell, Makes, kind_cell, meaning

# A 服务职工综合体 is a grade of these two; the other kinds at its door are not.
_COMPLEX_KINDS = frozenset({Kind.SERVICE_HUB, Kind.SERVICE_STATION})
_MODEL_TITLE = re.compile(r"样板间|示范点")
_SERVICE = re.compile(r"咨询|援助|调解|培训|讲座|指导|课程|活动|体检|服务$|帮扶|维权|阅读|慰问")


def declare(row: FormRow) -> Declared:
    """The record of one row.

    Raises:
        RefusedRowError: a cell the record cannot do without is blank or unreadable.
    """
    for one in row.form.fields:
        if one.filled:
            row.needed(one.name)
    return _BUILDERS[row.form.makes](row)


def _place(row: FormRow) -> DeclaredPlace:
    services = _services(row, _kinds(row))
    district, town = _district_and_town(row)
    return DeclaredPlace(
        name=row.text("name"),
        address=row.text("address"),
        district=district,
        town=town,
        services=services,
        coordinates=_coordinates(row),
        contacts=_contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _kinds(row: FormRow) -> KindCell:
    if row.form.kind is not None:
        whole = f"{row.title} {row.sheet_name}"
        return KindCell((row.form.kind,), model=bool(_MODEL_TITLE.search(whole)))
    cell = row.needed_value("kind", kind_cell)
    if cell.unknown:
        row.fault("kind", f"已知的站点类别；“{'、'.join(cell.unknown)}”不是，没有登记")
    if not cell.kinds and not cell.complex_site:
        row.refuse("kind", "站点类别，例如 户外职工驿站、职工书屋")
    if not cell.complex_site or not _COMPLEX_KINDS.isdisjoint(cell.kinds):
        return cell
    row.flag("hub_or_station", "写了“服务职工综合体”，未写总站还是服务站；暂按服务站", "kind")
    return replace(cell, kinds=(*cell.kinds, Kind.SERVICE_STATION))


def _services(row: FormRow, cell: KindCell) -> tuple[DeclaredService, ...]:
    works = row.read("works", partial(meaning, words.WORKS_WORDS))
    hours, facilities, services, notes = _offer(row)
    first = DeclaredService(
        kind=cell.kinds[0],
        name=row.text("name"),
        status=Status.PLAQUED if works is Works.UPGRADE else _status(row),
        tier=KINDS[cell.kinds[0]].tier,
        official_code=row.text("official_code"),
        operator=row.text("operator") or normalise(row.head.get("head_operator", "")),
        works=works,
        year=row.read("year", cells.year),
        hours_text=hours,
        area_m2=row.number("area", cells.area_m2),
        facilities=facilities,
        services=services,
        public_phone=row.phone(),
        serves=row.text("serves"),
        enterprises=row.whole("enterprises", cells.heads),
        workers=row.whole("workers", cells.heads),
        funds_yuan=row.number("funds", partial(cells.yuan, factor=row.unit_factor("funds"))),
        due=_line(row.written("due")),
        half_days_per_week=row.number("half_days", cells.half_days),
        partner_clinic=row.text("partner_clinic"),
        notes=notes,
    )
    return tuple(
        replace(
            first,
            kind=kind,
            tier=KINDS[kind].tier,
            # The area is the place's, once: given to each kind it would be added up.
            area_m2=first.area_m2 if kind is first.kind else None,
            model_room=cell.model and kind is Kind.REST_ROOM,
            complex_site=cell.complex_site and kind in _COMPLEX_KINDS,
        )
        for kind in cell.kinds
    )


def _status(row: FormRow) -> Status:
    if not row.written("status"):
        return row.form.status
    return row.read("status", partial(meaning, words.STATUS_WORDS)) or Status.SURVEYED


def _offer(row: FormRow) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """Hours, facilities, services and notes, from whichever columns the form has for them."""
    hours = _line(row.written("hours"))
    facilities = _items(row.written("facilities"))
    services = _items(row.written("services"))
    notes = _line(row.written("notes"))
    mixed = _items(row.written("mixed"))
    services += tuple(item for item in mixed if _SERVICE.search(item))
    facilities += tuple(item for item in mixed if not _SERVICE.search(item))
    if both := row.written("services_hours"):
        split = split_services_hours(both)
        if split is None:
            notes = _line(both)
        else:
            services, hours = split
    return hours, facilities, services, notes


def _items(text: str) -> tuple[str, ...]:
    return tuple(normalise(item) for item in cells.items(text))


def _line(text: str) -> str:
    return " ".join(text.split())


def _district_and_town(row: FormRow) -> tuple[str, str]:
    head = row.head.get("head_district", "")
    town = row.text("town")
    if row.form.district_in_name:
        return canonical_district(row.text("name")) or "", town
    if "district" in row.form.by_name or not head:
        return row.district(), town
    district = canonical_district(head) or ""
    address = parse(head)
    return district, town or address.town or address.area


def _coordinates(row: FormRow) -> Coordinates | None:
    """The pair the form gives; without a datum it may lie 500 m or 1 km off and is not used."""
    given = [name for name in ("lon", "lat") if row.written(name)]
    if not given:
        return None
    lon = row.read("lon", partial(cells.degrees, limit=180.0))
    lat = row.read("lat", partial(cells.degrees, limit=90.0))
    if lon is None or lat is None or (lon, lat) == (0.0, 0.0):
        row.fault(given[0], "经度和纬度成对填写的十进制度数，例如 121.4710 和 31.2349")
        return None
    if not row.written("datum"):
        row.fault(given[0], "坐标要在“坐标系”列写明 WGS-84、GCJ-02、BD-09 或 CGCS2000")
        return None
    datum = row.read("datum", partial(meaning, words.DATUM_WORDS))
    return Coordinates(lon, lat, datum) if datum else None


def _contacts(row: FormRow) -> tuple[Contact, ...]:
    own = Contact(
        name=row.private("contact"),
        mobile=row.private("mobile"),
        email=row.private("email"),
        role="点位联系人",
    )
    named = (own,) if own.name or own.mobile or own.email else ()
    return (*named, *row.contacts, *head_contacts(row.head))


def _site(row: FormRow) -> DeclaredSite:
    seats = partial(cells.heads, nothing=True)
    kind = row.needed_value("kind", partial(meaning, words.SITE_WORDS))
    district, town = _district_and_town(row)
    clinic = row.read("clinic", partial(meaning, words.CLINIC_WORDS))
    return DeclaredSite(
        name=row.text("name"),
        kind=kind,
        address=row.text("address"),
        district=district,
        town=town,
        enterprises=row.whole("enterprises", cells.heads),
        workers=row.whole("workers", cells.heads),
        clinic=clinic or Clinic.UNKNOWN,
        canteen_seats=row.whole("canteen_seats", seats),
        meal_quota=row.whole("meal_quota", seats),
        cabinet_cells=row.whole("cabinet_cells", seats),
        lunch_declared=row.read("lunch_declared", partial(meaning, words.YES_NO_WORDS)),
        coordinates=_coordinates(row),
        contacts=_contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _outlet(row: FormRow) -> DeclaredOutlet:
    seats = partial(cells.heads, nothing=True)
    kind = row.needed_value("kind", partial(meaning, words.OUTLET_WORDS))
    district, town = _district_and_town(row)
    return DeclaredOutlet(
        name=row.text("name"),
        kind=kind,
        address=row.text("address"),
        district=district,
        town=town,
        seats=row.whole("seats", seats),
        turns=row.number("turns", cells.turns),
        quota=row.whole("quota", seats),
        price_yuan=row.number("price", partial(cells.yuan, factor=row.unit_factor("price"))),
        hours_text=_line(row.written("hours")),
        coordinates=_coordinates(row),
        contacts=_contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _workers(row: FormRow) -> DeclaredWorkers:
    most = partial(cells.heads, most=50_000_000)
    district = row.district() or row.refuse("district", "本市一个区的名称，例如 浦东新区")
    return DeclaredWorkers(
        district=district,
        town=row.text("town"),
        code=row.text("code"),
        workers=int(row.needed_value("workers", most).value),
        year=row.needed_value("year", cells.year),
        source=row.source(),
        flags=tuple(row.flags),
    )


_BUILDERS: dict[Makes, Callable[[FormRow], Declared]] = {
    Makes.PLACE: _place,
    Makes.SITE: _site,
    Makes.OUTLET: _outlet,
    Makes.WORKERS: _workers,
}
