"""Outlines light enough for a phone, with room known for each name."""

import json

from geodata.place.district import load_districts
from maps.base import basemap
from maps.outline import city_bounds, core_bounds, district_bounds, outline_document

PLAIN = basemap("none")


def test_every_district_has_an_outline_and_a_label_inside_it() -> None:
    document = outline_document(PLAIN, drawn=True)
    features = document["features"]
    labels = [item for item in features if item["geometry"]["type"] == "Point"]
    names = list(load_districts().names)
    assert [item["properties"]["name"] for item in labels] == names
    assert [item["properties"]["name"] for item in features[:16]] == names
    found = [load_districts().at(*item["geometry"]["coordinates"]) for item in labels]
    assert found == names


def test_the_document_is_light() -> None:
    text = json.dumps(outline_document(PLAIN, drawn=True), ensure_ascii=False)
    assert len(text.encode()) < 130_000


def test_undrawn_outlines_leave_the_names() -> None:
    document = outline_document(PLAIN, drawn=False)
    assert document["drawn"] is False
    assert {item["geometry"]["type"] for item in document["features"]} == {"Point"}
    assert len(document["features"]) == 16


def test_on_amap_the_outline_moves_with_the_tiles() -> None:
    plain = outline_document(PLAIN, drawn=False)["features"][0]["geometry"]["coordinates"]
    moved = outline_document(basemap("amap"), drawn=False)["features"][0]["geometry"]["coordinates"]
    assert moved == list(basemap("amap").put(*plain)[0])


def test_the_core_is_the_crowded_middle() -> None:
    west, south, east, north = core_bounds()
    city = city_bounds()
    assert city[0] < west < 121.4710 < east < city[2]
    assert city[1] < south < 31.2349 < north < city[3]
    assert (east - west) * (north - south) < 0.1 * (city[2] - city[0]) * (city[3] - city[1])


def test_a_district_lies_in_the_city() -> None:
    inner, outer = district_bounds("崇明区"), city_bounds()
    assert outer[0] <= inner[0] + 0.01
    assert inner[3] <= outer[3] + 0.01
