"""Writing cells of a workbook: text stays text, marks are seen and explained."""

from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from geodata.exports.formula import is_formula
from importers.tables.sheet import LONGEST_CELL, clean

RED = PatternFill("solid", fgColor="FFC7CE")
YELLOW = PatternFill("solid", fgColor="FFEB9C")
BLUE = PatternFill("solid", fgColor="DDEBF7")
GREY_TEXT = Font(color="808080", italic=True)
BOLD = Font(bold=True)

_AUTHOR = "职图"
_COMMENT_PX = (320, 120)


def write(sheet: Any, row: int, column: int, value: str | float | None) -> Any:
    """Put a value into a cell (both count from 1); text that looks like a formula stays text."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        text = clean(value)[:LONGEST_CELL]
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
    else:
        cell.value = value
    return cell


def mark(sheet: Any, row: int, column: int, fill: PatternFill, text: str) -> None:
    """Colour a cell and say why; in a merged range its first cell speaks."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        cell = _first_of_merged(sheet, row, column)
    cell.fill = fill
    said = f"{cell.comment.text}\n{text}" if cell.comment else text
    cell.comment = Comment(said, _AUTHOR, width=_COMMENT_PX[0], height=_COMMENT_PX[1])


def colour(sheet: Any, row: int, columns: range, fill: PatternFill) -> None:
    """Colour a part of a row."""
    for column in columns:
        sheet.cell(row=row, column=column).fill = fill


def _first_of_merged(sheet: Any, row: int, column: int) -> Any:
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(row=merged.min_row, column=merged.min_col)
    return sheet.cell(row=row, column=column)
