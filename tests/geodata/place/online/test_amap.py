"""AMap's format, as its makers write it down."""

from collections.abc import Callable

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Datum, Level
from geodata.place.online.amap import AMap
from geodata.place.online.answer import Answer
from geodata.place.online.errors import (
    DailyQuotaError,
    KeyRefusedError,
    MisalignedError,
    ProviderError,
    QueryRefusedError,
    RateLimitedError,
    UnavailableError,
    UnreadableAnswerError,
)
from geodata.place.online.query import Query

Asks = Callable[..., Query]


def geocode(**changes: object) -> dict[str, object]:
    return {
        "formatted_address": "上海市虹口区飞虹路528号",
        "province": "上海市",
        "city": [],
        "district": "虹口区",
        "township": [],
        "street": "飞虹路",
        "number": "528号",
        "adcode": "310109",
        "location": "121.502345,31.265432",
        "level": "门牌号",
        **changes,
    }


def page(*geocodes: object) -> Reply:
    body = {"status": "1", "info": "OK", "infocode": "10000", "count": str(len(geocodes))}
    return Reply({**body, "geocodes": list(geocodes)})


def refusal(infocode: str) -> Reply:
    return Reply({"status": "0", "info": "SOMETHING", "infocode": infocode})


@pytest.fixture
def amap(server: Loopback) -> AMap:
    return AMap("canary", url=server.url, city="310000", hosts=LOOPBACK)


DOOR = Answer(
    lon=121.502345,
    lat=31.265432,
    level=Level.NUMBER,
    road="飞虹路",
    district="虹口区",
    number="528号",
    matched="上海市虹口区飞虹路528号",
)


def test_a_door_comes_with_its_road_and_district(
    amap: AMap, server: Loopback, question: Asks
) -> None:
    server.script = [page(geocode())]
    assert amap.ask([question("飞虹路528号3楼", "虹口区")]) == [(DOOR,)]
    (request,) = server.asked
    assert (request.path, dict(request.params)) == (
        "/v3/geocode/geo",
        {
            "key": "canary",
            "address": "上海市虹口区飞虹路528号",
            "city": "310000",
            "output": "JSON",
            "batch": "true",
        },
    )


def test_ten_addresses_go_in_one_request_and_keep_their_order(
    amap: AMap, server: Loopback, question: Asks
) -> None:
    empty = geocode(location=[], level=[], street=[], district=[], formatted_address=[])
    server.script = [page(geocode(), empty, geocode(number="530号"))]
    texts = ("飞虹路528号", "飞虹路529号", "飞虹路530号")
    assert [len(found) for found in amap.ask([question(text) for text in texts])] == [1, 0, 1]
    assert server.asked[0].params["address"].split("|") == [f"上海市{text}" for text in texts]


@pytest.mark.parametrize(
    ("level", "ours"),
    [
        ("门牌号", Level.NUMBER),
        ("门址", Level.NUMBER),
        ("单元号", Level.NUMBER),
        ("兴趣点", Level.POI),
        ("住宅区", Level.POI),
        ("公交地铁站点", Level.METRO_STATION),
        ("道路交叉路口", Level.INTERSECTION),
        ("道路", Level.ROAD),
        ("乡镇", Level.TOWN),
        ("村庄", Level.TOWN),
        ("开发区", Level.TOWN),
        ("热点商圈", Level.TOWN),
        ("区县", Level.DISTRICT),
    ],
)
def test_its_levels_are_ours(amap: AMap, level: str, ours: Level) -> None:
    found = amap.answer(geocode(level=level))
    assert found is not None
    assert found.level is ours


@pytest.mark.parametrize("level", ["未知", "UNKNOWN", "国家", "省", "市", "城市", [], "新的词"])
def test_a_whole_city_is_no_result(amap: AMap, level: object) -> None:
    assert amap.answer(geocode(level=level)) is None


def test_nothing_found_is_an_answer(amap: AMap, server: Loopback, question: Asks) -> None:
    server.script = [page(), refusal("30001")]
    one = question("飞虹路528号")
    assert [amap.ask([one]), amap.ask([one])] == [[()], [()]]


@pytest.mark.parametrize(
    ("infocodes", "error"),
    [
        (("10003", "10044"), DailyQuotaError),
        (("10004", "10014", "10019", "10020", "10021"), RateLimitedError),
        (("10015", "10016"), UnavailableError),
        (("10001", "10005", "10007", "10009"), KeyRefusedError),
        (("20000", "20001"), QueryRefusedError),
        (("99999",), UnavailableError),
    ],
)
def test_its_codes_are_told_apart(
    amap: AMap,
    server: Loopback,
    question: Asks,
    infocodes: tuple[str, ...],
    error: type[ProviderError],
) -> None:
    for infocode in infocodes:
        server.script = [refusal(infocode)]
        with pytest.raises(error, match=f"^code {infocode}$"):
            amap.ask([question("飞虹路528号")])


def test_answers_that_do_not_match_the_questions_are_not_dealt_out(
    amap: AMap, server: Loopback, question: Asks
) -> None:
    server.script = [page(geocode())]
    with pytest.raises(MisalignedError, match="1 answers to 2 questions"):
        amap.ask([question("飞虹路528号"), question("飞虹路530号")])


@pytest.mark.parametrize("location", ["121.5", "东,北", "nan,31.2", "121.5,inf", "190,31.2"])
def test_a_pair_that_is_nowhere_on_earth_is_unreadable(
    amap: AMap, server: Loopback, question: Asks, location: str
) -> None:
    server.script = [page(geocode(location=location))]
    with pytest.raises(UnreadableAnswerError):
        amap.ask([question("飞虹路528号")])


def test_it_is_a_geopy_geocoder_too(amap: AMap, server: Loopback) -> None:
    server.script = [page(geocode(), geocode(number="530号")), page()]
    found = amap.geocode("飞虹路528号", exactly_one=False)
    assert [(one.longitude, one.latitude, one.raw["number"]) for one in found] == [
        (121.502345, 31.265432, "528号"),
        (121.502345, 31.265432, "530号"),
    ]
    assert amap.geocode("飞虹路528号") is None
    assert amap.datum is Datum.GCJ02
