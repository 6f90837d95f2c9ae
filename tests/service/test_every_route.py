"""All routes there are, walked over the samples that ship: no person, no crash, always guarded."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from geodata.store import Store
from geodata.tables import Contact, DemandSite, ServicePoint
from maps.assets import STATIC
from service.app import create_app
from service.ogc.collections import BY_ID
from service.settings import Settings
from service.workshop import import_file, locator, sample_files

CANARY = re.compile(r"金丝雀|1990000\d{4}|example\.invalid")
QUERIES = {
    "api.clusters": ("bbox=120.8,30.6,122.3,31.9&z=22", "bbox=121,31,122,32&z=9"),
    "api.nearest": ("lon=121.47&lat=31.23&limit=100", "lon=121.47&lat=31.23&q=金丝雀"),
    "finder.find": ("", "page=2", "q=1990000", "lang=en"),
    "points.table": ("", "page=2", "sort=-due&lang=en", "q=1990000"),
    "ogc.items": ("limit=10000", "limit=200&f=html"),
    "points.clusters": ("bbox=120.8,30.6,122.3,31.9&z=22",),
    "planner.coverage": (
        *("", "by=site", "by=site&theme=lunch&rectifying=1", "lang=en"),
        *("area=hex&hour=now", "by=town&area=town&day=3&time=12:00", "radius=650&as_of=2026-01-01"),
    ),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PARAMETERS = {
    *("kind", "district", "q", "page", "lang", "bbox", "z", "lon", "lat", "limit", "datum"),
    *("radius", "rectifying", "theme", "by", "next", "hour", "as_of", "scenario"),
}
HOSTILE = (
    *("", "0", "-1", "NaN", "inf", "1e999", "9" * 400, "²", "1_000", "a" * 5000, "1,2,3,4"),
    *(
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "%",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "{0}",
        "__proto__",
    ),
    *("//[", "http://[::1", "/%09/evil.example", "%F0%9F%98%80", "\\evil.example"),
)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    database = f"sqlite:///{tmp_path_factory.mktemp('routes') / 'zhitu.sqlite'}"
    with closing(Store.open(database)) as store:
        for path in sample_files():
            import_file(path, store, locator(store))
        yield store


@pytest.fixture(scope="module")
def app(samples: Store) -> Flask:
    environ = {"ZHITU_PLANNER_PASSWORD": "口令", "ZHITU_SHOW_RECTIFYING": "1"}
    return create_app(Settings.from_environment(environ), samples)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    """A planner, who sees most."""
    client = app.test_client()
    client.post("/sign-in", data={"password": "口令"})
    return client


def addresses(app: Flask, store: Store) -> Iterator[str]:
    """Every address with every id and asset, and the queries that show most."""
    ids = [place.id for place in store.snapshot(rectifying=True).places]
    assets = [path.name for path in STATIC.iterdir()] + ["kinds.css", "leaflet/leaflet.js"]
    with store.reading() as session:
        sites = list(session.scalars(select(DemandSite.id)))
        points = list(session.scalars(select(ServicePoint.id)))
    values = {"place_id": ids, "site_id": sites, "service_id": points, "name": assets}
    values["collection_id"] = list(BY_ID)
    for rule in app.url_map.iter_rules():
        for argument in rule.arguments or {""}:
            for value in values.get(argument, [""]):
                path = rule.rule.replace(f"<int:{argument}>", str(value))
                path = path.replace(f"<path:{argument}>", str(value))
                path = path.replace(f"<{argument}>", str(value))
                yield from (f"{path}?{query}" for query in QUERIES.get(rule.endpoint, ("",)))


def test_no_route_gives_a_byte_of_a_contact(
    app: Flask, client: FlaskClient, samples: Store
) -> None:
    with samples.reading() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) > 100
    told = []
    walked = 0
    for address in addresses(app, samples):
        answer = client.get(address)
        # What was asked for comes back in the search field; everything else is ours.
        shown = answer.get_data().decode(errors="replace").replace('value="1990000"', "")
        told += [address] if CANARY.search(shown) or CANARY.search(str(answer.headers)) else []
        walked += 1
    assert (told, walked > 300) == ([], True)


def test_every_answer_to_every_method_is_guarded_and_none_fails(
    app: Flask, client: FlaskClient, samples: Store
) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()} | {"/none", "//evil.example", "/p/%ff"}
    paths = [rule.replace("<int:place_id>", "1").replace("<path:name>", "map.js") for rule in rules]
    bad = []
    for path in sorted(paths):
        for method in METHODS:
            answer = app.test_client().open(path, method=method)
            guarded = "frame-ancestors" in answer.headers.get("Content-Security-Policy", "")
            if answer.status_code >= 500 or not guarded:
                bad.append((method, path, answer.status_code))
            if answer.status_code == 405 and not answer.headers.get("Allow"):
                bad.append((method, path, "no Allow"))
    assert bad == []


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/embed", "/sign-in", "/clusters", "/nearest"),
        *("/planner", "/planner/coverage.json", "/planner/why/1.json"),
    ],
)
def test_hostile_parameters_are_refused_or_harmless(client: FlaskClient, path: str) -> None:
    given = {
        "/clusters": "bbox=121.46,31.2,121.5,31.24&z=10&",
        "/nearest": "lon=121.4&lat=31.2&limit=1&",
    }.get(path, "")
    bad = []
    # The planner's pages are dear to make, and take few parameters.
    asked = {"radius", "rectifying", "theme", "by"} if "planner" in path else PARAMETERS
    for name in sorted(asked):
        for value in HOSTILE:
            kept = "&".join(part for part in given.split("&") if not part.startswith(f"{name}="))
            answer = client.get(f"{path}?{kept}{name}={value}")
            html = answer.content_type.startswith("text/html")
            refused = answer.content_type == "application/problem+json"
            injected = html and "<script>alert" in answer.text
            as_asked = html != path.endswith((".json", "clusters", "nearest"))
            if answer.status_code not in {200, 400} or injected or not as_asked:
                bad.append((name, value[:30], answer.status_code))
            if not html and refused != (answer.status_code == 400):
                bad.append((name, value[:30], answer.content_type))
    assert bad == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/assets/../settings.py", 404),
        ("/assets/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/assets/leaflet/..%2fmap.js", 404),
        ("/assets/%00", 404),
        ("/p/99999999999999999999", 404),
        ("/places/-1.json", 404),
    ],
)
def test_nothing_lies_beside_what_is_served(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_forged_session_opens_nothing(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("zhitu", "eyJwbGFubmVyIjoiIn0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert client.get("/planner").status_code == 302
    assert client.get("/planner/coverage.json").status_code == 401


def test_a_foreign_host_header_enters_no_page_and_no_redirect(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/p/1", "/planner", "/planner/coverage.json", "/sign-in"):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text
        assert not answer.headers.get("Location", "/").startswith("http")
