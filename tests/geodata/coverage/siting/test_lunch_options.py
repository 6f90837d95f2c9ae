"""Ways to lunch by hand-made numbers."""

import numpy as np

from geodata.coverage.siting.capacity import capacitated_covering
from geodata.coverage.siting.lunch_options import Way, first_ways, lunch_options
from geodata.coverage.walk import Pairs

LACKING = np.array([100.0, 50.0, 0.0])
# One spot that all three sites can walk to.
NEAR = Pairs(np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([10.0, 300.0, 20.0]))
OWN = Way("canteen", 0, -1, 10.0, 80.0)
SHARED = Way("shared_canteen", 0, 0, 12.0, 140.0)


def test_an_own_way_feeds_its_site_and_a_shared_one_all_that_lack_meals() -> None:
    made = lunch_options(LACKING, [OWN, SHARED], NEAR, budget_10k=100.0)
    pairs = made.question.pairs
    assert (pairs.supply.tolist(), pairs.demand.tolist()) == ([0, 1, 1], [0, 0, 1])
    assert pairs.walk_m.tolist() == [0.0, 10.0, 300.0]


def test_the_budget_decides() -> None:
    for money, chosen, meals in ((9.0, (), 0.0), (11.0, (0,), 80.0), (12.0, (1,), 140.0)):
        made = lunch_options(LACKING, [OWN, SHARED], NEAR, budget_10k=money)
        answer = capacitated_covering(made.question).answer
        assert (answer.chosen, answer.value) == (chosen, meals)


def test_the_first_ways_bring_most_for_their_money_and_keep_the_budget() -> None:
    cheap = Way("cabinet", 1, -1, 1.0, 50.0)
    made = lunch_options(LACKING, [OWN, SHARED, cheap], NEAR, budget_10k=13.0)
    assert first_ways(made) == (1, 2)
    poor = lunch_options(LACKING, [OWN, SHARED, cheap], NEAR, budget_10k=11.0)
    assert first_ways(poor) == (0, 2)
    bound = lunch_options(
        LACKING, [OWN, SHARED], NEAR, budget_10k=100.0, rivals=[("canteen", "shared_canteen")]
    )
    assert first_ways(bound) == (1,)


def test_rivals_at_one_site_exclude_each_other() -> None:
    rivals = [("canteen", "shared_canteen")]
    free = lunch_options(LACKING, [OWN, SHARED], NEAR, budget_10k=100.0)
    bound = lunch_options(LACKING, [OWN, SHARED], NEAR, budget_10k=100.0, rivals=rivals)
    assert capacitated_covering(free.question).answer.value == 150.0
    assert capacitated_covering(bound.question).answer.value == 140.0
