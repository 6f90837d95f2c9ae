import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.declared import Contact, Declared, Placed, Stored
from geodata.errors import ZhituError
from geodata.model import Level, Position, Reason, Unlocated
from importers.parse import RefusedRow
from importers.reporting.findings import FormFound, RefusedTable, Unplaced, visible
from importers.rows.row import CellFault
from importers.rows.survey import Note

CANARIES = ("金丝雀", "19900000001", "199-0000-0001", "canary")


def test_a_row_without_a_needed_cell_is_refused_whole_with_its_text(
    imported: Callable[..., object],
) -> None:
    run = imported([["名称", "类别", "地址", "联系人"], [None, "职工书屋", "某路1号", "金丝雀甲"]])
    assert run.report.refused_rows == (
        RefusedRow("", 2, "“名称”：这一格必须填写", (("类别", "职工书屋"), ("地址", "某路1号"))),
    )
    assert run.report.stored == Stored()


def test_a_row_with_an_unreadable_optional_cell_is_stored_without_it(
    imported: Callable[..., object],
) -> None:
    run = imported(
        [["名称", "类别", "面积", "状态", "区"], ["甲", "职工书屋", "很大", "不明", "火星区"]],
        "xlsx",
    )
    (record,) = run.records
    assert record.services[0].area_m2 is None
    assert record.services[0].status.value == "surveyed"
    assert record.district == ""
    assert sorted((fault.column, fault.header, fault.found) for fault in run.report.faults) == [
        ("C", "面积", "很大"),
        ("D", "状态", "不明"),
        ("E", "区", "火星区"),
    ]


def test_an_unknown_kind_beside_a_known_one_is_a_cell_at_fault(
    imported: Callable[..., object],
) -> None:
    run = imported([["名称", "类别"], ["甲", "户外职工驿站；公共厕所"]])
    assert run.report.faults == (
        CellFault(
            "",
            2,
            "2",
            "类别",
            "户外职工驿站；公共厕所",
            "已知的站点类别；“公共厕所”不是，没有登记",
        ),
    )


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "expected"),
    [
        ("121.47", "31.23", None, "坐标要在“坐标系”列写明 WGS-84、GCJ-02、BD-09 或 CGCS2000"),
        ("121.47", None, "WGS-84", "经度和纬度成对填写的十进制度数，例如 121.4710 和 31.2349"),
        ("0", "0", "WGS-84", "经度和纬度成对填写的十进制度数，例如 121.4710 和 31.2349"),
    ],
)
def test_coordinates_that_cannot_be_trusted_are_not_used(
    imported: Callable[..., object], lon: str, lat: str | None, datum: str | None, expected: str
) -> None:
    header = ["名称", "类别", "经度", "纬度", "坐标系"]
    run = imported([header, ["甲", "职工书屋", lon, lat, datum]])
    assert run.records[0].coordinates is None
    assert [fault.expected for fault in run.report.faults] == [expected]


