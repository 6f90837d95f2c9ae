"""Models with capacities: a site serves no more than it can, so a demand must be given to one.

A demand's workers may be split between sites, unless it goes whole to one (a group to a session).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array

from geodata.coverage.siting.covering import Answer, rule_rows
from geodata.coverage.siting.mip import Programme, Status, Watch, solved
from geodata.coverage.siting.problem import Floats, Rule
from geodata.coverage.walk import Pairs


@dataclass(frozen=True)
class Shared:
    """An answer with who is given to whom: `given[k]` of the demand of pair k, from 0 to 1."""

    answer: Answer
    given: Floats


@dataclass(frozen=True)
class Capacitated:
    """Who may be served by whom, and how much each site can take.

    `pairs` are the demands in reach of each candidate with their walk; sites that exist already
    are candidates that are `required`.
    """

    workers: Floats
    capacity: Floats
    pairs: Pairs
    rules: tuple[Rule, ...] = ()
    required: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()
    whole: bool = False


def capacitated_covering(
    question: Capacitated, *, time_limit_s: float = 60.0, watch: Watch | None = None
) -> Shared:
    """The choice that serves most workers within the capacities."""
    cost = question.workers[question.pairs.demand]
    return _solve(question, cost, served=(0.0, 1.0), time_limit_s=time_limit_s, watch=watch)


def capacitated_median(
    question: Capacitated, *, time_limit_s: float = 60.0, watch: Watch | None = None
) -> Shared:
    """Everybody served with the least Σ workers × metres; `value` is minus that sum."""
    cost = -question.workers[question.pairs.demand] * question.pairs.walk_m
    return _solve(question, cost, served=(1.0, 1.0), time_limit_s=time_limit_s, watch=watch)


def _solve(
    question: Capacitated,
    cost: Floats,
    *,
    served: tuple[float, float],
    time_limit_s: float,
    watch: Watch | None,
) -> Shared:
    programme = _programme(question, cost, served)
    found = solved(programme, time_limit_s=time_limit_s, stage="proof", watch=watch)
    count = len(question.capacity)
    if not np.isfinite(found.value):
        empty = np.zeros(len(question.pairs.demand))
        return Shared(Answer(found.status, (), -np.inf, found.bound), empty)
    chosen = tuple(np.flatnonzero(found.x[:count] > 0.5).tolist())
    given = np.clip(found.x[count:], 0.0, 1.0)
    given = np.round(given) if question.whole else given
    value = float(cost @ given)
    bound = value if found.status is Status.OPTIMAL else found.bound
    return Shared(Answer(found.status, chosen, value, bound), given)


def _programme(question: Capacitated, cost: Floats, served: tuple[float, float]) -> Programme:
    """x for sites, then one variable a pair: the share of its demand given to its site."""
    demand, site = question.pairs.demand, question.pairs.supply
    count, pairs = len(question.capacity), len(demand)
    numbers = np.arange(pairs)
    weights = question.workers[demand]
    shares = _rows(len(question.workers), (demand, count + numbers), np.ones(pairs), count + pairs)
    taken = _rows(count, (site, count + numbers), weights, count + pairs) - _rows(
        count, (np.arange(count), np.arange(count)), question.capacity, count + pairs
    )
    # Tighter than the capacity alone: nothing is given to a site that is not chosen.
    opened = _rows(pairs, (numbers, count + numbers), np.ones(pairs), count + pairs) - _rows(
        pairs, (numbers, site), np.ones(pairs), count + pairs
    )
    rules = rule_rows(question.rules, count, pairs)
    lower, upper = np.zeros(count + pairs), np.ones(count + pairs)
    lower[list(question.required)] = 1.0
    upper[list(question.forbidden)] = 0.0
    return Programme(
        cost=np.concatenate([np.zeros(count), cost]),
        matrix=csr_array(block_array([[shares], [taken], [opened], [rules]])),
        low=np.concatenate(
            [
                np.full(len(question.workers), served[0]),
                np.full(count + pairs, -np.inf),
                [rule.low for rule in question.rules],
            ]
        ),
        high=np.concatenate(
            [
                np.full(len(question.workers), served[1]),
                np.zeros(count + pairs),
                [rule.high for rule in question.rules],
            ]
        ),
        lower=lower,
        upper=upper,
        integer=(np.arange(count + pairs) < count) | question.whole,
    )


def _rows(
    rows: int, at: tuple[NDArray[np.integer], NDArray[np.integer]], weights: Floats, columns: int
) -> csr_array:
    return csr_array((weights, at), shape=(rows, columns))


def unserved(question: Capacitated, shared: Shared) -> Floats:
    """The workers of each demand that no site takes."""
    given = np.bincount(question.pairs.demand, shared.given, minlength=len(question.workers))
    left: Floats = question.workers * np.maximum(0.0, 1.0 - given)
    return left
