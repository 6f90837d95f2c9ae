"""The single findings of an import report, made from tables and located records.

No person is in them: private columns never get here, and every text passes `visible` once more.
"""

from dataclasses import dataclass

from geodata.coverage.gaps import RADIUS_M, coarsest_m
from geodata.declared import DeclaredApplication, DeclaredKeyed, DeclaredWorkers, Flag, Placed
from geodata.model import REASON_LABELS, Level, Unlocated
from importers.form import KIND_HEADER, Match, NoMatch
from importers.parse import RefusedRow, Summary
from importers.private import masked
from importers.rows.row import CellFault
from importers.rows.survey import Note
from importers.tables.sheet import clean

_AREAS = {Level.ROAD: "道路", Level.TOWN: "街镇", Level.DISTRICT: "区"}


@dataclass(frozen=True, slots=True)
class FormFound:
    """A recognised table: why (its headers), where, and which of its columns nothing reads.

    `fields` leads each header that is read to the field it fills, as the form calls it.
    """

    form: str
    title: str
    sheet: str
    header_row: int
    matched: tuple[str, ...]
    unused: tuple[str, ...]
    rows: int
    notes: tuple[Note, ...]
    note_count: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RefusedTable:
    """A table that is not imported."""

    sheet: str
    first_row: int
    last_row: int
    reason: str
    nearest: str
    found: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A stored record without a point on the map, and why."""

    sheet: str
    row: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag of a stored record."""

    sheet: str
    row: int
    name: str
    code: str
    message: str
    cell: str


def visible(text: str) -> str:
    """A text without control characters and without persons, on one line."""
    return masked(" ".join(clean(text).split()))


def refusal(one: Match | NoMatch) -> RefusedTable:
    """Why a table is not imported; of its own words only known headers are said."""
    table = one.table
    last = table.rows[-1].number if table.rows else table.header_row
    if isinstance(one, Match):
        reason, nearest = "工作表是隐藏的，要导入请先取消隐藏", one.form.title
        missing: tuple[str, ...] = ()
        found = tuple(one.form.by_name[name].headers[0] for name in one.columns)
    else:
        nearest, found, missing = one.nearest.title, one.found, one.missing
        reason = _lack(one)
    return RefusedTable(
        visible(table.sheet.name), table.header_row, last, reason, nearest, found, missing
    )


def _lack(one: NoMatch) -> str:
    columns = f"“{'”“'.join(one.missing)}”列"
    if not one.found:
        return f"表头没有一个对得上站点类的表；最接近“{one.nearest.title}”，它要有{columns}"
    if one.missing == (KIND_HEADER,):
        columns += "（也可以在标题、工作表名或文件名里写明是哪一类，例如“职工书屋名单”）"
    lack = f"缺少{columns}" if one.missing else "但“类别”列里没有认得的类别"
    return f"最接近“{one.nearest.title}”，{lack}"


def form_found(found: Match, summary: Summary) -> FormFound:
    """A recognised table whose rows have been read, filled in or empty."""
    headers = {name: visible(header.text) for name, header in found.columns.items()}
    return FormFound(
        form=found.form.code,
        title=found.form.title,
        sheet=visible(found.table.sheet.name),
        header_row=found.table.header_row,
        matched=tuple(headers.values()),
        unused=_unused(found, summary),
        rows=summary.records + summary.refused,
        notes=tuple(Note(note.row, visible(note.text)) for note in summary.notes),
        note_count=summary.note_count,
        fields=tuple(
            (header, found.form.by_name[name].headers[0]) for name, header in headers.items()
        ),
    )


def _unused(found: Match, summary: Summary) -> tuple[str, ...]:
    name = found.table.sheet.column_name
    headers = tuple(visible(one.text) or f"{name(one.column)} 列" for one in found.unused)
    return headers + tuple(f"{column} 列（没有表头，但有内容）" for column in summary.unheaded)


def shown_row(row: RefusedRow) -> RefusedRow:
    """A refused row fit to be shown."""
    cells = tuple((visible(header), visible(text)) for header, text in row.cells)
    return RefusedRow(visible(row.sheet), row.row, visible(row.reason), cells)


def shown_fault(fault: CellFault) -> CellFault:
    """A cell at fault fit to be shown."""
    return CellFault(
        sheet=visible(fault.sheet),
        row=fault.row,
        column=fault.column,
        header=visible(fault.header),
        found=visible(fault.found),
        expected=visible(fault.expected),
    )


def is_unplaced(one: Placed) -> bool:
    """Whether a record has no point on the map, though it is a place."""
    # Workers belong to a whole town or district; they are no point anywhere.
    if isinstance(one.declared, DeclaredKeyed):
        return False
    return isinstance(one.outcome, Unlocated) or not one.outcome.level.is_point


def unplaced_because(one: Placed) -> str:
    """The reason without its details, by which records without a point are counted."""
    if isinstance(one.outcome, Unlocated):
        return REASON_LABELS[one.outcome.reason][0]
    return _why_unplaced(one)


def unplaced(one: Placed) -> Unplaced:
    """A record without a point on the map."""
    source = one.declared.source
    return Unplaced(visible(source.sheet), source.row, _name(one), _why_unplaced(one))


def too_wide(one: Placed) -> Flag | None:
    """The doubt about a point too uncertain to be counted within a quarter of an hour's walk."""
    most_m = coarsest_m(RADIUS_M)
    if is_unplaced(one) or isinstance(one.outcome, Unlocated) or one.outcome.error_m <= most_m:
        return None
    if isinstance(one.declared, DeclaredKeyed):
        return None
    return Flag(
        "too_wide",
        f"位置不够准，误差超过 {most_m:.0f} 米：在图上，但不计入 {RADIUS_M:.0f} 米的覆盖，"
        "请用 zhitu review 核定",
    )


def _why_unplaced(one: Placed) -> str:
    if isinstance(one.outcome, Unlocated):
        detail = f"（{visible(one.outcome.detail)}）" if one.outcome.detail else ""
        return REASON_LABELS[one.outcome.reason][0] + detail
    if not one.outcome.level.is_point:
        return f"地名库里没有这个地址，只知道所在的{_AREAS[one.outcome.level]}"
    return ""


def doubt(one: Placed, flag: Flag) -> Doubt:
    """A flag with the record it is about."""
    source = one.declared.source
    return Doubt(
        sheet=visible(source.sheet),
        row=source.row,
        name=_name(one),
        code=flag.code,
        message=visible(flag.message),
        cell=visible(flag.cell),
    )


def _name(one: Placed) -> str:
    match one.declared:
        case DeclaredWorkers() as workers:
            return visible(workers.district + workers.town)
        case DeclaredApplication() as application:
            return visible(application.union)
        case named:
            return visible(named.name)
