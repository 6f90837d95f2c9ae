"""Lines of the register and the service points they mean."""

import pytest

from geodata.kinds import Kind
from geodata.measures.matching import Sign, Signs, bare_name, match

HUB, STATION, CENTRE = Kind.SERVICE_HUB, Kind.SERVICE_STATION, Kind.SERVICE_CENTRE


def of(
    kind: Kind = STATION,
    name: str = "",
    *,
    code: str = "",
    canonical: str = "",
    district: str = "浦东新区",
    town: str = "",
) -> Signs:
    return Signs(kind, code, name, canonical, district, town)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("浦东新区花木街道职工服务总站", "花木街道"),
        ("花木街道 总工会 服务总站", "花木街道"),
        ("上海市浦东新区“张江・人工智能岛”职工服务站", "张江人工智能岛"),
        ("浦东新区职工服务中心", ""),
        ("ＡＢ大厦（东楼）服务站", "ab大厦东楼"),
    ],
)
def test_a_name_without_what_all_share(name: str, bare: str) -> None:
    assert bare_name(name, "浦东新区") == bare


def test_names_are_met_as_they_are_written_in_either_list() -> None:
    required = [of(HUB, "花木街道职工服务总站"), of(HUB, "周家渡街道职工服务总站")]
    existing = [of(HUB, "浦东新区周家渡街道总工会服务总站"), of(STATION, "花木街道职工服务站")]
    assert match(required, existing) == (None, (0, Sign.NAME))


def test_the_surest_sign_wins() -> None:
    required = [of(name="甲", code="P7"), of(name="乙")]
    existing = [of(name="甲"), of(name="乙", code="P7")]
    assert match(required, existing) == ((1, Sign.CODE), None)


def test_nothing_that_exists_stands_for_two_lines() -> None:
    twice = [of(HUB, "甲一", town="甲镇"), of(HUB, "甲二", town="甲镇")]
    assert match(twice, [of(HUB, "另名", town="甲镇")]) == ((0, Sign.TOWN), None)


def test_a_town_tells_hubs_but_not_stations() -> None:
    assert match([of(STATION, "甲", town="甲镇")], [of(STATION, "乙", town="甲镇")]) == (None,)


def test_an_address_tells_a_station_whatever_it_is_called() -> None:
    door = "浦东新区|碧波路||690"
    found = match([of(name="甲", canonical=door)], [of(name="乙", canonical=door)])
    assert found == ((0, Sign.ADDRESS),)


def test_a_centre_is_told_by_its_district_alone() -> None:
    required = [of(CENTRE, "职工服务中心"), of(CENTRE, "职工服务中心", district="黄浦区")]
    existing = [of(CENTRE, "黄浦区职工服务中心", district="黄浦区")]
    assert match(required, existing) == (None, (0, Sign.NAME))


def test_stations_without_a_name_of_their_own_are_not_the_same() -> None:
    assert match([of(name="职工服务站")], [of(name="服务站")]) == (None,)
