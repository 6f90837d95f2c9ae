import math

import pytest

from geodata.declared import (
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredSite,
    DeclaredWorkers,
    Flag,
    Placed,
    Source,
)
from geodata.kinds import OutletKind, SiteKind
from geodata.model import Coordinates, Datum, Level, Position, Reason, Unlocated
from geodata.place.address import canonical, parse
from geodata.place.candidate import Doubt, Verdict
from geodata.place.datum import convert
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import LADDER, Locator
from geodata.place.ruling import Corrected

CARRIED = Flag("district_carried_down", "区由上面的合并单元格带下来", "B18")
SOURCE = Source(
    file="培训点.xlsx",
    sheet="2-10-2",
    row=18,
    columns={"district": ("B", ""), "address": ("D", ""), "lon": ("E", "")},
    form="轨交现场培训点",
)
ROWS = (
    "三鲁公路2009号,121.524508,31.057544,WGS-84,number,闵行区,90,地址表,",
    "南桥路188号,121.4500,30.9150,WGS-84,number,奉贤区,90,地址表,",
    "南桥路188号,121.7050,31.1935,WGS-84,number,浦东新区,90,地址表,",
    "北翟路1350号,121.342189,31.225915,WGS-84,number,长宁区,90,地址表,",
    "11号线上海赛车场站3号口,121.222371,31.333616,WGS-84,metro_exit,嘉定区,40,出入口表,",
)


@pytest.fixture
def gazetteer(tmp_path):
    path = tmp_path / "地名.csv"
    header = "address,lng,lat,datum,level,district,error_m,source,aliases"
    path.write_text("\n".join((header, *ROWS)), encoding="utf-8")
    return Gazetteer.load([path])


@pytest.fixture
def locator(gazetteer):
    return Locator(gazetteer, load_districts(), {})


def place(address, district="", *, coordinates=None, flags=()):
    return DeclaredPlace(
        name="站点",
        address=address,
        district=district,
        town="",
        services=(),
        source=SOURCE,
        coordinates=coordinates,
        flags=flags,
    )


def given(lon, lat, datum=Datum.WGS84, **kwargs):
    return Coordinates(lon, lat, datum, **kwargs)


def test_the_ladder_stands_in_its_order():
    assert [step.__name__ for step in LADDER] == [
        "decided",
        "given",
        "whole_area",
        "no_address",
        "elsewhere",
        "looked_up",
        "town_area",
        "district_area",
        "not_found",
    ]


def test_a_known_door_is_placed_in_its_district(locator):
    declared = place("北翟路1350号", "长宁区")
    assert locator.locate(declared) == Placed(
        declared=declared,
        address=parse("北翟路1350号"),
        outcome=Position(121.342189, 31.225915, Level.NUMBER, 90.0, "地址表"),
        district="长宁区",
        flags=(),
    )


def test_point_16_lies_in_minhang_whatever_was_carried_down(locator):
    declared = place(
        "浦江线项目部基地323室多功能厅（三鲁公路2009号）", "浦东新区", flags=(CARRIED,)
    )
    placed = locator.locate(declared)
    assert placed.outcome == Position(121.524508, 31.057544, Level.NUMBER, 90.0, "地址表")
    assert placed.district == "闵行区"
    assert placed.flags == (
        CARRIED,
        Flag(
            "district_mismatch",
            "表中写的是浦东新区（由上面的合并单元格带下来），位置却在闵行区，"
            "离浦东新区边界 1,636 米：请核对区或地址。",
            "第 18 行 B 列",
        ),
    )


def test_a_district_written_in_its_own_cell_is_doubted_without_the_carrying(locator):
    placed = locator.locate(place("三鲁公路2009号", "浦东"))
    assert [flag.message for flag in placed.flags] == [
        "表中写的是浦东新区，位置却在闵行区，离浦东新区边界 1,636 米：请核对区或地址。"
    ]


def test_a_door_outside_the_rows_own_district_gets_no_point(locator):
    placed = locator.locate(place("三鲁公路2009号", "浦东"))
    assert (placed.verdict, placed.doubts) == (Verdict.REVIEW, (Doubt.DISTRICT_MISMATCH,))
    assert placed.outcome == Unlocated(Reason.REVIEW, "查到的位置不在所写的区")
    assert placed.district == "浦东新区"
    assert [(one.provider, one.position.level) for one in placed.candidates] == [
        ("gazetteer", Level.NUMBER)
    ]


