"""Distances: metres on the ellipsoid, pairs within a walk, the nearest of many."""

import numpy as np
import pytest

from geodata.coverage.walk import minutes_to_m, nearest, pairs_within
from geodata.geodesy import geodesic_m

PEOPLES_SQUARE = (121.4710, 31.2349)


def east_of(metres: float) -> tuple[float, float]:
    lon, lat = PEOPLES_SQUARE
    return lon + metres / float(geodesic_m(lon, lat, lon + 1e-3, lat)) * 1e-3, lat


@pytest.mark.parametrize(
    ("minutes", "speed_kmh", "metres"),
    [(5, 4.0, 1000 / 3), (10, 4.0, 2000 / 3), (15, 4.0, 1000), (15, 4.8, 1200)],
)
def test_walking_minutes_become_metres(minutes: float, speed_kmh: float, metres: float) -> None:
    assert float(minutes_to_m(minutes, speed_kmh=speed_kmh)) == pytest.approx(metres, abs=1e-6)


def test_a_pair_at_exactly_the_radius_is_within() -> None:
    here, there = np.array([PEOPLES_SQUARE]), np.array([east_of(700.0)])
    walk_m = float(pairs_within(here, there, 2000).walk_m[0])
    assert walk_m == pytest.approx(910.0, abs=0.01)
    assert len(pairs_within(here, there, walk_m).walk_m) == 1
    assert len(pairs_within(here, there, walk_m - 1e-6).walk_m) == 0


def test_pairs_are_those_a_full_table_of_distances_gives() -> None:
    rng = np.random.default_rng(3)
    demand = rng.uniform([121.40, 31.15], [121.55, 31.30], size=(200, 2))
    supply = rng.uniform([121.40, 31.15], [121.55, 31.30], size=(80, 2))
    table = 1.3 * geodesic_m(demand[:, :1], demand[:, 1:], supply[:, 0], supply[:, 1])
    pairs = pairs_within(demand, supply, 1500)
    assert list(zip(pairs.demand, pairs.supply, strict=True)) == list(
        zip(*np.nonzero(table <= 1500), strict=True)
    )
    index, walk_m = nearest(demand, supply)
    assert (index == table.argmin(axis=1)).all()
    assert walk_m == pytest.approx(table.min(axis=1))


def test_what_has_no_position_is_in_no_pair_and_near_nothing() -> None:
    nowhere = np.array([[np.nan, np.nan]])
    here = np.array([PEOPLES_SQUARE])
    assert len(pairs_within(nowhere, here, 1e6).walk_m) == 0
    assert [v.tolist() for v in nearest(nowhere, here)] == [[-1], [np.inf]]
    assert [v.tolist() for v in nearest(here, nowhere)] == [[-1], [np.inf]]


def test_a_radius_of_nothing_holds_what_stands_in_one_spot_and_an_endless_one_all() -> None:
    spots = np.array([PEOPLES_SQUARE, east_of(0.5), east_of(90_000.0), PEOPLES_SQUARE])
    here = np.array([PEOPLES_SQUARE])
    assert pairs_within(here, spots, 0.0).supply.tolist() == [0, 3]
    assert pairs_within(here, spots, -1.0).supply.tolist() == []
    assert pairs_within(here, spots, np.inf).supply.tolist() == [0, 1, 2, 3]
