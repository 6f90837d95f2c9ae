from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from geodata.declared import DeclaredPlace, Flag
from importers.form import Match
from importers.parse import Rows, Summary, recognise, rows_of
from importers.readers import read
from importers.rows.survey import MOST_NOTES, Note


def rows(path: Path) -> Rows:
    (found,) = (one for one in recognise(read(path)) if isinstance(one, Match))
    return rows_of(found)


def test_rows_come_one_by_one_and_the_summary_after_the_last(
    text_file: Callable[..., Path],
) -> None:
    lines = ["名称,类别,地址,", "甲站,书屋,某路1号,", ",书屋,某路2号,另见", "合计,1,,"]
    stream = rows(text_file("\n".join(lines), "表.csv"))
    first, second = list(stream)
    assert isinstance(first.record, DeclaredPlace)
    assert (first.record.name, first.refused, first.faults) == ("甲站", None, ())
    assert second.record is None
    assert second.refused is not None
    assert (second.refused.row, len(second.faults)) == (3, 1)
    assert stream.summary == Summary(
        records=1, refused=1, notes=(Note(4, "合计 1"),), note_count=1, unheaded=("4",)
    )


def test_the_person_who_filled_a_form_in_is_not_in_its_notes(
    text_file: Callable[..., Path],
) -> None:
    lines = [
        "名称\t类别\t地址\t联系人",
        "甲站\t书屋\t某路1号\t金丝雀乙",
        "注：请找金丝雀乙",
        "填表人：金丝雀甲",
    ]
    stream = rows(text_file("\n".join(lines)))
    assert len(list(stream)) == 1
    assert stream.summary.notes == (Note(3, "注"), Note(4, ""))


def test_of_endless_notes_the_first_are_kept_and_all_are_counted(
    text_file: Callable[..., Path],
) -> None:
    lines = ["名称,类别,地址", "甲站,书屋,某路1号", *["小计,1,"] * 300]
    summary = rows(text_file("\n".join(lines), "表.csv")).summary
    assert (len(summary.notes), summary.note_count) == (MOST_NOTES, 300)


def test_a_hidden_column_is_read_and_flagged_once(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["名称", "类别", "面积"], ["甲站", "书屋", 20], ["乙站", "书屋", 30]):
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "表.xlsx")
    records = [row.record for row in rows(tmp_path / "表.xlsx")]
    assert [one.flags for one in records if isinstance(one, DeclaredPlace)] == [
        (Flag("column_hidden", "这一列在工作表里是隐藏的，已照常导入", "第 2 行 C 列“面积”"),),
        (),
    ]
