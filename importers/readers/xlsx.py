"""Workbooks. Values are what Excel last computed; merged ranges and hidden sheets are kept."""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from geodata.errors import UnreadableFileError
from importers.sheet import Row, Sheet, Span, clean

# Uncompressed; a form of 100,000 rows stays below a tenth of it.
_LARGEST_BYTES = 400_000_000
# openpyxl makes a cell for each one merged; a merged column of a whole sheet is a million.
_MOST_MERGED = 4_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
_NO_VALUE = "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值"
_ERROR_VALUE = "公式出错：请在 Excel 里改正，或改填数值"


def read_xlsx(path: Path) -> list[Sheet]:
    """Every worksheet of a workbook, hidden ones marked."""
    try:
        has_formulas = _check(path)
        book = _load(path, data_only=True)
        formulas = _load(path, data_only=False) if has_formulas else None
        return [
            _sheet(path.name, sheet, formulas[sheet.title] if formulas is not None else None)
            for sheet in book.worksheets
        ]
    except _DAMAGE as error:
        raise UnreadableFileError(
            f"“{path.name}”不是完好的 xlsx 文件。请用 Excel 打开后另存为 xlsx 再导入。"
        ) from error


def _check(path: Path) -> bool:
    """Whether any sheet holds a formula; a workbook too large to open safely is refused."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST_BYTES:
            raise UnreadableFileError(f"“{path.name}”太大。请删去无关的表和图片后再导入。")
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        sheets = [archive.read(name) for name in parts]
    if sum(map(_merged_cells, sheets)) > _MOST_MERGED:
        raise UnreadableFileError(
            f"“{path.name}”里合并单元格的范围太大（整列或整表）。请取消合并后再导入。"
        )
    return any(_FORMULA.search(sheet) for sheet in sheets)


def _merged_cells(sheet: bytes) -> int:
    return sum(
        (column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1)
        * (int(bottom) - int(top) + 1)
        for left, top, right, bottom in _MERGED.findall(sheet)
    )


def _load(path: Path, *, data_only: bool) -> Any:
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and drop-down lists it drops; neither is data.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(file, data_only=data_only)


def _sheet(file: str, sheet: Any, formulas: Any | None) -> Sheet:
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    faults: dict[tuple[int, int], str] = {}
    # iter_rows() makes a cell for every blank up to the farthest one; a stray cell in XFD1048576
    # would never end.
    for (row, column), cell in sheet._cells.items():
        if cell.data_type == "e":
            faults[row, column - 1] = _ERROR_VALUE
        elif cell.value is not None and (text := as_text(cell.value)):
            texts[row][column - 1] = text
    if formulas is not None:
        for (row, column), cell in formulas._cells.items():
            if cell.data_type == "f" and sheet._cells[row, column].value is None:
                faults[row, column - 1] = _NO_VALUE
    for row, column in faults:
        texts[row].setdefault(column, "")
    return Sheet(
        file=file,
        name=clean(sheet.title),
        rows=tuple(Row(number, _dense(texts[number])) for number in sorted(texts)),
        lettered=True,
        spans=tuple(
            Span(span.min_row, span.min_col - 1, span.max_row, span.max_col - 1)
            for span in sheet.merged_cells.ranges
        ),
        faults=faults,
        hidden=sheet.sheet_state != "visible",
    )


def _dense(cells: dict[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in range(max(cells) + 1))


def as_text(value: object) -> str:
    """A cell's value as a person would write it: 1200.0 as 1200, a date as 2024-05-01."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)
