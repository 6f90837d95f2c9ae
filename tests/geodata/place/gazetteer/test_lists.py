import pytest

from geodata.errors import DatumError, UnknownFormError, UnreadableFileError
from geodata.model import Datum, Level
from geodata.place.datum import convert
from geodata.place.gazetteer.headers import datum_named
from geodata.place.gazetteer.inputs import Anchor, NamedPlace, Stop
from geodata.place.gazetteer.lists import read_list


@pytest.fixture
def write(tmp_path):
    def write(*lines, name="表.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


def items(path, **options):
    return read_list(path, **options).input.items


def test_an_address_list_gives_anchors(write):
    path = write("district,address,lng,lat,datum", "黄浦区,马当路330号,121.47,31.21,WGS-84")
    assert items(path) == (Anchor("马当路330号", 121.47, 31.21, district="黄浦区"),)


def test_chinese_headers_are_understood(write):
    path = write("区,地址,经度,纬度,坐标系", "黄浦区,马当路330号,121.47,31.21,WGS84")
    assert items(path) == (Anchor("马当路330号", 121.47, 31.21, district="黄浦区"),)


def test_a_list_in_the_code_page_of_spreadsheets_is_read(write):
    path = write("地址,经度,纬度", "马当路330号,121.47,31.21", encoding="gb18030")
    assert items(path, datum=Datum.WGS84) == (Anchor("马当路330号", 121.47, 31.21),)


def test_without_a_datum_the_list_is_refused(write):
    path = write("address,lng,lat", "马当路330号,121.47,31.21")
    with pytest.raises(DatumError, match="请用 --datum 指明"):
        read_list(path)


def test_the_datum_named_for_the_file_is_converted_from(write):
    lon, lat = convert(121.4710, 31.2349, source=Datum.WGS84, target=Datum.GCJ02)
    path = write("address,lng,lat", f"西藏中路100号,{lon:.9f},{lat:.9f}")
    found = read_list(path, datum=Datum.GCJ02).input
    (one,) = found.items
    assert (found.datum, round(one.lon, 6), round(one.lat, 6)) == (Datum.GCJ02, 121.471, 31.2349)


def test_what_ships_as_a_gazetteer_keeps_its_level_and_names(write):
    path = write(
        "address,lng,lat,datum,level,district,error_m,source,aliases",
        "双鸽大厦,121.5,31.2,WGS-84,poi,浦东新区,60,实地,双鸽|老双鸽",
    )
    assert items(path) == (
        Anchor("双鸽大厦", 121.5, 31.2, Level.POI, "浦东新区", 60.0, "实地", ("双鸽", "老双鸽")),
    )


def test_a_metro_table_gives_stations_with_line_or_former_name(write):
    path = write(
        "poi_id,name,district,lng_wgs84,lat_wgs84,open_guess",
        "B1,豫园,黄浦区,121.48,31.23,1",
        "B2,国家会展中心(17号线),青浦区,121.28,31.19,1",
        "B3,浦东南路(原东昌路),浦东新区,121.51,31.23,1",
    )
    assert items(path) == (
        Stop("豫园", 121.48, 31.23, source="表.csv 豫园"),
        Stop("国家会展中心", 121.28, 31.19, lines=("17",), source="表.csv 国家会展中心(17号线)"),
        Stop("浦东南路", 121.51, 31.23, aliases=("东昌路",), source="表.csv 浦东南路(原东昌路)"),
    )


def test_a_table_of_exits_gives_exits(write):
    path = write("站名,出入口,经度_wgs84,纬度_wgs84", "豫园,6,121.484,31.232")
    assert items(path) == (Stop("豫园", 121.484, 31.232, exit="6", source="表.csv 豫园 6口"),)


def test_a_table_of_names_gives_places(write):
    path = write("名称,经度,纬度,坐标系,别名", "大世界,121.47,31.23,WGS-84,上海大世界")
    assert items(path) == (NamedPlace("大世界", 121.47, 31.23, ("上海大世界",)),)


def test_rows_that_cannot_be_used_are_told_and_the_others_kept(write):
    path = write(
        "address,lng,lat,datum",
        "马当路330号,121.47,31.21,WGS-84",
        "马当路332号,31.21,121.47,WGS-84",
        ",121.47,31.21,WGS-84",
        "马当路334号,121.47,31.21,月球",
        "马当路336号,121.47,31.21,",
    )
    found = read_list(path)
    assert [one.address for one in found.input.items] == ["马当路330号"]
    assert found.refused == (
        "表.csv 第 3 行的纬度写着“121.47”，应为 -90 到 90 之间的度数，没有采用。",
        "表.csv 第 4 行没有地址，没有采用。",
        "表.csv 第 5 行的坐标系写着“月球”，没有采用。",
        "表.csv 第 6 行没有写坐标系，没有采用。",
    )


def test_a_table_of_something_else_says_what_it_wants(write):
    with pytest.raises(UnknownFormError, match=r"表\.csv 的表头认不出来"):
        read_list(write("a,b", "1,2"), datum=Datum.WGS84)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes(b"\xff\xff\xff\x00")
    with pytest.raises(UnreadableFileError, match="不是文本"):
        read_list(path)


@pytest.mark.parametrize(
    ("word", "datum"),
    [
        ("WGS84坐标系", Datum.WGS84),
        ("gcj_02", Datum.GCJ02),
        ("火星坐标", Datum.GCJ02),
        ("百度", Datum.BD09),
        ("CGCS2000", Datum.CGCS2000),
        ("北京54", None),
    ],
)
def test_a_datum_goes_by_several_names(word, datum):
    assert datum_named(word) == datum
