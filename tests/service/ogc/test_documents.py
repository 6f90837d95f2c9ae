"""Landing page, conformance, collections, queryables, pages for people."""

import pytest
from flask.testing import FlaskClient

from service.ogc import blueprint
from service.ogc.collections import COLLECTIONS
from service.ogc.documents import CONFORMANCE

PUBLIC = [one.id for one in COLLECTIONS if one.role is None]
PAGES = (
    "/ogc",
    "/ogc/",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/rest_room",
    "/ogc/collections/districts",
    "/ogc/collections/rest_room/queryables",
    "/ogc/collections/rest_room/items",
    "/ogc/collections/rest_room/items/5",
    "/ogc/collections/rest_room/items/60",
    "/ogc/collections/districts/items/310115",
    "/ogc/api",
    "/ogc/api.html",
    "/api",
    "/api.html",
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_the_landing_page_leads_everywhere(ogc: FlaskClient) -> None:
    links = ogc.get("/ogc").get_json()["links"]
    assert [(link["rel"], link["href"].removeprefix("http://localhost/ogc")) for link in links] == [
        ("self", "?f=json"),
        ("alternate", "?f=html"),
        ("service-desc", "/api"),
        ("service-doc", "/api.html"),
        ("conformance", "/conformance?f=json"),
        ("conformance", "/conformance?f=html"),
        ("data", "/collections?f=json"),
        ("data", "/collections?f=html"),
    ]


def test_every_link_of_the_landing_page_answers(ogc: FlaskClient) -> None:
    links = ogc.get("/ogc").get_json()["links"]
    answers = [ogc.get(link["href"]) for link in links]
    assert [(one.status_code, one.mimetype) for one in answers] == [
        (200, link["type"].partition(";")[0]) for link in links
    ]


def test_conformance_is_declared(ogc: FlaskClient) -> None:
    assert ogc.get("/ogc/conformance").get_json()["conformsTo"] == list(CONFORMANCE)


def test_public_collections_are_listed_for_everybody(ogc: FlaskClient) -> None:
    found = ogc.get("/ogc/collections").get_json()
    assert [one["id"] for one in found["collections"]] == PUBLIC


def test_a_collection_tells_its_extent_and_systems(ogc: FlaskClient) -> None:
    found = ogc.get("/ogc/collections/rest_room?lang=en").get_json()
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert (found["title"], found["itemType"], found["storageCrs"]) == (
        "Rest room",
        "feature",
        crs84,
    )
    assert found["extent"] == {
        "spatial": {"bbox": [[121.469, 31.23, 121.669, 31.23]], "crs": crs84},
        "temporal": {"interval": [[None, None]]},
    }
    assert found["crs"][0] == crs84


def test_queryables_are_the_filters_a_collection_takes(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/demand_sites/queryables?lang=en")
    found = answer.get_json()
    assert answer.content_type == "application/schema+json"
    assert {name: schema["title"] for name, schema in found["properties"].items()} == {
        "q": "Text in names.",
        "district": "District by name or official code.",
        "kind": "Kind of site.",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_browser_gets_a_page(ogc: FlaskClient, path: str, language: str) -> None:
    answer = ogc.get(f"{path}?lang={language}", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert answer.text.count("<h1>") == 1


def test_a_browser_gets_faults_as_pages_too(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/nope/items", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_what_nobody_speaks_gets_json(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections", headers={"Accept": "application/x-nonsense"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")


def test_a_page_for_people_holds_no_more_than_they_read(
    ogc: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blueprint, "MOST_ON_A_PAGE", 7)
    page = ogc.get("/ogc/collections/places/items?f=html&limit=10000").text
    assert (page.count('<th scope="row">'), "offset=7" in page) == (7, True)


def test_the_page_of_features_turns_over(ogc: FlaskClient) -> None:
    page = ogc.get("/ogc/collections/rest_room/items?f=html&limit=2&offset=2").text
    here = "http://localhost/ogc/collections/rest_room/items?f=html&amp;limit=2&amp;offset="
    assert (f'rel="next" href="{here}4"' in page, f'rel="prev" href="{here}0"' in page) == (
        True,
        True,
    )
