"""For each cell that can be wrong, the exact sentence, and what becomes of its row."""

from collections.abc import Callable

import pytest

from geodata.kinds import Status

STATION = ("stations", ["名称", "类别"], ["甲", "职工书屋"])
SITE = ("demand_sites", ["名称", "类别", "企业数"], ["甲园", "园区", 3])
OUTLET = ("lunch_outlets", ["名称", "类别", "供餐时间"], ["甲店", "餐饮", None])
HEALTH = ("health_points_2023", ["推荐站点名称", "地址", "类型"], ["甲点", "示例路1号", "新建"])
REST = ("rest_rooms_2023", ["工间休息室名称", "地址"], ["甲室", "示例路1号"])
WORKERS = ("town_workers", ["区", "街镇", "从业人员", "年份"], ["黄浦区", None, 9, 2023])

_NUMBER = "一个数，例如 120"
_HEADS = "不超过 1000000 的整数，例如 120"
Given = tuple[str, list[str], list[object]]


@pytest.mark.parametrize(
    ("given", "header", "text", "expected"),
    [
        (STATION, "区", "浦西", "本市一个区的名称，例如 浦东新区"),
        (STATION, "面积", "很大", _NUMBER),
        (STATION, "面积", "0", "大于 0 的平方米数，例如 84"),
        (STATION, "职工数", "很多", _NUMBER),
        (STATION, "职工数", "65846612", _HEADS),
        (STATION, "企业数", "一批", _NUMBER),
        (STATION, "每周半天数", "15", "每周的半天数，0 到 14"),
        (STATION, "年份", "去年", "四位数的年份，例如 2025"),
        (SITE, "职工数", "1.5", _HEADS),
        (SITE, "食堂座位", "若干", _NUMBER),
        (SITE, "搭伙名额", "若干", _NUMBER),
        (SITE, "取餐柜格口", "若干", _NUMBER),
        (
            SITE,
            "内设医务",
            "将来有",
            "这些词之一：无、没有、简陋、有但简陋、完善、齐全、未知、不详",
        ),
        (SITE, "是否申报午餐难", "也许", "这些词之一：是、有、√、✓、已申报、申报、否、无"),
        (OUTLET, "座位", "若干", _NUMBER),
        (OUTLET, "翻台", "30", "每餐翻台次数，例如 2"),
        (OUTLET, "名额", "若干", _NUMBER),
        (OUTLET, "价格", "面议", _NUMBER),
        (REST, "面积", "约", _NUMBER),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_its_row_kept(
    table: Callable[..., object], given: Given, header: str, text: str, expected: str
) -> None:
    form, headers, row = given
    found = table([[*headers, header], [*row, text]], "xlsx")
    assert (found.form, found.sentences) == (form, [(2, header, text, expected)])
    assert (len(found.records), found.refused) == (1, [])


@pytest.mark.parametrize(
    ("given", "header", "text", "reason"),
    [
        (STATION, "名称", None, "“名称”：这一格必须填写"),
        (STATION, "类别", None, "“类别”：这一格必须填写"),
        (STATION, "类别", "疗休养院所", "“类别”：站点类别，例如 户外职工驿站、职工书屋"),
        (SITE, "名称", None, "“名称”：这一格必须填写"),
        (SITE, "类别", None, "“类别”：这一格必须填写"),
        (
            SITE,
            "类别",
            "村居",
            "“类别”：这些词之一：园区、楼宇、商圈、产业园、产业园区、工业园区、科技园区、写字楼",
        ),
        (OUTLET, "类别", None, "“类别”：这一格必须填写"),
        (
            OUTLET,
            "类别",
            "便利店",
            "“类别”：这些词之一：职工食堂、社区食堂、餐饮、大型企业食堂、智能取餐柜、送餐、搭伙、食堂",
        ),
        (HEALTH, "推荐站点名称", None, "“推荐站点名称”：这一格必须填写"),
        (REST, "工间休息室名称", None, "“工间休息室名称”：这一格必须填写"),
        (WORKERS, "区", "浦西", "“区”：本市一个区的名称，例如 浦东新区"),
        (WORKERS, "从业人员", "很多", "“从业人员”：一个数，例如 120"),
        (WORKERS, "从业人员", None, "“从业人员”：这一格必须填写"),
        (WORKERS, "年份", "去年", "“年份”：四位数的年份，例如 2025"),
    ],
)
def test_a_row_that_lacks_what_it_cannot_do_without_is_refused_whole(
    table: Callable[..., object], given: Given, header: str, text: str | None, reason: str
) -> None:
    form, headers, row = given
    wrong = [text if name == header else cell for name, cell in zip(headers, row, strict=True)]
    found = table([headers, row, [*wrong, None, "甲"][: len(wrong)]], "xlsx")
    assert found.form == form
    assert [(one.row, one.reason) for one in found.refused] == [(3, reason)]
    assert len(found.records) == 1


def test_works_that_cannot_be_read_leave_a_declaration(table: Callable[..., object]) -> None:
    _form, headers, row = HEALTH
    found = table([headers, [*row[:2], "重建"]])
    assert [(one.services[0].works, one.services[0].status) for one in found.records] == [
        (None, Status.DECLARED)
    ]
    assert found.sentences == [(2, "类型", "重建", "这些词之一：新建、新增、升级、升级优化、改建")]


def test_a_status_that_cannot_be_read_is_kept_from_the_public(
    table: Callable[..., object],
) -> None:
    found = table([["名称", "类别", "状态"], ["甲", "职工书屋", "筹划"]])
    assert [one.services[0].status for one in found.records] == [Status.SURVEYED]
    assert [(one.row, one.header, one.found) for one in found.faults] == [(2, "状态", "筹划")]


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("浦电路438号、东园路18号", ["several_addresses"]),
        ("示例路1弄2号；示范街3号", ["several_addresses"]),
        ("浦电路438、440号", []),
        ("东宝兴路369号，近花园路16号", []),
        ("浦江线项目部基地323室(三鲁公路2009号)", []),
    ],
)
def test_two_doors_in_one_cell_are_told(
    table: Callable[..., object], address: str, codes: list[str]
) -> None:
    found = table([["名称", "类别", "地址"], ["甲", "职工书屋", address]], "xlsx")
    assert [code for code, _ in found.flags] == codes


