import pytest

from geodata.kinds import Kind, OutletKind, SiteKind
from importers.cells.words import Makes
from importers.tables.sheet import Sheet
from importers.tables.table import Table
from importers.tables.titles import is_declaration, kinds_in_title


def table(title: str, sheet: str = "", file: str = "表.csv") -> Table:
    return Table(Sheet(file, sheet, ()), title, (), 1, (), ())


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("浦东新区职工书屋名单", (Kind.READING_ROOM,)),
        ("2025年爱心妈咪小屋点位信息（第一批）", (Kind.MOTHERS_ROOM,)),
        ("户外职工驿站、爱心妈咪小屋名单", (Kind.OUTDOOR_STATION, Kind.MOTHERS_ROOM)),
        ("园区（楼宇）健康服务点名单", (Kind.HEALTH_POINT,)),
        ("街镇、开发区职工服务总站名册", (Kind.SERVICE_HUB,)),
        ("职工书屋名单 填报日期：2024年3月", (Kind.READING_ROOM,)),
        ("工会司机之家坐标表", (Kind.DRIVERS_HOME,)),
        ("驿站", (Kind.OUTDOOR_STATION,)),
        ("职工书屋合作单位名单", ()),
        ("党群服务站名单", ()),
        ("农家书屋名单", ()),
        ("职工服务阵地", ()),
        ("", ()),
        ("职工书屋" + "很长" * 200, ()),
    ],
)
def test_a_title_names_the_kinds_it_ends_in(title: str, kinds: tuple[Kind, ...]) -> None:
    assert kinds_in_title(Makes.PLACE, table(title)) == kinds


@pytest.mark.parametrize(
    ("makes", "title", "kinds"),
    [
        (Makes.SITE, "静安区园区名单", (SiteKind.PARK,)),
        (Makes.SITE, "园区、楼宇、商圈清单", (SiteKind.PARK, SiteKind.BUILDING, SiteKind.MALL)),
        (Makes.SITE, "园区（楼宇）健康服务点名单", ()),
        (Makes.SITE, "示例大厦", ()),
        (Makes.OUTLET, "社区食堂一览表", (OutletKind.COMMUNITY_CANTEEN,)),
        (Makes.OUTLET, "某某饭店", ()),
    ],
)
def test_sites_and_outlets_are_named_by_lists_of_them_alone(
    makes: Makes, title: str, kinds: tuple[object, ...]
) -> None:
    assert kinds_in_title(makes, table(title)) == kinds


def test_the_nearest_text_that_names_a_kind_decides() -> None:
    near = table("职工书屋名单", "爱心妈咪小屋", "户外职工驿站.xlsx")
    assert kinds_in_title(Makes.PLACE, near) == (Kind.READING_ROOM,)
    far = table("一览", "Sheet1", "户外职工驿站.xlsx")
    assert kinds_in_title(Makes.PLACE, far) == (Kind.OUTDOOR_STATION,)


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("职工健身驿站申报汇总表", True),
        ("2026年拟建职工书屋名单", True),
        ("申报成功的融合型阵地", False),
        ("职工书屋名单", False),
    ],
)
def test_a_title_may_say_that_what_it_lists_is_asked_for(title: str, asks: bool) -> None:
    assert is_declaration(table(title)) is asks
