"""Everything a planner asks of 10,000 sites and 10,000 health points, beside the pair search.

`python -m bench.cuts`: CPU seconds once the arrays are loaded, all cuts by district, town, zone,
kind of site and operator, and their ratio to finding the pairs alone. Drawn with a seed.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from bench.invented_city import POINTS, SITES, drawn
from geodata.answers import answer as answers
from geodata.answers.city import City
from geodata.answers.cuts import cuts, whole
from geodata.answers.groups import By
from geodata.answers.operators import by_operator
from geodata.answers.question import Hour, Question
from geodata.coverage.walk import Pairs
from geodata.coverage.walking import ESTIMATE

RADIUS_M = 1200.0
RUNS = 5


def everything(city: City, asked: Question) -> None:
    """The whole city and every cut of it."""
    found = answers.answer(city, asked)
    whole(found)
    for by in By:
        cuts(found, by)
    by_operator(found)


def cpu_s(work: Callable[[City], object], city: City, *, keep: bool = False) -> float:
    """CPU seconds of the best of some runs; unless `keep`, nothing stays from one to the next."""
    best = np.inf
    for _ in range(RUNS):
        asked = city if keep else replace(city)
        began = time.process_time()
        work(asked)
        best = min(best, time.process_time() - began)
    return float(best)


def main() -> None:
    city = drawn()

    def search(one: City) -> Pairs:
        return ESTIMATE.pairs_within(one.sites.lonlat, one.points.lonlat, RADIUS_M)

    alone, found = cpu_s(search, city), len(search(city).walk_m)
    print(f"{SITES:,} x {POINTS:,}, {found:,} pairs within {RADIUS_M:,.0f} m; search {alone:.3f} s")
    for title, asked in (
        ("all cuts", Question()),
        ("all cuts at an hour", Question(hour=Hour(2, 720))),
    ):
        took = cpu_s(partial(everything, asked=asked), city)
        print(f"  {title}: {took:.3f} s CPU, {took / alone:.2f} x the pair search alone")
    dragged = cpu_s(partial(everything, asked=Question(radius_m=900.0)), city, keep=True)
    print(f"  the same again, pairs kept: {dragged:.3f} s CPU, {dragged / alone:.2f} x")


if __name__ == "__main__":
    main()