def test_a_service_in_the_cell_of_kinds_is_kept_as_one(table: Callable[..., object]) -> None:
    rows = [["名称", "类别", "服务内容"], ["甲", "职工服务总站、法律援助、图书", "心理咨询"]]
    found = table(rows)
    assert [one.services for one in found.records[0].services] == [("心理咨询", "法律援助")]
    assert found.sentences == [
        (2, "类别", "职工服务总站、法律援助、图书", "已知的站点类别；“图书”不是，没有登记")
    ]


def test_hub_and_station_in_one_cell_are_both_kept_and_told(table: Callable[..., object]) -> None:
    found = table([["名称", "类别"], ["甲", "职工服务总站/职工服务站"]])
    assert [one.kind.value for one in found.records[0].services] == [
        "service_hub",
        "service_station",
    ]
    assert found.flags == [
        ("hub_and_station", "同时写了总站和服务站，两类都已登记，请核对是哪一级")
    ]


def test_a_row_without_a_district_has_that_of_the_union_that_declares(
    table: Callable[..., object],
) -> None:
    rows = [
        ["区局工会", "虹口区总工会", "联系人姓名", "金丝雀甲"],
        ["休息室名称", "行政区", "具体门牌号", "面积"],
        ["甲室", None, "示例路1号", 20],
        ["乙室", "杨浦区", "示例路2号", 20],
    ]
    found = table(rows, "xlsx")
    assert [(one.district, one.services[0].union) for one in found.records] == [
        ("虹口区", "虹口区总工会"),
        ("杨浦区", "虹口区总工会"),
    ]
    assert found.flags == [("district_from_union", "这一行没有写区，按申报的区局工会算在虹口区")]
