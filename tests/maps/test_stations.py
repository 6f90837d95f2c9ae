"""Metro stations as landmarks and as places to search from."""

from pathlib import Path

import pytest

from maps.base import basemap
from maps.stations import station_named, stations_document

ROWS = """address,lng,lat,datum,level,district,error_m,source,aliases
豫园站,121.482000,31.230000,WGS-84,metro_station,黄浦区,200,测试,
14号线曹杨路站,121.417213,31.241561,WGS-84,metro_station,普陀区,200,测试,
福州路1号,121.480000,31.230000,WGS-84,number,黄浦区,90,测试,
"""


@pytest.fixture
def gazetteers(tmp_path: Path) -> tuple[Path, ...]:
    file = tmp_path / "names.csv"
    file.write_text(ROWS, encoding="utf-8")
    return (file,)


def test_only_stations_are_landmarks_and_keep_their_lines(gazetteers: tuple[Path, ...]) -> None:
    assert stations_document(basemap("none"), gazetteers) == {
        "stations": [
            {"name": "14号线曹杨路", "at": [121.417213, 31.241561]},
            {"name": "豫园", "at": [121.482, 31.23]},
        ]
    }


@pytest.mark.parametrize("text", ["豫园", "豫园站", "地铁豫园站", "豫园地铁站"])
def test_a_station_is_known_by_the_ways_people_write_it(
    gazetteers: tuple[Path, ...], text: str
) -> None:
    assert station_named(text, gazetteers) == ("豫园", (121.482, 31.23))


def test_a_hall_of_one_line_answers_for_the_station(gazetteers: tuple[Path, ...]) -> None:
    assert station_named("曹杨路站", gazetteers) == ("曹杨路", (121.417213, 31.241561))


@pytest.mark.parametrize("text", ["", "站", "豫", "福州路1号", "豫园路", "地铁"])
def test_anything_else_is_no_station(gazetteers: tuple[Path, ...], text: str) -> None:
    assert station_named(text, gazetteers) is None