def test_a_door_outside_a_district_only_carried_down_is_a_point_to_verify(locator):
    placed = locator.locate(place("三鲁公路2009号", "浦东新区", flags=(CARRIED,)))
    assert (placed.verdict, placed.district) == (Verdict.ACCEPT_VERIFY, "闵行区")
    assert placed.outcome.level is Level.NUMBER


def test_the_forms_coordinates_outside_its_own_district_get_no_point(locator):
    placed = locator.locate(place("", "浦东新区", coordinates=given(121.3425, 31.2261)))
    assert placed.outcome == Unlocated(Reason.REVIEW, "查到的位置不在所写的区")
    assert [flag.code for flag in placed.flags] == ["district_mismatch"]


def test_a_town_is_what_is_known_when_its_street_is_not(locator):
    placed = locator.locate(place("曹家渡街道无名路1号", "静安区"))
    assert (placed.outcome.level, placed.outcome.source) == (Level.TOWN, "曹家渡街道的范围")
    assert (placed.verdict, placed.doubts) == (Verdict.REVIEW, (Doubt.LOW_LEVEL,))
    assert 500 < placed.outcome.error_m < 3000


def test_a_town_of_another_district_is_not_believed(locator):
    placed = locator.locate(place("曹家渡街道无名路1号", "宝山区"))
    assert placed.outcome.source == "宝山区的范围"


def test_a_corrected_address_is_looked_up_instead_and_the_written_one_kept(gazetteer):
    key = canonical(parse("北狄路1350号"), "长宁区")
    locator = Locator(gazetteer, load_districts(), {key: Corrected("北翟路1350号")})
    placed = locator.locate(place("北狄路1350号", "长宁区"))
    assert placed.outcome == Position(121.342189, 31.225915, Level.NUMBER, 90.0, "地址表")
    assert placed.address == parse("北狄路1350号")


def test_corrections_that_lead_round_in_a_circle_end(gazetteer):
    one, two = (canonical(parse(text), "长宁区") for text in ("甲路1号", "乙路1号"))
    rulings = {one: Corrected("乙路1号"), two: Corrected("甲路1号")}
    placed = Locator(gazetteer, load_districts(), rulings).locate(place("甲路1号", "长宁区"))
    assert placed.outcome.source == "长宁区的范围"


def test_what_a_person_said_is_no_place_stays_off_the_map(gazetteer):
    ruling = Unlocated(Reason.NOT_A_PLACE)
    rulings = {canonical(parse("北翟路1350号"), "长宁区"): ruling}
    placed = Locator(gazetteer, load_districts(), rulings).locate(place("北翟路1350号", "长宁区"))
    assert (placed.outcome, placed.verdict) == (ruling, Verdict.ACCEPT)


def test_a_position_just_over_the_border_keeps_the_declared_district(locator):
    districts = load_districts()
    over = given(121.4755, 31.26066)
    assert (
        districts.at(over.lon, over.lat),
        locator.locate(place("", "虹口区", coordinates=over)).district,
    ) == ("静安区", "虹口区")
    assert 0 < districts.distance_m("虹口区", over.lon, over.lat) <= 100


def test_without_a_declared_district_the_outline_names_it(locator):
    placed = locator.locate(place("三鲁公路2009号"))
    assert (placed.district, placed.flags) == ("闵行区", ())


def test_an_address_that_names_another_district_than_the_column_is_flagged(locator):
    placed = locator.locate(place("闵行区三鲁公路2009号", "浦东新区"))
    assert [flag.code for flag in placed.flags] == ["district_mismatch", "district_conflict"]
    assert placed.flags[1].message == "“区”一栏是浦东新区，地址里写的是闵行区：请核对。"


def test_the_addresss_own_district_beats_one_that_was_carried_down(locator):
    placed = locator.locate(place("闵行区无名路1号", "浦东新区", flags=(CARRIED,)))
    assert (placed.district, placed.outcome.source) == ("闵行区", "闵行区的范围")


def test_the_addresss_own_district_is_named_when_it_is_the_one_in_doubt(locator):
    placed = locator.locate(place("徐汇区三鲁公路2009号", ""))
    assert placed.flags[0].message.startswith("地址里写的是徐汇区，位置却在闵行区，离徐汇区边界")


def test_a_metro_exit_is_placed_at_its_stairs(locator):
    placed = locator.locate(place("11 号线上海赛车场站 3 号口", "嘉定区"))
    assert placed.outcome == Position(121.222371, 31.333616, Level.METRO_EXIT, 40.0, "出入口表")


def test_a_place_without_an_address_is_put_nowhere(locator):
    declared = place("  ", "浦东新区")
    assert locator.locate(declared) == Placed(
        declared=declared,
        address=None,
        outcome=Unlocated(Reason.NO_ADDRESS),
        district="浦东新区",
        verdict=Verdict.FAILED,
        doubts=(Doubt.NO_RESULT,),
    )


