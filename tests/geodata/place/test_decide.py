import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.declared import DeclaredPlace, Flag, Source
from geodata.geodesy import metres_per_degree
from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.place.candidate import DOUBT_LABELS, Candidate, Doubt, Verdict
from geodata.place.datum import convert
from geodata.place.decide import Decided, decide, for_a_person
from geodata.place.district import load_districts
from geodata.place.question import CARRIED_DOWN, ask, ask_about

SQUARE = (121.4710, 31.2349)
DISTRICTS = load_districts()


def moved(east_m, north_m, start=SQUARE):
    across, along = metres_per_degree(start[1])
    return start[0] + east_m / float(across), start[1] + north_m / float(along)


def at(spot=SQUARE, provider="A", *, level=Level.NUMBER, error_m=90.0, **returned):
    return Candidate(Position(*spot, level, error_m, provider), provider, **returned)


def judge(*candidates, text="人民大道200号", district="黄浦区"):
    return decide(ask_about(text, district=district), candidates, districts=DISTRICTS)


def test_one_candidate_that_passes_every_check_is_accepted_as_it_is():
    one = at(road="人民大道", district="黄浦区", town="南京东路街道")
    assert judge(one) == Decided(Verdict.ACCEPT, one.position, (), (one,))


def test_nothing_found_fails():
    assert judge() == Decided(Verdict.FAILED, Unlocated(Reason.NOT_FOUND), (Doubt.NO_RESULT,), ())


def test_a_point_in_another_province_fails_and_is_kept():
    wuhan = at((114.3, 30.6))
    assert judge(wuhan) == Decided(
        Verdict.FAILED, Unlocated(Reason.OUTSIDE, "A"), (Doubt.OUTSIDE_SHANGHAI,), (wuhan,)
    )


def test_a_point_in_another_province_does_not_spoil_a_good_one():
    wuhan, here = at((114.3, 30.6)), at(provider="B")
    assert judge(wuhan, here) == Decided(Verdict.ACCEPT, here.position, (), (wuhan, here))


def test_a_point_outside_the_declared_district_goes_to_a_person():
    decided = judge(at(), district="徐汇区")
    assert decided.outcome == Unlocated(Reason.REVIEW, "查到的位置不在所写的区")
    assert (decided.verdict, decided.doubts) == (Verdict.REVIEW, (Doubt.DISTRICT_MISMATCH,))


def test_a_district_only_carried_down_is_a_doubt_and_no_bar():
    source = Source("a.xlsx", "", 3, {}, "")
    flags = (Flag(CARRIED_DOWN, ""),)
    question = ask(DeclaredPlace("", "人民大道200号", "徐汇区", "", (), source, flags=flags))
    one = at()
    assert decide(question, [one], districts=DISTRICTS) == Decided(
        Verdict.ACCEPT_VERIFY, one.position, (Doubt.DISTRICT_MISMATCH,), (one,)
    )


def test_within_100_metres_of_the_border_passes():
    over = (121.4755, 31.26066)
    assert DISTRICTS.at(*over) == "静安区"
    assert judge(at(over), district="虹口区").verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("asked", "returned", "doubts"),
    [
        ("飞虹路118号", "飞虹路", ()),
        ("飞虹路118号", "飞鸿路", (Doubt.ROAD_TYPO_SUSPECT,)),
        ("飞虹路118号", "", ()),
        ("南京东路300号", "南京路", (Doubt.ROAD_TYPO_SUSPECT,)),
    ],
)
def test_a_road_is_compared_character_for_character(asked, returned, doubts):
    assert judge(at(road=returned), text=asked, district="").doubts == doubts


def test_either_road_of_a_crossing_may_be_returned():
    decided = judge(at(road="西藏中路"), text="南京西路、西藏中路路口", district="")
    assert decided.verdict is Verdict.ACCEPT


def test_another_town_than_written_goes_to_a_person():
    decided = judge(at(town="外滩街道"), text="南京东路街道人民大道200号")
    assert (decided.verdict, decided.doubts) == (Verdict.REVIEW, (Doubt.TOWN_MISMATCH,))


def test_a_point_outside_the_towns_box_is_accepted_and_to_be_verified():
    one = at()
    decided = judge(one, text="外滩街道人民大道200号")
    assert decided == Decided(Verdict.ACCEPT_VERIFY, one.position, (Doubt.TOWN_MISMATCH,), (one,))


@pytest.mark.parametrize("level", [Level.ROAD, Level.TOWN, Level.DISTRICT])
def test_an_area_is_for_a_person_and_stays_an_area(level):
    one = at(level=level, error_m=1500.0)
    assert judge(one) == Decided(Verdict.REVIEW, one.position, (Doubt.LOW_LEVEL,), (one,))


def test_two_roads_of_one_name_far_apart_have_no_position():
    two = (
        at(level=Level.ROAD, district="黄浦区"),
        at(moved(9000, 0), level=Level.ROAD, district="浦东新区"),
    )
    assert judge(*two, district="") == Decided(
        Verdict.REVIEW,
        Unlocated(Reason.AMBIGUOUS, "只查到路、街镇或区，或者误差太大；同名的路或地方不止一处"),
        (Doubt.LOW_LEVEL, Doubt.AMBIGUOUS_ROAD),
        two,
    )


