"""Whatever filters are combined, list, map, embed and interface find the same places."""

import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.hours import ALL_DAY, Hours, Span
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

KINDS = (Kind.REST_ROOM, Kind.OUTDOOR_STATION, Kind.READING_ROOM)
DISTRICTS = ("黄浦区", "徐汇区", "崇明区")
TOWNS = ("", "外滩街道", "城桥镇")
NAMES = ("大世界驿站", "福州路休息室", "城桥书屋", "重庆南路点", "WiFi小站")
FACILITIES = ((), ("热饭",), ("充电", "厕所"), ("微波炉", "淋浴"))
HOURS = (
    None,
    Hours(week=(ALL_DAY,) * 7, on_holidays=True),
    Hours(week=((Span(540, 1020),),) * 5 + ((), ()), on_holidays=True),
    Hours(week=((),) * 7, on_holidays=True),
)
# Narrow enough that single doors are told apart.
CLOSE = "bbox=121.395,31.19,121.445,31.21"
WORLD = "bbox=120.8,30.6,122.3,31.9"


def placed(row: int) -> Placed:
    """One of every combination, by mixed counting."""
    one, two = (
        DeclaredService(
            KINDS[(row + n) % 3], "", Status.PLAQUED, Tier.OTHER,
            hours=HOURS[(row // 3 + n) % 4], facilities=FACILITIES[(row // 2 + n) % 4],
        )
        for n in (0, 1)
    )  # fmt: skip
    services = (one, two) if row % 2 else (one,)
    district = DISTRICTS[row % 3]
    source = Source("示例.xlsx", "表1", row, {}, "stations")
    place = DeclaredPlace(
        f"{NAMES[row % 5]}{row}", f"测试路{row}号", district, TOWNS[row % 3], services, source
    )
    spot = Position(121.40 + row * 0.001, 31.2, Level.NUMBER, 90.0, "测试")
    where = Unlocated(Reason.NO_ADDRESS) if row % 7 == 0 else spot
    return Placed(place, None, where, district)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("same")
    with closing(Store.open(f"sqlite:///{folder / 'zhitu.sqlite'}")) as store:
        rows = tuple(placed(row) for row in range(1, 40))
        store.publish(ImportedFile("示例.xlsx", "0" * 64, rows, len(rows), 0, ("stations",)))
        yield create_app(Settings(), store).test_client()


def of(codes: tuple[str, ...], *, most: int = 2) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(codes), max_size=most, unique=True).map(",".join)


FILTERS = st.fixed_dictionaries(
    {
        "kind": of(tuple(KINDS)),
        "with": of(("hot_meal", "charging", "toilet", "shower", "always", "microwave")),
        "open": st.sampled_from(("", "2026-03-31T12:00", "2026-04-04T12:00", "2026-03-31T03:00")),
        "district": st.sampled_from(("", *DISTRICTS, "310101")),
        "town": st.sampled_from(TOWNS),
        "near": st.sampled_from(("", "", "121.41,31.2")),
        "radius": st.sampled_from(("", "600", "2000")),
        "q": st.sampled_from(
            (
                "",
                "书屋",
                "福州 休息",
                "cqnl",
                "zqnl",
                "wifi",
                "1",
                "测试路7号",
                "x<y",
                "dsj",
                "rmgc",
                "人民广场站",
            )
        ),
    }
)


def in_page(html: str) -> set[int]:
    """The ids of the cards of a page, its template left aside."""
    return {int(number) for number in re.findall(r'class="card" data-id="(\d+)"', html)}


@given(asked=FILTERS)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_combination_finds_the_same_places_everywhere(
    client: FlaskClient, asked: dict[str, str]
) -> None:
    query = urlencode({name: value for name, value in asked.items() if value})
    close = client.get(f"/clusters?{CLOSE}&z=17&{query}").get_json()
    zooms = [client.get(f"/clusters?{WORLD}&z={zoom}&{query}").get_json() for zoom in (8, 12)]
    near = client.get(f"/nearest?lon=121.47&lat=31.2&limit=100&{query}").get_json()
    page, embed = client.get(f"/?{query}").text, client.get(f"/embed?{query}").text
    plain = client.get(f"/embed/list.html?{query}").text
    on_map = {point["id"] for point in close["points"]}
    listed = {place["id"] for place in near["places"]}
    unplaced = {place["id"] for place in near["unplaced"]}
    assert listed == on_map
    assert in_page(page) == in_page(embed) == on_map | unplaced
    assert {int(number) for number in re.findall(r'/p/(\d+)"', plain)} == on_map | unplaced
    for zoomed in zooms:
        circled = sum(circle["count"] for circle in zoomed["circles"])
        assert circled + len(zoomed["points"]) == len(on_map)
    assert (near["total"], near["unplaced_total"]) == (len(on_map), len(unplaced))
    assert (near["instead"] is None) is bool(on_map | unplaced)
