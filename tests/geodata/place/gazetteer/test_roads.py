"""Numbers on roads that are known in part, with an error table made by hand."""

import math

import pytest

from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.district import load_districts
from geodata.place.error_model import ErrorModel, Step
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import assemble
from geodata.place.gazetteer.inputs import Anchor, Input, RoadLine, Stop
from geodata.place.gazetteer.lines import RoadLines

MODEL = ErrorModel(
    (
        Step("across", 1000.0, 250.0, 100),
        Step("along", 2000.0, 50.0, 100),
        Step("between", 1000.0, 120.0, 100),
        Step("beyond", 200.0, 400.0, 100),
        Step("lone", 100.0, 500.0, 100),
        Step("road", 1000.0, 900.0, 100),
        Step("same", math.inf, 130.0, 100),
    ),
    {"": 2.0},
)


def gazetteer(*items, model=MODEL):
    stored, _ = assemble([Input("表", "", Datum.WGS84, items)])
    return Gazetteer(stored.entries, model=model, lines=RoadLines(stored.lines))


def told(found):
    return round(found.lon, 5), round(found.lat, 5), found.level, found.error_m, found.source


# 昌平路 in 静安区; 0.001 degrees of longitude are 95.2 m here.
CHANGPING = [
    Anchor("昌平路868号", 121.4350, 31.2358),
    Anchor("昌平路984弄", 121.4320, 31.2358),
    Anchor("昌平路1099号", 121.4300, 31.2358),
]


@pytest.mark.parametrize(
    ("text", "lon", "level", "error_m", "source"),
    [
        ("昌平路888号", 121.43448, "interpolated", 120.0, "插值：同侧 868–984，间距 286 米"),
        ("昌平路984号", 121.4320, "interpolated", 130.0, "同号 984，相差 0 号"),
        ("昌平路984-2号", 121.4320, "interpolated", 130.0, "同号 984，相差 0 号"),
        ("昌平路868号临", 121.4350, "interpolated", 130.0, "同号 868，相差 0 号"),
        ("昌平路868号附3号", 121.4350, "interpolated", 130.0, "同号 868，相差 0 号"),
        ("昌平路1119号", 121.4300, "interpolated", 400.0, "末端邻号 1099，相差 20 号"),
        ("昌平路984弄5号", 121.4320, "lane", 150.0, "表"),
        ("昌平路900弄5号", 121.43417, "interpolated", 150.0, "插值：同侧 868–984，间距 286 米"),
        ("昌平路", 121.4320, "road", 900.0, "路的范围：已知 3 个门牌"),
    ],
)
def test_an_address_lies_by_what_is_known_of_its_road(text, lon, level, error_m, source):
    found = gazetteer(*CHANGPING).find(parse(text), district="静安区")
    assert told(found) == (lon, 31.2358, level, error_m, source)


def test_a_number_between_both_sides_lies_on_its_own():
    # The road counts to the west and no doors face each other: custom says odd is on the left.
    found = gazetteer(*CHANGPING).find(parse("昌平路1001号"), district="静安区")
    source = "插值：两侧 984–1099，间距 191 米"
    assert told(found) == (121.4317, 31.23549, "interpolated", 250.0, source)


def test_a_list_of_numbers_lies_in_the_middle_of_their_places():
    found = gazetteer(*CHANGPING).find(parse("昌平路888、928号"), district="静安区")
    assert (round(found.lon, 5), found.level) == (121.43397, Level.INTERPOLATED)


def test_a_number_too_far_from_the_known_ones_widens_the_road():
    found = gazetteer(*CHANGPING).find(parse("昌平路9000号"), district="静安区")
    assert (found.level, found.error_m > 8000.0) == (Level.ROAD, True)


def test_one_known_number_is_a_neighbour_with_the_pace_of_the_district():
    only = gazetteer(Anchor("合作路1000弄", 121.25, 31.37))
    found = only.find(parse("合作路1040号"), district="嘉定区")
    assert told(found) == (121.25, 31.37, "interpolated", 500.0, "仅知一号 1000，相差 40 号")


@pytest.mark.parametrize("text", ["昌平支路888号", "昌平东路888号", "昌平街888号", "平路888号"])
def test_a_road_of_another_name_is_another_road(text):
    assert gazetteer(*CHANGPING).find(parse(text), district="静安区") is None


def test_without_learned_errors_only_near_neighbours_of_one_side_serve():
    few = Gazetteer(assemble([Input("表", "", Datum.WGS84, tuple(CHANGPING))])[0].entries)
    asked = ("昌平路888号", "昌平路1001号", "昌平路1119号", "昌平路")
    found = [few.find(parse(text), district="静安区") for text in asked]
    assert [one and one.error_m for one in found] == [130.0, None, None, None]


NANQIAO = [
    Anchor("南桥路100号", 121.4500, 30.9150, district="奉贤区"),
    Anchor("南桥路200号", 121.4600, 30.9150, district="奉贤区"),
    Anchor("南桥路100号", 121.7000, 31.1935, district="浦东新区"),
    Anchor("南桥路200号", 121.7100, 31.1935, district="浦东新区"),
]


