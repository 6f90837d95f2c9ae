"""Which statuses the public sees: plaqued ones, and those under rectification by a setting."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store

MakeApp = Callable[..., Flask]
SPOT = "lon=121.3&lat=31.1&limit=1"


def placed(row: int, name: str, status: Status) -> Placed:
    service = DeclaredService(Kind.REST_ROOM, "", status, Tier.OTHER)
    source = Source("更多.xlsx", "表1", row, {}, "stations")
    place = DeclaredPlace(name, f"测试路{row}号", "闵行区", "", (service,), source)
    spot = Position(121.3, 31.1, Level.NUMBER, 90.0, "测试")
    return Placed(place, None, spot, "闵行区")


@pytest.fixture
def yellow_city(city: Store) -> Store:
    """The small city, a room under rectification (id 5) and a delisted one (id 6)."""
    rows = (
        placed(2, "整改休息室", Status.RECTIFYING),
        placed(3, "摘牌休息室", Status.DELISTED),
        placed(4, "申报休息室", Status.DECLARED),
    )
    city.publish(ImportedFile("更多.xlsx", "1" * 64, rows, 3, 0, ("stations",)))
    return city


def seen(client: FlaskClient) -> list[str]:
    """What each public door says of the three rooms."""
    paths = ("/", "/embed", f"/nearest?{SPOT}", "/clusters?bbox=121.299,31,121.301,31.2&z=18")
    return [
        name
        for name in ("整改休息室", "摘牌休息室", "申报休息室")
        for path in paths
        if name in client.get(path).text
    ]


def test_by_default_only_what_is_plaqued_is_public(yellow_city: Store, make_app: MakeApp) -> None:
    client = make_app().test_client()
    pages = [client.get(f"/p/{place_id}").status_code for place_id in (5, 6, 7)]
    assert (seen(client), pages) == ([], [404, 410, 404])


def test_by_the_setting_rectifying_ones_are_listed_and_marked(
    yellow_city: Store, make_app: MakeApp
) -> None:
    client = make_app(ZHITU_SHOW_RECTIFYING="1").test_client()
    pages = [client.get(f"/p/{place_id}").status_code for place_id in (5, 6, 7)]
    assert (seen(client), pages) == (["整改休息室"] * 4, [200, 410, 404])
    (near,) = client.get(f"/nearest?{SPOT}").get_json()["places"]
    assert (near["name"], near["status"], near["state"]) == (
        "整改休息室",
        "rectifying",
        "is-rectifying",
    )
    for path in ("/?q=整改", "/p/5"):
        page = client.get(path).text
        assert 'class="status status-rectifying">整改中</span>' in page
        assert "mark k-rest_room is-rectifying" in page


def test_the_planner_sees_planned_rooms_dashed_and_no_delisted_ones(
    yellow_city: Store, make_app: MakeApp
) -> None:
    client = make_app().test_client()
    client.post("/sign-in", data={"password": "一个口令"})
    points = client.get("/planner/coverage.json").get_json()["points"]
    assert [(p["name"], p["state"]) for p in points if p["at"] == [121.3, 31.1]] == [
        ("整改休息室", "is-rectifying"),
        ("申报休息室", "is-building"),
    ]
