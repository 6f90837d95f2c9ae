"""Two-step floating catchment areas: supply shared among all who can reach it (Luo & Qi 2009)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.walk import Pairs

# Enhanced 2SFCA: weight by distance band, upper bounds in walking metres.
BANDS: tuple[tuple[float, float], ...] = ((300.0, 1.0), (500.0, 0.68), (1000.0, 0.22))


def band_weights(walk_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weight of each distance; beyond the last band 0."""
    bounds = np.array([bound for bound, _ in BANDS])
    weights = np.array([weight for _, weight in BANDS] + [0.0])
    result: NDArray[np.float64] = weights[np.searchsorted(bounds, walk_m, side="left")]
    return result


@dataclass(frozen=True)
class Access:
    """Per supply the weighted demand it serves; per demand the supply each unit of it gets."""

    demand_in_reach: NDArray[np.float64]
    access: NDArray[np.float64]

    @property
    def idle(self) -> NDArray[np.bool_]:
        """Supplies that no demand reaches."""
        return np.asarray(self.demand_in_reach == 0, dtype=np.bool_)


def two_step(
    demand: NDArray[np.float64],
    supply: NDArray[np.float64],
    pairs: Pairs,
    weight: NDArray[np.float64],
) -> Access:
    """Access per unit of demand. Σ demand x access is the supply that is reached.

    A demand that reaches nothing has access 0; a supply nobody reaches is idle, never infinite.
    """
    i, j = pairs.demand, pairs.supply
    reach = _summed(j, demand[i] * weight, len(supply))
    ratio = np.divide(supply, reach, out=np.zeros(len(supply)), where=reach > 0)
    return Access(reach, _summed(i, ratio[j] * weight, len(demand)))


def _summed(at: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    # Without any pair numpy would count in integers.
    return np.bincount(at, weights=values, minlength=size).astype(np.float64)
