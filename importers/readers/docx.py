"""Word documents: each table is a sheet, with the paragraphs next above and below it.

Rows are numbered within their table, and columns are lettered, as Word's own formulas do. Macros
of a docm are never looked at.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geodata.errors import UnreadableFileError
from importers.private import public_name
from importers.readers.docx_xml import Document
from importers.readers.markup import TooLargeError
from importers.readers.word_table import WordTable
from importers.readers.zipped import DAMAGE
from importers.tables.sheet import Row, Sheet, clean

MAIN_PART = re.compile(r"word/document\d*\.xml")
_LARGEST_BYTES = 50_000_000


def read_docx(path: Path) -> list[Sheet]:
    """Every table of a document, those inside other tables too."""
    name = public_name(path)
    try:
        with zipfile.ZipFile(path) as archive:
            tables = _tables(archive)
    except TooLargeError as error:
        raise UnreadableFileError(
            f"“{name}”太大或太宽，或有一格太长。请只留下要导入的表格，另存为 docx 再导入。"
        ) from error
    except DAMAGE as error:
        raise UnreadableFileError(
            f"“{name}”不是完好的 docx 文件，或设了打开密码。请用 Word 打开后另存为 docx，"
            "或把表格复制到 Excel 另存为 xlsx 再导入。"
        ) from error
    return [_sheet(name, number, table) for number, table in enumerate(tables, start=1)]


def _tables(archive: zipfile.ZipFile) -> list[WordTable]:
    part = next(one for one in archive.infolist() if MAIN_PART.fullmatch(one.filename))
    if part.file_size > _LARGEST_BYTES:
        raise TooLargeError
    with archive.open(part) as file:
        return Document.read(file).tables


def _sheet(name: str, number: int, table: WordTable) -> Sheet:
    rows = tuple(_rows(table))
    return Sheet(
        file=name,
        name=f"第 {number} 个表格",
        rows=rows,
        lettered=True,
        spans=table.spans(),
        hidden_rows=frozenset(table.hidden),
        paragraphs=frozenset(row.number for row in rows if not 1 <= row.number <= len(table.rows)),
    )


def _rows(table: WordTable) -> Iterator[Row]:
    # No paragraph touches the table, so that none is taken for a part of its header.
    for back, text in zip(range(len(table.above), 0, -1), table.above, strict=True):
        yield Row(1 - 2 * back, (_line(text),))
    for number, texts in table.texts():
        cells = tuple(clean(text).strip() for text in texts)
        if any(cells):
            yield Row(number, cells)
    for further, text in enumerate(table.below, start=1):
        yield Row(len(table.rows) + 2 * further, (_line(text),))


def _line(text: str) -> str:
    return clean(text).strip()
