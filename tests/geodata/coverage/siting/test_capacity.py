"""Capacities, by examples checked on paper."""

import numpy as np

from geodata.coverage.siting.capacity import (
    Capacitated,
    capacitated_covering,
    capacitated_median,
    unserved,
)
from geodata.coverage.siting.mip import Status
from geodata.coverage.siting.rules import count
from geodata.coverage.walk import Pairs


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    demand, supply, walk = zip(*rows, strict=True)
    return Pairs(np.array(demand), np.array(supply), np.array(walk, dtype=float))


ASKED = Capacitated(
    workers=np.array([60.0, 50.0, 40.0]),
    capacity=np.array([100.0, 50.0]),
    pairs=pairs((0, 0, 100), (1, 0, 200), (1, 1, 300), (2, 0, 250), (2, 1, 100)),
)


def test_a_full_site_hands_the_rest_to_the_next() -> None:
    shared = capacitated_covering(ASKED)
    assert (shared.answer.status, shared.answer.value) == (Status.OPTIMAL, 150)
    assert unserved(ASKED, shared).tolist() == [0, 0, 0]


def test_groups_that_go_whole_fill_a_site_less_well() -> None:
    whole = Capacitated(ASKED.workers, np.array([80.0, 45.0]), ASKED.pairs, whole=True)
    shared = capacitated_covering(whole)
    assert shared.answer.value == 100
    assert unserved(whole, shared).tolist() == [0, 50, 0]


def test_the_least_walk_with_everybody_served() -> None:
    shared = capacitated_median(ASKED)
    # 60 and 40 at the first would be nearer, but then 50 would not fit: 10 of them walk further.
    assert (shared.answer.status, shared.answer.value) == (
        Status.OPTIMAL,
        -(6000 + 8000 + 3000 + 4000),
    )


def test_a_capacity_short_by_one_is_impossible() -> None:
    short = Capacitated(ASKED.workers, np.array([100.0, 49.0]), ASKED.pairs)
    assert capacitated_median(short).answer.status is Status.INFEASIBLE


def test_only_chosen_sites_serve() -> None:
    one = Capacitated(ASKED.workers, ASKED.capacity, ASKED.pairs, rules=(count(2, at_most=1),))
    shared = capacitated_covering(one)
    assert (shared.answer.chosen, shared.answer.value) == ((0,), 100)
