"""Excel workbooks of plain tables: numbers are numbers, and no cell is a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from importers.handback.cells import BOLD, write

Cell = str | float | int | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PERCENT = "0.0%"
_WIDEST = 44


def empty_book() -> Workbook:
    """A workbook without a sheet."""
    book = Workbook()
    book.remove(book.active)
    return book


def saved(book: Workbook) -> bytes:
    """The file's bytes."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def add_sheet(
    book: Workbook,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    percent: Sequence[str] = (),
) -> None:
    """A sheet with a bold, frozen head; columns named in `percent` hold shares of one."""
    sheet = book.create_sheet(title)
    widths = [_width(name) for name in head]
    _write(sheet, 1, head, bold=True)
    for number, row in enumerate(rows, start=2):
        _write(sheet, number, row)
        widths = [max(w, _width(value)) for w, value in zip(widths, row, strict=True)]
        for column, name in enumerate(head, start=1):
            if name in percent:
                sheet.cell(number, column).number_format = _PERCENT
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write(sheet: Any, number: int, row: Sequence[Cell], *, bold: bool = False) -> None:
    for column, value in enumerate(row, start=1):
        cell = write(sheet, number, column, value)
        if bold:
            cell.font = BOLD


def _width(value: Cell) -> float:
    """Columns as wide as their text; a Chinese character takes two."""
    return min(_WIDEST, 3 + sum(1 + (ord(sign) > 0x2E80) for sign in str(value or "")))
