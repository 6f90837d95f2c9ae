"""Walking distance, estimated: geodesic metres times a detour factor, until a network is loaded."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

DETOUR = 1.3
WALK_KMH = 4.0
# WGS-84 ellipsoid.
SEMI_MAJOR_M = 6378137.0
ECCENTRICITY2 = 0.00669437999014
# Chords preselect pairs; the walk itself is then measured along the ellipsoid.
CHORD_SLACK = 1.0001


def minutes_to_m(minutes: ArrayLike, *, speed_kmh: float = WALK_KMH) -> NDArray[np.float64]:
    """Network metres walked in so many minutes."""
    return np.asarray(minutes, dtype=np.float64) * speed_kmh * 1000.0 / 60.0


def geodesic_m(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> NDArray[np.float64]:
    """Metres between WGS-84 positions, elementwise with broadcasting.

    Uses the ellipsoid's radii at the middle latitude: within 1e-6 of the true geodesic up to
    20 km, which is finer than any position here.
    """
    lon1, lat1, lon2, lat2 = (np.asarray(v, dtype=np.float64) for v in (lon1, lat1, lon2, lat2))
    east_m, north_m = metres_per_degree((lat1 + lat2) / 2.0)
    result: NDArray[np.float64] = np.hypot((lon2 - lon1) * east_m, (lat2 - lat1) * north_m)
    return result


def metres_per_degree(lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of one degree of longitude and of latitude at a latitude."""
    phi = np.radians(np.asarray(lat, dtype=np.float64))
    bend = 1.0 - ECCENTRICITY2 * np.sin(phi) ** 2
    across = SEMI_MAJOR_M / np.sqrt(bend)
    along = SEMI_MAJOR_M * (1.0 - ECCENTRICITY2) / bend**1.5
    return np.radians(across * np.cos(phi)), np.radians(along)


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
    trees = [cKDTree(_space(points)) for points in (demand[of_demand], supply[of_supply])]
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
    _, found = cKDTree(_space(supply[of_supply])).query(_space(demand[of_demand]))
    best = of_supply[found]
    index[of_demand] = best
    here, there = demand[of_demand], supply[best]
    walk_m[of_demand] = detour * geodesic_m(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    return index, walk_m


def _finite(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.isfinite(points).all(axis=1))


def _space(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres in three dimensions on the ellipsoid: chords order as walks do, without distortion."""
    lon, lat = np.radians(points).T
    across = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY2 * np.sin(lat) ** 2)
    return np.column_stack(
        [
            across * np.cos(lat) * np.cos(lon),
            across * np.cos(lat) * np.sin(lon),
            across * (1.0 - ECCENTRICITY2) * np.sin(lat),
        ]
    )


def _empty() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
