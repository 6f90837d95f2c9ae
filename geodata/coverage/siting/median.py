"""The p-median: p sites with the least total walk, by exchange, a Lagrangian bound and a proof.

The bound (Cornuéjols, Fisher & Nemhauser 1977) is nearly exact on these problems; the price it
puts on each candidate leaves few of them open, and over those the solver proves the optimum in
the radius formulation (Elloumi 2010).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array

from geodata.coverage.siting.covering import Answer, Run
from geodata.coverage.siting.mip import Programme, Status, Watch, solved
from geodata.coverage.siting.problem import Floats, Ints

_ROUNDS = 600
_PATIENCE = 15
_TINY = 1e-6
# Entries of the cost table worked on at once; bounds the memory of one exchange.
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Bound:
    """No p sites cost less than `least`; `price` is what each candidate adds to it."""

    least: float
    price: Floats
    sites: Ints


def p_median(
    cost: Floats,
    sites: int,
    *,
    seed: int = 0,
    time_limit_s: float = 60.0,
    watch: Watch | None = None,
) -> Answer:
    """The `sites` candidates with the least Σ of each demand's cheapest cost.

    `cost` (n, m) is workers × metres, finite. `value` and `bound` are minus that sum.
    """
    run = Run.start(time_limit_s, watch)
    if not 0 < sites <= cost.shape[1]:
        return Answer(Status.INFEASIBLE, (), -np.inf, -np.inf)
    chosen = first = exchanged(cost, added(cost, sites))
    run.tell("greedy", -total(cost, chosen), np.inf)
    bound = lagrangian(cost, sites, total(cost, chosen))
    draws = np.random.default_rng(seed)
    starts = [bound.sites, *(draws.choice(cost.shape[1], sites, replace=False) for _ in range(4))]
    for start in starts:
        if run.left_s <= 0 or run.stopped:
            break
        chosen = min(chosen, exchanged(cost, start), key=lambda some: total(cost, some))
    bound = max(bound, lagrangian(cost, sites, total(cost, chosen)), key=lambda one: one.least)
    run.tell("bound", -total(cost, chosen), -bound.least)
    known = _answer(cost, chosen, bound.least, first)
    if known.status is Status.OPTIMAL or run.stopped:
        return known if not run.stopped else replace(known, status=Status.CANCELLED)
    return _proved(cost, sites, known, bound, run)


def total(cost: Floats, chosen: Ints) -> float:
    """The total walk when each demand goes to the cheapest of the chosen."""
    return float(cost[:, chosen].min(axis=1).sum())


def _answer(cost: Floats, chosen: Ints, least: float, first: Ints) -> Answer:
    value = total(cost, chosen)
    if (cost % 1 == 0).all():
        least = float(np.ceil(least - _TINY * max(1.0, abs(least))))
    proved = value <= least + 1e-9 * max(1.0, abs(value))
    status = Status.OPTIMAL if proved else Status.GAP
    picks = tuple(sorted(chosen.tolist()))
    return Answer(status, picks, -value, -value if proved else -least, tuple(first.tolist()))


def added(cost: Floats, sites: int) -> Ints:
    """One site after another, each the one that saves most: a first choice."""
    nearest = np.full(cost.shape[0], float(cost.max()) * 2.0 + 1.0)
    chosen: list[int] = []
    for _ in range(sites):
        saved = np.zeros(cost.shape[1])
        for rows in _blocks(cost):
            saved += np.maximum(nearest[rows, None] - cost[rows], 0.0).sum(axis=0)
        saved[chosen] = -1.0
        chosen.append(int(np.argmax(saved)))
        nearest = np.minimum(nearest, cost[:, chosen[-1]])
    return np.array(chosen, dtype=np.int64)


def exchanged(cost: Floats, chosen: Ints) -> Ints:
    """Exchange the best pair again and again until none helps (Whitaker 1983)."""
    chosen = chosen.copy()
    while True:
        change = _changes(cost, chosen)
        change[:, chosen] = np.inf
        place, candidate = divmod(int(np.argmin(change)), cost.shape[1])
        if change[place, candidate] > -1e-9:
            return np.sort(chosen)
        chosen[place] = candidate


def _changes(cost: Floats, chosen: Ints) -> Floats:
    """(p, m): how the total changes when a candidate takes the place of a chosen one."""
    first, nearest, second = _two_nearest(cost[:, chosen])
    change = np.zeros((len(chosen), cost.shape[1]))
    for rows in _blocks(cost):
        here, one, two = cost[rows], nearest[rows, None], second[rows, None]
        saved = np.maximum(one - here, 0.0)
        change -= saved.sum(axis=0)
        # Who loses the nearest goes to the second or to the new one, whichever is nearer.
        lost = np.minimum(two, here) - one + saved
        order = np.argsort(first[rows], kind="stable")
        starts = np.flatnonzero(np.diff(first[rows][order], prepend=-1))
        change[first[rows][order][starts]] += np.add.reduceat(lost[order], starts, axis=0)
    return change


def _two_nearest(cost: Floats) -> tuple[Ints, Floats, Floats]:
    first = np.argmin(cost, axis=1)
    rows = np.arange(len(cost))
    nearest = cost[rows, first]
    if cost.shape[1] == 1:
        return first, nearest, np.full(len(cost), np.inf)
    others = cost.copy()
    others[rows, first] = np.inf
    return first, nearest, others.min(axis=1)


def _blocks(cost: Floats) -> list[slice]:
    step = max(1, _BLOCK // cost.shape[1])
    return [slice(start, start + step) for start in range(0, len(cost), step)]


def lagrangian(cost: Floats, sites: int, known: float) -> Bound:
    """A bound by subgradient steps from the second nearest costs towards a `known` total."""
    multiplier = np.partition(cost, min(1, cost.shape[1] - 1), axis=1)[:, min(1, cost.shape[1] - 1)]
    best = Bound(-np.inf, np.zeros(cost.shape[1]), np.arange(sites))
    held, step, idle = multiplier, 2.0, 0
    for _ in range(_ROUNDS):
        saved = np.minimum(cost - multiplier[:, None], 0.0)
        price = saved.sum(axis=0)
        opened = np.argpartition(price, sites - 1)[:sites]
        least = float(multiplier.sum() + price[opened].sum())
        if least > best.least + _TINY:
            best, held, idle = Bound(least, price, np.sort(opened)), multiplier, 0
        elif (idle := idle + 1) >= _PATIENCE:
            step, idle, multiplier = step / 1.5, 0, held
            continue
        slope = 1.0 - (saved[:, opened] < 0).sum(axis=1)
        length = float((slope**2).sum())
        if length == 0 or known - best.least < _TINY or step < 1e-4:
            break
        multiplier = multiplier + step * (1.02 * known - least) / length * slope
    return best


def _proved(cost: Floats, sites: int, known: Answer, bound: Bound, run: Run) -> Answer:
    """Let the solver choose among the candidates the bound's prices leave open."""
    keep, must = _left_open(sites, known, bound)
    if len(keep) == sites:
        return replace(known, status=Status.OPTIMAL, bound=known.value)
    programme = _radius_programme(cost[:, keep], sites, np.isin(keep, must))
    start = _radius_start(cost[:, keep], sites, np.isin(keep, known.chosen))
    found = solved(programme, time_limit_s=run.left_s, start=start, stage="proof", watch=run.hear)
    chosen = np.asarray(known.chosen)
    if np.isfinite(found.value):
        chosen = min(chosen, keep[found.x[: len(keep)] > 0.5], key=lambda some: total(cost, some))
    value = -total(cost, chosen)
    # What was shut out costs at least what was known.
    best = max(value, -bound.least)
    done = found.status is Status.OPTIMAL
    status = Status.OPTIMAL if done else found.status
    if status is Status.NOTHING:
        status = Status.GAP
    return Answer(status, tuple(chosen.tolist()), value, value if done else best, known.first)


