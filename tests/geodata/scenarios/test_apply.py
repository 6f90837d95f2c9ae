"""Changes tried out on a city: what each does, and that the city itself never changes."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.answers.answer import answer
from geodata.answers.change import compare
from geodata.answers.cuts import whole
from geodata.answers.question import Question
from geodata.answers.saved import saved
from geodata.coverage.gaps import GapState
from geodata.errors import NotFoundError
from geodata.kinds import Clinic, Kind, Status
from geodata.scenarios.apply import apply
from geodata.scenarios.model import (
    Change,
    Close,
    MovePoint,
    NewOutlet,
    NewPoint,
    NewSite,
    Open,
    OwnSeats,
    Seats,
    SetHours,
    Upgrade,
)

ORIGIN = (121.4710, 31.2349)


@pytest.fixture
def city(make_city):
    return make_city(
        sites=[
            {"workers": 500.0},
            {"workers": 1200.0, "east_m": 5000.0, "district": "静安区"},
        ],
        points=[
            {"half_days": 2.0},
            {"east_m": 5000.0, "status": Status.BUILDING},
            {"kind": Kind.REST_ROOM},
        ],
        outlets=[{"seats": 100.0}],
    )


def served(city, *changes: Change) -> int:
    return whole(answer(apply(changes, city), Question())).tally.covered_workers


def test_points_open_close_move_and_appear(city) -> None:
    assert served(city) == 500
    assert served(city, Open(2)) == 1700
    assert served(city, Close(1)) == 0
    assert served(city, MovePoint(1, 121.4710 + 5000 / 95_276, 31.2349)) == 1200
    assert served(city, Upgrade(1, 0.0)) == 0
    assert served(city, NewPoint("新", 121.4710 + 5000 / 95_276, 31.2349)) == 1700
    assert served(city, NewPoint("新", *ORIGIN, kind=Kind.REST_ROOM), Close(1)) == 0
    assert served(city, NewSite("新园", *ORIGIN, 40)) == 540
    assert served(city, NewSite("新园", *ORIGIN, 40, clinic=Clinic.ADEQUATE), Close(1)) == 40


def test_a_new_point_can_be_named_by_a_later_change(city) -> None:
    changes = [NewPoint("一", *ORIGIN), NewPoint("二", *ORIGIN), Close(-2), Upgrade(-1, 3.0)]
    points = apply(changes, city).points
    assert points.id.tolist() == [1, 2, 3, -1, -2]
    assert (points.status.words[3:], points.half_days.tolist()[3]) == (["plaqued", "closed"], 3.0)
    assert points.district.words[3] == "黄浦区"


def test_seats_feed_more_workers(city) -> None:
    def share(*changes: Change) -> float:
        found = whole(answer(apply(changes, city), Question())).lunch
        return round(1700 * 0.8 - found.gap, 6)

    # A community canteen gives a quarter of 3 turns; an own one all of it, up to the demand.
    assert share() == 75.0
    assert share(Seats(1, 200)) == 150.0
    assert share(OwnSeats(2, 100)) == 375.0
    assert share(NewOutlet("新", *ORIGIN, seats=40)) == 105.0


def test_hours_are_tried_out(city) -> None:
    changed = apply([SetHours(1, None)], city)
    assert changed.points.hours[0] is None


def test_before_and_after_are_told_by_district(city) -> None:
    after = apply([Open(2), NewSite("新园", *ORIGIN, 40)], city, name="试")
    found = compare(answer(city, Question()), answer(after, Question()))
    assert {g.key: g.said.zh for g in found.districts if g.gained} == {
        "黄浦区": "+40 名职工",
        "静安区": "+1,200 名职工",
    }
    assert (found.city.gained, found.after.scenario, found.before.scenario) == (1240, "试", "")
    assert [(s.id, s.before, s.after) for s in found.sites] == [
        (2, GapState.GAP, GapState.COVERED),
        (-1, None, GapState.COVERED),
    ]


@pytest.mark.parametrize("change", [Open(9), Close(-1), Seats(9, 1), OwnSeats(9, 1), Upgrade(0, 1)])
def test_what_is_not_there_cannot_be_changed(city, change: Change) -> None:
    with pytest.raises(NotFoundError, match="方案用不了"):
        apply([change], city)


def figures(city) -> dict[str, object]:
    found = saved(answer(city, Question()))
    del found["parameters"]
    return found


def test_an_empty_scenario_changes_no_figure(city) -> None:
    assert figures(apply([], city, name="空")) == figures(city)


def test_open_and_close_undo_each_other(city) -> None:
    assert figures(apply([Close(1), Open(1)], city)) == figures(city)
    spot = city.points.lonlat[1].tolist()
    there_and_back = [MovePoint(1, *ORIGIN), MovePoint(2, *spot)]
    assert figures(apply(there_and_back, city))["city"] == figures(city)["city"]


ANY = st.one_of(
    st.builds(Open, st.integers(1, 3)),
    st.builds(Close, st.integers(1, 3)),
    st.builds(MovePoint, st.integers(1, 3), st.floats(121, 122), st.floats(31, 32)),
    st.builds(Upgrade, st.integers(1, 3), st.floats(0, 10)),
    st.builds(Seats, st.just(1), st.integers(0, 500)),
    st.builds(OwnSeats, st.integers(1, 2), st.integers(0, 500)),
    st.builds(NewPoint, st.text(max_size=5), st.floats(121, 122), st.floats(31, 32)),
    st.builds(NewSite, st.text(max_size=5), st.floats(121, 122), st.floats(31, 32), st.just(9)),
    st.builds(NewOutlet, st.text(max_size=5), st.floats(121, 122), st.floats(31, 32)),
)


@given(changes=st.lists(ANY, max_size=6))
def test_the_city_is_byte_for_byte_as_before(make_city, changes: list[Change]) -> None:
    row = {"workers": 5.0}
    before = make_city(sites=[row, row], points=[{}] * 3, outlets=[{"seats": 9.0}])
    bytes_before = pickle.dumps(before)
    after = apply(changes, before)
    answer(after, Question())
    assert pickle.dumps(before) == bytes_before
    assert np.isfinite(after.points.lonlat).all()


def test_places_on_the_map_follow_the_scenario(city) -> None:
    after = apply([NewPoint("新点", *ORIGIN, operator="甲")], city)
    (new,) = after.places
    assert (new.id, new.name, new.lon, new.district) == (-1, "新点", 121.4710, "黄浦区")
    assert [(s.kind, s.status, s.operator) for s in new.services] == [
        (Kind.HEALTH_POINT, Status.PLAQUED, "甲")
    ]
