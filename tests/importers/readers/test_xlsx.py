import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from geodata.errors import UnreadableFileError
from importers.readers.xlsx import as_text, read_xlsx
from importers.sheet import Row, Sheet, Span


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1200.0, "1200"),
        (121.4710, "121.471"),
        (68472222, "68472222"),
        (True, "是"),
        (dt.datetime(2024, 5, 1), "2024-05-01"),  # noqa: DTZ001 - Excel dates have no zone
        (dt.time(9, 30), "09:30"),
        (" 甲\r\n站 ", "甲\n站"),
    ],
)
def test_values_read_as_a_person_would_write_them(value: object, text: str) -> None:
    assert as_text(value) == text


def test_blank_rows_go_and_row_numbers_and_merged_ranges_stay(
    workbook: Callable[..., Path],
) -> None:
    path = workbook([["区", "名称"], ["黄浦区", "甲"], [None, "乙"], [], [None, "丙"]], ["A2:A3"])
    assert read_xlsx(path) == [
        Sheet(
            "表.xlsx",
            "Sheet",
            (
                Row(1, ("区", "名称")),
                Row(2, ("黄浦区", "甲")),
                Row(3, ("", "乙")),
                Row(5, ("", "丙")),
            ),
            lettered=True,
            spans=(Span(2, 0, 3, 0),),
            faults={},
        )
    ]


def test_a_formula_nobody_computed_is_a_fault_and_no_blank(workbook: Callable[..., Path]) -> None:
    sheet = read_xlsx(workbook([["职工数"], ["=1+1"]]))[0]
    assert sheet.faults == {(2, 0): "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值"}
    assert sheet.rows == (Row(1, ("职工数",)), Row(2, ("",)))


def test_an_error_value_is_a_fault(workbook: Callable[..., Path]) -> None:
    sheet = read_xlsx(workbook([["职工数"], ["#REF!"]]))[0]
    assert sheet.faults == {(2, 0): "公式出错：请在 Excel 里改正，或改填数值"}


def test_a_stray_cell_in_the_last_corner_does_not_fill_the_grid(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "名称"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "表.xlsx")
    rows = read_xlsx(tmp_path / "表.xlsx")[0].rows
    assert [(row.number, len(row.texts)) for row in rows] == [(1, 1), (1048576, 16384)]


def test_a_hidden_sheet_is_marked(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("旧表").sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in read_xlsx(tmp_path / "表.xlsx")] == [
        ("Sheet", False),
        ("旧表", True),
    ]


def test_a_damaged_workbook_is_refused_with_what_to_do(workbook: Callable[..., Path]) -> None:
    path = workbook([["名称"]])
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row"
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFileError, match="不是完好的 xlsx 文件"):
        read_xlsx(path)


def test_a_merged_range_of_a_whole_sheet_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "名称"
    book.save(tmp_path / "表.xlsx")
    with ZipFile(tmp_path / "表.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", merged)
    with ZipFile(tmp_path / "表.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFileError, match="合并单元格的范围太大"):
        read_xlsx(tmp_path / "表.xlsx")
