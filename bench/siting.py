"""Maximal covering with proof: ours beside bare HiGHS on the same matrix, and beside spopt.

`python -m bench.siting` takes about a minute; `--spopt` adds spopt 0.7 (pip install "spopt<0.8"
pulp), whose own building of the model takes minutes. Demands and sites are drawn with a seed.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import cKDTree

from geodata.coverage.siting.covering import covering_programme, maximal_covering
from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.problem import Cover, Floats, Question
from geodata.coverage.siting.rules import by_group, count

SIDE_M = 40_000.0
DISTRICTS = [f"第{number + 1}区" for number in range(16)]


@dataclass(frozen=True)
class City:
    """Half the demands in thirty clusters, half anywhere; sites are some of the demands."""

    demand: Floats
    workers: Floats
    sites: Floats
    radius_m: float

    @classmethod
    def drawn(cls, demands: int, sites: int, radius_m: float, *, seed: int = 1) -> "City":
        draw = np.random.default_rng(seed)
        middles, half = draw.uniform(0, SIDE_M, (30, 2)), demands // 2
        clustered = middles[draw.integers(0, 30, half)] + draw.normal(0, 2500, (half, 2))
        demand = np.vstack([clustered, draw.uniform(0, SIDE_M, (demands - half, 2))])
        workers = np.round(draw.lognormal(5, 1, demands))
        return cls(demand, workers, demand[draw.choice(demands, sites, replace=False)], radius_m)

    def question(self, picks: int, *, minima: bool) -> Question:
        near = cKDTree(self.demand).sparse_distance_matrix(
            cKDTree(self.sites), self.radius_m, output_type="ndarray"
        )
        cover = Cover.of(near["i"], near["j"], (len(self.demand), len(self.sites)))
        cells = np.clip(self.sites // (SIDE_M / 4), 0, 3).astype(int)
        groups = [DISTRICTS[4 * x + y] for x, y in cells]
        least = by_group(groups, at_least=dict.fromkeys(DISTRICTS, 1)) if minima else ()
        return Question(self.workers, cover, rules=(count(len(self.sites), at_most=picks), *least))


def timed(work: Callable[[], float]) -> tuple[float, float]:
    began = time.perf_counter()
    value = work()
    return value, time.perf_counter() - began


def bare(question: Question) -> float:
    """HiGHS as scipy calls it, on the programme as it stands."""
    one = covering_programme(question)
    found = milp(
        -one.cost,
        constraints=LinearConstraint(one.matrix, one.low, one.high),
        integrality=one.integer,
        bounds=Bounds(one.lower, one.upper),
    )
    return -float(found.fun)


def with_spopt(city: City, picks: int) -> float:
    import pulp  # noqa: PLC0415 - only this peer needs it
    from spopt.locate import MCLP  # noqa: PLC0415

    walk = np.hypot(*(city.demand[:, None] - city.sites[None]).transpose(2, 0, 1))
    model = MCLP.from_cost_matrix(walk, city.workers, city.radius_m, p_facilities=picks)
    return float(pulp.value(model.solve(pulp.HiGHS(msg=False)).problem.objective))


def row(title: str, city: City, picks: int, *, minima: bool, spopt: bool) -> None:
    question = city.question(picks, minima=minima)
    first, at_once_s = timed(lambda: question.total(greedy(question) or ()))
    value, ours_s = timed(lambda: maximal_covering(question).value)
    peer, bare_s = timed(lambda: bare(question))
    print(f"{title}: optimum {value:,.0f}, bare HiGHS {peer:,.0f}; proof {ours_s:.2f} s")
    print(f"  ours / bare HiGHS     {ours_s / bare_s:6.2f}")
    print(f"  at once: {100 * first / value:.2f} % of the optimum in {at_once_s * 1000:.0f} ms")
    if spopt:
        theirs, spopt_s = timed(lambda: with_spopt(city, picks))
        print(f"  spopt 0.7 / ours      {spopt_s / ours_s:6.1f}   (its optimum {theirs:,.0f})")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--spopt", action="store_true")
    spopt = asked.parse_args().spopt
    for picks in (20, 100):
        small = City.drawn(5457, 2000, 800)
        row(f"5,457 x 2,000, p = {picks}", small, picks, minima=False, spopt=spopt)
    for radius_m, picks in ((1000, 70), (1500, 40)):
        large = City.drawn(10_000, 2000, radius_m, seed=2)
        title = f"10,000 x 2,000 within {radius_m} m, p = {picks}, 16 minima"
        row(title, large, picks, minima=True, spopt=False)


if __name__ == "__main__":
    main()
