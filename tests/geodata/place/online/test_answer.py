"""An answer becomes a candidate: in WGS-84, no finer than what came back allows."""

import pytest

from geodata.model import Datum, Level, Position
from geodata.place.address import parse
from geodata.place.candidate import Candidate
from geodata.place.online.answer import Answer, candidate


def made(answer: Answer, text: str, datum: Datum = Datum.WGS84) -> Candidate:
    return candidate(answer, parse(text), provider="amap", label="高德地图", datum=datum)


@pytest.mark.parametrize(
    ("asked", "returned", "level"),
    [
        ("飞虹路528号", "528号", Level.NUMBER),
        ("飞虹路528号", "528", Level.NUMBER),
        ("飞虹路528号", "", Level.NUMBER),
        ("飞虹路528号", "530号", Level.INTERPOLATED),
        ("园区路560、620号", "620号", Level.NUMBER),
        ("沪太路1799-7号", "1799号", Level.NUMBER),
        ("浦东南路1000弄5号", "1000弄5号", Level.NUMBER),
        ("浦东南路1000弄5号", "5号", Level.NUMBER),
        ("浦东南路1000弄5号", "1000弄", Level.INTERPOLATED),
        ("浦东南路1000弄", "1000弄", Level.NUMBER),
        ("浦东南路1000弄", "1002号", Level.INTERPOLATED),
        ("浦东南路", "1000号", Level.NUMBER),
    ],
)
def test_another_number_than_asked_for_is_a_guess(asked: str, returned: str, level: Level) -> None:
    found = made(Answer(121.5, 31.2, Level.NUMBER, number=returned), asked)
    assert (found.position.level, found.position.error_m) == (level, level.prior_error_m)


def test_only_a_door_is_doubted_by_its_number() -> None:
    found = made(Answer(121.5, 31.2, Level.POI, number="530号"), "飞虹路528号")
    assert found.position.level is Level.POI


def test_the_position_is_in_wgs84_and_knows_its_datum() -> None:
    answer = Answer(121.53154186, 31.17530398, Level.POI, road="甲路", district="乙区", town="丙镇")
    assert made(answer, "甲路1号", Datum.GCJ02) == Candidate(
        Position(121.5272106, 31.1774276, Level.POI, 120.0, "高德地图", Datum.GCJ02),
        "amap",
        road="甲路",
        district="乙区",
        town="丙镇",
    )