def _left_open(sites: int, known: Answer, bound: Bound) -> tuple[Ints, Ints]:
    """The candidates a better choice may hold, and those it must hold."""
    room = -known.value - bound.least + _TINY * max(1.0, abs(known.value))
    order = np.sort(bound.price)
    last_in, first_out = order[sites - 1], order[min(sites, len(order) - 1)]
    keep = np.flatnonzero(
        (bound.price - last_in <= room) | np.isin(np.arange(len(order)), known.chosen)
    )
    must = np.flatnonzero(first_out - bound.price > room)
    return keep, must


@dataclass(frozen=True)
class Rings:
    """Each demand's distinct costs in order: ring k holds the candidates at its kth cost.

    One row of `member` pairs (ring, candidate); `step` is what it costs when no site lies within.
    """

    member: tuple[Ints, Ints]
    inner: NDArray[np.bool_]
    level: Floats
    step: Floats
    demand: Ints


def _rings(cost: Floats, sites: int) -> Rings:
    # With so many sites open, no demand is served from beyond this many candidates.
    reach = cost.shape[1] - sites + 1
    order = np.argsort(cost, axis=1, kind="stable")[:, :reach]
    sorted_cost = np.take_along_axis(cost, order, axis=1)
    level = np.cumsum(np.diff(sorted_cost, axis=1, prepend=sorted_cost[:, :1]) > 0, axis=1)
    rings = level[:, -1]
    offset = np.concatenate([[0], np.cumsum(rings)])
    demand, place = np.nonzero(level < rings[:, None])
    ring = offset[demand] + level[demand, place]
    ends = np.flatnonzero(np.diff(ring, append=-1))
    here, there = sorted_cost[demand, place][ends], sorted_cost[demand[ends], place[ends] + 1]
    return Rings(
        member=(ring, order[demand, place]),
        inner=level[demand, place][ends] == 0,
        level=here,
        step=there - here,
        demand=demand[ends],
    )


def _radius_programme(cost: Floats, sites: int, must: NDArray[np.bool_]) -> Programme:
    """Maximise minus the steps of the rings that hold no site within them."""
    rings, count = _rings(cost, sites), cost.shape[1]
    rows = np.arange(len(rings.step))
    outer = rows[~rings.inner]
    at = (
        np.concatenate([rings.member[0], rows, outer]),
        np.concatenate([rings.member[1], count + rows, count + outer - 1]),
    )
    weights = np.concatenate([np.ones(len(rings.member[0]) + len(rows)), -np.ones(len(outer))])
    size = count + len(rows)
    link = csr_array((weights, at), shape=(len(rows), size))
    chosen = csr_array((np.arange(size) < count).astype(np.float64)[None, :])
    return Programme(
        cost=np.concatenate([np.zeros(count), -rings.step]),
        matrix=csr_array(block_array([[link], [chosen]])),
        low=np.append(rings.inner.astype(np.float64), sites),
        high=np.append(np.full(len(rows), np.inf), sites),
        lower=np.concatenate([must.astype(np.float64), np.zeros(len(rows))]),
        upper=np.ones(size),
        integer=np.arange(size) < count,
    )


def _radius_start(cost: Floats, sites: int, chosen: NDArray[np.bool_]) -> Floats:
    rings = _rings(cost, sites)
    nearest = cost[:, chosen].min(axis=1)
    beyond = rings.level < nearest[rings.demand]
    return np.concatenate([chosen.astype(np.float64), beyond.astype(np.float64)])
