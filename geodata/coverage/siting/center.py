"""The p-center: p sites whose farthest demand is nearest, by the least radius that suffices."""

import numpy as np

from geodata.coverage.siting.covering import Answer, Run, set_covering
from geodata.coverage.siting.mip import Status, Watch
from geodata.coverage.siting.problem import Cover, Floats, Ints


def p_center(
    cost: Floats, sites: int, *, time_limit_s: float = 60.0, watch: Watch | None = None
) -> Answer:
    """The `sites` candidates with the least largest walk; cost (n, m) in metres, finite.

    `value` and `bound` are minus that walk. Each radius between is tried by a set covering.
    """
    run = Run.start(time_limit_s, watch)
    if not 0 < sites <= cost.shape[1]:
        return Answer(Status.INFEASIBLE, (), -np.inf, -np.inf)
    radii = np.unique(cost)
    chosen = first = spread(cost, sites)
    # Nothing is nearer than each demand's own nearest candidate.
    low = int(np.searchsorted(radii, cost.min(axis=1).max()))
    high = _place(radii, cost, chosen)
    while low < high and run.left_s > 0 and not run.stopped:
        run.tell("radius", -float(radii[high]), -float(radii[low]))
        middle = (low + high) // 2
        demand, site = np.nonzero(cost <= radii[middle])
        near = Cover.of(demand, site, (cost.shape[0], cost.shape[1]))
        found = set_covering(near, time_limit_s=run.left_s, watch=lambda _: not run.stopped)
        if found.chosen and len(found.chosen) <= sites:
            chosen = np.array(found.chosen, dtype=np.int64)
            high = _place(radii, cost, chosen)
        elif found.status is Status.OPTIMAL or -found.bound > sites + 1e-6:
            low = middle + 1
        else:
            break
    proved = low >= high
    status = Status.OPTIMAL if proved else Status.CANCELLED if run.stopped else Status.GAP
    picks = tuple(sorted(_filled(cost, chosen, sites).tolist()))
    value = -float(radii[high])
    return Answer(status, picks, value, -float(radii[low]), tuple(first.tolist()))


def spread(cost: Floats, sites: int) -> Ints:
    """A first choice: the best single site, then whichever serves the farthest demand."""
    chosen = [int(np.argmin(cost.max(axis=0)))]
    walk = cost[:, chosen[0]].copy()
    while len(chosen) < sites:
        farthest = int(np.argmax(walk))
        choice = np.where(np.isin(np.arange(cost.shape[1]), chosen), np.inf, cost[farthest])
        chosen.append(int(np.argmin(choice)))
        walk = np.minimum(walk, cost[:, chosen[-1]])
    return np.array(chosen, dtype=np.int64)


def _place(radii: Floats, cost: Floats, chosen: Ints) -> int:
    return int(np.searchsorted(radii, cost[:, chosen].min(axis=1).max()))


def _filled(cost: Floats, chosen: Ints, sites: int) -> Ints:
    """So many sites as were asked for, the spare ones where they shorten the total most."""
    picked = list(chosen)
    while len(picked) < sites:
        nearest = cost[:, picked].min(axis=1, keepdims=True)
        saved = np.maximum(nearest - cost, 0.0).sum(axis=0)
        saved[picked] = -1.0
        picked.append(int(np.argmax(saved)))
    return np.array(picked, dtype=np.int64)
