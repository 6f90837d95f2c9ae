"""A copy of a file in which every cell at fault is coloured and says what to do."""

from pathlib import Path

from importers.form import Match
from importers.handback.cells import RED, YELLOW, colour, mark
from importers.handback.copies import Page, column_number, copy_of
from importers.ingest import visible_forms
from importers.overrides import NO_OVERRIDES, Overrides, read_with
from importers.parse import ParsedRow, recognise, rows_of
from importers.reporting.findings import visible
from importers.rows.row import CellFault
from importers.tables.cards import is_card

_AGAIN = "请改正后再导入。"


def write_errors(path: Path, out: Path, *, overrides: Overrides = NO_OVERRIDES) -> int:
    """Write the copy; returns how many cells and refused rows are marked.

    Refused rows are yellow from end to end, cells at fault red.

    Raises:
        UnreadableFileError: the file cannot be read or copied.
        SettingsError: `out` cannot be written.
    """
    sheets = read_with(path, overrides)
    with copy_of(path, sheets, out, overrides) as pages:
        return sum(
            _mark_row(pages[found.table.sheet.name], found, row)
            for found in visible_forms(recognise(sheets))
            for row in rows_of(found)
        )


def _mark_row(page: Page, found: Match, row: ParsedRow) -> int:
    if row.refused is not None:
        at, columns = page.row(row.refused.row), _columns(found)
        colour(page.sheet, at, columns, YELLOW)
        said = f"这一行没有导入：{visible(row.refused.reason)}。{_AGAIN}"
        mark(page.sheet, at, columns[0], YELLOW, said)
    for fault in row.faults:
        said = f"应填：{visible(fault.expected)}。{_AGAIN}"
        if is_card(found.table):
            said = f"“{visible(fault.header)}”{said}"
        mark(page.sheet, page.row(fault.row), _column(found, fault), RED, said)
    return len(row.faults) + (row.refused is not None)


def _columns(found: Match) -> range:
    """The columns of a table, from 1; a card has but its first cell."""
    if is_card(found.table):
        return range(1, 2)
    return range(min(found.table.headed) + 1, max(found.table.headed) + 2)


def _column(found: Match, fault: CellFault) -> int:
    return 1 if is_card(found.table) else column_number(found.table.sheet, fault.column)
