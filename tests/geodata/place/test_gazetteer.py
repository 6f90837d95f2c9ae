import pytest

from geodata.errors import CellError, UnknownFormError, UnreadableFileError
from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.datum import convert
from geodata.place.gazetteer import Gazetteer, starter_file
from geodata.place.gazetteer_file import read_rows

HEADER = "address,lng,lat,datum,level,district,error_m,source,aliases"


@pytest.fixture
def write(tmp_path):
    def write(*lines, header=HEADER, name="地名.csv"):
        path = tmp_path / name
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def gazetteer(write):
    def gazetteer(*lines):
        return Gazetteer.load([write(*lines)])

    return gazetteer


def number(lon, lat, source):
    return Position(lon, lat, Level.NUMBER, 90.0, source)


SANLU = "三鲁公路2009号,121.524508,31.057544,WGS-84,number,闵行区,90,甲,"
SANLU_AT = number(121.524508, 31.057544, "甲")


def test_a_door_is_found_by_its_road_and_number(gazetteer):
    assert gazetteer(SANLU).find(parse("闵行区三鲁公路2009号2楼")) == SANLU_AT


def test_a_door_inside_brackets_is_found_whatever_the_declared_district(gazetteer):
    address = parse("浦江线项目部基地323室多功能厅（三鲁公路2009号）")
    assert gazetteer(SANLU).find(address, district="浦东新区") == SANLU_AT


@pytest.mark.parametrize(
    "text", ["三鲁公路2008号", "三鲁路2009号", "三鲁公路", "三鲁公路20弄2009号"]
)
def test_a_door_next_to_the_known_one_is_not_guessed(gazetteer, text):
    assert gazetteer(SANLU).find(parse(text)) is None


def test_a_lane_door_keeps_its_lane(gazetteer):
    line = "迎宾大道4917弄95号,121.80,31.15,WGS-84,lane_number,浦东新区,,,"
    found = gazetteer(line).find(parse("上海市浦东新区迎宾大道4917弄95号"))
    assert found == Position(121.80, 31.15, Level.LANE_NUMBER, 90.0, "地名.csv 第 2 行")


def test_a_door_in_a_known_lane_may_lie_anywhere_along_it(gazetteer):
    line = "陈春东路88弄,121.555362,31.177307,WGS-84,number,浦东新区,90,甲,"
    found = gazetteer(line).find(parse("陈春东路88弄12号"))
    assert found == Position(121.555362, 31.177307, Level.LANE, 150.0, "甲")


def test_the_lane_itself_is_as_good_as_its_row(gazetteer):
    line = "陈春东路88弄,121.555362,31.177307,WGS-84,number,浦东新区,90,甲,"
    assert gazetteer(line).find(parse("陈春东路88弄")) == number(121.555362, 31.177307, "甲")


@pytest.mark.parametrize(
    ("text", "level", "error_m"),
    [
        ("大渡河路1550弄52支弄", Level.NUMBER, 90.0),
        ("大渡河路1550弄52支弄3号", Level.LANE, 150.0),
        ("大渡河路1550弄60支弄", Level.LANE, 150.0),
    ],
)
def test_a_branch_lane_lies_in_the_lane_of_its_neighbours(gazetteer, text, level, error_m):
    line = "大渡河路1550弄52支弄,121.390,31.240,WGS-84,number,普陀区,90,甲,"
    found = gazetteer(line).find(parse(text))
    assert found == Position(121.390, 31.240, level, error_m, "甲")


def test_a_branch_lane_lies_along_the_lane_it_leaves(gazetteer):
    line = "大渡河路1550弄,121.390,31.240,WGS-84,number,普陀区,90,甲,"
    found = gazetteer(line).find(parse("大渡河路1550弄60支弄"))
    assert found == Position(121.390, 31.240, Level.LANE, 150.0, "甲")


def test_a_whole_road_is_an_area_and_serves_no_door_on_it(gazetteer):
    roads = gazetteer("三河路,121.4800,31.2800,WGS-84,road,虹口区,,甲,")
    assert roads.find(parse("虹口区三河路")) == Position(121.48, 31.28, Level.ROAD, 1500.0, "甲")
    assert roads.find(parse("虹口区三河路5号")) is None


NANQIAO = (
    "南桥路188号,121.4500,30.9150,WGS-84,number,奉贤区,90,甲,",
    "南桥路188号,121.7050,31.1935,WGS-84,number,浦东新区,90,乙,",
)


def test_the_declared_district_chooses_between_namesakes(gazetteer):
    found = gazetteer(*NANQIAO).find(parse("南桥路188号"), district="奉贤区")
    assert found == number(121.45, 30.915, "甲")


@pytest.mark.parametrize("district", ["", "嘉定区"])
def test_namesakes_without_a_district_are_ambiguous(gazetteer, district):
    found = gazetteer(*NANQIAO).find(parse("南桥路188号"), district=district)
    assert found == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（奉贤区、浦东新区）")


