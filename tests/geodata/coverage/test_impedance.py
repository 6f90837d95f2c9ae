"""What a walk is worth under each impedance."""

import numpy as np
import pytest

from geodata.coverage.impedance import binary, exponential, gaussian


def test_binary_holds_its_limit() -> None:
    assert binary(np.array([0.0, 999.9, 1000.0, 1000.1]), 1000.0).tolist() == [1, 1, 1, 0]


def test_exponential_and_gaussian_fall_from_one() -> None:
    walks = np.array([0.0, 10.0, 20.0])
    assert exponential(walks, 0.1) == pytest.approx([1.0, np.exp(-1), np.exp(-2)])
    assert gaussian(walks, 10.0) == pytest.approx([1.0, np.exp(-0.5), np.exp(-2)])


def test_a_weight_too_small_to_divide_by_is_nothing() -> None:
    assert exponential(np.array([1.0, 1e3, 1e9]), 1.0).tolist() == [np.exp(-1.0), 0.0, 0.0]
    assert gaussian(np.array([1e3, 1e9]), 1.0).tolist() == [0.0, 0.0]
