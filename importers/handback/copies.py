"""A copy of a file that was sent in, as a workbook to write into.

A workbook is copied as it is, formatting, formulas and all; text, csv and Word tables are laid out
cell by cell where the report says they stand. The sender's own columns, persons among them, stay
as they were: the copy is his, goes back to him alone and is stored nowhere.
"""

import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from geodata.errors import SettingsError, UnreadableFileError
from importers.handback.cells import BLUE, mark, write
from importers.overrides import NO_OVERRIDES, Overrides
from importers.private import masked, public_name
from importers.readers.zipped import DAMAGE
from importers.tables.sheet import Row, Sheet, clean

_ZIP = b"PK\x03\x04"
# A workbook in memory takes some 50 bytes a cell; larger files are handed back in parts.
MOST_ROWS = 100_000
# openpyxl makes a cell of each that is merged: a column merged to its end takes ten seconds.
_MOST_MERGED = 100_000
_WIDEST = 44
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,9})(?:\.\d{1,6})?")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet of the copy; `above` are lines of a Word document that stand over its table."""

    sheet: Any
    above: int = 0

    def row(self, number: int) -> int:
        """Where a row lies that the report gives this number; lines above count down from -1."""
        return number + self.above + (number < 0)


@contextmanager
def copy_of(
    path: Path, sheets: Sequence[Sheet], out: Path, overrides: Overrides = NO_OVERRIDES
) -> Iterator[Mapping[str, Page]]:
    """Worksheets by the names the reader gave them; written to `out` at the end, whole or not.

    Cells written anew stand in the copy as they are now, and say so.

    Raises:
        UnreadableFileError: the file is too large or cannot be copied.
        SettingsError: `out` cannot be written, or is the file itself.
    """
    if out.exists() and out.samefile(path):
        raise SettingsError("写出的文件不能就是读入的文件：请换一个名字。")
    if _is_workbook(path):
        _check_merged(path, sheets)
        book = _copied(path)
        pages = {masked(clean(sheet.title)): Page(sheet) for sheet in book.worksheets}
    else:
        book, pages = _laid_out(path, sheets)
    _rewrite(pages, sheets, overrides)
    yield pages
    save(book, out)


def save(book: Any, out: Path) -> None:
    """Write a workbook, whole or not at all."""
    partial = out.with_name(f"{out.name}.part")
    try:
        book.save(partial)
        os.replace(partial, out)
    except OSError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
    finally:
        # Where nothing could be written there is nothing to remove either.
        with suppress(OSError):
            partial.unlink()


def column_number(sheet: Sheet, name: str) -> int:
    """The number of a column, from 1, by the name a report gives it."""
    return int(column_index_from_string(name)) if sheet.lettered else int(name)


def _rewrite(pages: Mapping[str, Page], sheets: Sequence[Sheet], overrides: Overrides) -> None:
    for (number, row, column), text in overrides.items():
        page = pages[sheets[number].name]
        at = page.row(row)
        # The other cells of a merged range hold nothing and cannot be written to.
        if not isinstance(page.sheet.cell(row=at, column=column + 1), MergedCell):
            write(page.sheet, at, column + 1, float(text) if _NUMBER.fullmatch(text) else text)
            mark(page.sheet, at, column + 1, BLUE, "这一格是在网页上改的。")


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _ZIP and path.suffix.lower() != ".docx"


def _check_merged(path: Path, sheets: Sequence[Sheet]) -> None:
    merged = sum(span.cells for sheet in sheets for span in sheet.spans)
    if merged > _MOST_MERGED:
        raise UnreadableFileError(
            f"“{public_name(path)}”合并的格子超过 {_MOST_MERGED:,} 个，不能照原样抄写。"
            "请取消大片的合并再试。"
        )


def _copied(path: Path) -> Any:
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of what it cannot carry over: drawings, lists of other workbooks.
        warnings.simplefilter("ignore", UserWarning)
        try:
            return load_workbook(file, keep_links=False)
        except (*DAMAGE, InvalidFileException) as error:
            raise UnreadableFileError(
                f"“{public_name(path)}”能读，但不能照原样抄写。请用 Excel 另存为 xlsx 再试。"
            ) from error


def _laid_out(path: Path, sheets: Sequence[Sheet]) -> tuple[Any, dict[str, Page]]:
    book = Workbook()
    book.remove(book.active)
    pages = {}
    for number, sheet in enumerate(sheets, start=1):
        made = book.create_sheet(_NOT_IN_TITLES.sub(" ", sheet.name)[:31] or f"表{number}")
        page = pages[sheet.name] = Page(made, max(0, -min(sheet.paragraphs, default=0)))
        for count, row in enumerate(sheet.rows):
            if count >= MOST_ROWS:
                raise UnreadableFileError(
                    f"“{public_name(path)}”超过 {MOST_ROWS:,} 行，请分成几个文件再要回填表。"
                )
            _lay_out(page, row)
    return book, pages


def _lay_out(page: Page, row: Row) -> None:
    for column in row.filled:
        write(page.sheet, page.row(row.number), column + 1, row.texts[column])
        if len(row.filled) > 1:
            _widen(page.sheet, column + 1, len(row.texts[column]))


def _widen(sheet: Any, column: int, characters: int) -> None:
    """Make a column as wide as its Chinese text, up to a line of an address."""
    size = sheet.column_dimensions[get_column_letter(column)]
    size.width = max(size.width, min(2 * characters + 2, _WIDEST))
