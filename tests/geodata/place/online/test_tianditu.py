"""Tianditu's format."""

from collections.abc import Callable

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Datum, Level
from geodata.place.online.answer import Answer
from geodata.place.online.errors import (
    KeyRefusedError,
    ProviderError,
    QueryRefusedError,
    RateLimitedError,
    UnavailableError,
)
from geodata.place.online.query import Query
from geodata.place.online.tianditu import Tianditu

Asks = Callable[..., Query]


def location(**changes: object) -> dict[str, object]:
    return {
        "lon": "121.502345",
        "lat": "31.265432",
        "score": 100,
        "level": "门址",
        "keyWord": "飞虹路528号",
        **changes,
    }


@pytest.fixture
def tianditu(server: Loopback) -> Tianditu:
    return Tianditu("canary", url=server.url, hosts=LOOPBACK)


def test_numbers_may_come_as_strings(tianditu: Tianditu, server: Loopback, question: Asks) -> None:
    server.script = [
        Reply({"status": "0", "msg": "ok", "location": location()}),
        Reply({"status": 0, "msg": "ok", "location": location(lon=121.502345, lat=31.265432)}),
    ]
    door = Answer(121.502345, 31.265432, Level.NUMBER, matched="飞虹路528号")
    one = question("飞虹路528号")
    assert [tianditu.ask([one]), tianditu.ask([one])] == [[(door,)], [(door,)]]
    assert (server.asked[0].path, dict(server.asked[0].params)) == (
        "/geocoder",
        {"ds": '{"keyWord": "上海市飞虹路528号"}', "tk": "canary"},
    )
    assert tianditu.datum is Datum.CGCS2000


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"score": 80}, Level.NUMBER),
        ({"score": 79}, Level.INTERPOLATED),
        ({"score": "79"}, Level.INTERPOLATED),
        ({"level": "道路"}, Level.ROAD),
        ({"level": "兴趣点"}, Level.POI),
        ({"level": "兴趣点", "score": 10}, Level.ROAD),
    ],
)
def test_its_levels_step_down_when_it_is_unsure(
    tianditu: Tianditu, changes: dict[str, object], level: Level
) -> None:
    found = tianditu.answer(location(**changes))
    assert found is not None
    assert found.level is level


@pytest.mark.parametrize(
    "body",
    [
        {"status": "101", "msg": "结果为空"},
        {"status": "0", "location": None},
        {"status": "0", "location": {"lon": "1", "lat": "2", "level": "未知"}},
    ],
)
def test_nothing_found_is_an_answer(
    tianditu: Tianditu, server: Loopback, question: Asks, body: object
) -> None:
    server.script = [Reply(body)]
    assert tianditu.ask([question("飞虹路528号")]) == [()]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply({"msg": "非法Key", "code": 301012}, status=403), KeyRefusedError),
        (Reply({"msg": "Key"}, status=401), KeyRefusedError),
        (Reply({"msg": "参数"}, status=400), QueryRefusedError),
        (Reply({}, status=429), RateLimitedError),
        (Reply({}, status=418), UnavailableError),
        (Reply({"status": "404", "msg": "出错"}), UnavailableError),
    ],
)
def test_refusals_come_as_http_status(
    tianditu: Tianditu, server: Loopback, question: Asks, reply: Reply, error: type[ProviderError]
) -> None:
    server.script = [reply]
    with pytest.raises(error):
        tianditu.ask([question("飞虹路528号")])
