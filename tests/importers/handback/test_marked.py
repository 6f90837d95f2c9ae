"""The copy in which cells at fault are coloured and explained."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from geodata.errors import UnreadableFileError
from importers.handback.marked import write_errors

RED, YELLOW = "00FFC7CE", "00FFEB9C"


@pytest.mark.parametrize(("kind", "first"), [("workbook", 3), ("text", 2), ("document", 3)])
def test_faults_are_red_and_refused_rows_yellow_each_with_what_to_do(
    kind: str, first: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    out = tmp_path / "错误.xlsx"
    assert write_errors(request.getfixturevalue(kind), out) == 3
    sheet = load_workbook(out).worksheets[0]
    coloured = {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows(min_row=first + 1)
        for cell in row
        if cell.fill.fgColor.rgb in {RED, YELLOW}
    }
    refused = first + 2
    assert coloured == {f"F{first + 1}": RED} | {
        f"{letter}{refused}": RED if letter == "C" else YELLOW for letter in "ABCDEFGH"
    }
    said = {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    again = "请改正后再导入。"
    assert said == {
        f"F{first + 1}": f"应填：一个数，例如 120。{again}",
        f"A{refused}": f"这一行没有导入：“类别”：站点类别，例如 户外职工驿站、职工书屋。{again}",
        f"C{refused}": f"应填：已知的站点类别；“不知道是什么”不是，没有登记。{again}",
    }


def test_a_fault_in_a_merged_cell_is_said_in_its_first_cell(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    sheet = book["站点"]
    sheet["F3"] = "许多"
    sheet["F4"] = None
    sheet.merge_cells("F3:F4")
    book.save(workbook)
    out = tmp_path / "错误.xlsx"
    write_errors(workbook, out)
    sheet = load_workbook(out)["站点"]
    assert sheet["F3"].fill.fgColor.rgb == RED
    assert sheet["F3"].comment.text.startswith("应填：")


def test_a_fault_of_a_card_is_said_at_its_first_row(tmp_path: Path) -> None:
    sent, out = tmp_path / "申报表.xlsx", tmp_path / "错误.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["活动申报单位", "示例电子公司工会"],
        ["1、参加现场培训", "参加人数：许多", "培训地点：12", "计划时间：2023年5月"],
    ):
        sheet.append(row)
    book.save(sent)
    assert write_errors(sent, out) == 1
    said = [cell.comment.text for row in load_workbook(out).active for cell in row if cell.comment]
    assert said == ["“参加人数”应填：一个数，例如 120。请改正后再导入。"]


def test_a_copy_of_a_hundred_thousand_merged_cells_is_refused(
    workbook: Path, tmp_path: Path
) -> None:
    book = load_workbook(workbook)
    # Written as a range: merging would make its cells here.
    book.worksheets[0].merged_cells.add("J1:J100001")
    book.save(workbook)
    with pytest.raises(UnreadableFileError, match="合并的格子超过 100,000 个"):
        write_errors(workbook, tmp_path / "错误.xlsx")
