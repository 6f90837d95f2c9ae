"""A copy of a file in which every cell at fault is coloured and says what to do."""

from pathlib import Path

from importers.findings import visible
from importers.form import Match
from importers.handback.cells import RED, YELLOW, colour, mark
from importers.handback.copies import Page, column_number, copy_of
from importers.ingest import visible_forms
from importers.parse import ParsedRow, recognise, rows_of
from importers.readers import read


def write_errors(path: Path, out: Path) -> int:
    """Write the copy; returns how many cells and refused rows are marked.

    Refused rows are yellow from end to end, cells at fault red.

    Raises:
        UnreadableFileError: the file cannot be read or copied.
        SettingsError: `out` cannot be written.
    """
    sheets = read(path)
    with copy_of(path, sheets, out) as pages:
        return sum(
            _mark_row(pages[found.table.sheet.name], found, row)
            for found in visible_forms(recognise(sheets))
            for row in rows_of(found)
        )


def _mark_row(page: Page, found: Match, row: ParsedRow) -> int:
    headed = sorted(found.table.headed)
    if row.refused is not None:
        at = page.row(row.refused.row)
        colour(page.sheet, at, range(headed[0] + 1, headed[-1] + 2), YELLOW)
        said = f"这一行没有导入：{visible(row.refused.reason)}。请改正后再导入。"
        mark(page.sheet, at, headed[0] + 1, YELLOW, said)
    for fault in row.faults:
        column = column_number(found.table.sheet, fault.column)
        said = f"应填：{visible(fault.expected)}。请改正后再导入。"
        mark(page.sheet, page.row(fault.row), column, RED, said)
    return len(row.faults) + (row.refused is not None)
