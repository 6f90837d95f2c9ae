"""Training: whole groups to points, in sessions of their own."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.coverage.training import (
    NOWHERE,
    limited_assignment,
    nearest_assignment,
    sessions,
    to_merge,
)

PEOPLE = np.array([100, 100, 50])
WALKS = np.array([[1.0, 4], [2, 3], [2, 9]])


def test_a_session_holds_fifty_and_fewer_than_thirty_are_merged() -> None:
    people = np.array([29, 30, 50, 51, 60, 100, 149, 0])
    assert sessions(people).tolist() == [1, 1, 1, 2, 2, 2, 3, 0]
    assert to_merge(people).tolist() == [True, False, False, True, False, False, False, False]


def test_everybody_goes_to_the_nearest() -> None:
    found = nearest_assignment(PEOPLE, WALKS)
    assert (found.point.tolist(), found.cost) == ([0, 0, 0], 400.0)
    assert found.sessions_at(PEOPLE, 2).tolist() == [5, 0]


def test_within_session_limits_a_group_goes_whole_where_the_sum_is_least() -> None:
    found = limited_assignment(PEOPLE, WALKS, np.array([3, 2]))
    assert (found.point.tolist(), found.cost, found.status) == ([0, 1, 0], 500.0, "optimal")
    assert found.sessions_at(PEOPLE, 2).tolist() == [3, 2]


def test_too_few_sessions_assign_nobody() -> None:
    found = limited_assignment(PEOPLE, WALKS, np.array([1, 1]))
    assert (found.point.tolist(), found.status) == ([NOWHERE] * 3, "infeasible")


@pytest.mark.parametrize("unknown", [np.nan, np.inf])
def test_a_group_without_a_way_to_any_point_goes_nowhere(unknown: float) -> None:
    walks = np.array([[unknown, unknown], [5.0, 1.0]])
    people, limits = np.array([70, 40]), np.array([9, 9])
    for found in (
        nearest_assignment(people, walks),
        limited_assignment(people, walks, limits),
    ):
        assert (found.point.tolist(), found.cost) == ([NOWHERE, 1], 40.0)
        assert found.sessions_at(people, 2).tolist() == [0, 1]


def test_nobody_needs_no_session_and_no_points_no_answer() -> None:
    nobody = limited_assignment(np.array([0]), np.array([[7.0]]), np.array([0]))
    assert (nobody.point.tolist(), nobody.cost) == ([0], 0.0)
    assert nearest_assignment(np.array([9]), np.empty((1, 0))).point.tolist() == [NOWHERE]
    none = np.empty(0, np.int64)
    assert limited_assignment(np.array([9]), np.empty((1, 0)), none).point.tolist() == [NOWHERE]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 120), st.lists(st.integers(1, 99), min_size=3, max_size=3)),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
)
def test_no_other_assignment_is_cheaper(
    groups: list[tuple[int, list[int]]], limits: list[int]
) -> None:
    people = np.array([n for n, _ in groups])
    walks = np.array([row for _, row in groups], dtype=np.float64)
    needed = sessions(people)
    costs = [
        float(sum(people[g] * walks[g, p] for g, p in enumerate(choice)))
        for choice in itertools.product(range(3), repeat=len(groups))
        if (np.bincount(choice, needed, minlength=3) <= limits).all()
    ]
    found = limited_assignment(people, walks, np.array(limits))
    assert found.cost == (min(costs) if costs else np.inf)
