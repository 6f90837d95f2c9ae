"""Access to health points by measure and impedance, on a line of sites and points."""

from collections.abc import Callable

import numpy as np
import pytest

from geodata.answers.answer import answer
from geodata.answers.city import City
from geodata.answers.question import Question
from geodata.kinds import Status
from geodata.measures.access import (
    AccessView,
    DistrictAccess,
    Impedance,
    Measure,
    access_view,
    weights,
)

NAN = np.nan
SITES = [
    {"workers": 100.0, "district": "黄浦区"},
    {"workers": 200.0, "east_m": 300.0, "district": "静安区"},
    {"workers": NAN},
    {"workers": 50.0, "error_m": 5000.0},
    {"workers": 40.0, "east_m": 20_000.0, "district": "静安区"},
]
# The second half-day is unknown and counts as one; the third point reaches nobody.
POINTS = [
    {"half_days": 10.0},
    {"half_days": NAN, "east_m": 600.0},
    {"half_days": 3.0, "east_m": 50_000.0, "name": "远处的点"},
    {"half_days": 9.0, "status": Status.RECTIFYING},
]


@pytest.fixture
def city(make_city: Callable[..., City]) -> City:
    return make_city(sites=SITES, points=POINTS)


def viewed(city: City, measure: Measure, impedance: Impedance) -> AccessView:
    return access_view(answer(city, Question()), measure=measure, impedance=impedance)


def test_the_headline_districts_and_who_is_left_out(city: City) -> None:
    view = viewed(city, Measure.TWO_STEP, Impedance.BANDS)
    # Walks: 0 and 780 m from the first site, 390 m to both from the second.
    to_first, to_second = 100 + 200 * 0.68, 100 * 0.22 + 200 * 0.68
    of_first = 100 * (10 / to_first + 0.22 / to_second)
    of_second = 200 * 0.68 * (10 / to_first + 1 / to_second)
    assert (view.workers, view.unreached, view.uncounted) == (340, 40, 2)
    assert (view.idle, view.half_days) == (("远处的点",), 14.0)
    assert view.per_1000 == pytest.approx(11.0 * 1000 / 340)
    first, second = (one for one in view.districts if one.workers)
    assert (first.district, second.district) == ("黄浦区", "静安区")
    assert (first.available, second.available) == pytest.approx((of_first, of_second))
    assert second.per_1000 == pytest.approx(of_second * 1000 / 240)
    assert DistrictAccess("崇明区", 0, None, 0.0) in view.districts
    assert view.lorenz is not None
    assert view.lorenz[:2].tolist() == [[0.0, 0.0], [40 / 340, 0.0]]


def test_all_measures_but_the_modified_give_out_the_supply_that_is_reached(city: City) -> None:
    for impedance in Impedance:
        for measure in (Measure.TWO_STEP, Measure.THREE_STEP):
            received = sum(one.available for one in viewed(city, measure, impedance).districts)
            assert received == pytest.approx(11.0)
    modified = viewed(city, Measure.MODIFIED, Impedance.BANDS)
    assert sum(one.available for one in modified.districts) < 11.0


def test_without_a_point_nobody_gets_any_and_evenness_is_undefined(
    make_city: Callable[..., City],
) -> None:
    view = viewed(make_city(sites=SITES), Measure.TWO_STEP, Impedance.BANDS)
    assert (view.per_1000, view.gini, view.lorenz, view.unreached) == (0.0, None, None, 340)


@pytest.mark.parametrize("radius_m", [500.0, 1000.0, 1500.0])
def test_impedances_scale_with_the_radius(radius_m: float) -> None:
    walks = np.array([0.0, 0.3, 0.5, 1.0]) * radius_m
    assert weights(walks, Impedance.BANDS, radius_m).tolist() == [1.0, 1.0, 0.68, 0.22]
    assert weights(walks, Impedance.BINARY, radius_m).tolist() == [1.0] * 4
    for smooth in (Impedance.EXPONENTIAL, Impedance.GAUSSIAN):
        found = weights(walks, smooth, radius_m)
        assert (found[0], found[-1]) == (1.0, pytest.approx(0.1))