def test_an_address_nobody_knows_counts_in_its_district_without_a_pin(locator):
    placed = locator.locate(place("平家桥路186号", "浦东新区"))
    assert placed.outcome == load_districts().area_position("浦东新区")
    assert (placed.outcome.level.is_point, placed.district) == (False, "浦东新区")


def test_an_address_nobody_knows_without_a_district_is_not_found(locator):
    placed = locator.locate(place("平家桥路186号"))
    assert placed.outcome == Unlocated(Reason.NOT_FOUND, "平家桥路186号")


def test_namesakes_without_a_district_need_a_person(locator):
    placed = locator.locate(place("南桥路188号"))
    assert placed.outcome == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（奉贤区、浦东新区）")


def test_namesakes_in_two_other_districts_than_declared_need_a_person(locator):
    placed = locator.locate(place("南桥路188号", "徐汇区"))
    assert placed.outcome == Unlocated(Reason.AMBIGUOUS, "地名库里有 2 处（奉贤区、浦东新区）")


@pytest.mark.parametrize("written", ["浦东新区", "浦东", "浦东区", "Pudong", "川沙县", "南汇"])
def test_a_declared_district_chooses_between_namesakes_however_it_is_written(locator, written):
    placed = locator.locate(place("南桥路188号", written))
    assert (placed.outcome.lon, placed.outcome.lat) == (121.705, 31.1935)
    assert (placed.district, placed.flags) == ("浦东新区", ())


def test_an_address_in_another_city_is_outside(locator):
    placed = locator.locate(place("江苏省昆山市花桥镇绿地大道231弄", ""))
    assert placed.outcome == Unlocated(Reason.OUTSIDE, "江苏省昆山市")


def test_the_forms_coordinates_come_before_the_gazetteer(locator):
    placed = locator.locate(place("北翟路1350号", "长宁区", coordinates=given(121.3425, 31.2261)))
    assert placed.outcome == Position(121.3425, 31.2261, Level.MANUAL, 30.0, "表中坐标")


def test_surveyed_coordinates_are_better_than_typed_ones(locator):
    placed = locator.locate(
        place("", "长宁区", coordinates=given(121.3425, 31.2261, surveyed=True))
    )
    assert placed.outcome == Position(121.3425, 31.2261, Level.SURVEYED, 5.0, "表中坐标")


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_the_forms_coordinates_are_converted_from_their_datum(locator, datum):
    lon, lat = convert(121.3425, 31.2261, source=Datum.WGS84, target=datum)
    pair = given(float(lon), float(lat), datum)
    found = locator.locate(place("", "长宁区", coordinates=pair)).outcome
    assert (round(found.lon, 7), round(found.lat, 7), found.datum) == (121.3425, 31.2261, datum)


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 0.0), (121.4, 32.9), (116.4, 39.9), (31.2, 60.0)])
def test_coordinates_outside_the_city_are_not_used(locator, lon, lat):
    placed = locator.locate(place("北翟路1350号", "长宁区", coordinates=given(lon, lat)))
    assert placed.outcome == Unlocated(Reason.OUTSIDE, f"{lon:g}, {lat:g}")
    assert [(flag.code, flag.cell) for flag in placed.flags] == [("outside_city", "第 18 行 E 列")]


@pytest.mark.parametrize(("lon", "lat"), [(31.2, 121.4), (math.nan, 31.2)])
def test_coordinates_that_are_none_are_refused_with_their_cell(locator, lon, lat):
    placed = locator.locate(place("", "长宁区", coordinates=given(lon, lat)))
    assert placed.outcome == Unlocated(Reason.OUTSIDE)
    assert [(flag.code, flag.cell) for flag in placed.flags] == [
        ("coordinates_unusable", "第 18 行 E 列")
    ]


def test_coordinates_at_sea_belong_to_no_district_and_are_flagged(locator):
    placed = locator.locate(place("", "浦东新区", coordinates=given(122.0, 30.75)))
    assert placed.district == "浦东新区"
    assert "位置却不在本市任何一个区内" in placed.flags[0].message


def test_a_persons_decision_beats_everything(gazetteer):
    here = Position(121.3430, 31.2262, Level.MANUAL, 15.0, "人工确认")
    key = canonical(parse("北翟路1350号"), "长宁区")
    locator = Locator(gazetteer, load_districts(), {key: here})
    asked = place("北翟路1350号3楼", "长宁区", coordinates=given(121.35, 31.22))
    assert locator.locate(asked).outcome == here


