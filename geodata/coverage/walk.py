"""Walking distance, estimated: geodesic metres times a detour factor, until a network is loaded."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from geodata.geodesy import geodesic_m, in_space

DETOUR = 1.3
WALK_KMH = 4.0
# Chords preselect pairs; the walk itself is then measured along the ellipsoid.
CHORD_SLACK = 1.0001


def minutes_to_m(minutes: ArrayLike, *, speed_kmh: float = WALK_KMH) -> NDArray[np.float64]:
    """Network metres walked in so many minutes."""
    return np.asarray(minutes, dtype=np.float64) * speed_kmh * 1000.0 / 60.0


@dataclass(frozen=True)
class Pairs:
    """Which supply is in reach of which demand: `walk_m[k]` from `demand[k]` to `supply[k]`."""

    demand: NDArray[np.int64]
    supply: NDArray[np.int64]
    walk_m: NDArray[np.float64]


def pairs_within(
    demand: NDArray[np.float64],
    supply: NDArray[np.float64],
    radius_m: float,
    *,
    detour: float = DETOUR,
) -> Pairs:
    """All pairs with walk_m <= radius_m; demand (n, 2) and supply (m, 2) hold lon, lat.

    A row of NaN is in no pair.
    """
    of_demand, of_supply = _finite(demand), _finite(supply)
    if not len(of_demand) or not len(of_supply):
        return Pairs(*_empty())
    trees = [cKDTree(in_space(points)) for points in (demand[of_demand], supply[of_supply])]
    near: Any = trees[0].sparse_distance_matrix(
        trees[1], radius_m / detour * CHORD_SLACK, output_type="ndarray"
    )
    i, j = of_demand[near["i"]], of_supply[near["j"]]
    walk_m = detour * geodesic_m(demand[i, 0], demand[i, 1], supply[j, 0], supply[j, 1])
    within = np.flatnonzero(walk_m <= radius_m)
    order = within[np.lexsort((j[within], i[within]))]
    return Pairs(i[order], j[order], walk_m[order])


def nearest(
    demand: NDArray[np.float64], supply: NDArray[np.float64], *, detour: float = DETOUR
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each demand the nearest supply and its walk; -1 and infinity where there is none."""
    index = np.full(len(demand), -1, dtype=np.int64)
    walk_m = np.full(len(demand), np.inf)
    of_demand, of_supply = _finite(demand), _finite(supply)
    if not len(of_demand) or not len(of_supply):
        return index, walk_m
    _, found = cKDTree(in_space(supply[of_supply])).query(in_space(demand[of_demand]))
    best = of_supply[found]
    index[of_demand] = best
    here, there = demand[of_demand], supply[best]
    walk_m[of_demand] = detour * geodesic_m(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    return index, walk_m


def _finite(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.isfinite(points).all(axis=1))


def _empty() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
