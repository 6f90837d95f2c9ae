"""xlsx written row by row: numbers are numbers, text is never a formula."""

import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from geodata.exports.fields import Value
from geodata.exports.formula import is_formula
from geodata.exports.rows import Export

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOLD = Font(bold=True)
# Excel takes no more in one cell, and no control character in any.
_LONGEST = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDE = {"name": 28.0, "address": 36.0, "hours": 30.0, "facilities": 30.0, "reason": 28.0}
_WIDTH = 13.0


def write_xlsx(export: Export, path: Path) -> None:
    """Write a workbook of one sheet with a frozen head."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(export.title[:31])
    sheet.freeze_panes = "A2"
    for number, field in enumerate(export.fields, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(field.key, _WIDTH)
    head = [_cell(sheet, field.label) for field in export.fields]
    for cell in head:
        cell.font = _BOLD
    sheet.append(head)
    for row in export.rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(path)


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)[:_LONGEST]
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = is_formula(text)
    return cell
