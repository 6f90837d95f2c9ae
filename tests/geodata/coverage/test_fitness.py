"""Fitness stations by zone."""

import numpy as np
import pytest

from geodata.coverage.fitness import rates

NAN = np.nan


def test_each_zone_against_the_city() -> None:
    found = rates(np.array([6.0, 2.0, 0.0]), np.array([100_000.0, 200_000.0, 100_000.0]))
    assert found.zone.tolist() == [6.0, 1.0, 0.0]
    assert found.city == 2.0
    assert found.quotient.tolist() == [3.0, 0.5, 0.0]


def test_a_zone_of_unknown_workers_is_in_no_rate() -> None:
    found = rates(np.array([6.0, 3.0, 2.0]), np.array([200_000.0, NAN, 0.0]))
    assert found.zone == pytest.approx([3.0, NAN, NAN], nan_ok=True)
    assert (found.city, found.quotient[0]) == (3.0, 1.0)
    assert np.isnan(found.quotient[1:]).all()


def test_a_city_without_stations_or_workers_has_no_quotient() -> None:
    assert np.isnan(rates(np.array([0.0]), np.array([5.0])).quotient).all()
    assert np.isnan(rates(np.array([1.0]), np.array([NAN])).city)
