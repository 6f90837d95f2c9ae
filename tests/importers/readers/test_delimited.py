from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.errors import UnreadableFileError
from importers.readers.delimited import read_delimited, sniff
from importers.tables.sheet import Row

TABLE = "名称,类别\n甲站,职工书屋\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_are_told_apart(text_file: Callable[..., Path], encoding: str) -> None:
    sheet = read_delimited(text_file(TABLE, "表.csv", encoding))
    assert sheet.rows == (Row(1, ("名称", "类别")), Row(2, ("甲站", "职工书屋")))


def test_utf8_with_a_broken_byte_is_not_read_as_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(("站点名称与类别，" * 20).encode()[:-1])
    with pytest.raises(UnreadableFileError, match="文字编码认不出来或已损坏"):
        read_delimited(path)


def test_a_stray_zero_does_not_make_utf16_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(("名称,类别\n" + "甲站,职工书屋\n" * 20 + "乙\0站,职工书屋\n").encode())
    assert list(read_delimited(path).rows)[-1] == Row(22, ("乙站", "职工书屋"))


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "，", "；"])
def test_the_delimiter_is_sniffed(delimiter: str) -> None:
    lines = [
        delimiter.join(["名称", "类别", "地址"]),
        delimiter.join(["甲站", "书屋", "某路 1 号"]),
    ]
    assert sniff(lines, prose=False) == delimiter


def test_a_tab_wins_over_the_commas_of_prose() -> None:
    lines = ["一，二，三", "四，五，六", "序号\t地址", "1\t某路"]
    assert sniff(lines, prose=True) == "\t"


def test_tabs_that_guard_long_numbers_do_not_split_a_csv() -> None:
    lines = ["名称,电话,地址", "甲站,68472222\t,某路", "乙站,54182060\t,某路"]
    assert sniff(lines, prose=False) == ","


def test_a_quoted_cell_keeps_its_line_break_and_rows_keep_their_line_numbers(
    text_file: Callable[..., Path],
) -> None:
    sheet = read_delimited(text_file('名称,地址\n甲站,"某路\n1 号, 2 楼"\n\n乙站,某路\n', "表.csv"))
    assert sheet.rows == (
        Row(1, ("名称", "地址")),
        Row(2, ("甲站", "某路\n1 号, 2 楼"), height=2),
        Row(5, ("乙站", "某路")),
    )


def test_blank_lines_are_passed_over_and_counted(text_file: Callable[..., Path]) -> None:
    sheet = read_delimited(text_file("\n\n甲,乙\n" + "\n" * 100 + "丙,丁\n", "表.csv"))
    assert [(row.number, row.texts) for row in sheet.rows] == [
        (3, ("甲", "乙")),
        (104, ("丙", "丁")),
    ]


def test_an_unclosed_quote_does_not_swallow_the_rows_below(text_file: Callable[..., Path]) -> None:
    sheet = read_delimited(text_file('名称,地址\n"甲站,某路\n乙站,某路\n', "表.csv"))
    assert [row.number for row in sheet.rows] == [1, 2, 3]


def test_control_and_invisible_characters_never_enter(text_file: Callable[..., Path]) -> None:
    sheet = read_delimited(text_file("名\u200b称,类\x1b[31m别\r\n甲站,书屋\r\n", "表.csv"))
    assert sheet.rows == (Row(1, ("名称", "类[31m别")), Row(2, ("甲站", "书屋")))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("a," * 20_000, "有一行超过 16384 列"),
        ("甲" * 1_000_001, "有一行太长"),
        ('名称,"' + "甲" * 140_000 + '"', "有一格太长"),
    ],
    ids=["columns", "line", "cell"],
)
def test_what_nobody_typed_is_refused_with_what_to_do(
    text_file: Callable[..., Path], line: str, complaint: str
) -> None:
    with pytest.raises(UnreadableFileError, match=complaint):
        read_delimited(text_file(f"名称,类别\n{line}\n", "表.csv"))


def test_ten_thousand_columns_are_read(text_file: Callable[..., Path]) -> None:
    sheet = read_delimited(text_file("名称" + ",x" * 9_999, "表.csv"))
    assert [len(row.texts) for row in sheet.rows] == [10_000]
