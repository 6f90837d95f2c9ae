"""Lists whose title, sheet or file says what they are: of names, of coordinates, of sites."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.declared import (
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    Flag,
    Source,
)
from geodata.kinds import Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Coordinates, Datum
from importers.form import Match, NoMatch

HOW = pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
NOWHERE = Source("", "", 0, {}, "")
PLAIN = [["名称", "地址"], ["甲", "示例路1号"], ["乙", None]]


@HOW
def test_names_and_addresses_are_of_the_kind_the_title_names(
    table: Callable[..., object], how: str
) -> None:
    found = table([["浦东新区爱心妈咪小屋名单"], *PLAIN], how)
    assert found.form == "plain_list"
    assert found.bare == [
        DeclaredPlace(
            name,
            address,
            "浦东新区",
            "",
            (
                DeclaredService(
                    kind=Kind.MOTHERS_ROOM, name=name, status=Status.PLAQUED, tier=Tier.OTHER
                ),
            ),
            NOWHERE,
        )
        for name, address in (("甲", "示例路1号"), ("乙", ""))
    ]
    assert found.flags == [
        ("district_from_title", "表里没有区这一列，按标题或文件名算在浦东新区"),
        ("district_from_title", "表里没有区这一列，按标题或文件名算在浦东新区"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("2025年职工书屋点位信息（第一批）", Kind.READING_ROOM),
        ("户外劳动者服务站点", Kind.OUTDOOR_STATION),
        ("园区（楼宇）健康服务点地址", Kind.HEALTH_POINT),
        ("驿站", Kind.OUTDOOR_STATION),
    ],
)
def test_the_file_may_name_the_kind(table: Callable[..., object], name: str, kind: Kind) -> None:
    assert [one.services[0].kind for one in table(PLAIN, name=name).records] == [kind, kind]


def test_each_sheet_of_a_workbook_may_name_its_own_kind(
    tmp_path: Path, tables: Callable[[Path], list[object]]
) -> None:
    book = Workbook()
    for name in ("职工书屋", "爱心妈咪小屋", "工会司机之家"):
        sheet = book.create_sheet(name)
        for row in PLAIN:
            sheet.append(row)
    book.remove(book.active)
    book.save(tmp_path / "浦东新区服务阵地.xlsx")
    assert [
        (one.form, one.records[0].services[0].kind, one.records[0].district)
        for one in tables(tmp_path / "浦东新区服务阵地.xlsx")
    ] == [
        ("plain_list", Kind.READING_ROOM, "浦东新区"),
        ("plain_list", Kind.MOTHERS_ROOM, "浦东新区"),
        ("plain_list", Kind.DRIVERS_HOME, "浦东新区"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "表",
        "职工书屋合作单位名单",
        "户外职工驿站、爱心妈咪小屋名单",
        "党群服务站名单",
        "示例大厦",
        "城市驿站名单",
        "园区、楼宇清单",
    ],
)
def test_a_list_that_names_no_single_kind_is_asked_for_a_column(
    written: Callable[..., Path], found_in: Callable[[Path], list[Match | NoMatch]], name: str
) -> None:
    (found,) = found_in(written(PLAIN, "csv", name))
    assert isinstance(found, NoMatch)
    assert (found.nearest.code, found.missing) == ("stations", ("类别",))


def test_a_column_of_kinds_goes_before_the_title(table: Callable[..., object]) -> None:
    rows = [["名称", "类别"], ["甲", "职工书屋"], ["乙", "爱心妈咪小屋"]]
    found = table(rows, name="户外职工驿站名单")
    assert found.form == "stations"
    assert [one.services[0].kind for one in found.records] == [Kind.READING_ROOM, Kind.MOTHERS_ROOM]


def test_a_column_that_grades_is_no_column_of_kinds(table: Callable[..., object]) -> None:
    rows = [["名称", "类别", "地址"], *(["甲", "甲级", "示例路1号"] for _ in range(6))]
    found = table(rows, name="职工书屋名单")
    assert (found.form, len(found.records)) == ("plain_list", 6)
    assert found.records[0].services[0].extra == {"类别": "甲级"}


def test_a_list_that_asks_serves_nobody_yet(table: Callable[..., object]) -> None:
    (asked, _) = table(PLAIN, name="职工书屋申报表").records
    assert asked.flags == (
        Flag("declared_by_title", "标题写的是申报，状态记为“已申报”，不对外公开"),
    )
    (approved, _) = table(PLAIN, name="职工书屋申报成功名单").records
    assert (asked.services[0].status, approved.services[0].status) == (
        Status.DECLARED,
        Status.PLAQUED,
    )


@HOW
def test_coordinates_need_no_address(table: Callable[..., object], how: str) -> None:
    rows = [
        ["户外职工驿站坐标表"],
        ["名称", "经度", "纬度", "坐标系"],
        ["甲", 121.5063, 31.2451, "火星坐标"],
        ["乙", 121.47, 31.16, "国家2000"],
    ]
    found = table(rows, how)
    assert found.form == "coordinates"
    assert [(one.name, one.address, one.coordinates) for one in found.records] == [
        ("甲", "", Coordinates(121.5063, 31.2451, Datum.GCJ02)),
        ("乙", "", Coordinates(121.47, 31.16, Datum.CGCS2000)),
    ]


@pytest.mark.parametrize(
    ("row", "header", "expected"),
    [
        (
            ["甲", 121.5, 31.2, None],
            "经度",
            "坐标要在“坐标系”列写明 WGS-84、GCJ-02、BD-09 或 CGCS2000",
        ),
        (
            ["甲", 121.5, None, "GCJ-02"],
            "经度",
            "经度和纬度成对填写的十进制度数，例如 121.4710 和 31.2349",
        ),
        (["甲", "121°30′", 31.2, "GCJ-02"], "经度", "十进制的度数，例如 121.4710"),
        (["甲", 31.2, 121.5, "GCJ-02"], "纬度", "不超过 90 的度数；经度和纬度可能填反了"),
        (
            ["甲", 121.5, 31.2, "地方坐标"],
            "坐标系",
            "WGS-84、GCJ-02（高德、腾讯）、BD-09（百度）或 CGCS2000（国家2000、天地图）",
        ),
    ],
)
def test_a_pair_that_cannot_be_trusted_is_refused_by_its_cell(
    table: Callable[..., object], row: list[object], header: str, expected: str
) -> None:
    found = table([["名称", "经度", "纬度", "坐标系"], row], name="户外职工驿站坐标表")
    assert [one.coordinates for one in found.records] == [None]
    assert (2, header, expected) in [
        (number, head, what) for number, head, _, what in found.sentences
    ]


def test_a_list_of_coordinates_without_a_datum_is_refused_pair_by_pair(
    table: Callable[..., object],
) -> None:
    found = table([["名称", "经度", "纬度"], ["甲", 121.5, 31.2]], name="职工书屋坐标")
    assert [one.coordinates for one in found.records] == [None]
    assert found.sentences == [
        (2, "经度", "121.5", "坐标要在“坐标系”列写明 WGS-84、GCJ-02、BD-09 或 CGCS2000")
    ]


@HOW
def test_a_list_of_parks_without_a_column_of_kinds(table: Callable[..., object], how: str) -> None:
    found = table(
        [["静安区园区名单"], ["园区名称", "地址", "职工数"], ["甲园", "某路1号", 300]], how
    )
    assert found.form == "demand_sites"
    assert found.bare == [
        DeclaredSite("甲园", SiteKind.PARK, "某路1号", "静安区", "", NOWHERE, workers=300)
    ]


@HOW
def test_a_list_of_canteens_without_a_column_of_kinds(
    table: Callable[..., object], how: str
) -> None:
    found = table([["社区食堂名单"], ["食堂名称", "地址", "座位"], ["甲食堂", "某路1号", 80]], how)
    assert found.form == "lunch_outlets"
    assert found.bare == [
        DeclaredOutlet("甲食堂", OutletKind.COMMUNITY_CANTEEN, "某路1号", "", "", NOWHERE, seats=80)
    ]
