"""Who runs the health points, and how many workers each operator's points serve."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.coded import Codes
from geodata.coverage import gaps


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


def by_operator(answer: Answer) -> tuple[OperatorCut, ...]:
    """Every operator, the one with most workers first; "" is not stated."""
    stands, points = answer.standing, answer.city.points
    codes, size = points.operator.codes[stands.rows], len(points.operator.labels)
    counts = stands.counts
    given = points.half_days[stands.rows]
    held = np.where(np.isnan(given), gaps.UNKNOWN_HALF_DAYS, given)
    workers, alone = _served(answer, codes)
    columns = (
        points.operator.labels,
        np.bincount(codes, minlength=size).tolist(),
        np.bincount(codes[counts], minlength=size).tolist(),
        np.bincount(codes[counts], weights=held[counts], minlength=size).tolist(),
        workers,
        alone,
    )
    rows = (OperatorCut(*row) for row in zip(*columns, strict=True))
    return tuple(sorted((r for r in rows if r.points), key=lambda r: (-r.workers, r.operator)))


def _served(answer: Answer, codes: Codes) -> tuple[list[int], list[int]]:
    """Workers in reach of each operator's counted points, and in reach of no other's."""
    city, pairs = answer.city, answer.pairs
    size = len(city.points.operator.labels)
    placed = gaps.placed_well_enough(city.sites.error_m, answer.asked.radius_m)
    use = answer.standing.counts[pairs.supply] & placed[pairs.demand]
    each = np.unique(pairs.demand[use] * size + codes[pairs.supply[use]])
    site, operator = each // max(size, 1), each % max(size, 1)
    operators = np.bincount(site, minlength=len(city.sites.id))
    heads = np.nan_to_num(city.sites.workers)[site]
    only = operators[site] == 1
    everyone = np.bincount(operator, weights=heads, minlength=size)
    few = np.bincount(operator[only], weights=heads[only], minlength=size)
    return [int(n) for n in everyone], [int(n) for n in few]
