"""Gini and Lorenz, weighted by workers."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.inequality import gini, lorenz

NAN = np.nan


def measured(access: list[float], workers: list[float]) -> float | None:
    return gini(np.array(access), np.array(workers))


def test_the_curve_goes_from_the_worst_served_to_the_best() -> None:
    curve = lorenz(np.array([3.0, 1.0]), np.array([1.0, 3.0]))
    assert curve is not None
    assert curve.tolist() == [[0, 0], [0.75, 0.5], [1, 1]]
    assert measured([3, 1], [1, 3]) == 0.25


def test_equal_access_is_zero_and_all_for_one_of_four_is_three_quarters() -> None:
    assert measured([2, 2, 2], [10, 500, 3]) == pytest.approx(0.0, abs=1e-15)
    assert measured([0, 0, 0, 5], [1, 1, 1, 1]) == 0.75


def test_a_demand_split_in_two_changes_nothing() -> None:
    assert measured([1, 3], [300, 100]) == measured([1, 1, 3], [100, 200, 100])


@pytest.mark.parametrize(
    ("access", "workers"),
    [([0.0, 0.0], [5.0, 6.0]), ([1.0], [0.0]), ([], []), ([NAN], [5.0]), ([2.0], [NAN])],
)
def test_it_is_undefined_when_nobody_gets_anything(
    access: list[float], workers: list[float]
) -> None:
    assert measured(access, workers) is None
    assert lorenz(np.array(access), np.array(workers)) is None


def test_what_is_unknown_is_left_out() -> None:
    assert measured([1, NAN, 3, 9], [3, 7, 1, NAN]) == 0.25


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 900)), max_size=12), st.randoms())
def test_it_lies_between_0_and_1_in_any_order(
    rows: list[tuple[int, int]], draw: random.Random
) -> None:
    first = measured([float(a) for a, _ in rows], [float(w) for _, w in rows])
    draw.shuffle(rows)
    assert measured([float(a) for a, _ in rows], [float(w) for _, w in rows]) == first
    assert first is None or 0 <= first < 1
