"""Town outlines as JSON, keyed like their numbers."""

import shapely

from geodata.boundaries.store import Boundaries
from maps.areas import town_key
from maps.base import basemap
from maps.towns import towns_document

PLAIN = basemap("none")
WEST, EAST = shapely.box(121.48, 31.23, 121.49, 31.24), shapely.box(121.49, 31.23, 121.50, 31.24)
TOWNS = Boundaries(
    codes=("310101013", "310101015"),
    names=("外滩街道", "豫园街道"),
    districts=("黄浦区", "黄浦区"),
    areas=(WEST, EAST),
    approximate=True,
)


def test_outlines_carry_the_key_of_their_numbers() -> None:
    found = towns_document(PLAIN, TOWNS)
    named = [feature["properties"] for feature in found["features"]]
    assert [(each["name"], each["key"]) for each in named] == [
        ("外滩街道", town_key("黄浦区", "外滩街道")),
        ("豫园街道", "黄浦区/豫园街道"),
    ]
    assert found["approximate"] is True
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in found["features"]]
    assert shapes[0].equals(WEST)
    assert shapes[1].equals(EAST)


def test_outlines_move_with_the_basemap() -> None:
    (first, _) = towns_document(basemap("amap"), TOWNS)["features"]
    west, _, _, _ = shapely.geometry.shape(first["geometry"]).bounds
    assert round(west - 121.48, 3) == 0.004


def test_without_outlines_there_is_nothing_to_draw() -> None:
    assert towns_document(PLAIN, Boundaries())["features"] == []
