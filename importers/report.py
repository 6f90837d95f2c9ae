"""What became of a file: what was stored, refused, doubtful or not placed, cell by cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from geodata.declared import ImportedFile, Stored
from importers.findings import (
    Doubt,
    FormFound,
    RefusedTable,
    Unplaced,
    doubt,
    form_found,
    refusal,
    shown_fault,
    shown_row,
    unplaced,
    visible,
)
from importers.form import Match, NoMatch
from importers.parse import ParsedTable, RefusedRow
from importers.row import CellFault

T = TypeVar("T")

_ROWS_SHOWN = 8
_UNPLACED_SHOWN = 60
_FOUND_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of importing one file."""

    file: str
    sha256: str
    forms: tuple[FormFound, ...]
    empty_forms: tuple[FormFound, ...]
    refused_tables: tuple[RefusedTable, ...]
    rows_read: int
    stored: Stored
    refused_rows: tuple[RefusedRow, ...]
    unplaced: tuple[Unplaced, ...]
    faults: tuple[CellFault, ...]
    flags: tuple[Doubt, ...]

    @classmethod
    def of(
        cls,
        file: ImportedFile,
        stored: Stored,
        tables: Sequence[ParsedTable],
        found: Sequence[Match | NoMatch],
    ) -> "ImportReport":
        """The report of a file that was published."""
        refused = (one for one in found if isinstance(one, NoMatch) or one.table.sheet.hidden)
        return cls(
            file=visible(file.name),
            sha256=file.sha256,
            forms=tuple(form_found(table) for table in tables if not table.is_empty),
            empty_forms=tuple(form_found(table) for table in tables if table.is_empty),
            refused_tables=tuple(refusal(one) for one in refused),
            rows_read=file.rows_read,
            stored=stored,
            refused_rows=tuple(shown_row(row) for table in tables for row in table.refused),
            unplaced=tuple(unplaced(file.records)),
            faults=tuple(shown_fault(fault) for table in tables for fault in table.faults),
            flags=tuple(doubt(one, flag) for one in file.records for flag in one.flags),
        )

    def lines(self) -> list[str]:
        """The report in Chinese for a terminal, in the order of a person's questions."""
        return [
            f"文件“{self.file}”",
            *_forms(self),
            _counts(self),
            *_refused_rows(self),
            *_faults(self),
            *_unplaced(self),
            *_flags(self),
            *_refused_tables(self),
        ]

    def as_json(self) -> dict[str, object]:
        """The report as plain values, for the web."""
        return asdict(self)


def _forms(report: ImportReport) -> Iterator[str]:
    for form in report.forms:
        yield f"认出：{_where(form.sheet)}第 {form.header_row} 行起的“{form.title}”，{form.rows} 行"
        yield f"  依据的列：{'、'.join(form.matched)}"
        yield from _unused(form)
        if form.notes:
            yield f"  备注或合计行，不算站点：第 {_some(form.notes)} 行"
    for form in report.empty_forms:
        yield f"空表：{_where(form.sheet)}第 {form.header_row} 行起的“{form.title}”，没有填写"


def _unused(form: FormFound) -> Iterator[str]:
    if form.unused:
        yield f"  没有用到的列：{'、'.join(form.unused)}"


def _counts(report: ImportReport) -> str:
    stored = report.stored
    return (
        f"读到 {report.rows_read} 行：新增 {stored.new}，更新 {stored.changed}，"
        f"不变 {stored.same}，退回 {len(report.refused_rows)}；未落图 {len(report.unplaced)}"
    )


def _refused_rows(report: ImportReport) -> Iterator[str]:
    for row in report.refused_rows:
        cells = "；".join(f"{header} {text}" for header, text in row.cells)
        yield f"退回：{_where(row.sheet)}第 {row.row} 行，{row.reason}。原文：{cells}"


def _faults(report: ImportReport) -> Iterator[str]:
    told = {(row.sheet, row.row, row.reason) for row in report.refused_rows}
    grouped = _group(
        ((one.sheet, one.column, one.header, one.expected), one)
        for one in report.faults
        if (one.sheet, one.row, f"“{one.header}”：{one.expected}") not in told
    )
    for (sheet, column, header, expected), faults in grouped.items():
        rows = _some([fault.row for fault in faults])
        found = next(
            (f"，例如“{fault.found[:_FOUND_SHOWN]}”" for fault in faults if fault.found), ""
        )
        yield (
            f"读不出：{_where(sheet)}{column} 列“{header}”第 {rows} 行{found}。"
            f"应填：{expected}。请改正后再导入"
        )


def _unplaced(report: ImportReport) -> Iterator[str]:
    grouped = _group(((one.reason,), one) for one in report.unplaced)
    for (reason,), rows in grouped.items():
        for one in rows[:_UNPLACED_SHOWN]:
            yield f"未落图：{_where(one.sheet)}第 {one.row} 行“{one.name}”，{reason}"
        if len(rows) > _UNPLACED_SHOWN:
            yield f"未落图：另有 {len(rows) - _UNPLACED_SHOWN} 行，{reason}"


def _flags(report: ImportReport) -> Iterator[str]:
    grouped = _group(((one.sheet, one.code, one.message), one) for one in report.flags)
    for (sheet, _code, message), doubts in grouped.items():
        rows = _some(list(dict.fromkeys(doubt.row for doubt in doubts)))
        yield f"请核对：{_where(sheet)}第 {rows} 行，{message}"


def _refused_tables(report: ImportReport) -> Iterator[str]:
    for table in report.refused_tables:
        rows = f"第 {table.first_row}–{table.last_row} 行"
        yield f"未导入：{_where(table.sheet)}{rows}的表，{table.reason}"


def _group(pairs: Iterable[tuple[tuple[str, ...], T]]) -> dict[tuple[str, ...], list[T]]:
    groups: dict[tuple[str, ...], list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _where(sheet: str) -> str:
    return f"工作表“{sheet}”" if sheet else ""


def _some(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:_ROWS_SHOWN]))
    return shown if len(rows) <= _ROWS_SHOWN else f"{shown} 等共 {len(rows)}"