def test_the_declared_district_chooses_the_road():
    found = gazetteer(*NANQIAO).find(parse("南桥路150号"), district="奉贤区")
    assert (round(found.lon, 5), found.level) == (121.455, Level.INTERPOLATED)


def test_without_a_district_roads_of_one_name_are_ambiguous():
    found = gazetteer(*NANQIAO).find(parse("南桥路150号"))
    assert found == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（奉贤区、浦东新区）")


def test_wide_errors_make_no_two_roads_one():
    wide = ErrorModel((Step("between", 2000.0, 5000.0, 60),))
    roads = [
        Anchor(f"南桥路{n}号", 121.45 + n * 1e-5, lat)
        for n in (100, 200)
        for lat in (30.915, 30.99)
    ]
    assert isinstance(gazetteer(*roads, model=wide).find(parse("南桥路150号")), Unlocated)


def test_a_worse_neighbour_makes_a_worse_place():
    worse = Anchor("昌平路900号", 121.4348, 31.2358, error_m=150.0)
    found = gazetteer(*CHANGPING, worse).find(parse("昌平路888号"), district="静安区")
    assert found.error_m == 180.0


def test_a_road_of_another_district_gives_no_place():
    roads = gazetteer(*NANQIAO)
    assert roads.find(parse("南桥路150号"), district="嘉定区") is None


def test_a_past_district_stands_for_todays():
    roads = gazetteer(*(Anchor(a.address, a.lon, a.lat, district="闸北") for a in CHANGPING))
    assert roads.find(parse("昌平路888号"), district="静安区").error_m == 120.0
    assert roads.find(parse("闸北区昌平路888号")).error_m == 120.0


def test_all_candidates_come_with_the_declared_district_first():
    found = gazetteer(*NANQIAO).candidates(parse("南桥路150号"), district="浦东新区")
    assert [
        (one.district, one.road, one.matched) for one in found if one.position.level.is_point
    ] == [
        ("浦东新区", "南桥路", "同侧"),
        ("奉贤区", "南桥路", "同侧"),
    ]


def test_two_roads_of_one_name_in_a_district_are_told_apart_by_their_numbers():
    low = [Anchor(f"申江路{n}号", 121.60 + n * 1e-5, 31.20, district="浦东新区") for n in (20, 80)]
    high = [
        Anchor(f"申江路{n}号", 121.60 + n * 1e-5, 31.01, district="浦东新区") for n in (420, 480)
    ]
    roads = gazetteer(*low, *high)
    assert round(roads.find(parse("申江路450号"), district="浦东新区").lat, 2) == 31.01
    assert isinstance(roads.find(parse("申江路200号"), district="浦东新区"), Unlocated)


def test_a_place_just_outside_its_district_moves_to_the_border():
    doors = [
        Anchor("飞虹路506号", 121.5045, 31.2640, district="虹口区"),
        Anchor("飞虹路606号", 121.5070, 31.2640, district="杨浦区"),
    ]
    roads, districts = gazetteer(*doors), load_districts()
    free = roads.find(parse("飞虹路556号"))
    drawn = roads.find(parse("飞虹路556号"), district="虹口区")
    assert [districts.at(one.lon, one.lat) for one in (free, drawn)] == ["杨浦区", "虹口区"]
    assert districts.distance_m("虹口区", free.lon, free.lat) <= free.error_m == drawn.error_m


BEND = RoadLine("弯曲路", ((121.400, 31.200), (121.410, 31.200), (121.410, 31.210)))


def test_between_two_doors_a_place_follows_the_road():
    roads = gazetteer(
        Anchor("弯曲路2号", 121.400, 31.2001), Anchor("弯曲路40号", 121.4101, 31.210), BEND
    )
    found = roads.find(parse("弯曲路16号"))
    assert (round(found.lon, 4), round(found.lat, 6)) == (121.408, 31.2)
    assert (found.level, found.error_m) == (Level.INTERPOLATED, 50.0)


def test_a_road_in_stretches_is_joined():
    stretches = [RoadLine("弯曲路", BEND.coordinates[1:]), RoadLine("弯曲路", BEND.coordinates[:2])]
    doors = [Anchor("弯曲路2号", 121.400, 31.2001), Anchor("弯曲路40号", 121.4101, 31.210)]
    assert gazetteer(*doors, *stretches).find(parse("弯曲路20号")).error_m == 50.0


def test_doors_off_the_course_are_joined_by_a_straight_line():
    doors = [Anchor("弯曲路2号", 121.400, 31.203), Anchor("弯曲路40号", 121.4101, 31.210)]
    found = gazetteer(*doors, BEND).find(parse("弯曲路20号"))
    assert "同侧" in found.source


def test_a_road_of_which_only_the_course_is_known_is_an_area():
    found = gazetteer(BEND).find(parse("弯曲路20号"))
    assert (found.level, round(found.lon, 3), round(found.lat, 3)) == (Level.ROAD, 121.41, 31.205)
    assert found.error_m == 1103.0
    assert gazetteer(BEND).find(parse("弯曲路20号"), district="崇明区") is None


