import pytest

from geodata.geodesy import geodesic_m
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.metro import MetroTable, Stop, middle, station_key, stop_named


def at(lon, lat, level=Level.METRO_STATION, error_m=200.0):
    return Position(lon, lat, level, error_m, f"{lon},{lat}")


def stop(station, *, lines=(), exits=()):
    return Stop(station, frozenset(lines), frozenset(exits))


HANZHONG = at(121.454132, 31.243781)
EXIT_9 = at(121.454304, 31.242280, Level.METRO_EXIT, 40.0)
EXIT_10 = at(121.453605, 31.242601, Level.METRO_EXIT, 40.0)
CAOYANG_11 = at(121.412905, 31.240147)
CAOYANG_14 = at(121.417213, 31.241561)
TABLE = MetroTable(
    [
        (stop("汉中路"), HANZHONG),
        (stop("汉中路", exits=["9"]), EXIT_9),
        (stop("汉中路", exits=["10"]), EXIT_10),
        (stop("曹杨路", lines=["3", "4", "11"]), CAOYANG_11),
        (stop("曹杨路", lines=["14"]), CAOYANG_14),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人民广场站", stop("人民广场")),
        ("陆家浜路站7号口", stop("陆家浜路", exits=["7"])),
        ("2号线徐泾东站2号口", stop("徐泾东", lines=["2"], exits=["2"])),
        ("3/4/11号线曹杨路站", stop("曹杨路", lines=["3", "4", "11"])),
        ("地铁10、12号线天潼路站6号口", stop("天潼路", lines=["10", "12"], exits=["6"])),
        ("上海火车站站7号口", stop("上海火车", exits=["7"])),
        ("浦东1号2号航站楼站", stop("浦东1号2号航站楼")),
        ("虹桥火车站站B口", stop("虹桥火车", exits=["B"])),
        ("上海火车站", stop("上海火车")),
        ("浦江线汇臻路站", stop("汇臻路", lines=["浦江"])),
        ("9号线徐家汇站9-11号口", stop("徐家汇", lines=["9"], exits=["9", "10", "11"])),
    ],
)
def test_a_gazetteers_way_to_write_a_station_is_read(text, expected):
    assert stop_named(parse(text)) == expected


@pytest.mark.parametrize(
    "text", ["飞虹路528号", "天目西路88号上海火车站", "站", "", "金高路停车场"]
)
def test_what_names_no_station_is_none(text):
    assert stop_named(parse(text)) is None


@pytest.mark.parametrize("name", ["上海火车", "上海火车站", "上海火车站站"])
def test_a_station_is_one_however_often_its_name_says_station(name):
    assert station_key(name) == "上海火车"


def test_a_station_is_found_by_its_name():
    assert TABLE.find(stop("汉中路", lines=["1", "12", "13"])) == HANZHONG


def test_an_exit_is_found_at_its_stairs():
    assert TABLE.find(stop("汉中路", exits=["9"])) == EXIT_9


def test_several_exits_give_their_middle_and_half_their_spread_more():
    found = TABLE.find(stop("汉中路", exits=["9", "10"]))
    spread_m = float(geodesic_m(EXIT_9.lon, EXIT_9.lat, EXIT_10.lon, EXIT_10.lat))
    assert (round(found.lon, 7), round(found.lat, 7)) == (121.4539545, 31.2424405)
    assert (found.level, found.error_m) == (Level.METRO_EXIT, round(40 + spread_m / 2, 1))


def test_with_one_of_two_exits_unknown_the_error_is_a_stations():
    found = TABLE.find(stop("汉中路", exits=["8", "9"]))
    assert (found.lon, found.lat, found.error_m) == (EXIT_9.lon, EXIT_9.lat, 200.0)


def test_an_unknown_exit_gives_the_station():
    assert TABLE.find(stop("汉中路", exits=["21"])) == HANZHONG


def test_the_line_chooses_between_the_halls_of_one_station():
    assert TABLE.find(stop("曹杨路", lines=["11"])) == CAOYANG_11


def test_without_a_line_the_error_reaches_every_hall():
    found = TABLE.find(stop("曹杨路"))
    for hall in (CAOYANG_11, CAOYANG_14):
        away_m = float(geodesic_m(found.lon, found.lat, hall.lon, hall.lat))
        assert found.error_m == pytest.approx(away_m + 200.0, abs=0.5)


def test_a_line_the_table_does_not_know_there_finds_nothing():
    assert TABLE.find(stop("曹杨路", lines=["9"])) is None


def test_an_unknown_station_finds_nothing():
    assert TABLE.find(stop("江湾体育场")) is None


def test_the_middle_of_one_position_is_itself():
    assert middle([EXIT_9]) == EXIT_9


def test_the_middle_is_as_coarse_as_its_coarsest_part():
    assert middle([EXIT_9, HANZHONG]).level == Level.METRO_STATION
