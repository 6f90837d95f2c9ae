"""附件2-10-1 as a list and as the card the notice prints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from geodata.declared import Contact, DeclaredApplication, Source

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
NOWHERE = Source("", "", 0, {}, "")

LIST = [
    ["“千企共促安全文明出行”活动申报汇总表"],
    [
        *(
            "序号",
            "所属区局（产业）",
            "活动申报单位",
            "填报人",
            "联系人电话",
            "培训地点",
            "参加人数",
        ),
        *("计划时间", "轨交站点", "覆盖职工人数", "培训方式", "午餐"),
    ],
    [
        *(1, "黄浦区总工会", "示例电子公司工会", "金丝雀甲", "19900000001", "地铁博物馆", "约40人"),
        *("2023年5月", "豫园站", 300, "线上", "自理"),
    ],
    [2, "示例产业工会", None, None, None, 12, None, "2023年9月", *[None] * 4],
]


@HOW
def test_a_list_of_applications(table: Callable[..., object], how: str) -> None:
    found = table(LIST, how)
    assert found.form == "training_applications"
    assert found.bare == [
        DeclaredApplication(
            union="示例电子公司工会",
            point="地铁博物馆",
            heads=40,
            dates="2023年5月",
            district="黄浦区",
            source=NOWHERE,
            notes="轨交站点：豫园站；送课覆盖职工人数：300；送课培训方式：线上",
            contacts=(Contact("金丝雀甲", "19900000001", role="点位联系人"),),
            extra={"午餐": "自理"},
        ),
        DeclaredApplication("示例产业工会", "12", None, "2023年9月", "", NOWHERE),
    ]
    assert found.flags == [("approximate", "“参加人数”是约数")]


CARD = """## “千企共促安全文明出行”活动申报表

所属区局（产业）{branch} 活动申报单位{union}

填报人{person} 联系人电话{mobile}

一、组织本地区、本单位职工赴轨交场所开展相关活动\t<p><b>1、参加现场培训</b></p> 参加人数{heads}
\t培训地点{point}（可选，详见附件 2-10-2）
\t计划时间{dates}
\t<p style="text-align: center;"><b>2、参加地铁平安志愿守护行动</b></p> 参加人数{volunteers}
\t轨交站点{station}（选填本市轨交站点）
\t计划时间_____
二、送轨交宣传培训课进园区、进厂区、进企业\t覆盖职工人数{workers}
\t覆盖企业数_____
\t培训方式：线上 {online} 线下 <input type="checkbox"> 线上线下结合 <input type="checkbox">
\t培训时间_____
\t线下培训地址_____

- 注：1、每个组织活动的单位填写一张活动申报表，由区局（产业）工会收集后统一上报；

