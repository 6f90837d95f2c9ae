"""Floating catchment areas: supply shared among all who can reach it.

Plain and enhanced two-step (Luo & Qi 2009), modified two-step (Delamater 2013), three-step (Wan
et al. 2012) and spatial availability (Soukhov et al. 2023). They differ in the weights alone; in
all but the modified one the demand receives exactly the supply that is reached.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.walk import Pairs

Floats = NDArray[np.float64]

# Enhanced 2SFCA: weight by distance band, upper bounds in walking metres.
BANDS: tuple[tuple[float, float], ...] = ((300.0, 1.0), (500.0, 0.68), (1000.0, 0.22))


def band_weights(walk_m: Floats, *, bands: tuple[tuple[float, float], ...] = BANDS) -> Floats:
    """The weight of each distance; beyond the last band 0."""
    bounds = np.array([bound for bound, _ in bands])
    weights = np.array([weight for _, weight in bands] + [0.0])
    result: Floats = weights[np.searchsorted(bounds, walk_m, side="left")]
    return result


@dataclass(frozen=True)
class Access:
    """Per supply the weighted demand it serves; per demand the supply each unit of it gets."""

    demand_in_reach: Floats
    access: Floats

    @property
    def idle(self) -> NDArray[np.bool_]:
        """Supplies that no demand reaches."""
        return np.asarray(self.demand_in_reach == 0, dtype=np.bool_)

    def ratio(self, supply: Floats) -> Floats:
        """Supply for each unit of weighted demand; NaN, undefined, where it is idle."""
        undefined = np.full(len(supply), np.nan)
        found: Floats = np.divide(supply, self.demand_in_reach, out=undefined, where=~self.idle)
        return found


def two_step(demand: Floats, supply: Floats, pairs: Pairs, weight: Floats) -> Access:
    """Access per unit of demand (2SFCA, or E2SFCA with weights by distance).

    Σ demand x access is the supply that is reached. A demand that reaches nothing has access 0; a
    supply nobody reaches is idle, never infinite.
    """
    return _shared(demand, supply, pairs, weight, weight)


def modified_two_step(demand: Floats, supply: Floats, pairs: Pairs, weight: Floats) -> Access:
    """Access that falls with the distance itself, A_i = Σ_j S_j f_ij² ÷ Σ_k W_k f_kj (M2SFCA).

    What nobody is near enough to use stays with the supply: the sum is not conserved.
    """
    return _shared(demand, supply, pairs, weight, weight**2)


def three_step(demand: Floats, supply: Floats, pairs: Pairs, weight: Floats) -> Access:
    """Access where a demand divides itself among its choices (3SFCA).

    Its weight towards each is G_ij f_ij with G_ij = f_ij ÷ Σ_j f_ij, in both steps.
    """
    choice = _summed(pairs.demand, weight, len(demand))[pairs.demand]
    chosen = np.divide(weight, choice, out=np.zeros(len(weight)), where=choice > 0) * weight
    return _shared(demand, supply, pairs, chosen, chosen)


def spatial_availability(
    demand: Floats, supply: Floats, pairs: Pairs, weight: Floats
) -> NDArray[np.float64]:
    """The supply each demand has for itself, V_i = Σ_j S_j · W_i f_ij ÷ Σ_k W_k f_kj."""
    available: Floats = demand * two_step(demand, supply, pairs, weight).access
    return available


def _shared(demand: Floats, supply: Floats, pairs: Pairs, pull: Floats, worth: Floats) -> Access:
    """Supply by the demand that pulls on it, given out by what each pair is worth."""
    i, j = pairs.demand, pairs.supply
    reach = _summed(j, demand[i] * pull, len(supply))
    ratio = np.divide(supply, reach, out=np.zeros(len(supply)), where=reach > 0)
    return Access(reach, _summed(i, ratio[j] * worth, len(demand)))


def _summed(at: NDArray[np.int64], values: Floats, size: int) -> Floats:
    # Without any pair numpy would count in integers.
    return np.bincount(at, weights=values, minlength=size).astype(np.float64)