def test_what_a_person_decided_is_not_doubted_again(gazetteer):
    text = "浦江线项目部基地323室多功能厅（三鲁公路2009号）"
    here = Position(121.524508, 31.057544, Level.MANUAL, 15.0, "人工确认")
    locator = Locator(gazetteer, load_districts(), {canonical(parse(text), "浦东新区"): here})
    placed = locator.locate(place(text, "浦东新区", flags=(CARRIED,)))
    assert (placed.outcome, placed.district, placed.flags) == (here, "闵行区", (CARRIED,))


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_coordinates_in_another_datum_than_they_say_wait_for_a_person(locator, datum):
    lon, lat = convert(121.342189, 31.225915, source=Datum.WGS84, target=datum)
    placed = locator.locate(place("北翟路1350号", "", coordinates=given(float(lon), float(lat))))
    assert (placed.verdict, placed.doubts) == (Verdict.REVIEW, (Doubt.DATUM_SUSPECT,))
    assert placed.outcome == Unlocated(Reason.REVIEW, "坐标系可能弄错")
    assert [flag.code for flag in placed.flags] == ["coordinates_far_from_address"]
    assert f"按 {datum} 换算只差 0 米，坐标系可能写错" in placed.flags[0].message
    assert [one.provider for one in placed.candidates] == ["form", "gazetteer"]


def test_coordinates_are_held_against_any_place_the_gazetteer_knows_well(locator):
    lon, lat = convert(121.222371, 31.333616, source=Datum.WGS84, target=Datum.GCJ02)
    pair = given(float(lon), float(lat))
    placed = locator.locate(place("11号线上海赛车场站3号口", "嘉定区", coordinates=pair))
    assert [flag.code for flag in placed.flags] == ["coordinates_far_from_address"]


def test_coordinates_are_not_doubted_by_a_place_known_roughly(tmp_path):
    path = tmp_path / "地名.csv"
    path.write_text(
        "address,lng,lat,datum,level,error_m\n豫园站,121.482952,31.229987,WGS-84,metro_station,340",
        encoding="utf-8",
    )
    locator = Locator(Gazetteer.load([path]), load_districts(), {})
    placed = locator.locate(place("豫园站", "黄浦区", coordinates=given(121.4874, 31.2310)))
    assert (placed.outcome.source, placed.flags) == ("表中坐标", ())


def test_coordinates_far_from_the_address_for_no_known_reason_are_doubted(locator):
    placed = locator.locate(place("北翟路1350号", "", coordinates=given(121.36, 31.225915)))
    assert (placed.verdict, placed.outcome.source) == (Verdict.ACCEPT_VERIFY, "表中坐标")
    assert [flag.message for flag in placed.flags] == [
        "表中坐标离地名库里的这个地址 1,697 米：请核对。"
    ]


def test_a_decision_for_another_door_changes_nothing(gazetteer):
    here = Position(121.3430, 31.2262, Level.MANUAL, 15.0, "人工确认")
    locator = Locator(
        gazetteer, load_districts(), {canonical(parse("北翟路1352号"), "长宁区"): here}
    )
    assert locator.locate(place("北翟路1350号", "长宁区")).outcome.source == "地址表"


def test_workers_stand_for_their_districts_area(locator):
    declared = DeclaredWorkers("黄浦区", "外滩街道", "310101013", 113352, 2023, SOURCE)
    assert locator.locate(declared) == Placed(
        declared=declared,
        address=None,
        outcome=load_districts().area_position("黄浦区"),
        district="黄浦区",
        flags=(),
    )


def test_workers_of_no_known_district_are_not_found(locator):
    declared = DeclaredWorkers("昆山市", "花桥镇", "", 1, 2023, SOURCE)
    assert locator.locate(declared).outcome == Unlocated(Reason.NOT_FOUND, "昆山市")


@pytest.mark.parametrize(
    "declared",
    [
        DeclaredSite("园区", SiteKind.PARK, "北翟路1350号", "长宁区", "", SOURCE),
        DeclaredOutlet("食堂", OutletKind.STAFF_CANTEEN, "北翟路1350号", "长宁区", "", SOURCE),
    ],
)
def test_sites_and_outlets_climb_the_same_ladder(locator, declared):
    assert locator.locate(declared).outcome.source == "地址表"


def test_a_row_without_a_district_cell_is_named_by_its_number(locator):
    source = Source("a.csv", "", 4, {}, "")
    declared = DeclaredSite("园区", SiteKind.PARK, "三鲁公路2009号", "浦东新区", "", source)
    assert locator.locate(declared).flags[0].cell == "第 4 行"