def test_the_declared_district_chooses_between_namesakes():
    here, there = at(), at((121.705, 31.1935))
    assert judge(there, here) == Decided(Verdict.ACCEPT, here.position, (), (there, here))


def test_two_places_of_one_source_in_one_district_are_duplicates():
    decided = judge(at(), at(moved(0, 800)))
    assert decided.doubts == (Doubt.DUPLICATE_CANDIDATE,)
    assert decided.verdict is Verdict.REVIEW


@pytest.mark.parametrize(
    ("east_m", "verdict", "error_m"),
    [
        (100, Verdict.ACCEPT, 90.0),
        (149, Verdict.ACCEPT, 90.0),
        (160, Verdict.ACCEPT_VERIFY, 90.0),
        (300, Verdict.ACCEPT_VERIFY, 150.0),
        (498, Verdict.ACCEPT_VERIFY, 249.0),
    ],
)
def test_two_sources_within_500_metres_agree_with_an_honest_error(east_m, verdict, error_m):
    decided = judge(at(), at(moved(east_m, 0), "B"))
    assert (decided.verdict, round(decided.outcome.error_m)) == (verdict, error_m)


def test_two_sources_more_than_500_metres_apart_are_for_a_person():
    a, b = at(), at(moved(510, 0), "B")
    assert judge(a, b) == Decided(
        Verdict.REVIEW,
        Unlocated(Reason.REVIEW, "几个来源查到的位置相差太远"),
        (Doubt.PROVIDER_DISAGREE,),
        (a, b),
    )


def test_a_position_known_to_within_a_kilometre_contradicts_nothing_inside_it():
    here = at()
    wide = at(moved(700, 0), "B", level=Level.INTERPOLATED, error_m=1000.0)
    assert judge(wide, here) == Decided(Verdict.ACCEPT, here.position, (), (wide, here))


@pytest.mark.parametrize(
    ("east_m", "north_m"),
    [(432, -214), (-432, 214), (1054, 442), (-1054, -442), (622, 656), (-622, -656)],
)
def test_the_vectors_of_a_forgotten_datum_are_recognised_before_the_distance(east_m, north_m):
    decided = judge(at(), at(moved(east_m, north_m), "B"), district="")
    assert (decided.verdict, decided.doubts) == (Verdict.REVIEW, (Doubt.DATUM_SUSPECT,))


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("spot", [SQUARE, (121.15, 30.75), (121.75, 31.60), (121.90, 30.90)])
def test_a_forgotten_datum_is_recognised_anywhere_in_the_city(datum, spot):
    lon, lat = convert(*spot, source=Datum.WGS84, target=datum)
    decided = judge(at(spot), at((float(lon), float(lat)), "B"), district="")
    assert decided.doubts == (Doubt.DATUM_SUSPECT,)


def test_a_second_source_saves_an_address_the_first_gets_wrong():
    wrong, right = at(moved(0, -9000)), at(provider="B")
    assert judge(wrong, right) == Decided(
        Verdict.ACCEPT_VERIFY, right.position, (Doubt.DISTRICT_MISMATCH,), (wrong, right)
    )


def test_every_doubt_has_words_in_both_languages():
    assert set(DOUBT_LABELS) == set(Doubt)
    assert all(chinese and english for chinese, english in DOUBT_LABELS.values())


def test_what_a_person_is_asked_stands_in_the_reason():
    asked = for_a_person((Doubt.DATUM_SUSPECT, Doubt.TOWN_MISMATCH))
    assert asked == Unlocated(Reason.REVIEW, "坐标系可能弄错；查到的位置不在所写的街镇")


SPOTS = st.builds(moved, st.floats(-30_000, 30_000), st.floats(-30_000, 30_000))
CANDIDATES = st.builds(
    at,
    SPOTS,
    st.sampled_from("AB"),
    level=st.sampled_from(Level),
    error_m=st.floats(5, 3000),
    road=st.sampled_from(("", "人民大道", "人民路")),
    town=st.sampled_from(("", "外滩街道", "南京东路街道")),
    district=st.sampled_from(("", "黄浦区", "浦东新区")),
)


@given(
    st.lists(CANDIDATES, max_size=5),
    st.sampled_from(("人民大道200号", "外滩街道人民大道200号", "大世界", "人民大道")),
    st.sampled_from(("", "黄浦区", "浦东新区")),
)
def test_no_verdict_but_an_accept_gives_a_point(candidates, text, district):
    decided = judge(*candidates, text=text, district=district)
    is_point = isinstance(decided.outcome, Position) and decided.outcome.level.is_point
    assert is_point == (decided.verdict in {Verdict.ACCEPT, Verdict.ACCEPT_VERIFY})
    assert decided.candidates == tuple(candidates)
    assert (decided.doubts == ()) == (decided.verdict is Verdict.ACCEPT)


@pytest.mark.parametrize(
    ("error_m", "verdict", "doubts"),
    [(400.0, Verdict.ACCEPT, ()), (401.0, Verdict.ACCEPT_VERIFY, (Doubt.LOW_LEVEL,))],
)
def test_a_point_too_wide_to_be_counted_on_is_kept_and_asked_about(error_m, verdict, doubts):
    one = at(level=Level.INTERPOLATED, error_m=error_m)
    assert judge(one) == Decided(verdict, one.position, doubts, (one,))
