"""The register of what must exist, told by 名册 or 应建."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.declared import Contact, DeclaredRequirement, Source
from geodata.kinds import Kind
from importers.form import Match, NoMatch

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
NOWHERE = Source("", "", 0, {}, "")


@HOW
def test_the_register_of_hubs_is_told_by_its_title(table: Callable[..., object], how: str) -> None:
    rows = [
        ["浦东新区街镇、开发区职工服务总站名册"],
        ["序号", "总站名称", "街镇、开发区", "地址", "编号", "备注", "联系人", "是否已建"],
        [1, "甲镇职工服务总站", "北蔡镇", "示例路1号", "PD-01", "2025年前", "金丝雀甲", "是"],
        [2, "乙开发区职工服务总站", "金桥", *[None] * 5],
    ]
    found = table(rows, how)
    assert found.form == "register"
    assert found.bare == [
        DeclaredRequirement(
            name="甲镇职工服务总站",
            kind=Kind.SERVICE_HUB,
            district="浦东新区",
            town="北蔡镇",
            source=NOWHERE,
            official_code="PD-01",
            address="示例路1号",
            notes="2025年前",
            contacts=(Contact("金丝雀甲", role="点位联系人"),),
            extra={"是否已建": "是"},
        ),
        DeclaredRequirement("乙开发区职工服务总站", Kind.SERVICE_HUB, "浦东新区", "金桥", NOWHERE),
    ]


@HOW
def test_a_register_of_all_kinds_has_a_column_for_them(
    table: Callable[..., object], how: str
) -> None:
    rows = [
        ["应建名称", "应建类别", "区", "街镇"],
        ["甲区职工服务中心", "区级职工服务中心", "青浦区", None],
        ["甲大厦职工服务站", "楼宇职工服务站", "青浦区", "徐泾镇"],
    ]
    found = table(rows, how)
    assert found.form == "register"
    assert [(one.name, one.kind, one.town) for one in found.records] == [
        ("甲区职工服务中心", Kind.SERVICE_CENTRE, ""),
        ("甲大厦职工服务站", Kind.SERVICE_STATION, "徐泾镇"),
    ]


def test_the_same_list_without_that_word_lists_what_there_is(table: Callable[..., object]) -> None:
    rows = [["总站名称", "街镇"], ["甲镇职工服务总站", "北蔡镇"]]
    assert [table(rows, name=name).form for name in ("职工服务总站名册", "职工服务总站名单")] == [
        "register",
        "service_hubs",
    ]


@HOW
def test_an_empty_register_is_empty(table: Callable[..., object], how: str) -> None:
    rows = [["职工服务总站名册"], ["序号", "总站名称", "街镇"], [1, None, None], [2, None, None]]
    found = table(rows, how)
    assert (found.form, found.records, found.refused) == ("register", [], [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["甲", None], "“类别”：这一格必须填写"),
        (["甲", "食堂"], "“类别”：一个站点类别，例如 职工服务总站；一行只写一类"),
        (["甲", "职工书屋、妈咪小屋"], "“类别”：一个站点类别，例如 职工服务总站；一行只写一类"),
        ([None, "职工书屋"], "“名称”：这一格必须填写"),
    ],
)
def test_a_line_that_does_not_say_what_must_exist_is_refused(
    table: Callable[..., object], row: list[object], reason: str
) -> None:
    found = table([["名称", "类别"], ["乙", "职工书屋"], row], name="名册")
    assert [(one.row, one.reason) for one in found.refused] == [(3, reason)]
    assert [one.name for one in found.records] == ["乙"]


def test_a_register_that_names_no_kind_is_asked_for_a_column(
    written: Callable[..., Path], found_in: Callable[[Path], list[Match | NoMatch]]
) -> None:
    (found,) = found_in(written([["名称", "街镇"], ["甲", "北蔡镇"]], "csv", "名册"))
    assert isinstance(found, NoMatch)
    assert found.missing == ("类别",)
