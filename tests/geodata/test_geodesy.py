"""Metres on the ellipsoid against the exact geodesic."""

import numpy as np
from geopy.distance import geodesic

from geodata.geodesy import geodesic_m, metres_apart


def test_distances_agree_with_the_true_geodesic_over_the_city() -> None:
    rng = np.random.default_rng(7)
    ends = rng.uniform([120.9, 30.7, 120.9, 30.7], [122.0, 31.9, 122.0, 31.9], size=(300, 4))
    near = ends.copy()
    near[:, 2:] = ends[:, :2] + (ends[:, 2:] - ends[:, :2]) * 0.15
    ours = geodesic_m(near[:, 0], near[:, 1], near[:, 2], near[:, 3])
    true = [geodesic((b, a), (d, c)).m for a, b, c, d in near]
    assert np.max(np.abs(ours / true - 1)) < 1e-6


def test_a_single_distance_is_that_of_the_arrays() -> None:
    pair = (121.47, 31.23, 121.60, 31.05)
    assert round(metres_apart(*pair), 6) == round(float(geodesic_m(*pair)), 6)
