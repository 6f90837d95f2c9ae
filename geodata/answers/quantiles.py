"""How far the nearest counted point is, group by group.

A quantile is the smallest walk within which at least that share of the sites, or of their
workers, lies: an observed distance, the same in whatever order sites come.
"""

from dataclasses import dataclass

import numpy as np

from geodata.answers.coded import Codes
from geodata.arrays import Floats

# Sums of weights may miss a share of theirs by rounding.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Walks:
    """Metres to the nearest counted point: over sites, and weighted by workers; None if none."""

    sites: int
    median_m: float | None
    p90_m: float | None
    worker_median_m: float | None
    worker_p90_m: float | None
    worker_mean_m: float | None


def walks(walk_m: Floats, workers: Floats, codes: Codes, size: int) -> tuple[Walks, ...]:
    """The walks of each group; NaN is a site that reaches nothing or is not placed."""
    known = np.flatnonzero(~np.isnan(walk_m))
    order = known[np.lexsort((walk_m[known], codes[known]))]
    sorted_m, group = walk_m[order], codes[order]
    heads = np.nan_to_num(workers[order])
    total_m = np.bincount(group, weights=heads * sorted_m, minlength=size)
    people = np.bincount(group, weights=heads, minlength=size)
    ones = np.ones(len(order))
    columns = (
        np.bincount(group, minlength=size).tolist(),
        *(_quantile(sorted_m, w, group, size, q) for w in (ones, heads) for q in (0.5, 0.9)),
        [float(t / p) if p else None for t, p in zip(total_m, people, strict=True)],
    )
    return tuple(Walks(*row) for row in zip(*columns, strict=True))


def _quantile(
    sorted_m: Floats, weight: Floats, group: Codes, size: int, share: float
) -> list[float | None]:
    """One quantile a group; rows are sorted by group, then by distance."""
    run = np.concatenate([[0.0], np.cumsum(weight)])
    first = np.searchsorted(group, np.arange(size))
    last = np.searchsorted(group, np.arange(size), side="right")
    total = run[last] - run[first]
    goal = run[first] + share * total - _SLACK * total
    at = np.searchsorted(run, goal, side="left") - 1
    return [
        float(sorted_m[max(a, f)]) if t > 0 else None
        for a, f, t in zip(at, first, total, strict=True)
    ]
