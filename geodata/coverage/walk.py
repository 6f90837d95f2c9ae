"""Walking distance, estimated: geodesic metres times a detour factor, until a network is loaded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from geodata.coverage.cells import candidates
from geodata.geodesy import geodesic_m, in_space, metres_per_degree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DETOUR = 1.3
WALK_KMH = 4.0
# Rough distances preselect pairs; the walk itself is then measured along the ellipsoid.
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
    here, there = demand[of_demand], supply[of_supply]
    if not len(here) or not len(there):
        return Pairs(*_empty())
    # A cell needs a size, for a radius of nothing too.
    reach_m = max(radius_m / detour * CHORD_SLACK, 1.0)
    least = _least_metres_per_degree(here, there)
    pieces = []
    for i, j in candidates(here, there, (reach_m / least[0], reach_m / least[1])):
        near = _roughly(here, there, i, j, least) <= reach_m**2
        a, b = i[near], j[near]
        walk_m = detour * geodesic_m(here[a, 0], here[a, 1], there[b, 0], there[b, 1])
        within = walk_m <= radius_m
        pieces.append((of_demand[a[within]], of_supply[b[within]], walk_m[within]))
    i, j, walk_m = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.argsort(i * len(supply) + j, kind="stable")
    return Pairs(i[order], j[order], walk_m[order])


def _least_metres_per_degree(here: Floats, there: Floats) -> tuple[float, float]:
    """What a degree of longitude and of latitude has at least between any of the points."""
    lats = np.abs([here[:, 1].min(), here[:, 1].max(), there[:, 1].min(), there[:, 1].max()])
    # Degrees of longitude shrink towards the poles, those of latitude towards the equator.
    return float(metres_per_degree(lats.max())[0]), float(metres_per_degree(0.0)[1])


def _roughly(here: Floats, there: Floats, i: Ints, j: Ints, least: tuple[float, float]) -> Floats:
    """Square metres of each pair, never more than the true ones; cheaper than those."""
    east_m = (here[i, 0] - there[j, 0]) * least[0]
    north_m = (here[i, 1] - there[j, 1]) * least[1]
    square: Floats = east_m * east_m + north_m * north_m
    return square


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
