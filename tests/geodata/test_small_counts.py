"""An attacker with every public figure of a random city: none of a few sites can be worked out."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.small_counts import Part, shown_parts, shown_wholes

FEWEST = 3
# Sites by district, each a town (0: of no known town), its workers, and whether it is covered.
SITE = st.tuples(st.integers(0, 4), st.integers(1, 5000), st.booleans())
CITY = st.dictionaries(st.sampled_from("ABC"), st.lists(SITE, max_size=14), min_size=1)
City = dict[str, list[tuple[int, int, bool]]]


def parts_of(city: City) -> dict[tuple[str, int], Part]:
    keys = {(name, town) for name, sites in city.items() for town, *_ in sites if town}
    sides = {key: [one[2] for one in city[key[0]] if one[0] == key[1]] for key in keys}
    return {
        key: Part(key[0], len(side), lonely=1 in {sum(side), len(side) - sum(side)})
        for key, side in sides.items()
    }


def published(city: City, fewest: int) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
    wholes = {name: len(sites) for name, sites in city.items()}
    parts = parts_of(city)
    return shown_wholes(wholes, fewest=fewest), shown_parts(parts, wholes, fewest=fewest)


def equations(city: City, fewest: int) -> list[list[Fraction]]:
    """What each published share says of the workers: sum of (covered - share) x workers is 0.

    Which sites are covered the attacker knows: they and the points are on the public map.
    """
    districts, towns = published(city, fewest)
    order = [(name, n) for name in sorted(city) for n in range(len(city[name]))]
    rows = []
    cells = [(name, None) for name in districts] + sorted(towns)
    for name, town in cells:
        those = [n for n, site in enumerate(city[name]) if town in {None, site[0]}]
        every = sum(city[name][n][1] for n in those)
        served = sum(city[name][n][1] for n in those if city[name][n][2])
        share = Fraction(served, every)
        inside = {(name, n) for n in those}
        rows.append([city[o[0]][o[1]][2] - share if o in inside else Fraction(0) for o in order])
    return rows


def worked_out(rows: list[list[Fraction]], known: int, columns: int) -> list[int]:
    """The sites whose workers follow once one is known: fixed in every solution."""
    wide = np.array([[float(x) for x in row] for row in rows] or [[0.0] * columns])
    wide = np.vstack([wide, np.eye(columns)[known]])
    wide /= np.maximum(np.abs(wide).max(axis=1, keepdims=True), 1e-30)
    _, sizes, turned = np.linalg.svd(wide)
    kernel = turned[(sizes > 1e-9).sum() :]
    return [n for n in range(columns) if n != known and np.abs(kernel[:, n]).max(initial=0) < 1e-9]


def attacked(city: City, fewest: int) -> int:
    """How many numbers of workers the one site that knows its own can work out, at most."""
    columns = sum(map(len, city.values()))
    rows = equations(city, fewest)
    return max((len(worked_out(rows, known, columns)) for known in range(columns)), default=0)


@given(CITY)
def test_every_cell_that_subtraction_gives_counts_enough(city: City) -> None:
    districts, towns = published(city, FEWEST)
    parts = parts_of(city)
    assert all(parts[key].counted >= FEWEST and key[0] in districts for key in towns)
    for name in districts:
        rest = len(city[name]) - sum(parts[key].counted for key in towns if key[0] == name)
        assert rest == 0 or rest >= FEWEST


def mixed(city: City) -> City:
    """The same with both answers in each cell, for a share of 0 or 1 is no equation to solve."""
    return {
        name: [(town, workers, n % 2 == 0) for n, (town, workers, _) in enumerate(sites)]
        for name, sites in city.items()
    }


@given(CITY)
def test_no_site_that_knows_its_own_workers_learns_anothers(city: City) -> None:
    assert attacked(city, FEWEST) == 0
    assert attacked(mixed(city), FEWEST) == 0


def test_two_that_stand_alone_in_their_towns_learn_nothing_of_each_other() -> None:
    city = {"A": [(1, 1, False), (1, 1, False), (1, 1, True), (2, 1, False), (2, 1, True)]}
    city["A"].append((2, 1, True))
    assert attacked(city, FEWEST) == 0
    assert published(city, FEWEST) == (frozenset({"A"}), frozenset())


def test_without_the_threshold_the_attack_succeeds() -> None:
    pair = {"A": [(1, 900, True), (1, 100, False)]}
    assert (attacked(pair, 1), attacked(pair, FEWEST)) == (1, 0)


def test_a_withheld_town_takes_the_smallest_shown_one_with_it() -> None:
    parts = {"大": Part("A", 9), "中": Part("A", 4), "小": Part("A", 1)}
    assert shown_parts(parts, {"A": 14}, fewest=3) == {"大"}
    # Two small ones cover for each other, and nothing withheld needs no cover.
    parts = {"大": Part("A", 9), "小": Part("A", 2), "微": Part("A", 1)}
    assert shown_parts(parts, {"A": 12}, fewest=3) == {"大"}
    assert shown_parts({"大": Part("A", 9), "中": Part("A", 4)}, {"A": 13}, fewest=3) == {
        "大",
        "中",
    }


@pytest.mark.parametrize("fewest", [1, 2, 3, 5, 10])
def test_a_higher_threshold_never_shows_more(fewest: int) -> None:
    sizes = [1, 2, 3, 5, 8, 13]
    parts = {n: Part("A", n) for n in sizes}
    shown = [shown_parts(parts, {"A": sum(sizes)}, fewest=n) for n in (fewest, fewest + 1)]
    assert all(more <= less for less, more in pairwise(shown))
