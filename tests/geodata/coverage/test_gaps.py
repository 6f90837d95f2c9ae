"""Health gaps, on examples small enough to work out by hand."""

import numpy as np
import pytest

from geodata.coverage.gaps import (
    GapState,
    HealthGaps,
    counted,
    health_gaps,
    is_large,
    placed_well_enough,
)
from geodata.coverage.walk import Pairs
from geodata.kinds import Clinic, Status

STATUS = [
    Status.PLAQUED,
    Status.RECTIFYING,
    Status.DELISTED,
    Status.PLAQUED,
    Status.BUILDING,
    Status.PLAQUED,
]
HALF_DAYS = np.array([2.0, 2, 1, 1, 2, 0])


def pairs(*triples: tuple[int, int, float]) -> Pairs:
    rows = np.array(triples, dtype=np.float64).reshape(-1, 3)
    return Pairs(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2])


def found(
    workers: list[float], clinic: list[Clinic], in_reach: Pairs, *, points: int = 1
) -> HealthGaps:
    return health_gaps(
        workers=np.array(workers),
        clinic=clinic,
        placed=np.ones(len(workers), np.bool_),
        in_reach=in_reach,
        counts=np.ones(points, np.bool_),
    )


def test_yellow_red_planned_and_idle_points_do_not_count() -> None:
    assert counted(STATUS, HALF_DAYS).tolist() == [True, False, False, True, False, False]


def test_yellow_counts_when_switched_on() -> None:
    on = counted(STATUS, HALF_DAYS, count_rectifying=True)
    assert on.tolist() == [True, True, False, True, False, False]


def test_unknown_half_days_count_as_one() -> None:
    assert counted([Status.PLAQUED], np.array([np.nan])).tolist() == [True]


def test_large_means_strictly_more_than_a_thousand() -> None:
    assert is_large(np.array([999.0, 1000, 1001, np.nan])).tolist() == [False, False, True, False]


@pytest.mark.parametrize(
    ("clinic", "reached", "state"),
    [
        (Clinic.ADEQUATE, False, GapState.OWN_CLINIC),
        (Clinic.ADEQUATE, True, GapState.OWN_CLINIC),
        (Clinic.NONE, True, GapState.COVERED),
        (Clinic.POOR, True, GapState.COVERED),
        (Clinic.UNKNOWN, True, GapState.COVERED),
        (Clinic.NONE, False, GapState.GAP),
        (Clinic.POOR, False, GapState.GAP),
        (Clinic.UNKNOWN, False, GapState.UNKNOWN_CLINIC),
    ],
)
def test_each_clinic_with_and_without_a_point(
    clinic: Clinic, reached: bool, state: GapState
) -> None:
    in_reach = pairs((0, 0, 600.0)) if reached else pairs()
    assert found([500.0], [clinic], in_reach).state == (state,)


def test_only_a_gap_of_more_than_a_thousand_is_urgent() -> None:
    workers = [1001.0, 1000.0, np.nan, 5000.0]
    clinic = [Clinic.NONE, Clinic.NONE, Clinic.NONE, Clinic.UNKNOWN]
    assert found(workers, clinic, pairs()).priority.tolist() == [True, False, False, False]


def test_the_share_is_of_workers_and_leaves_out_the_uncounted_by_number() -> None:
    clinic = [Clinic.NONE, Clinic.ADEQUATE, Clinic.NONE, Clinic.UNKNOWN, Clinic.NONE]
    tally = found([300, 200, 400, 100, np.nan], clinic, pairs((0, 0, 10.0))).tally()
    assert tally.share == 0.5
    assert (tally.covered_workers, tally.uncovered_workers, tally.uncounted) == (500, 500, 1)
    assert (tally.sites, tally.gaps, tally.unknown, tally.priority) == (5, 2, 1, 0)


def test_without_any_count_there_is_no_share_and_without_points_it_is_zero() -> None:
    assert found([np.nan], [Clinic.NONE], pairs()).tally().share is None
    assert found([100.0], [Clinic.NONE], pairs(), points=0).tally().share == 0.0


def test_a_site_placed_too_loosely_is_counted_apart() -> None:
    gaps = health_gaps(
        workers=np.array([1200.0, 80.0]),
        clinic=[Clinic.NONE, Clinic.NONE],
        placed=placed_well_enough(np.array([401.0, 400.0]), 1000.0),
        in_reach=pairs((0, 0, 5.0)),
        counts=np.array([True]),
    )
    assert gaps.state == (GapState.NOT_PLACED, GapState.GAP)
    assert (gaps.tally().not_placed, gaps.tally().uncounted, gaps.tally().counted_workers) == (
        1,
        1,
        80,
    )


def test_a_small_radius_still_takes_positions_good_to_a_hundred_metres() -> None:
    errors = np.array([100.0, 101.0, np.nan])
    assert placed_well_enough(errors, 200.0).tolist() == [True, False, False]


def test_points_of_unknown_hours_leave_their_sites_in_a_class_of_their_own() -> None:
    one_each = pairs((0, 0, 10.0), (1, 1, 10.0), (2, 0, 10.0), (2, 1, 10.0), (4, 1, 10.0))
    hours = health_gaps(
        workers=np.array([100.0, 20.0, 3.0, 400.0, np.nan]),
        clinic=[Clinic.NONE] * 5,
        placed=np.ones(5, np.bool_),
        in_reach=one_each,
        counts=np.array([True, False]),
        perhaps=np.array([False, True]),
    )
    covered, hanging, gap = GapState.COVERED, GapState.HOURS_UNKNOWN, GapState.GAP
    assert hours.state == (covered, hanging, covered, gap, hanging)
    tally = hours.tally()
    assert (tally.covered_workers, tally.hanging_workers, tally.uncovered_workers) == (103, 20, 400)
    assert (tally.hanging, tally.counted_workers, tally.uncounted) == (2, 523, 1)
    assert (tally.share, tally.possible_share) == (103 / 523, 123 / 523)


def test_groups_are_tallied_as_each_alone() -> None:
    gaps = found([100.0, 2000.0, 30.0, np.nan], [Clinic.NONE] * 4, pairs((0, 0, 1.0)))
    group = np.array([1, 0, 1, 0])
    assert gaps.tallies(group, 3) == tuple(gaps.tally(group == g) for g in range(3))


def test_shares_of_groups_are_those_of_their_tallies() -> None:
    gaps = found([100.0, 2000.0, 30.0, np.nan], [Clinic.NONE] * 4, pairs((0, 0, 1.0)))
    group = np.array([1, 0, 1, 0])
    assert gaps.shares(group, 3) == [tally.share for tally in gaps.tallies(group, 3)]
    assert gaps.shares(group, 3) == [0.0, 100 / 130, None]
