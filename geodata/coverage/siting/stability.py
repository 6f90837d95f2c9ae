"""How often each pick stays when what was assumed is a little different."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.inputs import Ground, question_on
from geodata.coverage.siting.problem import Floats, Question
from geodata.geodesy import metres_per_degree

# An error radius holds nine times in ten; for a round normal cloud that is so many sigmas.
_SIGMAS = float(np.sqrt(-2.0 * np.log(0.1)))


@dataclass(frozen=True, slots=True)
class Doubts:
    """How far each assumption may be off: the radius and the detour factor evenly within ±,
    worker counts by a factor with this standard deviation, positions by their own error radius.
    """

    radius: float = 0.2
    detour: float = 0.1
    workers: float = 0.2
    positions: bool = True


@dataclass(frozen=True)
class Stability:
    """For each candidate the share of draws that chose it, and how many draws had an answer."""

    kept: Floats
    draws: int
    impossible: int


def stability(
    ground: Ground,
    rules: Question,
    *,
    doubts: Doubts,
    draws: int = 50,
    seed: int = 0,
    pose: Callable[[Ground, Question], Question] = question_on,
    go: Callable[[], bool] = lambda: True,
) -> Stability:
    """Ask the same question of many grounds drawn at random; the same seed draws the same ones.

    `pose` makes the question of a ground, by default whom new sites can add; `go` is asked before
    each draw, and `draws` of the result says how many there were.

    Each is answered by exchange (within a per cent or two of the proof), which is what makes
    fifty of them affordable.
    """
    counts = np.zeros(len(ground.candidates))
    impossible = 0
    source = np.random.default_rng(seed)
    drawn = 0
    while drawn < draws and go():
        drawn += 1
        chosen = greedy(pose(_drawn(ground, doubts, source), rules))
        if chosen is None:
            impossible += 1
        else:
            counts[list(chosen)] += 1.0
    answered = drawn - impossible
    return Stability(counts / answered if answered else counts, drawn, impossible)


def _drawn(ground: Ground, doubts: Doubts, source: np.random.Generator) -> Ground:
    factor = source.uniform(1.0 - doubts.radius, 1.0 + doubts.radius)
    detour = max(1.0, ground.detour * source.uniform(1.0 - doubts.detour, 1.0 + doubts.detour))
    spread = source.lognormal(-(doubts.workers**2) / 2.0, doubts.workers, len(ground.workers))
    moved = replace(
        ground,
        radius_m=ground.radius_m * factor,
        detour=detour,
        workers=ground.workers * spread,
    )
    if not doubts.positions:
        return moved
    return replace(
        moved,
        demand=_shaken(ground.demand, ground.demand_error_m, source),
        candidates=_shaken(ground.candidates, ground.candidate_error_m, source),
        existing=_shaken(ground.existing, ground.existing_error_m, source),
    )


def _shaken(points: Floats, error_m: Floats, source: np.random.Generator) -> Floats:
    if not len(points):
        return points
    east_m, north_m = metres_per_degree(points[:, 1])
    off = source.normal(size=points.shape) * (error_m / _SIGMAS)[:, None]
    return points + off / np.column_stack([east_m, north_m])
