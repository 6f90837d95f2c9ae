"""A long file is read again and again instead of held; what is found in it is the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UnreadableFileError
from importers.form import Match
from importers.parse import is_header_word, recognise, rows_of
from importers.readers import read
from importers.tables.head import is_labelled
from importers.tables.sheet import Row, Sheet
from importers.tables.table import find_tables

LINES = (
    "附件",
    "区局工会\t示例工会\t联系人\t金丝雀甲",
    "序号\t所辖区\t培训地点\t详细地址",
    "1\t黄浦区\t甲\t某路1号",
    "2\t\t乙\t某路",
    "中心2号",
    "- 3 -",
    "3\t\t丙\t某路3号",
    "合计\t3",
    "注：以上为暂定",
    "1.另附名单",
    "保障层级\t住院",
    "名称\t类别\t地址",
    "甲站\t职工书屋\t某路2号",
    "",
)


class Anew:
    """Rows that can only be gone through, as those of a long file."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)


def both(lines: list[str]) -> tuple[Sheet, Sheet]:
    rows = tuple(
        Row(number, tuple(line.split("\t"))) for number, line in enumerate(lines, 1) if line
    )
    return Sheet("表.txt", "", rows), Sheet("表.txt", "", Anew(rows))


def shape(sheet: Sheet) -> list[tuple[object, ...]]:
    return [
        (one.title, one.head, one.header_row, one.headers, tuple(one.rows), one.notes)
        for one in find_tables(sheet, known=is_header_word, is_label=is_labelled)
    ]


def outcome(sheet: Sheet) -> list[object]:
    found = [one for one in recognise([sheet]) if isinstance(one, Match)]
    rows = [rows_of(one) for one in found]
    return [[list(one) for one in rows], [one.summary for one in rows]]


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_a_sheet_read_anew_gives_the_same_tables_and_rows(lines: list[str]) -> None:
    held, anew = both(lines)
    assert shape(anew) == shape(held)
    assert repr(outcome(anew)) == repr(outcome(held))


def test_a_table_of_a_long_file_can_be_cut_and_indexed() -> None:
    _, anew = both(["名称\t类别\t地址", *(f"甲{n}\t书屋\t路" for n in range(100)), "x"])
    (table,) = find_tables(anew, known=is_header_word, is_label=is_labelled)
    assert len(table.rows) == 100
    assert [row.number for row in table.rows[:3]] == [2, 3, 4]
    assert [row.number for row in table.rows[98:]] == [100, 101]
    assert table.rows[-1].texts == ("甲99", "书屋", "路")
    with pytest.raises(IndexError):
        table.rows[100]


def test_a_file_too_long_to_hold_is_read_like_a_short_one(text_file: Callable[..., Path]) -> None:
    lines = [
        "名称,类别,地址",
        *(f"甲{n},书屋,{'某' * 400}路{n}号" for n in range(4_000)),
        "注：暂定",
    ]
    (sheet,) = read(text_file("\n".join(lines), "表.csv"))
    assert not isinstance(sheet.rows, tuple)
    (found,) = recognise([sheet])
    assert isinstance(found, Match)
    rows = rows_of(found)
    assert sum(row.record is not None for row in rows) == 4_000
    assert [(note.row, note.text) for note in rows.summary.notes] == [(4_002, "注：暂定")]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["名称\t类别\t地址", "甲\t书屋\t路", "说明"] * 1_001, "里的表超过 1000 张"),
        (["甲\t乙", "丙"] * 60_000, "像表头的行太多"),
    ],
)
def test_a_long_file_of_countless_tables_is_refused(lines: list[str], complaint: str) -> None:
    with pytest.raises(UnreadableFileError, match=complaint):
        find_tables(both(lines)[1], known=is_header_word, is_label=is_labelled)
