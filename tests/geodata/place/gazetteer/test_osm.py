"""What a gazetteer takes from an OpenStreetMap extract, and what it then finds."""

from pathlib import Path

import pytest

from geodata.errors import UnreadableFileError
from geodata.model import Datum, Level
from geodata.place.address import parse
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import build
from geodata.place.gazetteer.inputs import Anchor, NamedPlace, RoadLine, Stop
from geodata.place.gazetteer.osm import read_osm
from geodata.place.gazetteer.sources import read_source

EXTRACT = """<osm version='0.6'>
<node id='1' version='1' lon='121.4700' lat='31.2300'/>
<node id='2' version='1' lon='121.4750' lat='31.2300'/>
<node id='3' version='1' lon='121.4725' lat='31.2280'/>
<node id='4' version='1' lon='121.4725' lat='31.2320'/>
<node id='11' version='1' lon='121.4710' lat='31.2302'><tag k='addr:street' v='示例东路'/>
  <tag k='addr:housenumber' v='10'/><tag k='addr:district' v='黄浦区'/></node>
<node id='12' version='1' lon='121.4720' lat='31.2302'><tag k='addr:street' v='示例东路'/>
  <tag k='addr:housenumber' v='20;22'/></node>
<node id='13' version='1' lon='121.4730' lat='31.2302'><tag k='addr:housenumber' v='5'/></node>
<node id='14' version='1' lon='121.4740' lat='31.2306'><tag k='addr:street' v='示例东路'/>
  <tag k='addr:housenumber' v='30弄5号'/></node>
<node id='15' version='1' lon='121.4741' lat='31.2307'><tag k='addr:place' v='示例新村'/>
  <tag k='addr:housenumber' v='419'/></node>
<node id='21' version='1' lon='121.4702' lat='31.2304'/>
<node id='22' version='1' lon='121.4706' lat='31.2304'><tag k='entrance' v='main'/></node>
<node id='23' version='1' lon='121.4706' lat='31.2308'/>
<node id='24' version='1' lon='121.4702' lat='31.2308'/>
<node id='25' version='1' lon='121.4802' lat='31.2304'/>
<node id='26' version='1' lon='121.4842' lat='31.2304'/>
<node id='27' version='1' lon='121.4842' lat='31.2344'/>
<node id='28' version='1' lon='121.4802' lat='31.2344'/>
<node id='31' version='1' lon='121.4760' lat='31.2330'><tag k='railway' v='station'/>
  <tag k='station' v='subway'/><tag k='name' v='示例广场站'/></node>
<node id='32' version='1' lon='121.4761' lat='31.2331'><tag k='railway' v='stop'/>
  <tag k='name' v='示例广场站'/></node>
<node id='33' version='1' lon='121.4755' lat='31.2332'><tag k='railway' v='subway_entrance'/>
  <tag k='ref' v='2'/></node>
<node id='34' version='1' lon='121.4765' lat='31.2332'><tag k='railway' v='subway_entrance'/>
  <tag k='name' v='示例广场站3号口'/></node>
<node id='35' version='1' lon='121.5765' lat='31.2332'><tag k='railway' v='subway_entrance'/>
  <tag k='ref' v='9'/></node>
<node id='41' version='1' lon='121.4701' lat='31.2301'><tag k='amenity' v='library'/>
  <tag k='name' v='示例图书馆'/><tag k='old_name' v='示例文化馆'/></node>
<node id='42' version='1' lon='121.4701' lat='31.2301'><tag k='shop' v='convenience'/>
  <tag k='name' v='示例便利'/></node>
<way id='1' version='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='tertiary'/>
  <tag k='name' v='示例东路'/></way>
<way id='2' version='1'><nd ref='3'/><nd ref='4'/><tag k='highway' v='residential'/>
  <tag k='name' v='示例北路'/><tag k='old_name' v='示例旧路'/></way>
<way id='3' version='1'><nd ref='1'/><nd ref='3'/><tag k='highway' v='primary'/>
  <tag k='name' v='示例隧道'/></way>
<way id='4' version='1'><nd ref='21'/><nd ref='22'/><nd ref='23'/><nd ref='24'/><nd ref='21'/>
  <tag k='building' v='yes'/><tag k='name' v='示例大厦'/><tag k='addr:street' v='示例东路'/>
  <tag k='addr:housenumber' v='2'/></way>
<way id='5' version='1'><nd ref='25'/><nd ref='26'/><nd ref='27'/><nd ref='28'/><nd ref='25'/>
  <tag k='leisure' v='park'/><tag k='name' v='示例公园'/></way>
<relation id='1' version='1'><member type='node' ref='32' role='stop'/>
  <tag k='type' v='route'/><tag k='route' v='subway'/><tag k='ref' v='2号线'/></relation>
</osm>"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "示例.osm"
    path.write_text(EXTRACT, encoding="utf-8")
    return path


def test_doors_are_read_with_their_street_and_district(path: Path) -> None:
    found = read_osm(path)
    doors = [
        (item.address, item.lon, item.lat, item.district, item.source)
        for item in found.input.items
        if isinstance(item, Anchor)
    ]
    assert doors == [
        ("示例东路10号", 121.471, 31.2302, "黄浦区", "OpenStreetMap n11"),
        ("示例东路20号", 121.472, 31.2302, "", "OpenStreetMap n12"),
        ("示例东路22号", 121.472, 31.2302, "", "OpenStreetMap n12"),
        ("示例东路30弄5号", 121.474, 31.2306, "", "OpenStreetMap n14"),
        ("示例新村419号", 121.4741, 31.2307, "", "OpenStreetMap n15"),
        ("示例东路2号", 121.4706, 31.2304, "", "OpenStreetMap w4"),
    ]
    assert found.refused == ("n13：有门牌“5”，没有路名，没有采用。",)


def test_streets_are_read_with_their_course_and_old_names(path: Path) -> None:
    lines = [item for item in read_osm(path).input.items if isinstance(item, RoadLine)]
    assert lines == [
        RoadLine("示例东路", ((121.47, 31.23), (121.475, 31.23))),
        RoadLine("示例北路", ((121.4725, 31.228), (121.4725, 31.232)), ("示例旧路",)),
    ]


def test_a_wide_place_says_how_far_it_reaches(path: Path) -> None:
    places = [item for item in read_osm(path).input.items if isinstance(item, NamedPlace)]
    assert [(item.name, item.aliases, item.error_m) for item in places] == [
        ("示例图书馆", ("示例文化馆",), None),
        ("示例大厦", (), None),
        ("示例公园", (), 292.0),
    ]


def test_stations_know_their_lines_and_exits(path: Path) -> None:
    stops = [item for item in read_osm(path).input.items if isinstance(item, Stop)]
    assert [(item.station, item.exit, item.lines) for item in stops] == [
        ("示例广场", "", ("2",)),
        ("示例广场", "2", ()),
        ("示例广场", "3", ()),
    ]


def test_the_licence_stays_with_the_input(path: Path) -> None:
    found = read_source(path, Datum.GCJ02, "自用").input
    assert (found.name, found.license, found.datum) == (
        "示例.osm",
        "ODbL 1.0，© OpenStreetMap contributors",
        Datum.WGS84,
    )


def test_a_gazetteer_built_from_an_extract_finds_its_addresses(path: Path, tmp_path: Path) -> None:
    report = build([read_osm(path).input], tmp_path / "g.sqlite")
    gazetteer = Gazetteer.load([tmp_path / "g.sqlite"])
    found = {
        text: gazetteer.find(parse(text), district="黄浦区")
        for text in (
            *("示例东路10号", "示例东路与示例北路路口", "示例广场站2号口", "示例文化馆"),
            "示例旧路与示例东路路口",
        )
    }
    assert report.lines == 3
    assert {
        text: (one.level, round(one.lon, 4), round(one.lat, 4)) for text, one in found.items()
    } == {
        "示例东路10号": (Level.NUMBER, 121.471, 31.2302),
        "示例东路与示例北路路口": (Level.INTERSECTION, 121.4725, 31.23),
        "示例广场站2号口": (Level.METRO_EXIT, 121.4755, 31.2332),
        "示例文化馆": (Level.POI, 121.4701, 31.2301),
        "示例旧路与示例东路路口": (Level.INTERSECTION, 121.4725, 31.23),
    }


def test_a_damaged_extract_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "坏.osm"
    path.write_text(EXTRACT[:900], encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="不是完好的 OpenStreetMap 文件"):
        read_osm(path)


@pytest.mark.shared
def test_the_streets_around_peoples_square_are_taken_in(shared: Path, tmp_path: Path) -> None:
    one = read_osm(shared / "data" / "peoples_square_drive.osm").input
    build([one], tmp_path / "g.sqlite")
    gazetteer = Gazetteer.load([tmp_path / "g.sqlite"])
    crossing = gazetteer.find(parse("马当路与太仓路路口"), district="黄浦区")
    names = {item.name for item in one.items if isinstance(item, RoadLine)}
    assert {"马当路", "太仓路", "中山东一路"} <= names
    assert "人民路隧道" not in names
    assert (crossing.level, round(crossing.lon, 3), round(crossing.lat, 3)) == (
        Level.INTERSECTION,
        121.470,
        31.223,
    )
