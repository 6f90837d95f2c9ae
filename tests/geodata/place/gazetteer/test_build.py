import sqlite3

import pytest

from geodata.errors import SettingsError, UnreadableFileError
from geodata.model import Datum, Level, Position
from geodata.place.address import parse
from geodata.place.error_model import PRIOR
from geodata.place.gazetteer import Gazetteer, read_rows_of
from geodata.place.gazetteer.build import assemble, build
from geodata.place.gazetteer.entry import Kind
from geodata.place.gazetteer.inputs import Anchor, Input, NamedPlace, RoadLine, Stop
from geodata.place.gazetteer.store import Origin, read


def listed(*items, name="地址表.csv"):
    return Input(name, "自用", Datum.GCJ02, items)


def keys(*items):
    stored, _ = assemble([listed(*items)])
    return [(one.kind, one.key) for one in stored.entries]


def built(*items):
    stored, report = assemble([listed(*items)])
    return Gazetteer(stored.entries, model=stored.model), report


def test_each_item_is_filed_under_what_it_is():
    assert keys(
        Anchor("同普路560、620号", 121.38, 31.23),
        Anchor("大渡河路1550弄52支弄", 121.39, 31.24),
        Anchor("人民路与八一路路口", 121.397, 31.627),
        Anchor("虹口区三河路", 121.48, 31.28),
        Anchor("彭浦新村419号", 121.45, 31.30),
        NamedPlace("大世界", 121.47, 31.23, ("上海大世界",)),
        Stop("豫园站", 121.48, 31.23, exit="6", lines=("14", "10")),
    ) == [
        (Kind.DOOR, ("同普路", "", "", "560", "")),
        (Kind.DOOR, ("同普路", "", "", "620", "")),
        (Kind.DOOR, ("大渡河路", "1550", "52", "", "")),
        (Kind.CROSSING, ("人民路", "八一路")),
        (Kind.ROAD, ("三河路",)),
        (Kind.DOOR, ("彭浦新村", "", "", "419", "")),
        (Kind.PLACE, ("大世界",)),
        (Kind.PLACE, ("上海大世界",)),
        (Kind.STOP, ("豫园", "10|14", "6")),
    ]


@pytest.mark.parametrize(
    ("text", "level", "error_m"),
    [
        ("马当路330号", Level.NUMBER, 90.0),
        ("奎照路30弄", Level.LANE, 90.0),
        ("陆家浜路804弄5号", Level.LANE_NUMBER, 90.0),
        ("莘松四村", Level.POI, 120.0),
        ("申江路轲桥路交界口", Level.INTERSECTION, 120.0),
        ("七宝南街", Level.ROAD, 1500.0),
    ],
)
def test_an_address_without_a_level_is_what_it_says(text, level, error_m):
    (one,) = assemble([listed(Anchor(text, 121.4, 31.2))])[0].entries
    assert one.position == Position(121.4, 31.2, level, error_m, "地址表.csv", Datum.GCJ02)


def test_the_district_is_that_of_the_position_unless_it_is_given():
    stored, _ = assemble(
        [
            listed(
                Anchor("马当路330号", 121.47, 31.22),
                Anchor("马当路332号", 121.47, 31.22, district="闸北"),
            )
        ]
    )
    assert [one.district for one in stored.entries] == ["黄浦区", "静安区"]


def test_a_station_reaches_as_far_as_nine_in_ten_of_its_exits():
    exits = [Stop("陕西南路", 121.4541 + 0.0004 * n, 31.217, exit=str(n)) for n in range(1, 11)]
    gazetteer, _ = built(Stop("陕西南路", 121.4541, 31.217), *exits)
    assert gazetteer.find(parse("陕西南路站")).error_m == 343.0


def test_a_door_listed_twice_is_one():
    gazetteer, report = built(
        Anchor("马当路330号", 121.4700, 31.22), Anchor("马当路330号", 121.4702, 31.22)
    )
    found = gazetteer.find(parse("马当路330号"))
    assert (round(found.lon, 6), found.error_m) == (121.4701, 90.0)
    assert (report.folded, report.dropped) == (1, 0)


def test_two_listings_some_way_apart_reach_both():
    gazetteer, _ = built(
        Anchor("马当路330号", 121.470, 31.22), Anchor("马当路330号", 121.474, 31.22)
    )
    assert gazetteer.find(parse("马当路330号")).error_m == 280.6


ROAD = [Anchor(f"马当路{n}号", 121.46 + n * 0.0001, 31.22) for n in (10, 30, 70, 90)]


