"""Any list with an address column is read: where the column stands, and the rows in order."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.errors import ParameterError, UnknownFormError
from service.address_list import Entry, open_list


def csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "表.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


def xlsx(tmp_path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = tmp_path / "表.xlsx"
    book.save(path)
    return path


def test_the_columns_are_found_by_their_headers(tmp_path: Path) -> None:
    found = open_list(csv(tmp_path, "编号,所属区,详细地址\n1,虹口区,飞虹路528号\n2,,甲路1号\n"))
    assert (found.headers, found.header_row) == (("编号", "所属区", "详细地址"), 1)
    assert list(found.entries()) == [
        Entry(2, ("1", "虹口区", "飞虹路528号"), "飞虹路528号", "虹口区"),
        Entry(3, ("2", "", "甲路1号"), "甲路1号", ""),
    ]
    assert list(found.entries()) == list(found.entries())


def test_what_is_asked_about_names_no_person(tmp_path: Path) -> None:
    rows = [
        ("示例路8号 金丝雀乙 canary@example.invalid", ""),
        ("示例大道9号联系人:金丝雀丁", ""),
        ("福州路1001号(金丝雀甲19900000001)", ""),
        ("示例路10号金丝雀丙", "金丝雀丙"),
    ]
    text = "".join(f"{address},{who}\n" for address, who in rows)
    found = list(open_list(csv(tmp_path, f"地址,联系人\n{text}")).entries())
    assert [one.texts for one in found] == rows
    assert [one.address for one in found] == [
        *("示例路8号", "示例大道9号", "福州路1001号", "示例路10号")
    ]


def test_a_workbook_may_have_a_title_above(tmp_path: Path) -> None:
    path = xlsx(tmp_path, [["某某清单"], ["名称", "address"], ["甲", "飞虹路528号"], [None, 7]])
    assert list(open_list(path).entries()) == [
        Entry(3, ("甲", "飞虹路528号"), "飞虹路528号", ""),
        Entry(4, ("", "7"), "7", ""),
    ]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("名称,地址,网址", 1),
        ("网址,单位地址,地址", 2),
        ("电子邮箱地址,经营地址（全称）", 1),
        ("name,Address", 1),
        ("地址", 0),
    ],
)
def test_the_likeliest_column_is_taken(tmp_path: Path, header: str, column: int) -> None:
    path = csv(tmp_path, f"{header}\n{',,'[: header.count(',')]}x\n")
    assert open_list(path).address_column == column


def test_a_column_can_be_named(tmp_path: Path) -> None:
    path = csv(tmp_path, "地址,位置说明\n甲,飞虹路528号\n")
    assert [one.address for one in open_list(path, column="位置说明").entries()] == ["飞虹路528号"]
    with pytest.raises(ParameterError, match=r"没有叫“地点”的列。第一行是：地址、位置说明。"):
        open_list(path, column="地点")


def test_a_list_without_one_says_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormError, match=r"没有地址列.*第一行是：名称、网址。.*--column"):
        open_list(csv(tmp_path, "名称,网址\n甲,乙\n"))


def test_cells_beyond_the_last_header_are_kept(tmp_path: Path) -> None:
    found = open_list(csv(tmp_path, "地址,名称\n甲路1号,甲,还有\n乙路2号\n"))
    assert found.headers == ("地址", "名称", "")
    assert [one.texts for one in found.entries()] == [
        ("甲路1号", "甲", "还有"),
        ("乙路2号", "", ""),
    ]