def test_courses_of_one_name_far_apart_are_two_roads():
    other = RoadLine("弯曲路", ((121.800, 31.200), (121.810, 31.200)))
    found = gazetteer(BEND, other).find(parse("弯曲路"))
    assert isinstance(found, Unlocated)


def test_a_course_without_learned_errors_leaves_those_of_the_straight_line():
    model = ErrorModel((Step("between", 2000.0, 300.0, 60),))
    doors = [Anchor("弯曲路2号", 121.400, 31.2001), Anchor("弯曲路40号", 121.4101, 31.210)]
    found = gazetteer(*doors, BEND, model=model).find(parse("弯曲路16号"))
    assert (round(found.lon, 4), round(found.lat, 6), found.error_m) == (121.408, 31.2, 300.0)


CROSS = RoadLine("笔直路", ((121.405, 31.195), (121.405, 31.205)))


@pytest.mark.parametrize(
    "text", ["弯曲路与笔直路路口", "笔直路弯曲路口", "弯曲路近笔直路", "笔直路（弯曲路口）"]
)
def test_two_roads_cross_where_their_courses_do(text):
    found = gazetteer(BEND, CROSS).find(parse(text))
    assert told(found) == (121.405, 31.2, "intersection", 120.0, "两路线形的交点")


def test_roads_that_cross_twice_far_apart_are_ambiguous():
    twice = RoadLine("笔直路", ((121.405, 31.195), (121.405, 31.205), (121.415, 31.205)))
    assert isinstance(gazetteer(BEND, twice).find(parse("弯曲路与笔直路路口")), Unlocated)


EAST_WEST = [Anchor(f"横路{n}号", 121.40 + n * 1e-5, 31.2000) for n in (2, 400, 800)]
NORTH_SOUTH = [Anchor(f"纵路{n}号", 121.4040, 31.195 + n * 1e-5) for n in (1, 601, 901)]


def test_without_courses_two_roads_meet_where_their_doors_do():
    found = gazetteer(*EAST_WEST, *NORTH_SOUTH).find(parse("横路与纵路路口"))
    assert told(found) == (121.404, 31.2, "intersection", 220.0, "两路门牌最近处，相距 0 米")


def test_roads_whose_doors_stay_apart_do_not_meet():
    far = [Anchor(f"纵路{n}号", 121.4040, 31.205 + n * 1e-5) for n in (1, 301)]
    found = gazetteer(*EAST_WEST, *far).find(parse("横路与纵路路口"))
    assert found.level == Level.ROAD


def test_a_crossing_beside_an_unknown_number_is_only_near_it():
    roads = gazetteer(*EAST_WEST, *NORTH_SOUTH, model=ErrorModel(()))
    found = roads.find(parse("横路555号（近纵路）"))
    assert (found.level, found.error_m) == (Level.INTERSECTION, 300.0)


def test_a_door_of_a_lane_whose_neighbours_are_known_lies_in_the_lane():
    lane = [Anchor(f"陆家浜路804弄{n}号", 121.4850, 31.213 + n * 1e-4) for n in (5, 7)]
    found = gazetteer(*lane).find(parse("陆家浜路804弄6号"))
    assert found == Position(121.485, 31.2136, Level.LANE, 150.0, "表")


def test_an_exit_beside_an_unknown_door_gives_way_to_better_neighbours():
    exit_ = Stop("武宁路", 121.4340, 31.2370, exit="2")
    near = parse("昌平路888号（近武宁路站2号口）")
    found = gazetteer(*CHANGPING, exit_).find(near, district="静安区")
    assert (found.level, found.error_m) == (Level.INTERPOLATED, 120.0)
    alone = gazetteer(exit_).find(near, district="静安区")
    assert (alone.level, alone.error_m) == (Level.METRO_EXIT, 300.0)


def test_houses_of_an_estate_are_numbered_like_those_of_a_road():
    houses = [Anchor(f"彭浦新村{n}号", 121.4500 + n * 1e-5, 31.3000) for n in (100, 140)]
    found = gazetteer(*houses).find(parse("彭浦新村120号"))
    assert (round(found.lon, 5), found.level) == (121.4512, Level.INTERPOLATED)


VILLAGES = [
    Anchor("曹路镇新建村", 121.68, 31.27, district="浦东新区"),
    Anchor("张堰镇新建村", 121.29, 30.81, district="金山区"),
]


@pytest.mark.parametrize(
    ("text", "lon"), [("曹路镇新建村", 121.68), ("张堰镇新建村", 121.29), ("廊下镇新建村", None)]
)
def test_a_village_is_that_of_its_town(text, lon):
    found = gazetteer(*VILLAGES).find(parse(text))
    assert (found and found.lon) == lon


def test_a_village_without_its_town_is_ambiguous():
    found = gazetteer(*VILLAGES).find(parse("新建村"))
    assert found == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（浦东新区、金山区）")
