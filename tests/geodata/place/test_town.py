import pytest

from geodata.model import Level
from geodata.place.district import load_towns
from geodata.place.town import town_box


def test_a_town_is_an_area_whose_error_reaches_its_corners():
    position = town_box("外滩街道", "黄浦区").position()
    assert (round(position.lon, 4), round(position.lat, 4)) == (121.4836, 31.2369)
    assert (position.level, position.error_m) == (Level.TOWN, 1387.0)
    assert position.source == "外滩街道的范围"


def test_how_far_a_position_lies_from_a_town():
    box = town_box("外滩街道", "黄浦区")
    assert box.distance_m(121.48, 31.23) == 0.0
    assert round(box.distance_m(121.463875, 31.23)) == 953


@pytest.mark.parametrize(("name", "district"), [("外滩街道", "静安区"), ("没有镇", ""), ("", "")])
def test_a_town_that_is_not_there_has_no_box(name, district):
    assert town_box(name, district) is None


def test_most_towns_have_a_box_and_none_is_a_point():
    towns = [town for town in load_towns() if town.kind == "town"]
    boxes = [box for town in towns if (box := town_box(town.name, town.district))]
    assert len(boxes) == 177
    sizes = [box.position().error_m for box in boxes]
    assert (min(sizes), max(sizes)) == (939.0, 26262.0)
