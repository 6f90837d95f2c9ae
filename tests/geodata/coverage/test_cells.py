"""Pairs found by a grid: none is lost, none comes twice."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.cells import candidates

spots = st.tuples(st.floats(-50, 50), st.floats(-50, 50))
cells = st.tuples(st.floats(0.5, 200), st.floats(0.5, 200))


def array(points: list[tuple[float, float]]) -> np.ndarray:
    return np.array(points, dtype=np.float64).reshape(-1, 2)


@given(st.lists(spots, max_size=12), st.lists(spots, max_size=12), cells)
def test_every_pair_no_farther_than_a_cell_is_there_once(
    demand: list[tuple[float, float]],
    supply: list[tuple[float, float]],
    cell: tuple[float, float],
) -> None:
    found = [
        pair
        for who, which in candidates(array(demand), array(supply), cell)
        for pair in zip(who.tolist(), which.tolist(), strict=True)
    ]
    assert len(set(found)) == len(found)
    # A whole cell less one rounding: floor() of a quotient may fall on either side.
    near = {
        (i, j)
        for i, a in enumerate(demand)
        for j, b in enumerate(supply)
        if abs(a[0] - b[0]) <= cell[0] * (1 - 1e-9) and abs(a[1] - b[1]) <= cell[1] * (1 - 1e-9)
    }
    assert near <= set(found)


def test_many_pairs_come_in_pieces_in_the_order_of_demand() -> None:
    crowd = np.zeros((2000, 2))
    pieces = list(candidates(crowd, crowd, (1.0, 1.0)))
    assert [len(who) for who, _ in pieces] == [1048 * 2000, 952 * 2000]
    who = np.concatenate([who for who, _ in pieces])
    assert (np.diff(who) >= 0).all()
    assert (np.bincount(who) == 2000).all()


def test_a_wide_country_of_small_cells_needs_no_table_of_them() -> None:
    corners = np.array([[0.0, 0.0], [1e6, 0.0], [1e6, 1e6], [0.5, 0.5]])
    (piece,) = candidates(corners, corners, (1.0, 1.0))
    pairs = set(zip(*(one.tolist() for one in piece), strict=True))
    assert pairs == {(0, 0), (1, 1), (2, 2), (3, 3), (0, 3), (3, 0)}


def test_nothing_is_near_nothing() -> None:
    assert list(candidates(np.empty((0, 2)), np.zeros((3, 2)), (1.0, 1.0))) == []
    assert list(candidates(np.zeros((3, 2)), np.empty((0, 2)), (1.0, 1.0))) == []
