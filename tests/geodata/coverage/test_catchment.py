"""Two-step floating catchment areas, worked out by hand and by property."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.catchment import band_weights, two_step
from geodata.coverage.walk import Pairs


def pairs(links: list[tuple[int, int]]) -> Pairs:
    rows = np.array(links, dtype=np.int64).reshape(-1, 2)
    return Pairs(rows[:, 0], rows[:, 1], np.zeros(len(rows)))


def test_bands_hold_their_upper_bound() -> None:
    walks = np.array([0.0, 300, 300.1, 500, 1000, 1000.1])
    assert band_weights(walks).tolist() == [1.0, 1.0, 0.68, 0.68, 0.22, 0.0]


def test_weighted_supply_is_shared_among_all_who_reach_it() -> None:
    found = two_step(
        np.array([100.0, 200, 300]),
        np.array([10.0, 12]),
        pairs([(0, 0), (1, 0), (1, 1), (2, 1)]),
        np.array([1, 0.68, 1, 0.22]),
    )
    assert found.demand_in_reach == pytest.approx([236.0, 266.0])
    assert found.access == pytest.approx([10 / 236, 0.68 * 10 / 236 + 12 / 266, 0.22 * 12 / 266])


def test_an_idle_supply_and_an_unserved_demand_are_zero_not_infinite() -> None:
    found = two_step(np.array([10.0, 5]), np.array([1.0, 4]), pairs([(0, 0)]), np.array([1.0]))
    assert found.access.tolist() == [0.1, 0.0]
    assert found.idle.tolist() == [False, True]


def test_nothing_in_reach_of_anything_gives_zeros() -> None:
    found = two_step(np.array([10.0]), np.array([3.0]), pairs([]), np.empty(0))
    assert (found.access.tolist(), found.idle.tolist()) == ([0.0], [True])


@given(st.data())
def test_what_demand_receives_is_the_supply_that_is_reached(data: st.DataObject) -> None:
    sizes = st.integers(1, 6)
    n, m = data.draw(sizes), data.draw(sizes)
    amounts = st.floats(0.5, 1e4)
    demand = np.array(data.draw(st.lists(amounts, min_size=n, max_size=n)))
    supply = np.array(data.draw(st.lists(amounts, min_size=m, max_size=m)))
    cells = [(i, j) for i in range(n) for j in range(m)]
    links = data.draw(st.lists(st.sampled_from(cells), unique=True))
    weight = np.array(
        data.draw(st.lists(st.floats(0.1, 1), min_size=len(links), max_size=len(links)))
    )
    found = two_step(demand, supply, pairs(links), weight)
    assert (demand * found.access).sum() == pytest.approx(supply[~found.idle].sum())
