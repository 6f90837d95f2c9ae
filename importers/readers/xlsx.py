"""Workbooks. Values are what Excel last computed; merged ranges and hidden rows are kept."""

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from geodata.errors import UnreadableFileError
from importers.private import masked, public_name
from importers.readers.parts import MOST_CELLS, Part, is_strict, is_too_large, read_part
from importers.sheet import Row, Sheet, clean

_LAST_ROW = 1_048_576
# Whatever openpyxl raises on a file that is not as it should be.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
_NO_VALUE = "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值"
_ERROR_VALUE = "公式出错，或数字被设成了日期格式：请在 Excel 里改正，或改填数值"


def read_xlsx(path: Path) -> list[Sheet]:
    """Every worksheet of a workbook, hidden ones marked."""
    name = public_name(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if is_too_large(archive):
                raise UnreadableFileError(
                    f"“{name}”太大：格子（包括只设了格式的空格子）超过 {MOST_CELLS} 个。"
                    "请新建一个工作簿，只把有内容的区域粘贴为“值”，再导入。"
                )
            if is_strict(archive):
                raise UnreadableFileError(
                    f"“{name}”存成了“Strict Open XML”。请用 Excel 另存为"
                    "“Excel 工作簿（.xlsx）”再导入。"
                )
            return list(_sheets(path, name, archive))
    except _DAMAGE as error:
        raise UnreadableFileError(
            f"“{name}”不是完好的 xlsx 文件，或设了打开密码。请用 Excel 打开后另存为 xlsx 再导入。"
        ) from error


def _sheets(path: Path, name: str, archive: zipfile.ZipFile) -> Iterator[Sheet]:
    # From an open file, since openpyxl refuses one by the ending of its name.
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and lists it drops and of dates that are none; those are faults.
        warnings.simplefilter("ignore", UserWarning)
        with closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
            for sheet in book.worksheets:
                yield _sheet(name, sheet, read_part(archive, sheet._worksheet_path))


def _sheet(file: str, sheet: Any, part: Part) -> Sheet:
    faults = dict.fromkeys(part.uncomputed, _NO_VALUE)
    rows: list[Row] = []
    for number, cells in _rows(sheet):
        texts = ["" if cell.value is None else as_text(cell.value) for cell in cells]
        for column, cell in enumerate(cells):
            if cell.data_type == "e":
                faults[number, column] = _ERROR_VALUE
                texts[column] = ""
        while texts and not texts[-1] and (number, len(texts) - 1) not in faults:
            texts.pop()
        if texts:
            rows.append(Row(number, tuple(texts)))
    return Sheet(
        file=file,
        name=masked(clean(sheet.title)),
        rows=tuple(rows),
        lettered=True,
        spans=part.merged,
        faults=faults,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=part.hidden_rows,
    )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows with their numbers; what the file says of their extent is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise ValueError(number)
        if cells:
            yield number, cells


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
