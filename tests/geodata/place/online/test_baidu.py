"""Baidu's format, single and in batches."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Datum, Level
from geodata.place.online.answer import Answer
from geodata.place.online.baidu import Baidu
from geodata.place.online.errors import (
    DailyQuotaError,
    KeyRefusedError,
    MisalignedError,
    ProviderError,
    QueryRefusedError,
    RateLimitedError,
    UnavailableError,
)
from geodata.place.online.query import Query

Asks = Callable[..., Query]


def result(**changes: object) -> dict[str, object]:
    return {
        "location": {"lng": 121.502345, "lat": 31.265432},
        "precise": 1,
        "confidence": 80,
        "comprehension": 100,
        "level": "门址",
        **changes,
    }


@pytest.fixture
def baidu(server: Loopback) -> Baidu:
    return Baidu("canary", url=server.url, hosts=LOOPBACK)


def test_a_door_is_asked_for_in_gcj02(baidu: Baidu, server: Loopback, question: Asks) -> None:
    server.script = [Reply({"status": 0, "result": result()})]
    door = Answer(121.502345, 31.265432, Level.NUMBER)
    assert baidu.ask([question("虹口区飞虹路528号")]) == [(door,)]
    (request,) = server.asked
    assert (request.path, dict(request.params)) == (
        "/geocoding/v3/",
        {
            "address": "上海市虹口区飞虹路528号",
            "ret_coordtype": "gcj02ll",
            "output": "json",
            "ak": "canary",
            "city": "上海市",
        },
    )
    assert baidu.datum is Datum.GCJ02


def test_an_address_is_shortened_to_what_it_takes(
    baidu: Baidu, server: Loopback, question: Asks
) -> None:
    server.script = [Reply({"status": 0, "result": result()})]
    baidu.ask([question("浦东新区张江镇碧波路690号3号楼上海浦东软件园创新创业服务中心大厦")])
    assert server.asked[0].params["address"] == "浦东新区碧波路690号"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"level": "门址"}, Level.NUMBER),
        ({"level": "商务大厦"}, Level.POI),
        ({"level": "地产小区"}, Level.POI),
        ({"level": "工业园区"}, Level.POI),
        ({"level": "交叉路口"}, Level.INTERSECTION),
        ({"level": "道路"}, Level.ROAD),
        ({"level": "乡镇"}, Level.TOWN),
        ({"level": "村庄"}, Level.TOWN),
        ({"level": "区县"}, Level.DISTRICT),
        ({"precise": 0}, Level.INTERPOLATED),
        ({"comprehension": 79}, Level.INTERPOLATED),
        ({"comprehension": 80}, Level.NUMBER),
        ({"comprehension": "79"}, Level.INTERPOLATED),
        ({"level": "商务大厦", "precise": 0}, Level.ROAD),
        ({"level": "道路", "precise": 0}, Level.TOWN),
        ({"level": "乡镇", "precise": 0}, Level.DISTRICT),
    ],
)
def test_its_levels_step_down_when_it_is_unsure(
    baidu: Baidu, changes: dict[str, object], level: Level
) -> None:
    found = baidu.answer(result(**changes))
    assert found is not None
    assert found.level is level


@pytest.mark.parametrize("level", ["未知", "UNKNOWN", "国家", "省", "城市", ""])
def test_a_whole_city_is_no_result(baidu: Baidu, level: str) -> None:
    assert baidu.answer(result(level=level)) is None


@pytest.mark.parametrize(
    "body",
    [{"status": 1, "msg": "无相关结果"}, {"status": 1}, {"status": 0, "result": []}],
)
def test_nothing_found_is_an_answer(
    baidu: Baidu, server: Loopback, question: Asks, body: object
) -> None:
    server.script = [Reply(body)]
    assert baidu.ask([question("飞虹路528号")]) == [()]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (2, QueryRefusedError),
        (4, DailyQuotaError),
        (5, KeyRefusedError),
        (101, KeyRefusedError),
        (200, KeyRefusedError),
        (203, KeyRefusedError),
        (210, KeyRefusedError),
        (211, KeyRefusedError),
        (240, KeyRefusedError),
        (301, DailyQuotaError),
        (302, DailyQuotaError),
        (401, RateLimitedError),
        (402, RateLimitedError),
        (500, UnavailableError),
    ],
)
def test_its_codes_are_told_apart(
    baidu: Baidu, server: Loopback, question: Asks, status: int, error: type[ProviderError]
) -> None:
    server.script = [Reply({"status": status, "message": "canary"})]
    with pytest.raises(error, match=f"^code {status}$"):
        baidu.ask([question("飞虹路528号")])


def test_a_fault_of_the_server_is_not_taken_for_nothing(
    baidu: Baidu, server: Loopback, question: Asks
) -> None:
    server.script = [Reply({"status": 1, "message": "服务器内部错误"})]
    with pytest.raises(UnavailableError):
        baidu.ask([question("飞虹路528号")])


def test_several_go_as_a_batch_and_one_error_costs_only_itself(
    baidu: Baidu, server: Loopback, question: Asks
) -> None:
    entries = [{"status": 0, "result": result()}, {"status": 401}, {"status": 1}]
    server.script = [Reply({"status": 0, "batch_result": entries})]
    texts = ("飞虹路528号", "飞虹路530号", "飞虹路532号")
    door, late, nothing = baidu.ask([question(text) for text in texts])
    assert (door, nothing) == ((Answer(121.502345, 31.265432, Level.NUMBER),), ())
    assert isinstance(late, RateLimitedError)
    (request,) = server.asked
    assert (request.method, request.path) == ("POST", "/batch")
    urls = [urlsplit(entry["url"]) for entry in request.body["reqs"]]
    assert {url.path for url in urls} == {"/geocoding/v3/"}
    assert [parse_qs(url.query)["address"] for url in urls] == [[f"上海市{t}"] for t in texts]


def test_a_batch_that_is_refused_as_a_whole_is_raised(
    baidu: Baidu, server: Loopback, question: Asks
) -> None:
    two = [question("飞虹路528号"), question("飞虹路530号")]
    server.script = [
        Reply({"status": 302}),
        Reply({"status": 0, "batch_result": [{"status": 1}]}),
        Reply(b"", status=503),
    ]
    with pytest.raises(DailyQuotaError):
        baidu.ask(two)
    with pytest.raises(MisalignedError):
        baidu.ask(two)
    with pytest.raises(ProviderError):
        baidu.ask(two)
