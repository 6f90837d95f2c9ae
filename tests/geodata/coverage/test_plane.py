"""The nearest of many, in metres on a plane."""

import numpy as np

from geodata.coverage.plane import nearest_in_metres

NOWHERE = [np.nan, np.nan]


def test_the_nearest_is_that_of_a_full_table() -> None:
    draw = np.random.default_rng(5)
    demand, supply = draw.uniform(0, 9e4, (300, 2)), draw.uniform(0, 9e4, (70, 2))
    table = np.hypot(*(demand[:, None] - supply[None]).transpose(2, 0, 1))
    index, metres = nearest_in_metres(demand, supply)
    assert (index == table.argmin(axis=1)).all()
    assert np.allclose(metres, table.min(axis=1), rtol=1e-12, atol=0)


def test_what_is_nowhere_is_near_nothing() -> None:
    demand, supply = np.array([[0.0, 0.0], NOWHERE]), np.array([NOWHERE, [3.0, 4.0]])
    index, metres = nearest_in_metres(demand, supply)
    assert (index.tolist(), metres.tolist()) == ([1, -1], [5.0, np.inf])
    index, metres = nearest_in_metres(demand, np.array([NOWHERE]))
    assert (index.tolist(), metres.tolist()) == ([-1, -1], [np.inf, np.inf])
