"""From places on the ground to a siting question: who is out of reach, and from where in reach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.coverage.siting.problem import Bools, Cover, Floats, Question
from geodata.coverage.walk import DETOUR, nearest, pairs_within
from geodata.geodesy import metres_per_degree


@dataclass(frozen=True)
class Ground:
    """Positions as lon, lat (·, 2), their error radii in metres, and the workers of each demand."""

    demand: Floats
    workers: Floats
    candidates: Floats
    existing: Floats
    demand_error_m: Floats
    candidate_error_m: Floats
    existing_error_m: Floats
    radius_m: float = 1000.0
    detour: float = DETOUR


def served_already(ground: Ground) -> Bools:
    """Which demands an existing site reaches."""
    _, walk_m = nearest(ground.demand, ground.existing, detour=ground.detour)
    return np.asarray(walk_m <= ground.radius_m, dtype=np.bool_)


def question_on(ground: Ground, rules: Question | None = None) -> Question:
    """What new sites can add: workers already served weigh nothing; `rules` lends its rules."""
    pairs = pairs_within(ground.demand, ground.candidates, ground.radius_m, detour=ground.detour)
    shape = (len(ground.demand), len(ground.candidates))
    cover = Cover.of(pairs.demand, pairs.supply, shape)
    workers = np.where(served_already(ground), 0.0, ground.workers)
    if rules is None:
        return Question(workers, cover)
    return replace(rules, workers=workers, cover=cover)


def grid_near(
    demand: Floats, wanted: Sequence[bool], *, spacing_m: float, reach_m: float
) -> Floats:
    """Points of a square grid (lon, lat) within `reach_m` in a straight line of wanted demands.

    Where no place is known to build in, planners can still see where one would be worth finding.
    """
    points = demand[np.asarray(wanted, dtype=np.bool_)]
    if not len(points):
        return np.empty((0, 2))
    east_m, north_m = metres_per_degree(float(points[:, 1].mean()))
    step = np.array([spacing_m / float(east_m), spacing_m / float(north_m)])
    reach = int(np.ceil(reach_m / spacing_m))
    around = np.stack(np.meshgrid(*[np.arange(-reach, reach + 1)] * 2), axis=-1).reshape(-1, 2)
    around = around[np.hypot(*around.T) * spacing_m <= reach_m]
    cells = np.round(points / step).astype(np.int64)
    grid: Floats = np.unique((cells[:, None, :] + around[None]).reshape(-1, 2), axis=0) * step
    return grid
