"""Workbooks. Values are what Excel last computed; merged ranges, hidden rows and columns are kept.

Macros, pictures, pivot tables and other workbooks' values are never opened.
"""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from geodata.errors import UnreadableFileError
from importers.private import masked, public_name
from importers.readers.markup import TooLargeError
from importers.readers.parts import check_size, is_strict
from importers.readers.sheet_xml import MOST_CELLS, SheetXml
from importers.readers.strings_xml import read_strings
from importers.readers.values import Values
from importers.readers.zipped import DAMAGE
from importers.tables.sheet import Sheet, clean


class _Book(ExcelReader):  # type: ignore[misc]
    """openpyxl's knowledge of parts and styles, without its reading of strings and cells."""

    def read(self) -> Values:
        self.read_manifest()
        strings = self._strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        book = self.wb
        return Values(strings, book._date_formats, book._timedelta_formats, book.epoch)

    def _strings(self) -> list[str]:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return []
        with self.archive.open(part.PartName[1:]) as file:
            return read_strings(file, most=MOST_CELLS)

    def sheets(self) -> Iterator[tuple[str, str, str]]:
        """Title, state and part of each worksheet."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                yield sheet.name, sheet.state, relation.target


def read_xlsx(path: Path) -> list[Sheet]:
    """Every worksheet of a workbook, hidden ones marked."""
    name = public_name(path)
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive)
            strict = is_strict(archive)
        # From an open file, since openpyxl refuses one by the ending of its name.
        with path.open("rb") as file:
            book = _Book(file, read_only=True, data_only=True, keep_links=False)
            sheets = [] if strict else list(_sheets(book, name))
    except TooLargeError as error:
        raise UnreadableFileError(
            f"“{name}”太大：格子（包括只设了格式的空格子、合并的格子）超过 {MOST_CELLS} 个，"
            "或列数太多，或有一格太长。请新建一个工作簿，只把有内容的区域粘贴为“值”，再导入。"
        ) from error
    except (*DAMAGE, InvalidFileException) as error:
        raise UnreadableFileError(
            f"“{name}”不是完好的 xlsx 文件，或设了打开密码。请用 Excel 打开后另存为 xlsx 再导入。"
        ) from error
    if strict:
        raise UnreadableFileError(
            f"“{name}”存成了“Strict Open XML”。请用 Excel 另存为“Excel 工作簿（.xlsx）”再导入。"
        )
    return sheets


def _sheets(book: _Book, name: str) -> Iterator[Sheet]:
    with warnings.catch_warnings(), book.archive:
        # openpyxl warns of styles and names it drops.
        warnings.simplefilter("ignore", UserWarning)
        values = book.read()
        left = MOST_CELLS
        for title, state, part in book.sheets():
            with book.archive.open(part) as file:
                found = SheetXml(values, most_cells=left).read(file)
            left -= found.cells
            yield _sheet(name, title, found, hidden=state != "visible")


def _sheet(file: str, title: str, found: SheetXml, *, hidden: bool) -> Sheet:
    return Sheet(
        file=file,
        name=masked(clean(title)),
        rows=tuple(found.rows),
        lettered=True,
        spans=tuple(found.spans),
        faults=found.faults,
        hidden=hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=frozenset(found.hidden_columns),
    )
