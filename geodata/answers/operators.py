"""Who runs the health points, and how many workers each operator's points serve."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import SENSITIVITY_M, Answer
from geodata.answers.coded import Codes
from geodata.answers.standing import standing
from geodata.coverage import gaps


@dataclass(frozen=True, slots=True)
class Reached:
    """Workers in reach of an operator's counted points under another radius."""

    radius_m: float
    workers: int


@dataclass(frozen=True, slots=True)
class OperatorCut:
    """One operator: its health points, those that count, their half-days a week.

    `workers` have a counted point of it in reach, `alone` no other operator's; operators share
    workers, so that sums exceed the city's.
    """

    operator: str
    points: int
    counted: int
    half_days: float
    workers: int
    alone: int
    beside: tuple[Reached, ...]


def by_operator(answer: Answer) -> tuple[OperatorCut, ...]:
    """Every operator, the one with most workers first; "" is not stated."""
    stands, points = answer.standing, answer.city.points
    codes, size = points.operator.codes[stands.rows], len(points.operator.labels)
    counts = stands.counts
    given = points.half_days[stands.rows]
    held = np.where(np.isnan(given), gaps.UNKNOWN_HALF_DAYS, given)
    workers, alone = _served(answer, codes, answer.asked.radius_m)
    others = {radius_m: _served(answer, codes, radius_m)[0] for radius_m in SENSITIVITY_M}
    columns = (
        points.operator.labels,
        np.bincount(codes, minlength=size).tolist(),
        np.bincount(codes[counts], minlength=size).tolist(),
        np.bincount(codes[counts], weights=held[counts], minlength=size).tolist(),
        workers,
        alone,
        [tuple(Reached(r, reached[n]) for r, reached in others.items()) for n in range(size)],
    )
    rows = (OperatorCut(*row) for row in zip(*columns, strict=True))
    return tuple(sorted((r for r in rows if r.points), key=lambda r: (-r.workers, r.operator)))


def _served(answer: Answer, codes: Codes, radius_m: float) -> tuple[list[int], list[int]]:
    """Workers in reach of each operator's counted points, and in reach of no other's."""
    city, pairs = answer.city, answer.pairs
    size = max(1, len(city.points.operator.labels))
    counts = standing(city, answer.asked, radius_m=radius_m).counts
    placed = gaps.placed_well_enough(city.sites.error_m, radius_m)
    use = (pairs.walk_m <= radius_m) & counts[pairs.supply] & placed[pairs.demand]
    hit = np.zeros(len(city.sites.id) * size, np.bool_)
    hit[pairs.demand[use] * size + codes[pairs.supply[use]]] = True
    site, operator = np.divmod(np.flatnonzero(hit), size)
    operators = np.bincount(site, minlength=len(city.sites.id))
    heads = np.nan_to_num(city.sites.workers)[site]
    only = operators[site] == 1
    everyone = np.bincount(operator, weights=heads, minlength=size)
    few = np.bincount(operator[only], weights=heads[only], minlength=size)
    return [int(n) for n in everyone], [int(n) for n in few]