def test_two_rows_that_agree_within_their_errors_are_one_place(gazetteer):
    found = gazetteer(
        "昌平路868号,121.435467,31.235796,WGS-84,number,静安区,90,甲,",
        "昌平路868号,121.435500,31.235800,WGS-84,surveyed,静安区,,乙,",
    ).find(parse("昌平路868号"))
    assert found == Position(121.4355, 31.2358, Level.SURVEYED, 5.0, "乙")


def test_two_rows_of_one_district_that_disagree_are_ambiguous(gazetteer):
    found = gazetteer(
        "昌平路868号,121.435467,31.235796,WGS-84,number,静安区,90,甲,",
        "昌平路868号,121.445467,31.235796,WGS-84,number,静安区,90,乙,",
    ).find(parse("昌平路868号"), district="静安区")
    assert found == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（静安区）")


def test_a_list_of_numbers_lies_in_their_middle(gazetteer):
    found = gazetteer(
        "同普路560号,121.3800,31.2290,WGS-84,number,普陀区,90,甲,",
        "同普路620号,121.3780,31.2290,WGS-84,number,普陀区,90,乙,",
    ).find(parse("同普路560、620号"))
    assert (round(found.lon, 6), found.lat, found.error_m) == (121.379, 31.229, 185.3)


def test_a_known_building_behind_the_door_is_finer_than_the_door(gazetteer):
    both = gazetteer(
        "龙阳路2520号,121.563350,31.206788,WGS-84,number,浦东新区,90,甲,",
        "龙阳路2520号7号楼,121.564000,31.207000,WGS-84,surveyed,浦东新区,,乙,",
    )
    seven = both.find(parse("龙阳路2520号轨道交通培训中心7号楼"))
    assert seven == Position(121.564, 31.207, Level.SURVEYED, 5.0, "乙")
    eight = both.find(parse("龙阳路2520号8号楼"))
    assert eight == number(121.563350, 31.206788, "甲")


def test_a_crossing_is_found_from_either_road(gazetteer):
    line = "八一路与人民路路口,121.397,31.627,WGS-84,intersection,崇明区,,甲,"
    found = gazetteer(line).find(parse("崇明区城桥镇人民路近八一路"))
    assert found == Position(121.397, 31.627, Level.INTERSECTION, 120.0, "甲")


CHANGPING = (
    "昌平路868号,121.435467,31.235796,WGS-84,number,静安区,90,甲,",
    "昌平路984弄,121.432374,31.235263,WGS-84,number,静安区,90,乙,",
)


@pytest.mark.parametrize(("district", "firm"), [("静安区", True), ("", True), ("黄浦区", False)])
def test_a_door_between_two_known_ones_is_interpolated(gazetteer, district, firm):
    found = gazetteer(*CHANGPING).find(parse("昌平路888号"), district=district, firm=firm)
    assert (round(found.lon, 6), round(found.lat, 6)) == (121.434934, 31.235704)
    assert (found.level, found.error_m) == (Level.INTERPOLATED, 130.0)


def test_a_door_is_not_interpolated_on_another_districts_road(gazetteer):
    assert gazetteer(*CHANGPING).find(parse("昌平路888号"), district="黄浦区") is None


PARKING = "金高路停车场,121.6048,31.2853,WGS-84,poi,浦东新区,120,甲,苔庭有风停车场"
PARKING_AT = Position(121.6048, 31.2853, Level.POI, 120.0, "甲")


@pytest.mark.parametrize("text", ["金高路停车场", "苔庭有风停车场", "浦东新区金高路停车场2楼"])
def test_a_named_place_is_found_by_name_and_alias(gazetteer, text):
    assert gazetteer(PARKING).find(parse(text), district="浦东新区") == PARKING_AT


def test_a_named_place_of_another_district_is_shut_out(gazetteer):
    assert gazetteer(PARKING).find(parse("金高路停车场"), district="虹口区") is None


def test_a_district_that_was_only_carried_down_shuts_nothing_out(gazetteer):
    found = gazetteer(PARKING).find(parse("金高路停车场"), district="虹口区", firm=False)
    assert found == PARKING_AT


def test_the_name_after_a_door_names_no_place_elsewhere(gazetteer):
    line = "浦电路489号工地生活区,121.530733,31.224685,WGS-84,number,浦东新区,90,甲,"
    assert gazetteer(line).find(parse("龙阳路158号工地生活区"), district="浦东新区") is None


def test_a_room_is_found_in_the_named_place_that_holds_it(gazetteer):
    line = "浦江线项目部基地,121.5245,31.0575,WGS-84,poi,闵行区,,甲,"
    found = gazetteer(line).find(parse("浦江线项目部基地323室多功能厅"))
    assert found == Position(121.5245, 31.0575, Level.POI, 120.0, "甲")


def test_a_hamlet_is_not_the_village_it_belongs_to(gazetteer):
    line = "曹路镇东海村,121.69,31.27,WGS-84,poi,浦东新区,,甲,"
    assert gazetteer(line).find(parse("曹路镇东海村胡家宅"), district="浦东新区") is None


