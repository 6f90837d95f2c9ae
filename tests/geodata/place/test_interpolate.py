import pytest

from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.interpolate import ERROR_BY_GAP_M, Door, Roads, between, door_number


def door(number, lon, *, error_m=90.0, level=Level.NUMBER):
    return Door(number, Position(lon, 31.2, level, error_m, "地址表"))


# 0.001 degrees of longitude are 95.3 m here.
EVEN = [door(100, 121.400), door(140, 121.402), door(300, 121.410)]


def test_a_door_lies_on_the_line_between_its_neighbours_by_number():
    found = between(EVEN, 110)
    assert (round(found.lon, 7), found.lat) == (121.4005, 31.2)
    assert (found.level, found.error_m) == (Level.INTERPOLATED, 100.0)
    assert found.source == "插值：同侧 100–140，间距 191 米"


@pytest.mark.parametrize(("number", "error_m"), [(110, 100.0), (200, 200.0)])
def test_the_error_grows_with_the_gap(number, error_m):
    assert between(EVEN, number).error_m == error_m


def test_the_other_side_of_the_road_is_no_neighbour():
    assert between([door(99, 121.4), door(111, 121.401)], 110) is None


@pytest.mark.parametrize("number", [98, 302])
def test_a_door_beyond_the_last_known_one_is_not_guessed(number):
    assert between(EVEN, number) is None


def test_a_gap_too_wide_is_not_bridged():
    assert between([door(2, 121.400), door(900, 121.409)], 400) is None


def test_a_worse_neighbour_makes_a_worse_door():
    found = between([door(100, 121.400), door(140, 121.402, error_m=150.0)], 110)
    assert found.error_m == 160.0


def test_the_door_itself_is_not_its_own_neighbour():
    assert between([door(100, 121.4), door(110, 121.401)], 110) is None


def test_the_errors_grow_with_the_gaps():
    assert list(ERROR_BY_GAP_M) == sorted(ERROR_BY_GAP_M)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("昌平路888号", 888),
        ("昌平路984弄", 984),
        ("吴中路1799-7号", None),
        ("斜土路791号丙", None),
        ("同普路560、620号", None),
        ("重庆南路229弄5号", None),
        ("大渡河路1550弄52支弄", None),
        ("三河路", None),
    ],
)
def test_only_a_plain_number_counts_along_the_road(text, number):
    assert door_number(parse(text)) == number


def roads(*districts):
    return Roads(("南桥路", district, each) for district in districts for each in EVEN)


def test_neighbours_are_those_of_the_declared_district():
    assert roads("奉贤区").find("南桥路", 110, district="浦东新区") is None


def test_without_a_district_a_road_of_one_district_serves():
    assert roads("奉贤区").find("南桥路", 110, district="") == between(EVEN, 110)


def test_without_a_district_a_road_of_two_is_not_guessed():
    assert roads("奉贤区", "浦东新区").find("南桥路", 110, district="") is None


def test_coarse_rows_are_no_neighbours():
    coarse = [("南桥路", "奉贤区", door(n, 121.4, level=Level.INTERPOLATED)) for n in (100, 140)]
    assert Roads(coarse).find("南桥路", 110, district="奉贤区") is None
