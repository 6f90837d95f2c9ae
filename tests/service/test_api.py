"""The JSON of maps and lists."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from geodata.model import Datum
from geodata.place.datum import convert

CITY = "bbox=120.8,30.6,122.3,31.9&z=12"
SQUARE = "lon=121.471&lat=31.235"


def test_clusters_hold_points_and_circles(client: FlaskClient) -> None:
    wide = client.get(f"/clusters?{CITY}").get_json()
    close = client.get("/clusters?bbox=121.46,31.23,121.49,31.24&z=17").get_json()
    assert [circle["count"] for circle in wide["circles"]] == [2]
    assert [point["name"] for point in wide["points"]] == ["张江健康服务点"]
    assert close == {
        "circles": [],
        "points": [
            {
                "id": 1,
                "name": "示例・广场驿站",
                "kinds": ["outdoor_station", "reading_room"],
                "status": "plaqued",
                "state": "",
                "hours": "8:00–20:00",
                "always": False,
                "sample": True,
                "at": [121.471, 31.2349],
            },
            {
                "id": 3,
                "name": "福州路休息室",
                "kinds": ["rest_room"],
                "status": "plaqued",
                "state": "",
                "hours": "",
                "always": False,
                "sample": False,
                "at": [121.481, 31.2349],
            },
        ],
    }


def test_a_place_is_drawn_as_the_kind_that_was_asked_for(client: FlaskClient) -> None:
    found = client.get(f"/clusters?{CITY}&kind=reading_room").get_json()
    assert [point["kinds"] for point in found["points"]] == [["reading_room", "outdoor_station"]]


def test_the_nearest_comes_first_and_the_unplaced_stand_apart(client: FlaskClient) -> None:
    found = client.get(f"/nearest?{SQUARE}").get_json()
    assert [(p["id"], round(p["walk_m"], -1)) for p in found["places"]] == [
        (1, 10),
        (3, 1240),
        (2, 16080),
    ]
    assert (found["total"], found["shift"], found["unplaced_total"]) == (3, [0, 0], 1)
    assert [(p["name"], p["at"], p["reason"]) for p in found["unplaced"]] == [
        ("无址书屋", None, "有名无址：表里没有地址")
    ]


def test_filters_and_limit_narrow_the_nearest(client: FlaskClient) -> None:
    by_text = client.get(f"/nearest?{SQUARE}&q=科苑路").get_json()
    by_kind = client.get(f"/nearest?{SQUARE}&kind=rest_room,health_point&limit=1").get_json()
    assert [p["id"] for p in by_text["places"]] == [2]
    assert [p["id"] for p in by_kind["places"]] == [3]


def test_on_a_gcj_basemap_points_and_the_own_position_move_alike(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(ZHITU_BASEMAP="amap").test_client()
    lon, lat = convert(121.471, 31.2349, source=Datum.WGS84, target=Datum.GCJ02)
    at = [round(float(lon), 6), round(float(lat), 6)]
    found = client.get("/nearest?lon=121.471&lat=31.2349&limit=1").get_json()
    assert found["places"][0]["at"] == at
    assert found["shift"] == [round(at[0] - 121.471, 6), round(at[1] - 31.2349, 6)]
    on_map = client.get(f"/nearest?lon={at[0]}&lat={at[1]}&datum=map&limit=1").get_json()
    assert round(on_map["places"][0]["walk_m"]) == 0


def test_a_window_read_off_a_gcj_basemap_finds_the_same_places(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(ZHITU_BASEMAP="amap").test_client()
    found = client.get("/clusters?bbox=121.4750,31.2325,121.4760,31.2335&z=18").get_json()
    assert [point["id"] for point in found["points"]] == [1]


def test_a_place_says_all_it_may(client: FlaskClient) -> None:
    found = client.get("/places/3.json").get_json()
    assert (found["name"], found["error_m"], found["at"]) == (
        "福州路休息室",
        300.0,
        [121.481, 31.2349],
    )
    assert [route["app"] for route in found["routes"]] == ["amap", "tencent", "baidu", "apple"]
    assert client.get("/places/4.json").get_json()["routes"] == []


def test_outlines_are_kept_by_the_browser(client: FlaskClient) -> None:
    first = client.get("/outline.json")
    again = client.get("/outline.json", headers={"If-None-Match": first.headers["ETag"]})
    kinds = [feature["geometry"]["type"] for feature in first.get_json()["features"]]
    assert (first.status_code, again.status_code) == (200, 304)
    assert (kinds.count("Point"), len(kinds)) == (16, 32)


def test_stations_are_landmarks(client: FlaskClient) -> None:
    stations = client.get("/stations.json").get_json()["stations"]
    names = [station["name"] for station in stations]
    assert len(names) == len(set(names)) >= 30
    assert all(120.8 < s["at"][0] < 122.3 and 30.6 < s["at"][1] < 31.9 for s in stations)


def test_in_production_without_an_approval_only_names_are_public(
    make_app: Callable[..., Flask], production: dict[str, str]
) -> None:
    client = make_app(**production).test_client()
    found = client.get("/outline.json").get_json()
    assert {feature["geometry"]["type"] for feature in found["features"]} == {"Point"}


def test_a_station_named_in_a_search_is_where_distances_start(client: FlaskClient) -> None:
    found = client.get("/nearest?lon=121.1&lat=31.3&q=地铁人民广场站&kind=rest_room").get_json()
    assert [place["name"] for place in found["places"]] == ["福州路休息室"]
    assert found["near"]["name"] == "人民广场"
    assert found["places"][0]["walk_m"] < 2000
    assert client.get(f"/nearest?{SQUARE}&q=福州路").get_json()["near"] is None
