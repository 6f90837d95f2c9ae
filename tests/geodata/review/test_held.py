from geodata.model import Datum, Level, Position
from geodata.place.candidate import Candidate
from geodata.place.district import load_districts
from geodata.place.question import ask_about
from geodata.place.shift import Mistake
from geodata.review.held import Held, held

HERE = Position(121.4700, 31.2300, Level.NUMBER, 60.0, "地址表")
SHIFTED = Position(121.47453, 31.22807, Level.NUMBER, 120.0, "腾讯")
ROAD = Position(121.4700, 31.2300, Level.ROAD, 1500.0, "天地图")
FIRST = Candidate(HERE, "gazetteer", road="牯岭路", district="黄浦区", town="南京东路街道")


def told(one, *, town="", district="黄浦区"):
    question = ask_about(f"{town}牯岭路174号", district=district)
    return held(question, one, FIRST, districts=load_districts())


def test_what_agrees_with_the_form_is_said_and_what_nobody_can_tell_is_not():
    assert told(FIRST) == Held(True, 0.0, True, None, None, None, 0.0, 0.0)


def test_another_road_or_town_speaks_against_a_candidate():
    one = told(Candidate(HERE, "amap", road="牯牛路", town="外滩街道"), town="南京东路街道")
    assert (one.road, one.town) == (False, False)


def test_the_way_out_of_the_district_is_told_in_metres():
    one = told(FIRST, district="静安区")
    assert (one.district, 100.0 < one.away_m < 3000.0) == (False, True)


def test_a_candidate_off_by_a_forgotten_datum_is_known():
    one = told(Candidate(SHIFTED, "tencent"))
    assert one.mistake == Mistake(Datum.WGS84, Datum.GCJ02)
    assert [round(one.apart_m), round(one.east_m), round(one.north_m)] == [482, 432, -214]


def test_the_middle_of_a_road_is_off_by_no_datum():
    one = told(Candidate(ROAD, "tianditu"))
    assert (one.apart_m, one.mistake) == (0.0, None)
