"""Tables side by side in one sheet."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from geodata.declared import Declared, DeclaredPlace, Placed
from geodata.model import Reason, Unlocated
from importers.form import Match
from importers.handback.filled import write_filled
from importers.parse import recognise, rows_of
from importers.readers import read

HEADERS = ["名称", "类别", "地址"]


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def found(path: Path) -> list[list[tuple[str, str, dict[str, str], str]]]:
    """Name, address, other columns and the letter of the name's column, table by table."""
    tables = [one for one in recognise(read(path)) if isinstance(one, Match)]
    return [
        [
            (
                one.record.name,
                one.record.address,
                dict(one.record.services[0].extra),
                one.record.source.columns["name"][0],
            )
            for one in rows_of(table)
            if isinstance(one.record, DeclaredPlace)
        ]
        for table in tables
    ]


def test_each_of_two_tables_side_by_side_is_read_from_its_own_columns(tmp_path: Path) -> None:
    path = book(
        tmp_path / "并排.xlsx",
        [
            ["职工书屋名单"],
            [*HEADERS, None, *HEADERS, "编制"],
            ["甲", "职工书屋", "某路1号", None, "丙", "职工书屋", "某路3号", "三人"],
            ["乙", "职工书屋", "某路2号"],
            [None, None, None, None, "丁", "职工书屋", "某路4号"],
        ],
    )
    assert found(path) == [
        [("甲", "某路1号", {}, "A"), ("乙", "某路2号", {}, "A")],
        [("丙", "某路3号", {"编制": "三人"}, "E"), ("丁", "某路4号", {}, "E")],
    ]


def test_a_header_met_twice_makes_no_second_table(tmp_path: Path) -> None:
    path = book(
        tmp_path / "表.xlsx",
        [
            [*HEADERS, "联系人", "手机", "联系人", "手机", "名称"],
            ["甲", "职工书屋", "某路1号", None, None, None, None, "旧名"],
        ],
    )
    assert found(path) == [[("甲", "某路1号", {"名称": "旧名"}, "A")]]


def test_what_is_filled_in_beside_two_tables_stands_in_columns_of_their_own(
    tmp_path: Path,
) -> None:
    path = book(
        tmp_path / "并排.xlsx",
        [
            [*HEADERS, None, *HEADERS],
            ["甲", "职工书屋", "某路1号", None, "乙", "职工书屋", "某路2号"],
        ],
    )
    out = tmp_path / "回填.xlsx"

    def nowhere(declared: Declared) -> Placed:
        return Placed(declared, None, Unlocated(Reason.NOT_FOUND, _name(declared)), "黄浦区")

    assert write_filled(path, out, locate=nowhere) == 2
    row = [cell.value for cell in load_workbook(out).active[2]][7:]
    remark = "未落图：地名库里没有这个地址"
    assert row == [
        *("黄浦区", None, None, None, None, None, None, f"{remark}（甲）"),
        *("黄浦区", None, None, None, None, None, None, f"{remark}（乙）"),
    ]
    assert found(out) == found(path)


def _name(declared: Declared) -> str:
    return declared.name if isinstance(declared, DeclaredPlace) else ""
