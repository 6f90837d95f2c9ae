"""Cells written anew are read everywhere, and the record says so."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from geodata.declared import Declared, DeclaredPlace, Placed
from geodata.model import Reason, Unlocated
from geodata.store import Store
from importers.handback.filled import write_filled
from importers.handback.marked import write_errors
from importers.ingest import commit, preview, stage
from importers.intake import Locate
from importers.overrides import Overrides, read_with
from importers.shown import shown_tables

ROWS = [
    ["名称", "类别", "区", "地址", "面积", "联系人", "手机"],
    ["示例・甲站", "户外职工驿站", "黄浦区", "人民大道1号", "三十几吧", "张三丰", "13800000000"],
    ["示例・乙站", "户外职工驿站", "火星区", "人民大道2号", "20", "李四", ""],
    ["示例・丙站", "户外职工驿站", "浦东新区", "世纪大道3号", "30", "", ""],
]
FIXED: Overrides = {(0, 2, 4): "35", (0, 3, 2): "黄浦区"}


def workbook(tmp_path: Path, rows: list[list[str]] = ROWS) -> Path:
    path = tmp_path / "示例名单.xlsx"
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def text(tmp_path: Path) -> Path:
    path = tmp_path / "示例名单.csv"
    path.write_text("\n".join(",".join(row) for row in ROWS), encoding="utf-8")
    return path


def remembering(records: list[Declared]) -> Locate:
    def locate(declared: Declared) -> Placed:
        records.append(declared)
        return Placed(declared, None, Unlocated(Reason.NOT_FOUND), declared.district)

    return locate


def outside_huangpu(placed: Placed) -> str:
    return "" if placed.district == "黄浦区" else "不是你的区"


def test_a_cell_written_anew_is_read_and_its_record_says_so(store: Store, tmp_path: Path) -> None:
    records: list[Declared] = []
    for path in (workbook(tmp_path), text(tmp_path)):
        staged = stage(path, area=store.staging, locate=remembering(records), overrides=FIXED)
        assert staged.findings.faults.count == 0
    for record in records[0], records[3]:
        assert isinstance(record, DeclaredPlace)
        assert record.services[0].area_m2 == 35.0
        assert record.source.columns["area"][1:] == ("35", "在网页上改的")
        assert len(record.source.columns["name"]) == 2


def test_the_file_itself_stays_as_it_was(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    before = path.read_bytes()
    sheet = read_with(path, FIXED)[0]
    assert [row.text(4) for row in sheet.rows] == ["面积", "35", "20", "30"]
    assert path.read_bytes() == before


def test_a_cell_beyond_the_end_of_its_row_can_be_written(tmp_path: Path) -> None:
    sheet = read_with(workbook(tmp_path), {(0, 4, 8): " 备注 "})[0]
    assert [row.texts[-1] for row in sheet.rows][-1] == "备注"


def test_rows_the_sender_may_not_bring_are_refused_with_their_reason(
    store: Store, tmp_path: Path
) -> None:
    staged = stage(
        workbook(tmp_path),
        area=store.staging,
        locate=remembering([]),
        bar=outside_huangpu,
        overrides=FIXED,
    )
    seen = preview(staged, area=store.staging)
    assert [(row.row, row.reason) for row in seen.findings.refused.first] == [(4, "不是你的区")]
    assert seen.findings.refused.first[0].cells[0] == ("名称", "示例・丙站")
    assert commit(staged, area=store.staging).stored.new == 2


def test_copies_hold_the_cells_as_they_are_now(tmp_path: Path) -> None:
    path, out = workbook(tmp_path), tmp_path / "回填.xlsx"
    write_filled(path, out, locate=remembering([]), overrides=FIXED)
    sheet = load_workbook(out).active
    assert (sheet["E2"].value, sheet["C3"].value) == (35, "黄浦区")
    assert sheet["E2"].comment.text == "这一格是在网页上改的。"
    assert write_errors(path, out, overrides=FIXED) == 0


def shown(path: Path, overrides: Overrides) -> list[tuple[object, ...]]:
    [(_, rows)] = shown_tables(path, overrides)
    return [(row.row, dict(row.texts), set(row.hidden), set(row.rewritten)) for row in rows]


def test_the_sheet_is_shown_without_persons(tmp_path: Path) -> None:
    rows = shown(workbook(tmp_path), FIXED)
    kept = {0: "示例・甲站", 1: "户外职工驿站", 2: "黄浦区", 3: "人民大道1号", 4: "35"}
    assert rows[0] == (2, kept, {5, 6}, {4})
    assert [row[2] for row in rows] == [{5, 6}, {5}, set()]


def test_columns_are_shown_with_their_headers_and_which_are_private(tmp_path: Path) -> None:
    [(table, _)] = shown_tables(workbook(tmp_path))
    columns = [(one.name, one.header, one.private) for one in table.columns]
    assert columns[3:] == [
        ("D", "地址", False),
        ("E", "面积", False),
        ("F", "联系人", True),
        ("G", "手机", True),
    ]


def test_a_merged_cell_is_written_where_it_stands(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    book = load_workbook(path)
    book.active["C4"] = None
    book.active.merge_cells("C3:C4")
    book.save(path)
    [(_, rows)] = shown_tables(path)
    assert [row.places[2] for row in rows] == [((2, 2),), ((3, 2),), ((3, 2),)]


def test_a_name_told_in_a_contact_cell_is_left_out_of_all_others(tmp_path: Path) -> None:
    rows = [[*row] for row in ROWS]
    rows[1][0] = "张三丰的站"
    assert shown(workbook(tmp_path, rows), {})[0][1] == {
        0: "的站",
        1: "户外职工驿站",
        2: "黄浦区",
        3: "人民大道1号",
        4: "三十几吧",
    }