"""
FILLED = {
    "branch": " 浦东新区总工会 ",
    "union": "__示例电子公司工会__",
    "person": " 金丝雀甲 ",
    "mobile": " 19900000001",
    "heads": "_45_",
    "point": "__磁浮本部__",
    "dates": " 2023 年 5 月",
    "volunteers": "10",
    "station": " 豫园站",
    "workers": " 300",
    "online": "☑",
}
APPLICATION = DeclaredApplication(
    union="示例电子公司工会",
    point="磁浮本部",
    heads=45,
    dates="2023年5月",
    district="浦东新区",
    source=NOWHERE,
    notes="志愿守护参加人数：10；轨交站点：豫园站；送课覆盖职工人数：300；送课培训方式：线上",
    contacts=(Contact("金丝雀甲", "19900000001", role="点位联系人"),),
)


def test_a_card_is_one_application_and_two_cards_are_two(
    text_file: Callable[..., Path], tables: Callable[[Path], list[object]]
) -> None:
    other = {**FILLED, "union": "示例机械公司工会"}
    path = text_file(CARD.format(**FILLED) + CARD.format(**other))
    first, second = tables(path)
    assert first.bare == [APPLICATION]
    assert [one.union for one in second.records] == ["示例机械公司工会"]
    assert first.records[0].source.row == 3


def test_the_blank_card_of_the_notice_is_an_empty_form(
    text_file: Callable[..., Path], tables: Callable[[Path], list[object]]
) -> None:
    blank = dict.fromkeys(FILLED, r"\_\_\_\_\_") | {"online": '<input type="checkbox">'}
    (found,) = tables(text_file(CARD.format(**blank)))
    assert (found.form, found.records, found.refused) == ("training_applications", [], [])


def test_a_card_of_a_workbook_has_its_answers_beside_its_labels(
    tmp_path: Path, tables: Callable[[Path], list[object]]
) -> None:
    book = Workbook()
    for row in (
        ["“千企共促安全文明出行”活动申报表"],
        ["所属区局（产业）", "浦东新区总工会", "活动申报单位", "示例电子公司工会"],
        ["填报人", "金丝雀甲", "联系人电话", "19900000001"],
        ["一、组织本地区、本单位职工赴轨交场所开展相关活动", "1、参加现场培训"],
        [None, "参加人数", 45],
        [None, "培训地点", "磁浮本部"],
        [None, "计划时间", "2023年5月"],
        [None, "2、参加地铁平安志愿守护行动"],
        [None, "参加人数", 10],
        [None, "轨交站点", "豫园站"],
        [None, "计划时间"],
        ["二、送轨交宣传培训课进园区、进厂区、进企业", "覆盖职工人数", 300],
        [None, "覆盖企业数"],
        [None, "培训方式", "☑线上 □线下 □线上线下结合"],
        [None, "培训时间"],
        [None, "线下培训地址"],
    ):
        book.active.append(row)
    book.active.merge_cells("A4:A11")
    book.save(tmp_path / "申报表.xlsx")
    (found,) = tables(tmp_path / "申报表.xlsx")
    assert found.bare == [APPLICATION]


def test_a_card_of_a_document_has_its_first_lines_above_the_frame(
    tmp_path: Path, tables: Callable[[Path], list[object]]
) -> None:
    document = Document()
    document.add_paragraph("“千企共促安全文明出行”活动申报表")
    document.add_paragraph("所属区局（产业） 浦东新区总工会  活动申报单位 示例电子公司工会")
    document.add_paragraph("填报人 金丝雀甲  联系人电话 19900000001")
    answers = (
        *("1、参加现场培训 参加人数 45", "培训地点 磁浮本部", "计划时间 2023年5月"),
        *("2、参加地铁平安志愿守护行动 参加人数 10", "轨交站点 豫园站", "计划时间"),
        *("覆盖职工人数 300", "覆盖企业数", "培训方式：线上☑ 线下□ 线上线下结合□"),
        *("培训时间", "线下培训地址"),
    )
    frame = document.add_table(rows=len(answers), cols=2)
    for row, answer in zip(frame.rows, answers, strict=True):
        row.cells[1].text = answer
    frame.cell(0, 0).merge(frame.cell(5, 0)).text = "一、组织本地区职工赴轨交场所开展相关活动"
    frame.cell(6, 0).merge(frame.cell(10, 0)).text = "二、送轨交宣传培训课进园区、进厂区、进企业"
    document.add_paragraph("注：1、每个组织活动的单位填写一张活动申报表")
    document.save(tmp_path / "申报表.docx")
    (found,) = tables(tmp_path / "申报表.docx")
    assert found.bare == [APPLICATION]
    assert found.records[0].source.row == 1


def test_the_labels_above_a_card_are_no_table_of_their_own(
    written: Callable[..., Path], found_in: Callable[[Path], list[object]]
) -> None:
    rows = [
        ["所属区局（产业）", "浦东新区总工会", "活动申报单位", "示例公司工会"],
        ["填报人", "金丝雀甲", "联系人电话", "19900000001"],
        ["一、组织", "1、参加现场培训"],
        [None, "参加人数", 45],
        [None, "培训地点", "磁浮本部"],
    ]
    assert [one.form.code for one in found_in(written(rows, "xlsx"))] == ["training_applications"]


@pytest.mark.parametrize(
    "case",
    [
        ("point", "26", "培训地点", "培训点的名称，或它在附件2-10-2 里的序号（1 到 25）"),
        ("heads", "很多", "参加人数", "一个数，例如 120"),
    ],
)
def test_an_answer_that_cannot_be_read_is_a_cell_at_fault(
    text_file: Callable[..., Path],
    tables: Callable[[Path], list[object]],
    case: tuple[str, str, str, str],
) -> None:
    field, text, header, expected = case
    (found,) = tables(text_file(CARD.format(**{**FILLED, field: text})))
    assert found.sentences == [(3, header, text, expected)]
    assert len(found.records) == 1


def test_a_card_that_names_no_unit_is_refused(
    text_file: Callable[..., Path], tables: Callable[[Path], list[object]]
) -> None:
    (found,) = tables(text_file(CARD.format(**{**FILLED, "branch": "", "union": ""})))
    assert [one.reason for one in found.refused] == ["“活动申报单位”：这一格必须填写"]