def test_an_uncomputed_formula_is_named_and_its_row_kept(
    workbook: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = workbook([["名称", "类别", "职工数"], ["甲园", "园区", "=1+1"]])
    run = import_file(path)
    assert run.records[0].workers is None
    assert [(fault.row, fault.column, fault.expected) for fault in run.report.faults] == [
        (2, "C", "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值")
    ]


def test_a_count_merged_over_rows_is_not_counted_twice(imported: Callable[..., object]) -> None:
    rows = [["名称", "类别", "职工数"], ["甲", "楼宇", 300], ["乙", "楼宇", None]]
    run = imported(rows, "xlsx", merged=["C2:C3"])
    assert [record.workers for record in run.records] == [300, None]
    assert [(doubt.row, doubt.code) for doubt in run.report.flags] == [(3, "merged_count")]


def test_the_report_says_why_each_table_is_what_it_is(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = text_file(
        "序号\t培训地点\t详细地址\t编制\n1\t甲\t某路\tx\n合计\t\t1\t\n\n清单\n"
        "序号\t工间休息室名称\t地址\n1\t\t\n\n价目\n项目\t收费\n甲\t30\n"
    )
    report = import_file(path).report
    assert report.forms == (
        FormFound(
            form="training_points",
            title="轨交现场培训点（2023 年附件2-10-2）",
            sheet="",
            header_row=1,
            matched=("序号", "培训地点", "详细地址"),
            unused=("编制",),
            rows=1,
            notes=(Note(3, "合计 1"),),
            note_count=1,
            fields=(("序号", "序号"), ("培训地点", "培训地点"), ("详细地址", "地址")),
        ),
    )
    assert [(form.form, form.header_row) for form in report.empty_forms] == [("rest_rooms_2023", 6)]
    nearest = "轨交现场培训点（2023 年附件2-10-2）"
    reason = f"表头没有一个对得上站点类的表；最接近“{nearest}”，它要有“培训地点”“地址”列"
    assert report.refused_tables == (
        RefusedTable("", 10, 11, reason, nearest, (), ("培训地点", "地址")),
    )


def test_a_form_on_a_hidden_sheet_is_refused_aloud(
    tmp_path: Path, import_file: Callable[..., object]
) -> None:
    book = Workbook()
    book.active.append(["名称", "类别"])
    book.active.append(["甲", "职工书屋"])
    old = book.create_sheet("旧表")
    old.append(["名称", "类别"])
    old.append(["乙", "职工书屋"])
    old.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    report = import_file(tmp_path / "表.xlsx").report
    assert report.rows_read == 1
    assert report.refused_tables == (
        RefusedTable(
            "旧表", 1, 2, "工作表是隐藏的，要导入请先取消隐藏", "站点清单", ("名称", "类别"), ()
        ),
    )


def _nowhere(declared: Declared) -> Placed:
    return Placed(declared, None, Unlocated(Reason.NO_ADDRESS), declared.district, declared.flags)


def test_records_without_a_point_are_listed_with_the_reason(
    text_file: Callable[..., Path], import_file: Callable[..., object]
) -> None:
    path = text_file("名称,类别\n甲,职工书屋\n乙,职工书屋\n丙,职工书屋\n", "表.csv")
    outcomes = {
        "甲": Unlocated(Reason.AMBIGUOUS, "两处"),
        "乙": Position(121.5, 31.2, Level.DISTRICT, 6000.0, "区"),
        "丙": Position(121.5, 31.2, Level.NUMBER, 90.0, "地址表"),
    }

    def locate(declared: Declared) -> Placed:
        return replace(_nowhere(declared), outcome=outcomes[declared.name])

    assert import_file(path, locate=locate).report.unplaced == (
        Unplaced("", 2, "甲", "同名不止一处，需要人来定（两处）"),
        Unplaced("", 3, "乙", "地名库里没有这个地址，只知道所在的区"),
    )


def test_a_point_too_wide_to_be_counted_is_told_with_its_row(
    tmp_path: Path, import_file: Callable[..., object]
) -> None:
    path = tmp_path / "甲.csv"
    path.write_text("名称,类别,地址\n甲,职工书屋,甲路1号\n乙,职工书屋,乙路2号\n", encoding="utf-8")
    errors = {"甲": 400.0, "乙": 730.0}

    def locate(declared: Declared) -> Placed:
        at = Position(121.5, 31.2, Level.INTERPOLATED, errors[declared.name], "地址表")
        return replace(_nowhere(declared), outcome=at)

    assert import_file(path, locate=locate).report.lines()[-2:] == [
        "读到 2 行：新增 2，更新 0，不变 0，退回 0；未落图 0；位置不够准 1",
        "请核对：第 3 行，位置不够准，误差超过 400 米：在图上，但不计入 1000 米的覆盖，"
        "请用 zhitu review 核定",
    ]


def test_the_lines_are_sentences_in_the_order_of_questions(
    imported: Callable[..., object],
) -> None:
    rows = [
        ["名称", "类别", "面积", "编制"],
        ["甲", "职工书屋", "很大", "x"],
        ["乙", "职工书屋", "很大", "x"],
        ["丙", "别的", None, "x"],
    ]
    assert imported(rows).report.lines() == [
        "文件“表.csv”",
        "认出：第 1 行起的“站点清单”，3 行",
        "  依据的列：名称、类别、面积",
        "  没有对应字段、照原文留存的列：编制",
        "读到 3 行：新增 2，更新 0，不变 0，退回 1；未落图 2",
        "退回：第 4 行，“类别”：站点类别，例如 户外职工驿站、职工书屋。"
        "原文：名称 丙；类别 别的；编制 x",
        "读不出：3 列“面积”第 2、3 行，例如“很大”。应填：一个数，例如 120。请改正后再导入",
        "读不出：2 列“类别”第 4 行，例如“别的”。应填：已知的站点类别；“别的”不是，没有登记。"
        "请改正后再导入",
        "未落图：第 2 行“甲”，地名库里没有这个地址",
        "未落图：第 3 行“乙”，地名库里没有这个地址",
    ]


PRIVATE_ROWS = [
    ["单位名称", "示例公司 金丝雀甲", "联系人姓名", "金丝雀甲", *[None] * 9],
    ["联系人邮箱", "canary-a@example.invalid", "联系人电话", "19900000001", *[None] * 9],
    [
        *("名称", "类别", "区", "地址", "开放时间", "设施", "服务内容", "联系电话", "联系人"),
        *("手机", "邮箱", "备注", "填报"),
    ],
    [
        *("甲站（联系人：金丝雀乙）", "职工书屋", "黄浦区", "某路1号金丝雀乙19900000001"),
        *("每天 9:00-17:00，找金丝雀乙 199-0000-0001", "饮水机、负责人：金丝雀乙"),
        *("咨询 canary-b@example.invalid", "金丝雀乙 62345678", "金丝雀乙", "19900000001"),
        *("canary-b@example.invalid", "经办人：金丝雀乙", "金丝雀丙"),
    ],
    [
        *(None, "职工书屋", "金丝雀乙 19900000001", "某路 金丝雀乙 19900000001", None, None, None),
        *("金丝雀乙", "金丝雀乙", "19900000001", "canary-b@example.invalid", None, "金丝雀丙"),
    ],
    [
        *("乙站", "职工书屋", "19900000001", None, None, None, None, "19900000001", None, None),
        *(None, None, None),
    ],
]


@pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
def test_no_person_reaches_the_report_or_a_public_field(
    imported: Callable[..., object], how: str
) -> None:
    run = imported(PRIVATE_ROWS, how)
    told = json.dumps(run.report.as_json(), ensure_ascii=False) + "\n".join(run.report.lines())
    public = "".join(repr(replace(record, contacts=())) for record in run.records)
    assert [word for word in CANARIES if word in told] == []
    assert [word for word in CANARIES if word in public] == []
    assert {flag.code for record in run.records for flag in record.flags} == {"private_text_moved"}


def test_the_persons_cut_out_are_kept_as_contacts(imported: Callable[..., object]) -> None:
    record = imported(PRIVATE_ROWS).records[1]
    assert record.name == "乙站"
    assert record.contacts == (
        Contact(mobile="19900000001", role="写在“区”里"),
        Contact(mobile="19900000001", role="写在“联系电话”里"),
        Contact("金丝雀甲", "19900000001", "canary-a@example.invalid", "填报联系人"),
    )


def test_a_name_of_one_contact_cell_is_taken_out_of_other_rows_too(
    imported: Callable[..., object],
) -> None:
    run = imported(
        [
            ["名称", "类别", "地址", "联系人", "备注"],
            ["甲站", "职工书屋", "某路1号", "金丝雀甲、张江", None],
            ["乙站（金丝雀乙 19900000001）", "职工书屋", "张江路2号", None, "问金丝雀甲或金丝雀乙"],
        ]
    )
    second = run.records[1]
    assert (second.name, second.address) == ("乙站", "张江路2号")
    assert second.services[0].notes == "或"


@pytest.mark.parametrize("name", ["金丝雀甲19900000001.pdf", "金丝雀甲19900000001.csv"])
def test_a_person_in_the_name_of_a_refused_file_is_not_said(
    text_file: Callable[..., Path], import_file: Callable[[Path], object], name: str
) -> None:
    with pytest.raises(ZhituError) as refused:
        import_file(text_file("%PDF-1.4" if name.endswith("pdf") else "甲,乙", name))
    assert str(refused.value).startswith(f"“未命名{name[-4:]}”")


def test_a_column_with_text_and_no_header_is_told(imported: Callable[..., object]) -> None:
    rows = [["名称", "类别", None, "经办科室"], ["甲", "职工书屋", "二楼", "x", "三楼"]]
    assert imported(rows, "xlsx").report.forms[0].unused == (
        "经办科室",
        "C 列（没有表头，但有内容）",
        "E 列（没有表头，但有内容）",
    )


def test_an_unused_header_that_is_a_person_is_called_by_its_column(
    imported: Callable[..., object],
) -> None:
    rows = [["名称", "类别", "核对人金丝雀甲 19900000001"], ["甲", "职工书屋", "x"]]
    assert imported(rows, "xlsx").report.forms[0].unused == ("C 列",)


def test_a_hidden_row_is_imported_and_flagged(
    tmp_path: Path, import_file: Callable[..., object]
) -> None:
    book = Workbook()
    for row in (["名称", "类别"], ["甲", "职工书屋"], ["乙", "职工书屋"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "表.xlsx")
    report = import_file(tmp_path / "表.xlsx").report
    assert [(doubt.row, doubt.name, doubt.code) for doubt in report.flags] == [
        (3, "乙", "row_hidden")
    ]


def test_a_lone_row_that_prose_cuts_off_its_table_is_told(
    text_file: Callable[..., Path], import_file: Callable[[Path], object]
) -> None:
    path = text_file("名称\t类别\n甲\t职工书屋\n备注：完\n乙\t职工书屋\n")
    report = import_file(path).report
    assert report.rows_read == 1
    assert [(table.first_row, table.last_row) for table in report.refused_tables] == [(4, 4)]


def test_control_characters_never_reach_the_terminal() -> None:
    assert visible("甲\x1b[31m\u202e站\r\n乙\x07") == "甲[31m站 乙"
