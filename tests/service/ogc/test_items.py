"""Features by query: windows, paging, filters, systems, selection."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from geodata.model import Datum
from geodata.place.datum import convert
from geodata.store import Store
from service.ogc.collections import BY_ID, COLLECTIONS

Items = Callable[[str], list[int | str]]
CENTRE = "bbox=121.46,31.22,121.48,31.24"
GCJ = "urn:zhitu:def:crs:GCJ-02"
EPSG_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"


def test_a_feature_is_written_whole(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/rest_room/items/5")
    assert answer.content_type == "application/geo+json"
    assert answer.headers["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    here = "http://localhost/ogc/collections/rest_room"
    assert answer.get_json() == {
        "type": "Feature",
        "id": 5,
        "properties": {
            "name": "工间休息室0",
            "kind": "rest_room",
            "kind_name": "职工工间休息室",
            "place": 5,
            "district": "黄浦区",
            "town": "",
            "address": "人民大道5号",
            "status": "plaqued",
            "since": None,
            "hours": "8:00-20:00",
            "always": False,
            "facilities": [],
            "services": [],
            "operator": "",
            "phone": "",
            "area_m2": None,
            "year": None,
            "error_m": 90.0,
            "unplaced": "",
            "sample": False,
        },
        "geometry": {"type": "Point", "coordinates": [121.469, 31.23]},
        "links": [
            {"href": f"{here}/items/5?f=json", "rel": "self", "type": "application/geo+json"},
            {"href": f"{here}/items/5?f=html", "rel": "alternate", "type": "text/html"},
            {"href": f"{here}?f=json", "rel": "collection", "type": "application/json"},
            {"href": f"{here}?f=html", "rel": "collection", "type": "text/html"},
        ],
    }


def test_a_window_finds_what_lies_in_it_and_what_lies_nowhere(items: Items) -> None:
    assert items(f"rest_room?{CENTRE}") == [5, 60]
    assert items("rest_room?bbox=121.46,31.22,-10,121.48,31.24,9000") == [5, 60]
    assert items(f"rest_room?bbox=31.22,121.46,31.24,121.48&bbox-crs={EPSG_4326}") == [5, 60]


def test_pages_follow_each_other_without_gap_or_repetition(ogc: FlaskClient) -> None:
    seen, page, pages = [], "/ogc/collections/service_points/items?limit=25", 0
    while page:
        found = ogc.get(page).get_json()
        seen += [feature["id"] for feature in found["features"]]
        page = next((link["href"] for link in found["links"] if link["rel"] == "next"), "")
        pages += 1
    assert (pages, seen) == (3, list(range(1, 67)))


def test_a_page_links_to_its_neighbours(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/service_points/items?limit=20&offset=30&q=书屋").get_json()
    assert (answer["numberMatched"], answer["numberReturned"]) == (6, 0)
    answer = ogc.get("/ogc/collections/places/items?offset=20&limit=15&lang=en").get_json()
    here = "http://localhost/ogc/collections/places/items?f="
    assert {link["rel"]: link["href"] for link in answer["links"]} == {
        "self": f"{here}json&limit=15&lang=en&offset=20",
        "alternate": f"{here}html&limit=15&lang=en&offset=20",
        "collection": "http://localhost/ogc/collections/places?f=json",
        "next": f"{here}json&limit=15&lang=en&offset=35",
        "prev": f"{here}json&limit=15&lang=en&offset=5",
    }


def test_too_high_a_limit_is_cut_not_refused(items: Items) -> None:
    assert len(items("service_points?limit=99999999999999999999999")) == 66
    assert items("service_points?offset=99999999999999999999999") == []


def test_filters_mean_what_they_mean_on_the_map(items: Items) -> None:
    assert items("service_points?kind=rest_room,reading_room&with=hot_meal&limit=4") == [
        *(16, 20, 38, 42)
    ]
    assert items("places?q=休息室3") == [38]
    assert items("service_points?district=310101&open=2026-03-31T12:30&limit=2") == [1, 2]
    assert items("service_points?open=2026-03-31T23:30") == []
    assert items("service_points?district=浦东新区") == []
    assert items("demand_sites?kind=park") == [2, 4]
    assert items("demand_sites?q=园区2&district=黄浦区") == [3]
    assert items("towns?district=崇明区&q=庙镇") == ["310151104"]


def test_lives_with_an_unknown_beginning_meet_every_past(items: Items) -> None:
    assert items("rest_room?datetime=1980-01-01/..") == [5, 16, 27, 38, 49, 60]
    assert items("demand_sites?datetime=1980-01-01") == [1, 2, 3, 4]


def test_an_answer_is_in_one_system_and_says_in_which(ogc: FlaskClient) -> None:
    seen = {}
    for crs in (EPSG_4326, GCJ):
        answer = ogc.get(f"/ogc/collections/rest_room/items?limit=1&crs={crs}")
        at = answer.get_json()["features"][0]["geometry"]["coordinates"]
        seen[answer.headers["Content-Crs"]] = at
    lon, lat = convert(121.469, 31.23, source=Datum.WGS84, target=Datum.GCJ02)
    moved = [round(float(lon), 7), round(float(lat), 7)]
    assert seen == {f"<{EPSG_4326}>": [31.23, 121.469], f"<{GCJ}>": moved}


def test_only_chosen_properties_come(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/rest_room/items?limit=1&properties=kind,name").get_json()
    assert answer["features"] == [
        {
            "type": "Feature",
            "id": 5,
            "properties": {"kind": "rest_room", "name": "工间休息室0"},
            "geometry": {"type": "Point", "coordinates": [121.469, 31.23]},
        }
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("nonsense=1", "nonsense"),
        ("kind=rest_room", "kind"),
        ("limit=0", "limit"),
        ("limit=1.5", "limit"),
        ("offset=-1", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=121,31,122,nan", "bbox"),
        ("bbox=121,31,122,1e999", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("crs=EPSG:4326", "crs"),
        ("bbox-crs=", "bbox-crs"),
        ("with=sauna", "with"),
        ("open=tomorrow", "open"),
        ("district=纽约", "district"),
        ("district=", "district"),
        ("properties=secret", "properties"),
        ("f=xml", "f"),
        ("lang=fr", "lang"),
    ],
)
def test_what_is_not_declared_is_refused_by_name(
    ogc: FlaskClient, query: str, parameter: str
) -> None:
    answer = ogc.get(f"/ogc/collections/rest_room/items?{query}")
    problem = answer.get_json()
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert (problem["status"], problem["title"], problem["instance"], problem["parameter"]) == (
        400,
        "Bad Request",
        "/ogc/collections/rest_room/items",
        parameter,
    )


def test_what_is_not_there_is_said_in_a_problem(ogc: FlaskClient) -> None:
    lost = ("nope/items", "rest_room/items/1", "rest_room/items/999", "nope", "nope/queryables")
    answers = [ogc.get(f"/ogc/collections/{path}") for path in lost]
    assert [(one.status_code, one.content_type) for one in answers] == [
        (404, "application/problem+json")
    ] * len(lost)


def test_every_feature_has_exactly_the_declared_properties(viewer: FlaskClient) -> None:
    for collection in COLLECTIONS:
        found = viewer.get(f"/ogc/collections/{collection.id}/items?limit=1000").get_json()
        declared = [field.name for field in BY_ID[collection.id].fields]
        assert [list(one["properties"]) for one in found["features"]] == [declared] * len(
            found["features"]
        )


def test_every_kind_counts_what_the_database_counts(ogc: FlaskClient, layers: Store) -> None:
    question = "SELECT kind, count(*) FROM service_point WHERE status = 'plaqued' GROUP BY kind"
    with layers.engine.connect() as connection:
        counted = dict(connection.exec_driver_sql(question).all())
    found = {
        kind: ogc.get(f"/ogc/collections/{kind}/items").get_json()["numberMatched"]
        for kind in counted
    }
    assert found == counted
