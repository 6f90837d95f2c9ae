"""Tencent's format."""

from collections.abc import Callable

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Datum, Level
from geodata.place.online.answer import Answer
from geodata.place.online.errors import (
    DailyQuotaError,
    KeyRefusedError,
    ProviderError,
    QueryRefusedError,
    RateLimitedError,
    UnavailableError,
)
from geodata.place.online.query import Query
from geodata.place.online.tencent import Tencent

Asks = Callable[..., Query]


def result(**changes: object) -> dict[str, object]:
    return {
        "title": "飞虹路528号",
        "location": {"lng": 121.502345, "lat": 31.265432},
        "address_components": {
            "province": "上海市",
            "city": "上海市",
            "district": "虹口区",
            "street": "飞虹路",
            "street_number": "528号",
        },
        "reliability": 7,
        "level": 9,
        **changes,
    }


@pytest.fixture
def tencent(server: Loopback) -> Tencent:
    return Tencent("canary", url=server.url, hosts=LOOPBACK)


def test_a_door_is_asked_for_with_its_city(
    tencent: Tencent, server: Loopback, question: Asks
) -> None:
    server.script = [Reply({"status": 0, "message": "query ok", "result": result()})]
    door = Answer(
        121.502345,
        31.265432,
        Level.NUMBER,
        road="飞虹路",
        district="虹口区",
        number="528号",
        matched="飞虹路528号",
    )
    assert tencent.ask([question("飞虹路528号", "虹口区")]) == [(door,)]
    (request,) = server.asked
    assert (request.path, dict(request.params)) == (
        "/ws/geocoder/v1/",
        {"address": "上海市虹口区飞虹路528号", "key": "canary"},
    )
    assert tencent.datum is Datum.GCJ02


@pytest.mark.parametrize(
    ("level", "reliability", "ours"),
    [
        (9, 7, Level.NUMBER),
        (9, 6, Level.INTERPOLATED),
        ("9", "7", Level.NUMBER),
        (10, 7, Level.POI),
        (11, 10, Level.POI),
        (11, 3, Level.ROAD),
        (8, 7, Level.INTERSECTION),
        (7, 7, Level.ROAD),
        (7, 6, Level.TOWN),
        (6, 7, Level.TOWN),
        (3, 7, Level.TOWN),
        (3, 1, Level.DISTRICT),
        (2, 7, Level.DISTRICT),
        (2, 1, Level.DISTRICT),
    ],
)
def test_its_levels_step_down_when_it_is_unsure(
    tencent: Tencent, level: object, reliability: object, ours: Level
) -> None:
    found = tencent.answer(result(level=level, reliability=reliability))
    assert found is not None
    assert found.level is ours


@pytest.mark.parametrize("level", [0, 1, -1, None])
def test_a_whole_city_is_no_result(tencent: Tencent, level: object) -> None:
    assert tencent.answer(result(level=level)) is None


def test_nothing_found_is_an_answer(tencent: Tencent, server: Loopback, question: Asks) -> None:
    server.script = [Reply({"status": 347, "message": "查询无结果"})]
    assert tencent.ask([question("飞虹路528号")]) == [()]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (190, KeyRefusedError),
        (110, KeyRefusedError),
        (111, KeyRefusedError),
        (112, KeyRefusedError),
        (113, KeyRefusedError),
        (199, KeyRefusedError),
        (121, DailyQuotaError),
        (120, RateLimitedError),
        (348, QueryRefusedError),
        (500, UnavailableError),
    ],
)
def test_its_codes_are_told_apart(
    tencent: Tencent, server: Loopback, question: Asks, status: int, error: type[ProviderError]
) -> None:
    server.script = [Reply({"status": status, "message": "canary"})]
    with pytest.raises(error, match=f"^code {status}$"):
        tencent.ask([question("飞虹路528号")])
