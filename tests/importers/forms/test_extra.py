"""Columns that no field takes are kept as written, and persons in them in private."""

from collections.abc import Callable

import pytest

from geodata.declared import Contact

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])


@HOW
def test_a_column_nobody_knows_is_kept_under_its_header(
    table: Callable[..., object], how: str
) -> None:
    rows = [
        ["名称", "类别", "藏书量（册）", "说法", "说法"],
        ["甲", "职工书屋", "3,000 余", "一 二", "三"],
        ["乙", "职工书屋", None, None, "四"],
    ]
    found = table(rows, how)
    assert [one.services[0].extra for one in found.records] == [
        {"藏书量（册）": "3,000 余", "说法": "一 二", "说法（2）": "三"},
        {"说法": "四"},
    ]


@pytest.mark.parametrize(("how", "letter"), [("xlsx", "C 列"), ("csv", "3 列")])
def test_a_column_without_a_header_goes_by_its_place(
    table: Callable[..., object], how: str, letter: str
) -> None:
    (record,) = table([["名称", "类别", None], ["甲", "职工书屋", "随手写的"]], how).records
    assert record.services[0].extra == {letter: "随手写的"}


@pytest.mark.parametrize(
    ("header", "text", "kept", "contact"),
    [
        ("审核人", "金丝雀丙", {}, Contact("金丝雀丙", role="写在“审核人”里")),
        ("店长", "某某", {}, Contact("某某", role="写在“店长”里")),
        ("填报", "某某", {}, Contact("某某", role="写在“填报”里")),
        ("值守", "王某", {}, Contact("王某", role="写在“值守”里")),
        (
            "值班电话",
            "62345678 某某",
            {"值班电话": "62345678"},
            Contact("某某", role="写在“值班电话”里"),
        ),
        (
            "补充",
            "下午有人 19900000003",
            {"补充": "下午有人"},
            Contact(mobile="19900000003", role="写在“补充”里"),
        ),
        (
            "补充",
            "找金丝雀甲开门",
            {"补充": "开门"},
            Contact("金丝雀甲", role="写在“补充”里"),
        ),
    ],
)
def test_a_person_in_such_a_column_is_kept_in_private(
    table: Callable[..., object], header: str, text: str, kept: dict[str, str], contact: Contact
) -> None:
    rows = [["名称", "类别", "联系人", header], ["甲", "职工书屋", "金丝雀甲", text]]
    (record,) = table(rows).records
    assert record.services[0].extra == kept
    assert record.contacts == (Contact("金丝雀甲", role="点位联系人"), contact)
    assert [flag.code for flag in record.flags] == ["private_text_moved"]


@pytest.mark.parametrize(
    ("header", "text"),
    [("覆盖人数", "100"), ("是否有专人", "有"), ("王牌项目", "读书会"), ("位置", "周浦镇")],
)
def test_a_column_that_only_sounds_like_a_person_is_kept(
    table: Callable[..., object], header: str, text: str
) -> None:
    found = table([["名称", "类别", header], ["甲", "职工书屋", text]])
    assert [(one.services[0].extra, one.contacts) for one in found.records] == [
        ({header: text}, ())
    ]


def test_sites_outlets_and_workers_keep_theirs_too(table: Callable[..., object]) -> None:
    site = [["名称", "类别", "职工数", "物业"], ["甲园", "园区", 9, "某物业公司"]]
    outlet = [["名称", "类别", "座位", "菜系"], ["甲店", "餐饮", 9, "本帮"]]
    workers = [["区", "街镇", "从业人员", "年份", "口径"], ["黄浦区", None, 9, 2023, "期末"]]
    assert [table(rows).records[0].extra for rows in (site, outlet, workers)] == [
        {"物业": "某物业公司"},
        {"菜系": "本帮"},
        {"口径": "期末"},
    ]


def test_every_kind_behind_a_door_keeps_what_its_row_says(table: Callable[..., object]) -> None:
    rows = [["名称", "类别", "荣誉"], ["甲", "户外职工驿站、职工书屋", "最美驿站"]]
    (record,) = table(rows).records
    assert [one.extra for one in record.services] == [{"荣誉": "最美驿站"}] * 2
