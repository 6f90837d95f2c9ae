"""Ways to lunch as a capacitated covering: which to pay for, where, so that most meals are met.

An own canteen, meal cabinets and delivery feed one site; a shared canteen or places in another's
canteen (搭伙) feed every site in walking reach of where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.coverage.siting.capacity import Capacitated
from geodata.coverage.siting.problem import Floats, Rule
from geodata.coverage.siting.rules import budget, only_one
from geodata.coverage.walk import Pairs


@dataclass(frozen=True, slots=True)
class Way:
    """One way to lunch at one place: its cost and its meals a day.

    `site` is the demand it stands at, -1 for none (an outlet that takes guests); `spot` is its
    place among the spots that walks are known from, -1 when it feeds its own site alone.
    """

    name: str
    site: int
    spot: int
    cost_10k: float
    meals: float


@dataclass(frozen=True)
class LunchOptions:
    """The capacitated question, and the way behind each of its candidates."""

    ways: tuple[Way, ...]
    question: Capacitated


def lunch_options(
    lacking: Floats,
    ways: Sequence[Way],
    near: Pairs,
    *,
    budget_10k: float,
    rivals: Sequence[tuple[str, str]] = (),
) -> LunchOptions:
    """Choose ways within a budget.

    Args:
        lacking: meals a day each site lacks (n,).
        ways: what may be paid for.
        near: pairs of site and spot in walking reach.
        budget_10k: what all may cost, in 10,000 yuan.
        rivals: names of ways of which a site takes one at most (an own or a shared canteen).
    """
    demand, supply, walk_m = [], [], []
    for number, way in enumerate(ways):
        if way.spot < 0:
            fed, walks = np.array([way.site]), np.zeros(1)
        else:
            mine = near.supply == way.spot
            fed, walks = near.demand[mine], near.walk_m[mine]
        wanting = lacking[fed] > 0
        demand.append(fed[wanting])
        supply.append(np.full(int(wanting.sum()), number))
        walk_m.append(walks[wanting])
    pairs = Pairs(
        np.concatenate(demand or [np.empty(0)]).astype(np.int64),
        np.concatenate(supply or [np.empty(0)]).astype(np.int64),
        np.concatenate(walk_m or [np.empty(0)]).astype(np.float64),
    )
    costs = np.array([way.cost_10k for way in ways], dtype=np.float64)
    paid = budget(costs, at_most=budget_10k, name=f"总预算 {budget_10k:g} 万元")
    question = Capacitated(
        workers=lacking,
        capacity=np.array([way.meals for way in ways], dtype=np.float64),
        pairs=pairs,
        rules=(paid, *_rivals(ways, rivals)),
    )
    return LunchOptions(tuple(ways), question)


def first_ways(options: LunchOptions) -> tuple[int, ...]:
    """Ways within the budget, at once: again and again the one with most meals for its money."""
    question = options.question
    pairs, left = question.pairs, question.workers.copy()
    money, *rivals = question.rules
    cost = np.array([way.cost_10k for way in options.ways])
    open_to, room, chosen = np.ones(len(cost), dtype=np.bool_), money.high, list[int]()
    while True:
        reached = np.bincount(pairs.supply, left[pairs.demand], minlength=len(cost))
        meals = np.minimum(reached, question.capacity) * (open_to & (cost <= room + 1e-6))
        if not len(meals) or meals.max() <= 0.5:
            return tuple(sorted(chosen))
        best = int(np.argmax(meals / np.maximum(cost, 1e-6)))
        chosen.append(best)
        room -= cost[best]
        open_to[best] = False
        for rule in rivals:
            if best in rule.candidates:
                open_to[rule.candidates] = False
        fed = pairs.demand[pairs.supply == best]
        eaten = np.minimum(np.cumsum(left[fed]), question.capacity[best])
        left[fed] -= np.diff(eaten, prepend=0.0)


def _rivals(ways: Sequence[Way], rivals: Sequence[tuple[str, str]]) -> tuple[Rule, ...]:
    at = {(way.name, way.site): number for number, way in enumerate(ways) if way.site >= 0}
    pairs = [
        (number, at[other, site])
        for one, other in rivals
        for (name, site), number in at.items()
        if name == one and (other, site) in at
    ]
    return only_one(np.array(pairs, dtype=np.int64).reshape(-1, 2))
