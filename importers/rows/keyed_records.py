"""Rows that are no place: employees of a town, lines of the register, training applications."""

from functools import partial
from typing import cast

from geodata.declared import DeclaredApplication, DeclaredRequirement, DeclaredWorkers
from geodata.errors import CellError
from geodata.kinds import Kind
from geodata.place.address import normalise
from geodata.place.district import canonical_district
from importers.cells import typed
from importers.cells.kind_words import kind_cell
from importers.forms.training_applications import NOTED
from importers.rows.extra import extra
from importers.rows.row import FormRow
from importers.rows.whereabouts import contacts, district_and_town
from importers.tables.titles import kinds_in_title

TRAINING_POINTS = 25


def workers(row: FormRow) -> DeclaredWorkers:
    """Employees of a town, or of a district where no town is named."""
    most = partial(typed.heads, most=50_000_000)
    district = row.district() or row.refuse("district", "本市一个区的名称，例如 浦东新区")
    return DeclaredWorkers(
        district=district,
        town=row.text("town"),
        code=row.text("code"),
        workers=int(row.needed_value("workers", most).value),
        year=row.needed_value("year", typed.year),
        extra=extra(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def requirement(row: FormRow) -> DeclaredRequirement:
    """One thing that must exist, by name."""
    district, town = district_and_town(row)
    return DeclaredRequirement(
        name=row.text("name"),
        kind=_required_kind(row),
        district=district,
        town=town,
        official_code=row.text("official_code"),
        address=row.text("address"),
        notes=row.text("notes"),
        extra=extra(row),
        contacts=contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def _required_kind(row: FormRow) -> Kind:
    kinds: tuple[Kind, ...]
    if row.has("kind"):
        kinds = row.needed_value("kind", kind_cell).kinds
    else:
        kinds = cast("tuple[Kind, ...]", kinds_in_title(row.form.makes, row.table))
    if len(kinds) != 1:
        row.refuse("kind", "一个站点类别，例如 职工服务总站；一行只写一类")
    return kinds[0]


def application(row: FormRow) -> DeclaredApplication:
    """A union's application; the blocks of the form that no field takes become its notes."""
    branch = row.text("branch") or normalise(row.head.get("head_union", ""))
    union = row.text("union") or branch or row.needed("union")
    noted = [(one.headers[0], row.text(one.name)) for one in NOTED]
    return DeclaredApplication(
        union=union,
        point=row.read("point", training_point) or "",
        heads=row.whole("heads", typed.heads),
        dates=row.text("dates"),
        district=canonical_district(branch) or canonical_district(union) or "",
        notes="；".join(f"{header}：{text}" for header, text in noted if text),
        extra=extra(row),
        contacts=contacts(row),
        source=row.source(),
        flags=tuple(row.flags),
    )


def training_point(text: str) -> str:
    """A training point by its name, or by its number in 附件2-10-2."""
    flat = normalise(text)
    # Python refuses to read a number of thousands of digits.
    if flat.isdecimal() and not 1 <= int(flat[:9]) <= TRAINING_POINTS:
        raise CellError(f"培训点的名称，或它在附件2-10-2 里的序号（1 到 {TRAINING_POINTS}）")
    return flat
