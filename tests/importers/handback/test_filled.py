"""The form written out again with what was found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from geodata.declared import Declared, Placed
from geodata.errors import SettingsError
from importers.form import Match
from importers.handback.filled import write_filled
from importers.parse import recognise, rows_of
from importers.readers import read

Locate = Callable[[Declared], Placed]
NOWHERE = "未落图：有名无址：表里没有地址"


def values(sheet: Any, cells: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet[cells]]


def records(path: Path) -> list[tuple[Any, ...]]:
    """What importing gives, but for the names of file, sheet and columns."""
    (found,) = (one for one in recognise(read(path)) if isinstance(one, Match))
    return [
        (
            one.refused and (one.refused.row, one.refused.reason, one.refused.cells),
            [(fault.row, fault.header, fault.found) for fault in one.faults],
            one.record and {**vars_of(one.record), "source": None},
        )
        for one in rows_of(found)
    ]


def vars_of(record: Declared) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_columns_are_added_to_the_right_and_everything_else_is_kept(
    workbook: Path, locate: Locate, tmp_path: Path
) -> None:
    out = tmp_path / "回填.xlsx"
    assert write_filled(workbook, out, locate=locate) == 3
    before, after = load_workbook(workbook), load_workbook(out)
    sheet = after["站点"]
    assert values(sheet, "I2:P5") == [
        [
            *("职图·区", "职图·街镇", "职图·经度", "职图·纬度"),
            *("职图·坐标系", "职图·级别", "职图·误差（米）", "职图·备注"),
        ],
        ["黄浦区", None, 121.471012, 31.2349, "WGS-84", "门牌", 90, None],
        ["黄浦区", None, None, None, None, None, None, f"{NOWHERE}；面积读不出，应填：{AREA}"],
        [None, None, None, None, None, None, None, f"退回：“类别”：{KIND}"],
    ]
    assert values(sheet, "A1:H5") == values(before["站点"], "A1:H5")
    assert (sheet["B2"].font.b, sheet["B3"].fill.fgColor.rgb) == (True, "0000FF00")
    assert (str(sheet.merged_cells), sheet.row_dimensions[3].height) == ("A1:H1", 40)
    assert after["说明"]["A1"].value == "本表由区总工会填写"


AREA = "一个数，例如 120"
KIND = "站点类别，例如 户外职工驿站、职工书屋"


@pytest.mark.parametrize("kind", ["workbook", "text"])
def test_a_copy_imported_again_gives_the_same_records(
    kind: str, locate: Locate, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    sent, out = request.getfixturevalue(kind), tmp_path / "站点.回填.xlsx"
    write_filled(sent, out, locate=locate)
    assert records(out) == records(sent)


def test_a_word_table_becomes_a_workbook_with_its_title_above(
    document: Path, locate: Locate, tmp_path: Path
) -> None:
    out = tmp_path / "回填.xlsx"
    assert write_filled(document, out, locate=locate) == 3
    (sheet,) = load_workbook(out).worksheets
    assert (sheet["A1"].value, sheet["A2"].value, sheet["I2"].value) == (
        *("站点清单", "序号"),
        "职图·区",
    )
    assert values(sheet, "I3:K3") == [["黄浦区", None, 121.471012]]


def test_a_table_without_addresses_is_copied_as_it_is(locate: Locate, tmp_path: Path) -> None:
    sent, out = tmp_path / "从业人员.csv", tmp_path / "回填.xlsx"
    sent.write_text("区,街镇,从业人员,年份\n黄浦区,外滩街道,9,2023\n", encoding="utf-8")
    assert write_filled(sent, out, locate=locate) == 0
    (sheet,) = load_workbook(out).worksheets
    assert [cell.value for cell in sheet[1]] == ["区", "街镇", "从业人员", "年份"]


def test_a_text_becomes_a_workbook_in_which_nothing_is_a_formula(
    text: Path, locate: Locate, tmp_path: Path
) -> None:
    out = tmp_path / "回填.xlsx"
    write_filled(text, out, locate=locate)
    (sheet,) = load_workbook(out).worksheets
    assert values(sheet, "A1:C2") == [
        ["序号", "名称", "类别"],
        ["1", "甲驿站", "户外职工驿站"],
    ]
    cell = sheet["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1驿站", "s", True)
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_file_itself_is_never_written_over(workbook: Path, locate: Locate) -> None:
    before = workbook.read_bytes()
    with pytest.raises(SettingsError, match="写出的文件不能就是读入的文件"):
        write_filled(workbook, workbook, locate=locate)
    assert workbook.read_bytes() == before


def test_a_locating_that_fails_leaves_no_file(workbook: Path, tmp_path: Path) -> None:
    def broken(_declared: Declared) -> Placed:
        raise KeyError("线路断了")

    with pytest.raises(KeyError):
        write_filled(workbook, tmp_path / "回填.xlsx", locate=broken)
    assert [path.name for path in tmp_path.iterdir()] == ["站点.xlsx"]