METRO = (
    "东宝兴路站,121.475698,31.261833,WGS-84,metro_station,虹口区,,站,",
    "东宝兴路站2号口,121.475714,31.261146,WGS-84,metro_exit,虹口区,,口,",
)
EXIT_2 = Position(121.475714, 31.261146, Level.METRO_EXIT, 40.0, "口")


def test_a_metro_exit_is_found(gazetteer):
    assert gazetteer(*METRO).find(parse("3号线东宝兴路站2号口")) == EXIT_2


def test_a_station_alone_is_found(gazetteer):
    found = gazetteer(*METRO).find(parse("东宝兴路站"))
    assert found == Position(121.475698, 31.261833, Level.METRO_STATION, 200.0, "站")


def test_an_exit_named_beside_an_unknown_door_is_only_near_it(gazetteer):
    found = gazetteer(*METRO).find(parse("虹口区东宝兴路369号,近3号线东宝兴路站2号口"))
    assert found == Position(121.475714, 31.261146, Level.METRO_EXIT, 300.0, "口")


def test_a_renamed_station_is_found_by_its_old_name(gazetteer):
    line = (
        "2号线国家会展中心站2号口,121.296791,31.191768,WGS-84,metro_exit,青浦区,,口,徐泾东站2号口"
    )
    found = gazetteer(line).find(parse("2号线徐泾东站2号口"))
    assert found == Position(121.296791, 31.191768, Level.METRO_EXIT, 40.0, "口")


def test_positions_are_converted_on_the_way_in_and_name_their_datum(write):
    gcj = convert(121.4710, 31.2349, source=Datum.WGS84, target=Datum.GCJ02)
    line = f"西藏中路100号,{gcj[0]:.9f},{gcj[1]:.9f},GCJ-02,number,,,甲,"
    (row,) = read_rows(write(line))
    assert (round(row.position.lon, 7), round(row.position.lat, 7)) == (121.471, 31.2349)
    assert (row.position.datum, row.district) == (Datum.GCJ02, "黄浦区")


def test_a_short_district_name_is_understood(write):
    line = "昌平路868号,121.435467,31.235796,WGS-84,number,闸北,,,"
    assert [row.district for row in read_rows(write(line))] == ["静安区"]


def test_only_the_required_columns_are_required(write):
    path = write("昌平路868号,121.4,31.2,WGS-84,poi", header="address,lng,lat,datum,level")
    (row,) = read_rows(path)
    assert row.position == Position(121.4, 31.2, Level.POI, 120.0, "地名.csv 第 2 行")


def test_a_missing_column_is_named(write):
    path = write("昌平路868号,121.4,31.2", header="address,lng,lat")
    with pytest.raises(UnknownFormError, match=r"地名\.csv 第 1 行缺少“datum、level”列"):
        list(read_rows(path))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (",121.4,31.2,WGS-84,number", "第 2 行“address”列是空的：请填地址"),
        ("某路1号,,31.2,WGS-84,number", "第 2 行“lng”列是空的：请填 -180 到 180"),
        ("某路1号,121.4,一,WGS-84,number", "第 2 行“lat”列写着“一”：请填 -90 到 90"),
        ("某路1号,31.2,121.4,WGS-84,number", "第 2 行“lat”列写着“121.4”：请填 -90 到 90"),
        ("某路1号,nan,31.2,WGS-84,number", "第 2 行“lng”列写着“nan”"),
        (
            "某路1号,121.4,31.2,,number",
            "第 2 行“datum”列是空的：应为 WGS-84、CGCS2000、GCJ-02、BD-09",
        ),
        ("某路1号,121.4,31.2,火星,number", "第 2 行“datum”列写着“火星”"),
        ("某路1号,121.4,31.2,WGS-84,门牌", "第 2 行“level”列写着“门牌”：应为 surveyed、manual"),
        ("某路1号,121.4,31.2,WGS-84,number,昆山", "第 2 行“district”列写着“昆山”：应为 黄浦区"),
        ("某路1号,121.4,31.2,WGS-84,number,,0", "第 2 行“error_m”列写着“0”：请填大于 0 的米数"),
        ("某路1号,121.4,31.2,WGS-84,number,,,,,多,余", "第 2 行比表头多出 2 格"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_with_what_to_do(write, line, complaint):
    with pytest.raises(CellError, match=r"地名\.csv") as caught:
        list(read_rows(write(line)))
    assert complaint in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="找不到地名库文件"):
        Gazetteer.load([tmp_path / "没有.csv"])


def test_a_file_in_another_encoding_says_how_to_save_it(tmp_path):
    path = tmp_path / "旧.csv"
    path.write_bytes((HEADER + "\n" + SANLU).encode("gb18030"))
    with pytest.raises(UnreadableFileError, match="另存为“CSV UTF-8”"):
        Gazetteer.load([path])


def test_the_shipped_gazetteer_finds_a_place_of_the_notices():
    found = Gazetteer.load([starter_file()]).find(
        parse("11号线上海赛车场站3号口"), district="嘉定区"
    )
    assert (found.lon, found.lat, found.level) == (121.222371, 31.333616, Level.METRO_EXIT)
