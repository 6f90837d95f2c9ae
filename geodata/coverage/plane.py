"""The same questions for arrays that are in metres already, on a plane."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def nearest_in_metres(demand: Floats, supply: Floats) -> tuple[Ints, Floats]:
    """For each demand (n, 2) the nearest supply (m, 2) and the straight metres to it.

    -1 and infinity where there is none; a row of NaN is nowhere.
    """
    of_demand, of_supply = _finite(demand), _finite(supply)
    index, metres = np.full(len(demand), -1, dtype=np.int64), np.full(len(demand), np.inf)
    if len(of_demand) and len(of_supply):
        # Built for one use: a tree that need not be compact is ready sooner.
        tree = cKDTree(supply[of_supply], balanced_tree=False, compact_nodes=False)
        metres[of_demand], found = tree.query(demand[of_demand])
        index[of_demand] = of_supply[found]
    return index, metres


def _finite(points: Floats) -> Ints:
    return np.flatnonzero(np.isfinite(points).all(axis=1))
