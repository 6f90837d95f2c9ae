"""Writes sheets so that the same rows give the same bytes on every machine."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Row = Sequence[object]

_STAMP = "2025-01-01T00:00:00Z"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_TIME = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: `merges` are ranges such as A1:D1, `heads` the numbers of bold rows."""

    title: str
    rows: Sequence[Row]
    merges: Sequence[str] = ()
    heads: Sequence[int] = (1, 2)
    widths: Sequence[int] = ()


def write_csv(path: Path, rows: Iterable[Row], *, encoding: str = "utf-8-sig") -> None:
    """Write rows as Excel saves them: commas, CRLF, short rows filled to the widest."""
    rows = list(rows)
    width = max(len(row) for row in rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Write one sheet as a workbook."""
    draft = io.BytesIO()
    _workbook(sheet).save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            # Stored, since compressors differ in their output from build to build.
            target.writestr(_member(name), _canonical(source.read(name).decode()))


def _workbook(sheet: Sheet) -> Workbook:
    book = Workbook()
    book.properties.creator = "zhitu"
    page = book.active
    page.title = sheet.title
    for row in sheet.rows:
        page.append([None if cell == "" else cell for cell in row])
    for cells in sheet.merges:
        page.merge_cells(cells)
    for number in sheet.heads:
        for cell in page[number]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    return book


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
    member.create_system = 0
    return member


def _canonical(part: str) -> str:
    """The XML of a part without the time of saving or the habits of one library's version."""
    part = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", _STAMP, part)
    part = re.sub(r"<Application>[^<]*", "<Application>zhitu", part)
    return _DECLARATION + ET.canonicalize(part)
