"""A city of 66 service points and 4 sites behind the API, and a server on loopback."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.hours import Hours, Span
from geodata.kinds import KINDS, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

PASSWORD = "一个口令"
KEY = "0123456789abcdef"


def _source(row: int) -> Source:
    return Source("示例.xlsx", "表1", row, {}, "stations")


def _place(number: int) -> Placed:
    """Every eleventh of a kind; one row of eleven in the centre, the others east of it."""
    kind, step = list(Kind)[number % 11], number // 11
    service = DeclaredService(
        kind=kind,
        name="",
        status=Status.PLAQUED,
        tier=Tier.OTHER,
        hours_text="8:00-20:00",
        hours=Hours(((Span(480, 1200),),) * 7),
        facilities=("热饭",) if step % 2 else (),
    )
    name = f"{KINDS[kind].short}{step}"
    place = DeclaredPlace(
        name, f"人民大道{number + 1}号", "黄浦区", "", (service,), _source(number)
    )
    if step == 5:
        return Placed(place, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")
    lon = round(121.465 + 0.05 * step + 0.001 * (number % 11), 6)
    return Placed(place, None, Position(lon, 31.23, Level.NUMBER, 90.0, "测试"), "黄浦区")


def _site(number: int) -> Placed:
    site = DeclaredSite(
        f"园区{number}",
        SiteKind.PARK if number % 2 else SiteKind.MALL,
        f"科苑路{number}号",
        "黄浦区",
        "",
        _source(100 + number),
        workers=(800, 1200, 90, None)[number],
    )
    at = Position(121.47 + number * 0.1, 31.231, Level.NUMBER, 90.0, "测试")
    return Placed(site, None, at, "黄浦区")


@pytest.fixture(scope="session")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The city; nothing in this folder changes it."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('ogc') / 'zhitu.sqlite'}")
    found = (*map(_place, range(66)), *map(_site, range(4)))
    store.publish(ImportedFile("示例.xlsx", "0" * 64, found, len(found), 0, ("stations",)))
    yield store
    store.close()


@pytest.fixture(scope="session")
def app(layers: Store) -> Flask:
    environ = {"ZHITU_PLANNER_PASSWORD": PASSWORD, "ZHITU_SECRET_KEY": KEY}
    return create_app(Settings.from_environment(environ), layers)


@pytest.fixture
def ogc(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def viewer(app: Flask) -> FlaskClient:
    """Somebody who is signed in."""
    client = app.test_client()
    client.post("/sign-in", data={"password": PASSWORD})
    return client


@pytest.fixture(scope="session")
def url(app: Flask) -> Iterator[str]:
    """Where the API is served on loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ogc"
    server.shutdown()
    server.server_close()


@pytest.fixture
def items(ogc: FlaskClient) -> Callable[[str], list[int | str]]:
    """The ids of the features a query finds: `items("rest_room?limit=3")`."""

    def found(asked: str) -> list[int | str]:
        collection, _, query = asked.partition("?")
        answer = ogc.get(f"/ogc/collections/{collection}/items?{query}")
        assert answer.status_code == 200, answer.text
        return [feature["id"] for feature in answer.get_json()["features"]]

    return found
