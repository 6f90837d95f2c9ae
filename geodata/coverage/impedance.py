"""How much a walk is worth: 1 at the door, less and less with distance, 0 out of reach.

The bands of the enhanced two-step catchment are `geodata.coverage.catchment.band_weights`.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Below this a weight is nothing: dividing by sums of such would overflow.
_NOTHING = 1e-100


def binary(walk: Floats, reach: float) -> Floats:
    """1 within reach, the limit inside; 0 beyond. Both in one unit, metres or minutes."""
    return np.where(walk <= reach, 1.0, 0.0)


def exponential(walk: Floats, beta: float) -> Floats:
    """exp(-beta · walk); beta in 1/metre for metres, in 1/minute for minutes."""
    return _cut(np.exp(-beta * np.asarray(walk, dtype=np.float64)))


def gaussian(walk: Floats, sigma: float) -> Floats:
    """exp(-walk² / 2 sigma²), sigma in the unit of the walk."""
    return _cut(np.exp(-0.5 * (np.asarray(walk, dtype=np.float64) / sigma) ** 2))


def _cut(weight: Floats) -> Floats:
    return np.where(weight < _NOTHING, 0.0, weight)
