"""Access and the nearest of many, beside pysal's access, geopandas and scipy.

`python -m bench.access` takes some seconds and needs `pip install access geopandas`. Demands and
supplies lie at random over a city; every answer is compared with the peer's.
"""

import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from geodata.coverage.catchment import BANDS, band_weights, two_step
from geodata.coverage.plane import Floats, nearest_in_metres
from geodata.coverage.walk import Pairs, pairs_within

DEMANDS, SUPPLIES = 100_000, 10_000
WEST_SOUTH, EAST_NORTH = (120.9, 30.8), (121.9, 31.6)
SIDE_M = 90_000.0
REACH_M = 1000.0
ROUNDS = 5


def best_of(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and the least seconds it took."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        given = work()
        took.append(time.perf_counter() - began)
    return given, min(took)


def two_step_beside_access(draw: np.random.Generator) -> None:
    demand = draw.uniform(WEST_SOUTH, EAST_NORTH, (DEMANDS, 2))
    supply = draw.uniform(WEST_SOUTH, EAST_NORTH, (SUPPLIES, 2))
    workers = draw.integers(1, 500, DEMANDS).astype(np.float64)
    half_days = draw.integers(1, 5, SUPPLIES).astype(np.float64)

    def ours(*, weighted: bool) -> Floats:
        pairs = pairs_within(demand, supply, REACH_M)
        weight = band_weights(pairs.walk_m) if weighted else np.ones(len(pairs.walk_m))
        return two_step(workers, half_days, pairs, weight).access

    pairs = pairs_within(demand, supply, REACH_M)
    print(f"{DEMANDS:,} x {SUPPLIES:,}, {len(pairs.walk_m):,} pairs; access / ours, which")
    print("finds its pairs, while access is given them")
    for title, weighted in (("2SFCA by distance bands", True), ("2SFCA, all or nothing", False)):
        peer = with_access(workers, half_days, pairs, weighted=weighted)
        theirs, theirs_s = best_of(peer)
        given, ours_s = best_of(partial(ours, weighted=weighted))
        wrong = np.abs(theirs - given).max()
        print(f"  {title:40} {theirs_s / ours_s:6.1f}   (differs by {wrong:.0e})")


def with_access(
    workers: Floats, half_days: Floats, pairs: Pairs, *, weighted: bool
) -> Callable[[], Floats]:
    import pandas as pd  # noqa: PLC0415 - only this peer needs them
    from access import weights  # noqa: PLC0415
    from access.fca import two_stage_fca  # noqa: PLC0415

    demand = pd.DataFrame({"geoid": np.arange(len(workers)), "demand": workers})
    supply = pd.DataFrame({"geoid": np.arange(len(half_days)), "supply": half_days})
    cost = pd.DataFrame({"origin": pairs.demand, "dest": pairs.supply, "cost": pairs.walk_m})
    steps = weights.step_fn(dict(BANDS)) if weighted else None

    def work() -> Floats:
        found = two_stage_fca(demand, supply, cost, max_cost=REACH_M, weight_fn=steps)
        return np.asarray(found.reindex(np.arange(len(workers))).fillna(0.0), dtype=np.float64)

    return work


def nearest_beside_peers(draw: np.random.Generator) -> None:
    demand, supply = (draw.uniform(0, SIDE_M, (count, 2)) for count in (DEMANDS, SUPPLIES))
    (_, metres), ours_s = best_of(lambda: nearest_in_metres(demand, supply))
    (straight, _), tree_s = best_of(lambda: cKDTree(supply).query(demand))
    joined, join_s = best_of(with_geopandas(demand, supply))
    wrong = max(np.abs(metres - straight).max(), np.abs(metres - joined).max())
    print(f"nearest {DEMANDS:,} x {SUPPLIES:,} in metres, differs by {wrong:.0e}")
    print(f"  ours / scipy's cKDTree                   {ours_s / tree_s:6.2f}")
    print(f"  geopandas sjoin_nearest / ours           {join_s / ours_s:6.1f}")


def with_geopandas(demand: Floats, supply: Floats) -> Callable[[], Floats]:
    import geopandas as gpd  # noqa: PLC0415 - only this peer needs it

    left, right = (gpd.GeoDataFrame(geometry=gpd.points_from_xy(*at.T)) for at in (demand, supply))
    return lambda: np.asarray(gpd.sjoin_nearest(left, right, distance_col="m")["m"])


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    two_step_beside_access(np.random.default_rng(1))
    nearest_beside_peers(np.random.default_rng(2))
