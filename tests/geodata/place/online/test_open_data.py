"""Nominatim, Photon and Pelias through geopy's own classes."""

from collections.abc import Callable

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Level
from geodata.place.online.answer import Answer
from geodata.place.online.errors import RateLimitedError, UnreadableAnswerError
from geodata.place.online.open_data import OwnNominatim, OwnPelias, OwnPhoton
from geodata.place.online.query import Query

Asks = Callable[..., Query]


def place(**changes: object) -> dict[str, object]:
    return {
        "place_id": 7,
        "osm_type": "node",
        "lat": "31.265432",
        "lon": "121.502345",
        "class": "place",
        "type": "house",
        "place_rank": 30,
        "addresstype": "place",
        "display_name": "528, 飞虹路, 虹口区, 上海市",
        "address": {"house_number": "528", "road": "飞虹路", "suburb": "嘉兴路街道"},
        **changes,
    }


def feature(properties: dict[str, object]) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [121.502345, 31.265432]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def features(*properties: dict[str, object]) -> Reply:
    found = [feature(each) for each in properties]
    return Reply({"type": "FeatureCollection", "features": found})


def test_nominatim_is_asked_in_fields_with_a_bare_number(server: Loopback, question: Asks) -> None:
    server.script = [Reply([place()])]
    door = Answer(
        121.502345,
        31.265432,
        Level.NUMBER,
        road="飞虹路",
        town="嘉兴路街道",
        number="528",
        matched="528, 飞虹路, 虹口区, 上海市",
    )
    nominatim = OwnNominatim(f"{server.url}/nominatim", hosts=LOOPBACK)
    assert nominatim.ask([question("虹口区飞虹路528号3楼")]) == [(door,)]
    (request,) = server.asked
    assert (request.path, request.params["street"], "q" in request.params) == (
        "/nominatim/search",
        "528 飞虹路",
        False,
    )


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("飞虹路1000弄", {"street": "1000 飞虹路"}),
        ("飞虹路", {"street": "飞虹路"}),
        ("明谷科技园", {"q": "明谷科技园"}),
        ("地铁2号线人民广场站5号口", {"q": "2号线人民广场地铁站5号口"}),
    ],
)
def test_nominatim_takes_a_name_where_there_is_no_road(
    server: Loopback, question: Asks, text: str, params: dict[str, str]
) -> None:
    server.script = [Reply([])]
    assert OwnNominatim(server.url, hosts=LOOPBACK).ask([question(text)]) == [()]
    asked = server.asked[0].params
    assert {name: asked[name] for name in ("street", "q") if name in asked} == params


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"type": "houses"}, Level.INTERPOLATED),
        ({"address": {"road": "飞虹路"}, "addresstype": "amenity"}, Level.POI),
        ({"place_rank": 26, "addresstype": "road"}, Level.ROAD),
        ({"place_rank": 27, "addresstype": "footway"}, Level.ROAD),
        ({"type": "station", "addresstype": "railway"}, Level.METRO_STATION),
        ({"place_rank": 19, "addresstype": "suburb"}, Level.TOWN),
        ({"place_rank": 12, "addresstype": "city_district"}, Level.DISTRICT),
    ],
)
def test_nominatims_ranks_are_our_levels(
    server: Loopback, changes: dict[str, object], level: Level
) -> None:
    found = OwnNominatim(server.url, hosts=LOOPBACK).answer(place(**changes))
    assert found is not None
    assert found.level is level


@pytest.mark.parametrize("kind", ["city", "state", "country", "postcode"])
def test_nominatims_city_is_no_result(server: Loopback, kind: str) -> None:
    assert (
        OwnNominatim(server.url, hosts=LOOPBACK).answer(place(place_rank=8, addresstype=kind))
        is None
    )


def test_nominatim_asks_to_wait_by_http_status(server: Loopback, question: Asks) -> None:
    server.script = [Reply(b"", status=429, headers={"Retry-After": "7"})]
    with pytest.raises(RateLimitedError) as caught:
        OwnNominatim(server.url, hosts=LOOPBACK).ask([question("飞虹路528号")])
    assert caught.value.retry_after_s == 7


def test_photon_gives_doors_streets_and_names(server: Loopback, question: Asks) -> None:
    door = {"type": "house", "housenumber": "528", "street": "飞虹路", "county": "虹口区"}
    server.script = [
        features(
            door,
            {"type": "house", "name": "某大厦"},
            {"type": "street", "name": "飞虹路"},
            {"type": "city", "name": "上海市"},
        )
    ]
    (found,) = OwnPhoton(server.url, hosts=LOOPBACK).ask([question("飞虹路528号")])
    assert [(one.level, one.road, one.district, one.number) for one in found] == [
        (Level.NUMBER, "飞虹路", "虹口区", "528"),
        (Level.POI, "", "", ""),
        (Level.ROAD, "飞虹路", "", ""),
    ]
    assert (server.asked[0].path, server.asked[0].params["q"]) == ("/api", "上海市飞虹路528号")


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ({"layer": "address", "confidence": 1}, Level.NUMBER),
        ({"layer": "address", "confidence": 0.8}, Level.NUMBER),
        ({"layer": "address", "confidence": 0.7}, Level.INTERPOLATED),
        ({"layer": "address", "match_type": "interpolated"}, Level.INTERPOLATED),
        ({"layer": "venue"}, Level.POI),
        ({"layer": "street", "confidence": 0.6}, Level.TOWN),
        ({"layer": "county"}, Level.DISTRICT),
    ],
)
def test_pelias_layers_are_our_levels(
    server: Loopback, question: Asks, properties: dict[str, object], level: Level
) -> None:
    named = {"name": "飞虹路528号"}
    server.script = [
        features(named | properties),
        features(named | {"layer": "country"}),
        features(),
    ]
    pelias = OwnPelias(server.url, hosts=LOOPBACK)
    one = question("飞虹路528号")
    door = Answer(121.502345, 31.265432, level, matched="飞虹路528号")
    assert pelias.ask([one]) == [(door,)]
    assert [pelias.ask([one]), pelias.ask([one])] == [[()], [()]]
    assert server.asked[0].path == "/v1/search"


@pytest.mark.parametrize("body", [{"features": [{}]}, {"no": "features"}, [1], 7])
def test_another_shape_than_promised_is_unreadable(
    server: Loopback, question: Asks, body: object
) -> None:
    server.script = [Reply(body)]
    with pytest.raises(UnreadableAnswerError):
        OwnPelias(server.url, hosts=LOOPBACK).ask([question("飞虹路528号")])
