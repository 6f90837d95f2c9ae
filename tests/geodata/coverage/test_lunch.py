"""午餐难, on examples small enough to work out by hand."""

import numpy as np
import pytest

from geodata.coverage import lunch
from geodata.coverage.lunch import LunchBox, LunchGaps, LunchLevel
from geodata.coverage.walk import Pairs
from geodata.kinds import OutletKind

NAN = np.nan


def near(*walks: tuple[int, int, float]) -> Pairs:
    rows = np.array(walks, dtype=np.float64).reshape(-1, 3)
    return Pairs(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2])


def one_site(workers: float, own: float, outlet: float, walk_m: float = 100.0) -> LunchGaps:
    return lunch.lunch_gaps(
        workers=np.array([workers]),
        own=np.array([own]),
        outlets=np.array([outlet]),
        pairs=near((0, 0, walk_m)),
    )


def test_own_seats_quota_and_cabinets_close_the_gap() -> None:
    own = lunch.own_meals(
        canteen_seats=np.array([150.0]), quota=np.array([100.0]), cabinet_cells=np.array([125.0])
    )
    found = one_site(1000, float(own[0]), 0)
    assert (found.served[0], found.gap[0], found.share[0]) == (800.0, 0.0, 0.0)
    assert lunch.level(float(found.share[0])) is LunchLevel.NONE


def test_price_counts_fully_half_or_not_at_all_and_unknown_counts() -> None:
    price = np.array([30, 30.01, 45, 45.5, NAN])
    assert lunch.price_weight(price).tolist() == [1.0, 0.5, 0.5, 0.0, 1.0]


def test_outlets_open_only_a_share_of_their_seats_to_workers() -> None:
    kinds = [
        OutletKind.COMMUNITY_CANTEEN,
        OutletKind.RESTAURANT,
        OutletKind.STAFF_CANTEEN,
        OutletKind.COMPANY_CANTEEN,
        OutletKind.CABINET,
    ]
    meals = lunch.outlet_meals(
        kind=kinds,
        seats=np.array([100.0, 100, 100, 100, 40]),
        turns=np.array([NAN, NAN, 2.0, NAN, NAN]),
        quota=np.array([NAN, NAN, NAN, 60.0, NAN]),
        price_yuan=np.array([20.0, 40.0, NAN, 25.0, 25.0]),
    )
    assert meals.tolist() == [75.0, 60.0, 200.0, 60.0, 80.0]


def test_who_is_left_shares_the_outlets_by_distance_band() -> None:
    found = lunch.lunch_gaps(
        workers=np.array([125.0, 250.0]),
        own=np.zeros(2),
        outlets=np.array([59.0]),
        pairs=near((0, 0, 300.0), (1, 0, 500.0)),
    )
    # V = 100 + 0.68 · 200 = 236; each unit of weight gets 59/236 = 0.25 meals.
    assert found.shared == pytest.approx([25.0, 34.0])
    assert found.gap == pytest.approx([75.0, 166.0])


def test_more_than_is_needed_shows_as_surplus_not_as_a_negative_gap() -> None:
    found = one_site(100, 50, 70)
    assert (found.gap[0], found.served[0], found.surplus[0]) == (0.0, 80.0, 40.0)


def test_unknown_workers_leave_a_site_without_data_and_take_nothing_from_others() -> None:
    found = lunch.lunch_gaps(
        workers=np.array([NAN, 100.0]),
        own=np.zeros(2),
        outlets=np.array([40.0]),
        pairs=near((0, 0, 10.0), (1, 0, 10.0)),
    )
    assert np.isnan(found.share[0])
    assert found.shared[1] == pytest.approx(40.0)


def test_nobody_to_feed_is_no_gap() -> None:
    assert one_site(0, 10, 10).share[0] == 0.0


@pytest.mark.parametrize(
    ("share", "level"),
    [(0.099, "无"), (0.1, "一般"), (0.299, "一般"), (0.3, "较难"), (0.499, "较难"), (0.5, "突出")],
)
def test_a_level_holds_its_lower_bound(share: float, level: str) -> None:
    assert lunch.level(share) == level


@pytest.mark.parametrize(
    ("declared", "computed", "box", "listed"),
    [
        (True, True, LunchBox.BOTH, True),
        (True, False, LunchBox.DECLARED_ONLY, True),
        (False, True, LunchBox.COMPUTED_ONLY, True),
        (False, False, LunchBox.NEITHER, False),
        (True, None, LunchBox.NO_DATA, True),
        (False, None, LunchBox.NO_DATA, False),
    ],
)
def test_declared_against_computed(
    declared: bool, computed: bool | None, box: LunchBox, listed: bool
) -> None:
    assert lunch.box(declared=declared, computed=computed) is box
    assert lunch.is_listed(declared=declared, computed=computed) is listed


def test_a_small_site_is_listed_only_when_declared() -> None:
    assert not lunch.is_computed(0.9, 199.0)
    assert lunch.is_computed(0.3, 200.0)


def test_a_share_of_exactly_three_tenths_is_hard_however_it_was_summed() -> None:
    # 0.1 + 0.2 of a meal is more than 0.3 by one rounding.
    found = LunchGaps(np.array([1.0]), np.array([0.4]), np.array([0.1 + 0.2]), np.array([0.0]))
    assert (found.gap[0] < 0.3, found.share[0]) == (True, 0.3)
    assert lunch.level(float(found.share[0])) is LunchLevel.HARD


def test_a_survey_gives_a_site_its_own_share_of_eaters() -> None:
    found = lunch.lunch_gaps(
        workers=np.array([1000.0, 1000.0]),
        own=np.zeros(2),
        outlets=np.empty(0),
        pairs=near(),
        rho=np.array([lunch.RHO, 0.35]),
    )
    assert found.demand.tolist() == [800.0, 350.0]


def test_seats_of_a_restaurant_of_its_own_turn_twice() -> None:
    seats, none = np.array([100.0]), np.array([NAN])
    restaurant = lunch.own_meals(
        canteen_seats=seats, quota=none, cabinet_cells=none, turns=lunch.RESTAURANT_TURNS
    )
    assert restaurant.tolist() == [200.0]


def test_the_programme_asks_for_ten_sites_and_twenty_thousand_workers() -> None:
    workers = np.array([2500.0] * 8 + [NAN, NAN, 900.0])
    solved = np.array([True] * 10 + [False])
    done = lunch.goal(np.ones(11, np.bool_), solved, workers)
    assert (done, done.reached) == (lunch.Goal(10, 20_000), True)
    assert not lunch.goal(np.ones(11, np.bool_), solved[::-1], workers).reached
    assert not lunch.Goal(9, 90_000).reached