def test_of_two_contradicting_doors_the_one_between_its_neighbours_is_kept():
    gazetteer, report = built(
        *ROAD, Anchor("马当路50号", 121.4651, 31.22), Anchor("马当路50号", 121.4751, 31.22)
    )
    found = gazetteer.find(parse("马当路50号"))
    assert (found.lon, found.level, report.dropped) == (121.4651, Level.NUMBER, 1)


def test_contradicting_doors_nobody_can_tell_apart_are_dropped():
    _, report = built(Anchor("马当路50号", 121.4651, 31.22), Anchor("马当路50号", 121.4751, 31.22))
    assert (report.dropped, dict(report.counts)[Kind.DOOR]) == (2, 0)


def test_the_position_most_lists_agree_on_is_kept():
    twice = [Anchor("马当路50号", 121.4651, 31.22)] * 2
    _, report = built(*twice, Anchor("马当路50号", 121.4751, 31.22))
    assert (report.folded, report.dropped, dict(report.counts)[Kind.DOOR]) == (1, 1, 1)


def test_namesakes_in_two_districts_are_both_kept():
    _, report = built(
        Anchor("南桥路188号", 121.45, 30.915), Anchor("南桥路188号", 121.705, 31.1935)
    )
    assert (report.dropped, dict(report.counts)[Kind.DOOR]) == (0, 2)


LINE = RoadLine("马当路", ((121.46, 31.22), (121.47, 31.22)))
ALL = (*ROAD, LINE, NamedPlace("大世界", 121.47, 31.23), Stop("豫园", 121.48, 31.23, lines=("10",)))


def test_a_file_gives_back_what_was_built(tmp_path):
    stored, _ = assemble([listed(*ALL)])
    build([listed(*ALL)], tmp_path / "库.sqlite")
    assert read(tmp_path / "库.sqlite") == stored
    assert stored.origins == (Origin("地址表.csv", "自用", "", Datum.GCJ02, 7, 7),)
    assert stored.model.steps == PRIOR.steps


def test_the_same_inputs_make_the_same_file(tmp_path):
    for name in ("一.sqlite", "二.sqlite"):
        build([listed(*ALL)], tmp_path / name)
    assert (tmp_path / "一.sqlite").read_bytes() == (tmp_path / "二.sqlite").read_bytes()


def test_a_door_in_the_file_says_its_side(tmp_path):
    build([listed(Anchor("马当路331号", 121.47, 31.22))], tmp_path / "库.sqlite")
    with sqlite3.connect(tmp_path / "库.sqlite") as connection:
        found = connection.execute("SELECT street, number, side, district FROM door").fetchall()
    connection.close()
    assert found == [("马当路", "331", "odd", "黄浦区")]


def test_a_built_file_serves_beside_a_csv(tmp_path):
    build([listed(*ALL)], tmp_path / "库.sqlite")
    own = tmp_path / "自己.csv"
    own.write_text("address,lng,lat,datum,level\n乙路1号,121.4,31.2,WGS-84,manual\n")
    gazetteer = Gazetteer.load([tmp_path / "库.sqlite", own])
    assert gazetteer.find(parse("乙路1号")).level == Level.MANUAL
    assert gazetteer.find(parse("马当路30号")).level == Level.NUMBER


def test_the_entries_of_a_file_have_names_people_write(tmp_path):
    items = (
        Anchor("大渡河路1550弄52支弄", 121.39, 31.24),
        Anchor("人民路与八一路路口", 121.397, 31.627),
        Anchor("方斜路419号2号楼", 121.48, 31.21),
        NamedPlace("大世界", 121.47, 31.23),
        Stop("曹杨路", 121.41, 31.24, lines=("3", "11"), exit="2"),
        Stop("汇臻路", 121.51, 31.05, lines=("浦江",)),
    )
    build([listed(*items)], tmp_path / "库.sqlite")
    assert [row.address for row in read_rows_of(tmp_path / "库.sqlite")] == [
        "大渡河路1550弄52支弄",
        "方斜路419号2号楼",
        "人民路与八一路路口",
        "大世界",
        "11/3号线曹杨路站2号口",
        "浦江线汇臻路站",
    ]


def test_a_folder_that_is_a_file_is_told_in_a_sentence(tmp_path):
    (tmp_path / "文件").touch()
    with pytest.raises(SettingsError, match="换一个目录"):
        build([listed(*ALL)], tmp_path / "文件" / "库.sqlite")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path):
    path = tmp_path / "别的.sqlite"
    path.write_bytes(b"not a database at all")
    with pytest.raises(UnreadableFileError, match="不是本版本的地名库文件"):
        read(path)
    with pytest.raises(UnreadableFileError, match="找不到地名库文件"):
        read(tmp_path / "没有.sqlite")
