"""A small city behind the service: three placed points, one without an address, two sites."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.accounts import book
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.declared import (
    Declared,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

PASSWORD = "一个口令"
SQUARE = (121.4710, 31.2349)
# What an argument of a route that is no number may hold.
TEXTS = {
    "table": ("place", "service_point", "demand_site", "contact"),
    "name": ("map.js",),
    "login": ("admin", "post.viewer"),
    "format": ("csv", "geojson", "xlsx", "kml"),
    "what": ("points", "places", "sites", "gaps"),
}


def source(row: int) -> Source:
    return Source("示例.xlsx", "表1", row, {}, "stations")


def service(kind: Kind, *, hours: str = "", facilities: tuple[str, ...] = ()) -> DeclaredService:
    return DeclaredService(
        kind=kind,
        name="",
        status=Status.PLAQUED,
        tier=Tier.OTHER,
        hours_text=hours,
        facilities=facilities,
    )


def at(lon: float, lat: float, *, error_m: float = 90.0) -> Position:
    return Position(lon, lat, Level.NUMBER, error_m, "测试")


def placed(declared: Declared, outcome: Position | Unlocated) -> Placed:
    return Placed(declared, None, outcome, declared.district)


def records() -> tuple[Placed, ...]:
    station = DeclaredPlace(
        "示例・广场驿站",
        "人民大道200号",
        "黄浦区",
        "",
        (
            service(Kind.OUTDOOR_STATION, hours="8:00–20:00", facilities=("热饭", "充电")),
            service(Kind.READING_ROOM),
        ),
        source(2),
    )
    health = DeclaredPlace(
        "张江健康服务点", "科苑路88号", "浦东新区", "", (service(Kind.HEALTH_POINT),), source(3)
    )
    room = DeclaredPlace(
        "福州路休息室", "福州路100号", "黄浦区", "", (service(Kind.REST_ROOM),), source(4)
    )
    nowhere = DeclaredPlace("无址书屋", "", "黄浦区", "", (service(Kind.READING_ROOM),), source(5))
    near = DeclaredSite(
        "张江科技园", SiteKind.PARK, "科苑路1号", "浦东新区", "", source(6), workers=3000
    )
    far = DeclaredSite(
        "枫泾产业园",
        SiteKind.PARK,
        "朱枫公路1号",
        "金山区",
        "",
        source(7),
        workers=1500,
        clinic=Clinic.NONE,
    )
    return (
        placed(station, at(*SQUARE)),
        placed(health, at(121.5960, 31.2050)),
        placed(room, at(121.4810, 31.2349, error_m=300.0)),
        placed(nowhere, Unlocated(Reason.NO_ADDRESS)),
        placed(near, at(121.5970, 31.2050)),
        placed(far, at(121.0100, 30.8900)),
    )


@pytest.fixture
def city(store: Store) -> Store:
    found = records()
    store.publish(ImportedFile("示例.xlsx", "0" * 64, found, len(found), 0, ("stations",)))
    return store


@pytest.fixture
def make_app(city: Store) -> Callable[..., Flask]:
    def make(**changes: str) -> Flask:
        url = city.engine.url.render_as_string(hide_password=False)
        environ = {"ZHITU_DATABASE": url, "ZHITU_PLANNER_PASSWORD": PASSWORD, **changes}
        return create_app(Settings.from_environment(environ), city)

    return make


@pytest.fixture
def production() -> dict[str, str]:
    """What a service must have before it may serve the public in earnest."""
    key = "7d5ffaeb6e0d1bd4a1c6f0c6b1d7de02aa81e9d9e1b8cbb9"
    return {"ZHITU_PRODUCTION": "1", "ZHITU_PLANNER_PASSWORD": "", "ZHITU_SECRET_KEY": key}


@pytest.fixture
def client(make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app().test_client()


@pytest.fixture
def planner(client: FlaskClient) -> FlaskClient:
    client.post("/sign-in", data={"password": PASSWORD})
    return client


@pytest.fixture
def as_person(make_app: Callable[..., Flask], city: Store) -> Callable[..., FlaskClient]:
    """Signs in with an account of its own: `as_person(Role.EDITOR, districts=("黄浦区",))`."""

    def signed_in(
        role: Role,
        *,
        login: str = "",
        districts: tuple[str, ...] = (),
        unions: tuple[str, ...] = (),
        app: Flask | None = None,
    ) -> FlaskClient:
        login = login or f"post.{role}"
        password = f"{PASSWORD}123456"
        with city.writing() as session:
            book.add(session, login, Reach(role, districts, unions), password=password, by="测试")
        client = (app or make_app()).test_client()
        client.post("/sign-in", data={"username": login, "password": password})
        return client

    return signed_in


@pytest.fixture
def paths_of() -> Callable[[Rule], Iterator[str]]:
    """The addresses of a route, with every id there is and some of each text."""
    return _paths


def _paths(rule: Rule) -> Iterator[str]:
    """The addresses of a route, with every id there is and some of each text."""
    names = sorted(rule.arguments)
    counted = rule.rule.count("<int:")
    numbers = [str(n) for n in range(1, {0: 1, 1: 9, 2: 4}.get(counted, 2))]
    choices = [
        numbers if f"<int:{name}>" in rule.rule else TEXTS.get(name, ("1",)) for name in names
    ]
    for values in product(*choices):
        path = rule.rule
        for name, value in zip(names, values, strict=True):
            start, _, rest = path.partition(f"{name}>")
            path = start[: start.rindex("<")] + value + rest
        yield path
