"""M2SFCA, 3SFCA and spatial availability, by hand and by what they must conserve."""

import random
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.catchment import (
    modified_two_step,
    spatial_availability,
    three_step,
    two_step,
)
from geodata.coverage.walk import Pairs

WORKERS, HALF_DAYS = np.array([100.0, 200, 300]), np.array([10.0, 12])
WEIGHT = np.array([1, 0.68, 1, 0.22])


def pairs(links: list[tuple[int, int]]) -> Pairs:
    rows = np.array(links, dtype=np.int64).reshape(-1, 2)
    return Pairs(rows[:, 0], rows[:, 1], np.zeros(len(rows)))


LINKS = pairs([(0, 0), (1, 0), (1, 1), (2, 1)])


def test_the_ratio_of_an_idle_supply_is_undefined() -> None:
    found = two_step(np.array([10.0]), np.array([1.0, 4]), pairs([(0, 0)]), np.array([0.5]))
    assert found.ratio(np.array([1.0, 4])).tolist() == pytest.approx([0.2, np.nan], nan_ok=True)


def test_modified_access_falls_with_the_distance_itself() -> None:
    found = modified_two_step(WORKERS, HALF_DAYS, LINKS, WEIGHT)
    assert found.demand_in_reach.tolist() == [236.0, 266.0]
    expected = [10 / 236, 0.68**2 * 10 / 236 + 12 / 266, 0.22**2 * 12 / 266]
    assert found.access == pytest.approx(expected)


def test_one_far_worker_gets_little_of_a_modified_supply_and_all_of_a_plain_one() -> None:
    one = np.array([1.0]), np.array([1.0]), pairs([(0, 0)]), np.array([0.22])
    assert modified_two_step(*one).access.tolist() == [0.22]
    assert two_step(*one).access.tolist() == [1.0]


def test_a_demand_with_two_choices_divides_itself() -> None:
    found = three_step(WORKERS, HALF_DAYS, LINKS, WEIGHT)
    # Towards x the second demand pulls with 0.68²/1.68, towards y with 1/1.68.
    to_x, to_y = 0.68**2 / 1.68, 1 / 1.68
    of_x, of_y = 100 + 200 * to_x, 200 * to_y + 300 * 0.22
    assert found.demand_in_reach == pytest.approx([of_x, of_y])
    expected = [10 / of_x, to_x * 10 / of_x + to_y * 12 / of_y, 0.22 * 12 / of_y]
    assert found.access == pytest.approx(expected)


def test_availability_is_what_each_demand_has_for_itself() -> None:
    available = spatial_availability(WORKERS, HALF_DAYS, LINKS, WEIGHT)
    expected = [1000 / 236, 200 * (6.8 / 236 + 12 / 266), 300 * 0.22 * 12 / 266]
    assert available == pytest.approx(expected)
    assert available.sum() == pytest.approx(22.0)


@dataclass(frozen=True)
class Drawn:
    """A small city at random; some pairs weigh nothing, some demands have nobody."""

    demand: np.ndarray
    supply: np.ndarray
    links: list[tuple[int, int]]
    weight: np.ndarray

    @property
    def arguments(self) -> tuple[np.ndarray, np.ndarray, Pairs, np.ndarray]:
        return self.demand, self.supply, pairs(self.links), self.weight


@st.composite
def cities(draw: st.DrawFn) -> Drawn:
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    people = st.one_of(st.just(0.0), st.floats(0.5, 1e4))
    cells = [(i, j) for i in range(n) for j in range(m)]
    links = draw(st.lists(st.sampled_from(cells), unique=True))
    weights = st.one_of(st.just(0.0), st.floats(0.1, 1))
    return Drawn(
        np.array(draw(st.lists(people, min_size=n, max_size=n))),
        np.array(draw(st.lists(st.floats(0.5, 1e4), min_size=m, max_size=m))),
        links,
        np.array(draw(st.lists(weights, min_size=len(links), max_size=len(links)))),
    )


@given(cities())
def test_what_is_received_is_the_supply_that_is_reached(city: Drawn) -> None:
    for measure in (two_step, three_step):
        found = measure(*city.arguments)
        assert np.isfinite(found.access).all()
        reached = city.supply[~found.idle].sum()
        assert (city.demand * found.access).sum() == pytest.approx(reached)
        assert spatial_availability(*city.arguments).sum() == pytest.approx(reached)


@given(cities())
def test_the_modified_measure_never_gives_more_than_the_plain_one(city: Drawn) -> None:
    modified, plain = modified_two_step(*city.arguments), two_step(*city.arguments)
    assert (modified.access <= plain.access * (1 + 1e-12)).all()


@given(cities(), st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_never_matters(city: Drawn, draw: random.Random) -> None:
    order = list(range(len(city.links)))
    draw.shuffle(order)
    turned = Drawn(
        city.demand, city.supply, [city.links[k] for k in order], city.weight[np.array(order, int)]
    )
    for measure in (two_step, modified_two_step, three_step):
        again = measure(*turned.arguments).access
        assert again == pytest.approx(measure(*city.arguments).access)
