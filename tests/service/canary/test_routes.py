"""Every route there is, to somebody and to the one who may most: no byte of a person."""

import gzip
import json
import logging
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from geodata.store import Store
from geodata.tables import Base, DemandSite, Place, ServicePoint
from service.app import create_app
from service.observing.figures import Figures
from service.observing.metrics import exposed
from service.ogc.collections import BY_ID
from service.settings import Settings
from service.tiles.sets import SETS

Told = Callable[[bytes | str], bool]
PASSWORD = "canary password 1"
# What shows persons, to whom they belong, and what would end the session that looks.
BUT = {
    "contacts.look": "the one page for contacts; each look is in the trail",
    "auth.sign_out": "ends the session",
    "account.sign_out": "ends the session",
}
QUERIES = {
    "api.clusters": ("bbox=120.8,30.6,122.3,31.9&z=22", "bbox=121,31,122,32&z=9"),
    "api.nearest": ("lon=121.47&lat=31.23&limit=100",),
    "calls.nearest": ("lon=121.47&lat=31.23&k=100",),
    "calls.coverage": ("lon=121.47&lat=31.23&radius=5000",),
    "calls.address": ("text=人民大道200号",),
    "calls.gaps": ("limit=1000",),
    "finder.find": ("", "page=2", "lang=en"),
    "points.table": ("", "page=2", "page=3&lang=en"),
    "ogc.items": ("limit=10000", "limit=200&f=html"),
    "oembed.oembed": ("url=http://localhost/embed", "url=http://localhost/embed&format=xml"),
}
METHODS = frozenset({"GET"})


def values(app: Flask, store: Store) -> dict[str, list[str]]:
    """What stands for an argument of an address: some ids of each kind, and every name."""
    with store.reading() as session:
        ids = {
            "place_id": session.scalars(select(Place.id)).all(),
            "site_id": session.scalars(select(DemandSite.id)).all(),
            "service_id": session.scalars(select(ServicePoint.id)).all(),
        }
    some = {
        name: [str(n) for n in found[:: max(1, len(found) // 12)]] for name, found in ids.items()
    }
    return some | {
        "collection_id": list(BY_ID),
        "set_id": list(SETS),
        "format": ["csv", "geojson", "xlsx", "kml", "gpkg", "fgb"],
        "what": ["points", "places", "sites", "gaps"],
        "name": ["map.js", "zhitu.css"],
        "login": ["admin"],
        "z": ["0", "9"],
        "x": ["0", "428"],
        "y": ["0", "209"],
    }


def addresses(app: Flask, store: Store) -> Iterator[tuple[str, str]]:
    known = values(app, store)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in BUT:
            continue
        names = sorted(rule.arguments)
        for given in product(*(known.get(name, ["1", "2"]) for name in names)):
            path = _built(rule, dict(zip(names, given, strict=True)))
            for query in QUERIES.get(rule.endpoint, ("",)):
                yield rule.endpoint, f"{path}?{query}"


def _built(rule: Rule, given: dict[str, str]) -> str:
    path = rule.rule
    for name, value in given.items():
        start, _, rest = path.partition(f"{name}>")
        path = start[: start.rindex("<")] + value + rest
    return path


def walked(app: Flask, store: Store, told: Told, *, signed_in: bool) -> tuple[list[str], set[str]]:
    """The addresses that told of the person, and the routes that answered something."""
    client = app.test_client()
    if signed_in:
        client.post("/sign-in", data={"password": PASSWORD})
    found, answered = [], set()
    for endpoint, address in addresses(app, store):
        answer = client.get(address)
        if told(answer.get_data()) or told(str(answer.headers)):
            found.append(address)
        if answer.status_code == 200:
            answered.add(endpoint)
    return found, answered


def app_over(store: Store) -> Flask:
    environ = {
        "ZHITU_PLANNER_PASSWORD": PASSWORD,
        "ZHITU_SHOW_RECTIFYING": "1",
        "ZHITU_LOG": "json",
        "ZHITU_METRICS_PORT": "9101",
    }
    return create_app(Settings.from_environment(environ), store)


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_route_gives_a_byte_of_a_person(
    poisoned_url: str,
    told: Told,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    *,
    signed_in: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    with closing(Store.open(poisoned_url)) as store:
        app = app_over(store)
        found, answered = walked(app, store, told, signed_in=signed_in)
    written = "".join(capfd.readouterr()) + caplog.text
    assert found == []
    assert not told(written)
    assert len(answered) > (60 if signed_in else 35)


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgis", marks=pytest.mark.postgis)], indirect=True
)
def test_none_on_postgis_either(
    database_url: str,
    filled: Callable[..., None],
    tmp_path: Path,
    told: Told,
) -> None:
    filled(database_url, tmp_path, each=1)
    with closing(Store.open(database_url)) as store:
        assert walked(app_over(store), store, told, signed_in=True)[0] == []


def test_the_person_stands_in_no_table_but_the_contacts(poisoned_url: str, told: Told) -> None:
    with closing(Store.open(poisoned_url)) as store, store.reading() as session:
        holding = {
            table.name
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(*(c for c in table.c if c.name != "geom")))
            if told(str(tuple(row)))
        }
    assert holding == {"contact"}


def test_the_metrics_tell_of_no_person(poisoned_url: str, told: Told) -> None:
    with closing(Store.open(poisoned_url)) as store:
        shown = exposed(Figures(store, ()))
    assert b"zhitu_" in shown
    assert not told(shown)


def test_the_walk_would_find_the_person(poisoned_url: str, told: Told) -> None:
    with closing(Store.open(poisoned_url)) as store:
        client = app_over(store).test_client()
        client.post("/sign-in", data={"password": PASSWORD})
        assert told(client.get("/desk/contacts/place/1").get_data())


def test_the_photo_shown_is_the_one_sent_without_the_person(
    poisoned_url: str, told: Told, photo: bytes
) -> None:
    with closing(Store.open(poisoned_url)) as store:
        shown = app_over(store).test_client().get("/photos/1")
    assert (shown.status_code, shown.data[:4]) == (200, b"\xff\xd8\xff\xc0")
    assert (told(photo), told(shown.data)) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"name": "联系人：金丝雀甲"}).encode(),
        "".join(f"&#{ord(sign)};" for sign in "联系人：金丝雀甲").encode(),
        quote("?q=联系人：金丝雀甲").encode(),
        gzip.compress("联系人：金丝雀甲".encode()),
        b"%PDF\nstream\n" + zlib.compress(b"[ (1990) -3 (0004242) ] TJ") + b"\nendstream",
    ],
    ids=["json", "xml", "address", "gzip", "pdf"],
)
def test_the_person_is_found_however_it_is_written(told: Told, body: bytes) -> None:
    assert told(body)
