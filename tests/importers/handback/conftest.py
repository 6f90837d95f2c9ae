"""A form as an office sends it, and where its rows lie."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from geodata.declared import Declared, Placed
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse

HEADERS = ("序号", "名称", "类别", "区", "地址", "面积", "联系人", "手机")
ROWS = (
    ("1", "甲驿站", "户外职工驿站", "黄浦区", "人民大道200号", "30", "金丝雀甲", "19900000001"),
    ("2", "=1+1驿站", "职工书屋", "黄浦区", "", "许多", "", ""),
    ("3", "丙驿站", "不知道是什么", "黄浦区", "某路3号", "", "", ""),
)

Locate = Callable[[Declared], Placed]


@pytest.fixture
def locate() -> Locate:
    """Knows one address; a road is no point."""

    def found(declared: Declared) -> Placed:
        text = getattr(declared, "address", "")
        flags = getattr(declared, "flags", ())
        known = Position(121.47101234, 31.2349, Level.NUMBER, 90.4, "地名库")
        outcome = known if text == "人民大道200号" else Unlocated(Reason.NO_ADDRESS)
        return Placed(declared, parse(text), outcome, "黄浦区", flags)

    return found


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The form as a workbook with a title, colours and a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "站点"
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "站点清单"
    for row in (HEADERS, *ROWS):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    sheet["B2"].font = Font(bold=True, color="FF0000")
    sheet["B3"].fill = PatternFill("solid", fgColor="00FF00")
    sheet.row_dimensions[3].height = 40
    book.create_sheet("说明")["A1"] = "本表由区总工会填写"
    path = tmp_path / "站点.xlsx"
    book.save(path)
    return path


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The same as csv."""
    path = tmp_path / "站点.csv"
    lines = [",".join(row) for row in (HEADERS, *ROWS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The same as a Word table below its title."""
    made = Document()
    made.add_paragraph("站点清单")
    table = made.add_table(rows=0, cols=len(HEADERS))
    for row in (HEADERS, *ROWS):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    path = tmp_path / "站点.docx"
    made.save(str(path))
    return path
