"""The lists of one kind each: hubs, stations and every X of 1+44+N+X."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.declared import Contact, DeclaredPlace, DeclaredService, Source
from geodata.kinds import KINDS, Kind, Status, Works

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
NOWHERE = Source("", "", 0, {}, "")


def service(kind: Kind, name: str, **more: object) -> DeclaredService:
    plain = DeclaredService(kind=kind, name=name, status=Status.PLAQUED, tier=KINDS[kind].tier)
    return replace(plain, **more)  # type: ignore[arg-type]


def place(one: DeclaredService, address: str, district: str, town: str = "") -> DeclaredPlace:
    return DeclaredPlace(one.name, address, district, town, (one,), NOWHERE)


@HOW
def test_hubs(table: Callable[..., object], how: str) -> None:
    rows = [
        ["2025年街镇、开发区职工服务总站一览表"],
        [
            "序号",
            "职工服务总站名称",
            "所属街镇",
            "所属区",
            "详细地址",
            "办公电话",
            "覆盖楼宇",
            "面积",
        ],
        [
            *(1, "甲街道职工服务总站", "五角场街道", "杨浦", "国定路1号", "65846612"),
            *("甲大厦、乙大厦等21幢", "约800平方米"),
        ],
    ]
    found = table(rows, how)
    assert found.form == "service_hubs"
    assert found.bare == [
        place(
            service(
                Kind.SERVICE_HUB,
                "甲街道职工服务总站",
                public_phone="65846612",
                serves="甲大厦、乙大厦等21幢",
                area_m2=800.0,
            ),
            "国定路1号",
            "杨浦区",
            "五角场街道",
        )
    ]
    assert found.flags == [("approximate", "“面积”是约数")]


@HOW
def test_stations_of_buildings(table: Callable[..., object], how: str) -> None:
    rows = [
        ["楼宇服务站名称", "区", "地址", "覆盖企业数", "覆盖职工数", "状态"],
        ["甲大厦职工服务站", "静安区", "示例路8号8楼", 60, "1,200", "整改"],
    ]
    found = table(rows, how)
    assert found.form == "service_stations"
    assert found.bare == [
        place(
            service(
                Kind.SERVICE_STATION,
                "甲大厦职工服务站",
                enterprises=60,
                workers=1200,
                status=Status.RECTIFYING,
            ),
            "示例路8号8楼",
            "静安区",
        )
    ]


@HOW
@pytest.mark.parametrize(
    ("header", "form", "kind"),
    [
        ("爱心接力站名称", "outdoor_stations", Kind.OUTDOOR_STATION),
        ("驿站名称", "outdoor_stations", Kind.OUTDOOR_STATION),
        ("爱心妈咪小屋名称", "mothers_rooms", Kind.MOTHERS_ROOM),
        ("职工书屋名称", "reading_rooms", Kind.READING_ROOM),
    ],
)
def test_a_kind_is_told_by_what_the_list_calls_its_rows(
    table: Callable[..., object], how: str, header: str, form: str, kind: Kind
) -> None:
    found = table([["序号", header, "区", "地址"], [1, "甲", "黄浦区", "示例路1号"]], how)
    assert found.form == form
    assert found.bare == [place(service(kind, "甲"), "示例路1号", "黄浦区")]


@HOW
def test_a_grade_is_kept_as_written(table: Callable[..., object], how: str) -> None:
    rows = [
        ["小屋名称", "地址", "星级"],
        ["甲小屋", "示例路1号", "五星级"],
        ["乙小屋", "示例路2号", None],
    ]
    assert [one.services[0].grade for one in table(rows, how).records] == ["五星级", ""]


@HOW
def test_drivers_homes_are_small_or_complex(table: Callable[..., object], how: str) -> None:
    rows = [
        ["司机之家名称", "类型", "地址", "停车位", "热饭"],
        ["甲", "微型", "示例路1号", 20, "有"],
        ["乙", "综合型司机之家", "示例路2号", 150, None],
        ["丙", "大型", "示例路3号", None, None],
    ]
    found = table(rows, how)
    assert found.form == "drivers_homes"
    assert [(one.services[0].grade, one.services[0].extra) for one in found.records] == [
        ("微型", {"停车位": "20", "热饭": "有"}),
        ("综合型", {"停车位": "150"}),
        ("", {}),
    ]
    assert found.sentences == [(4, "类型", "大型", "微型 或 综合型")]


@HOW
def test_fitness_stations_are_new_or_rebuilt(table: Callable[..., object], how: str) -> None:
    rows = [
        ["职工健身驿站申报汇总表"],
        ["序号", "健身驿站名称", "类型（新建/改建）", "建设单位", "地址", "使用面积", "所在区域"],
        [1, "甲驿站", "新建", "示例公司", "示例路1号", 120, "中"],
        [2, "乙健身角", "改建", "示例公司", "示例路2号", 60, "东"],
    ]
    found = table(rows, how)
    assert found.form == "fitness_stations"
    new = service(
        Kind.FITNESS_STATION,
        "甲驿站",
        works=Works.NEW,
        status=Status.DECLARED,
        operator="示例公司",
        area_m2=120.0,
        extra={"所在区域": "中"},
    )
    rebuilt = replace(
        new,
        name="乙健身角",
        works=Works.UPGRADE,
        status=Status.PLAQUED,
        area_m2=60.0,
        extra={"所在区域": "东"},
    )
    assert found.bare == [place(new, "示例路1号", ""), place(rebuilt, "示例路2号", "")]


def test_an_outdoor_station_list_titled_fitness_is_one_of_fitness(
    table: Callable[..., object],
) -> None:
    rows = [["职工健身驿站名单"], ["驿站名称", "地址"], ["甲驿站", "示例路1号"]]
    found = table(rows)
    assert [one.kind for one in found.records[0].services] == [Kind.FITNESS_STATION]


@HOW
def test_model_rooms_of_2023(table: Callable[..., object], how: str) -> None:
    rows = [
        ["“职工工间休息室”样板间申报汇总表"],
        ["单位名称", "示例公交公司", "联系人姓名", "金丝雀甲"],
        ["联系人邮箱", "canary-a@example.invalid", "联系人电话", "19900000001"],
        ["职工工间休息室明细 (可分页)"],
        [
            *("序号", "工间休息室名称", "地址", "联系人", "手机号码", "面积 (m <sup>2</sup> )"),
            *("设施及服务", "计划完成时间"),
        ],
        [1, "甲室", "示例路1号", "金丝雀乙", "19900000002", 60, "空调、心理咨询", None],
        [2, *[None] * 7],
        ["备注 (其他需说明事项)", *[None] * 7],
    ]
    found = table(rows, how)
    assert found.form == "model_rooms_2023"
    assert found.bare == [
        DeclaredPlace(
            "甲室",
            "示例路1号",
            "",
            "",
            (
                service(
                    Kind.REST_ROOM,
                    "甲室",
                    status=Status.DECLARED,
                    operator="示例公交公司",
                    area_m2=60.0,
                    facilities=("空调",),
                    services=("心理咨询",),
                    model_room=True,
                ),
            ),
            NOWHERE,
            contacts=(
                Contact("金丝雀乙", "19900000002", role="点位联系人"),
                Contact("金丝雀甲", "19900000001", "canary-a@example.invalid", "填报联系人"),
            ),
        )
    ]


def test_a_file_that_holds_both_2023_forms_is_told_by_their_titles(
    text_file: Callable[..., Path], tables: Callable[[Path], list[object]]
) -> None:
    header = "序号\t工间休息室名称\t地址\n"
    path = text_file(
        f"## 建设改善“职工工间休息室”申报汇总表\n\n{header}1\t甲室\t示例路1号\n\n"
        f"## “职工工间休息室”样板间申报汇总表\n\n{header}1\t乙室\t示例路2号\n",
        "休息室和样板间.txt",
    )
    assert [(one.form, one.records[0].services[0].model_room) for one in tables(path)] == [
        ("rest_rooms_2023", False),
        ("model_rooms_2023", True),
    ]
