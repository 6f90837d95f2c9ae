import numpy as np
import pytest
import shapely

from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.model import Level
from geodata.place.district import (
    canonical_district,
    english_district,
    load_districts,
    load_towns,
)
from geodata.place.grammar import words

NAMES = (
    "黄浦区",
    "徐汇区",
    "长宁区",
    "静安区",
    "普陀区",
    "虹口区",
    "杨浦区",
    "闵行区",
    "宝山区",
    "嘉定区",
    "浦东新区",
    "金山区",
    "松江区",
    "青浦区",
    "奉贤区",
    "崇明区",
)
PEOPLES_SQUARE = (121.4710, 31.2349)


def test_the_sixteen_districts_stand_in_the_order_of_their_codes():
    assert load_districts().names == NAMES


def test_a_district_has_its_code():
    assert load_districts().code("浦东新区") == "310115"


def test_peoples_square_lies_in_huangpu():
    assert load_districts().at(*PEOPLES_SQUARE) == "黄浦区"


def test_suzhou_lies_in_no_district():
    assert load_districts().at(120.62, 31.30) is None


def test_many_positions_are_found_in_one_call():
    found = load_districts().at_many([121.4710, 120.62, 121.524508], [31.2349, 31.30, 31.057544])
    assert found == ["黄浦区", None, "闵行区"]


def test_no_positions_give_no_districts():
    assert load_districts().at_many([], []) == []


def test_a_position_inside_is_no_metres_away():
    assert load_districts().distance_m("黄浦区", *PEOPLES_SQUARE) == 0.0


def test_the_distance_to_a_district_is_that_to_its_nearest_edge():
    districts = load_districts()
    edge = shapely.get_coordinates(shapely.segmentize(districts.outline("浦东新区"), 0.00005))
    nearest = geodesic_m(*PEOPLES_SQUARE, edge[:, 0], edge[:, 1]).min()
    assert districts.distance_m("浦东新区", *PEOPLES_SQUARE) == pytest.approx(nearest, abs=1.0)


@pytest.mark.parametrize("name", NAMES)
def test_the_area_of_a_district_bounds_every_point_of_it(name):
    districts = load_districts()
    area = districts.area_position(name)
    west, south, east, north = districts.outline(name).bounds
    rng = np.random.default_rng(5)
    lons, lats = rng.uniform(west, east, 400), rng.uniform(south, north, 400)
    inside = np.array([at == name for at in districts.at_many(lons, lats)])
    far = geodesic_m(area.lon, area.lat, lons[inside], lats[inside]).max()
    assert (area.level, districts.at(area.lon, area.lat)) == (Level.DISTRICT, name)
    assert 0.5 * area.error_m < far <= area.error_m


def test_the_bounds_hold_every_outline():
    districts = load_districts()
    assert (
        districts.bounds
        == shapely.MultiPoint(
            np.vstack([shapely.get_coordinates(outline) for outline in districts.outlines])
        ).bounds
    )


@pytest.mark.parametrize("ask", ["code", "outline", "area_position"])
def test_a_district_that_is_not_there_is_named(ask):
    with pytest.raises(NotFoundError, match="没有叫“昆山”的区"):
        getattr(load_districts(), ask)("昆山")


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("浦东新区", "浦东新区"),
        ("浦东", "浦东新区"),
        ("浦东区", "浦东新区"),
        (" 黄浦 ", "黄浦区"),
        ("上海市徐汇区", "徐汇区"),
        ("浦东新区总工会职工服务中心(办事点)", "浦东新区"),
        ("嘉定区总工会服务处", "嘉定区"),
        ("长宁总工会", "长宁区"),
        ("闸北", "静安区"),
        ("闸北区", "静安区"),
        ("静安区（原闸北区）", "静安区"),
        ("南汇区", "浦东新区"),
        ("卢湾", "黄浦区"),
        ("崇明县", "崇明区"),
        ("崇明", "崇明区"),
        ("上海市总工会驻奉贤区服务处", "奉贤区"),
        ("南市", "黄浦区"),
        ("川沙县", "浦东新区"),
        ("吴淞区", "宝山区"),
        ("上海县", "闵行区"),
        ("上海市上海县", "闵行区"),
        ("Pudong", "浦东新区"),
        ("PUDONG NEW AREA", "浦东新区"),
        ("Jing'an District, Shanghai", "静安区"),
        ("Shanghai Jing'an District", "静安区"),
        ("Shanghai", None),
        ("上海", None),
        ("宝山路街道", None),
        ("静安寺街道", None),
        ("长宁路", None),
        ("浦东大道", None),
        ("虹口区、杨浦区", None),
        ("昆山市", None),
        ("", None),
    ],
)
def test_a_text_names_one_district_or_none(text, district):
    assert canonical_district(text) == district


def test_every_name_the_grammar_reads_as_a_district_is_one():
    assert {name: canonical_district(name) for name in words.districts()} == words.districts()


def test_every_town_lies_in_a_district_that_is_there():
    assert {town.district for town in load_towns()} == set(NAMES)


def test_the_towns_are_those_of_the_table():
    towns = load_towns()
    kinds = [town.kind for town in towns]
    assert (kinds.count("town"), kinds.count("zone/farm")) == (215, 19)
    assert len({town.code for town in towns}) == 234


def test_every_district_has_one_english_name_that_is_read_back() -> None:
    names = load_districts().names
    assert [canonical_district(english_district(name)) for name in names] == list(names)
    assert [name for name in names if not english_district(name).isascii()] == []
