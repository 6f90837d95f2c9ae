"""Walks on a network, beside networkx on the same streets."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from geodata.coverage.walking import ESTIMATE
from geodata.network.build import build
from geodata.network.graph import Network
from geodata.network.reach import nearest_walk, walks_within
from geodata.network.walking import OnNetwork, walk_pairs

from .conftest import Town, Whole, spot

STREET = {"highway": "residential"}
CENTIMETRE = 0.01
Walks = Mapping[tuple[int, int], float]


def grid(town: Town, side: int, **options: object) -> Network:
    """A lattice of bent streets, some of one way, some missing."""
    draw = np.random.default_rng(side)
    at = {(n, m): 1 + n * side + m for n in range(side) for m in range(side)}
    shift = draw.uniform(-0.3, 0.3, (side * side + 1, 2))
    nodes = {ref: (n + shift[ref, 0], m + shift[ref, 1]) for (n, m), ref in at.items()}
    ways = []
    for (n, m), ref in at.items():
        for other in (at.get((n + 1, m)), at.get((n, m + 1))):
            if other is not None and draw.random() < 0.85:
                tags = STREET | ({"oneway:foot": "yes"} if draw.random() < 0.2 else {})
                ways.append(([ref, other], tags))
    return town(nodes, ways, **options)


def scattered(count: int, extent: float, seed: int) -> NDArray[np.float64]:
    draw = np.random.default_rng(seed)
    return np.array([spot(*draw.uniform(0.0, extent, 2)) for _ in range(count)])


def by_networkx(graph: nx.MultiDiGraph, count: int, radius_m: float) -> Walks:
    found: dict[tuple[int, int], float] = {}
    for i in range(count):
        if ("home", i) in graph:
            reached = nx.single_source_dijkstra_path_length(
                graph, ("home", i), cutoff=radius_m, weight="m"
            )
            for node, metres in reached.items():
                if isinstance(node, tuple) and node[0] == "door" and len(node) == 2:
                    found[i, node[1]] = metres
    return found


def differences(ours: Walks, theirs: Walks) -> tuple[set[tuple[int, int]], float]:
    """Pairs that only one of them found, and the most metres between both."""
    return set(ours) ^ set(theirs), max(abs(ours[pair] - theirs[pair]) for pair in ours)


def check_against_networkx(network: Network, whole: Whole, home: object, door: object) -> int:
    walking = OnNetwork(network)
    homes, doors = walking.snapped(home), walking.snapped(door)
    graph = whole(network, home=homes, door=doors)
    theirs = by_networkx(graph, len(home), 1200.0)
    ahead = walks_within(network, homes, doors, 1200.0)
    back = walks_within(network.reversed, doors, homes, 1200.0)
    for source, target, walk_m in (
        (ahead.source, ahead.target, ahead.walk_m),
        (back.target, back.source, back.walk_m),
    ):
        ours = dict(zip(zip(source.tolist(), target.tolist(), strict=True), walk_m, strict=True))
        only_one, most_m = differences(ours, theirs)
        assert only_one == set()
        assert most_m < CENTIMETRE
    everywhere = by_networkx(graph, len(home), np.inf)
    least = np.full(len(home), np.inf)
    for (i, _), metres in everywhere.items():
        least[i] = min(least[i], metres)
    _, found_m = nearest_walk(network, homes, doors)
    assert np.isinf(found_m).tolist() == np.isinf(least).tolist()
    there = np.isfinite(least)
    assert np.abs(found_m[there] - least[there]).max() < CENTIMETRE
    return len(theirs)


@pytest.mark.parametrize("side", [3, 9, 20])
def test_walks_on_a_made_up_town_are_those_of_networkx(town: Town, whole: Whole, side: int) -> None:
    network = grid(town, side)
    home, door = scattered(60, side - 1.0, 1), scattered(40, side - 1.0, 2)
    assert check_against_networkx(network, whole, home, door) > 100


def test_walks_around_a_river_are_those_of_networkx(town: Town, whole: Whole) -> None:
    river = shapely.LineString([spot(-1.0, 4.1), spot(6.0, 4.4), spot(6.2, 9.0)])
    network, open_ = grid(town, 9, barriers=[river]), grid(town, 9)
    home, door = scattered(60, 8.0, 1), scattered(40, 8.0, 2)
    assert check_against_networkx(network, whole, home, door) < check_against_networkx(
        open_, whole, home, door
    )


@pytest.mark.shared
@pytest.mark.parametrize("barred", [False, True])
def test_walks_around_peoples_square_are_those_of_networkx(
    shared: Path, whole: Whole, barred: bool
) -> None:
    box = np.array([[121.4611262, 31.2196145], [121.4863121, 31.2411914]])
    south_north = shapely.LineString([(121.4725, 31.2190), (121.4725, 31.2420)])
    path = shared / "data" / "peoples_square_drive.osm"
    network = build(path, barriers=[south_north] if barred else [])
    draw = np.random.default_rng(7)
    home, door = draw.uniform(*box, (150, 2)), draw.uniform(*box, (100, 2))
    assert check_against_networkx(network, whole, home, door) > 1000


def test_points_on_one_street_are_as_far_as_the_street_between_them(town: Town) -> None:
    network = town({1: (0.0, 0.0), 2: (4.0, 0.0)}, [([1, 2], STREET)])
    pairs = walk_pairs(network, np.array([spot(1.0, 0.0)]), np.array([spot(3.0, 0.0)]), 500.0)
    east_m = network.length_m[0] / 4.0
    assert np.round(pairs.walk_m, 3).tolist() == [round(2.0 * east_m, 3)]


def test_around_a_loop_the_shorter_way_is_taken(town: Town) -> None:
    nodes = {1: (0.0, 0.0), 2: (4.0, 0.0), 3: (4.0, 1.0), 4: (0.0, 1.0)}
    network = town(nodes, [([1, 2, 3, 4, 1], STREET)])
    pairs = walk_pairs(network, np.array([spot(0.0, 0.5)]), np.array([spot(1.0, 0.0)]), 900.0)
    assert round(float(pairs.walk_m[0])) == 150


def test_a_way_of_one_direction_is_walked_around_the_other_way(town: Town) -> None:
    nodes = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (1.0, 1.0), 4: (0.0, 1.0)}
    network = town(nodes, [([1, 2, 3, 4, 1], STREET | {"oneway:foot": "yes"})])
    west, east = np.array([spot(0.2, 0.0)]), np.array([spot(0.8, 0.0)])
    there, back = (walk_pairs(network, *way, 900.0).walk_m for way in ((west, east), (east, west)))
    assert (round(float(there[0])), round(float(back[0]))) == (60, 340)


def test_the_way_to_the_street_is_walked_too(town: Town) -> None:
    network = town({1: (0.0, 0.0), 2: (4.0, 0.0)}, [([1, 2], STREET)])
    walking = OnNetwork(network)
    home, door = np.array([spot(1.0, 0.5)]), np.array([spot(3.0, -0.25)])
    pairs = walking.pairs_within(home, door, 500.0)
    assert round(float(walking.off_road_m(home)[0])) == 50
    assert round(float(pairs.walk_m[0])) == 275


def test_neighbours_in_one_yard_do_not_walk_to_the_street_and_back(town: Town) -> None:
    network = town({1: (0.0, 0.0), 2: (4.0, 0.0)}, [([1, 2], STREET)])
    home, door = np.array([spot(1.0, 0.8)]), np.array([spot(1.2, 0.8)])
    found = walk_pairs(network, home, door, 500.0)
    guess = ESTIMATE.pairs_within(home, door, 500.0)
    assert found.walk_m.tolist() == guess.walk_m.tolist()


def test_a_point_far_from_every_street_is_estimated_and_told(town: Town) -> None:
    network = town({1: (0.0, 0.0), 2: (4.0, 0.0)}, [([1, 2], STREET)])
    walking = OnNetwork(network)
    home = np.array([spot(1.0, 1.5), spot(1.0, 0.0), (np.nan, np.nan)])
    door = np.array([spot(3.0, 0.0), spot(3.0, 2.0)])
    pairs, guess = walking.pairs_within(home, door, 900.0), ESTIMATE.pairs_within(home, door, 900.0)
    assert list(zip(pairs.demand.tolist(), pairs.supply.tolist(), strict=True)) == [
        *((0, 0), (0, 1), (1, 0), (1, 1)),
    ]
    estimated = [0, 1, 3]
    assert pairs.walk_m[estimated].tolist() == guess.walk_m[estimated].tolist()
    assert round(float(pairs.walk_m[2])) == 200
    assert np.isnan(walking.off_road_m(home)).tolist() == [True, False, True]
    assert replace(walking, limit_m=160.0).pairs_within(home, door, 900.0).walk_m[0] > 340.0


def test_the_nearest_is_the_least_of_all_pairs(town: Town) -> None:
    network = grid(town, 9)
    walking = OnNetwork(network, limit_m=25.0)
    home, door = scattered(80, 8.0, 3), scattered(12, 8.0, 4)
    index, walk_m = walking.nearest(home, door)
    pairs = walking.pairs_within(home, door, 50_000.0)
    least = np.full(len(home), np.inf)
    np.minimum.at(least, pairs.demand, pairs.walk_m)
    assert np.round(walk_m, 6).tolist() == np.round(least, 6).tolist()
    assert ((index >= 0) == np.isfinite(walk_m)).all()
    assert 0 < np.isnan(walking.off_road_m(home)).sum() < len(home)


def test_the_order_of_points_does_not_matter(town: Town) -> None:
    network = grid(town, 9)
    home, door = scattered(50, 8.0, 3), scattered(20, 8.0, 4)
    straight = walk_pairs(network, home, door, 800.0)
    turned = walk_pairs(network, home[::-1], door[::-1], 800.0)
    assert np.round(straight.walk_m, 6).tolist() == np.round(turned.walk_m[::-1], 6).tolist()


def test_no_walk_is_shorter_than_the_straight_line(town: Town) -> None:
    network = grid(town, 9)
    home, door = scattered(80, 8.0, 5), scattered(80, 8.0, 6)
    pairs = walk_pairs(network, home, door, 1500.0)
    straight = ESTIMATE.pairs_within(home, door, 2000.0)
    of = dict(zip(zip(straight.demand, straight.supply, strict=True), straight.walk_m, strict=True))
    straight_m = np.array([of[pair] / 1.3 for pair in zip(pairs.demand, pairs.supply, strict=True)])
    assert len(pairs.walk_m) > 1000
    assert (pairs.walk_m >= straight_m * (1 - 1e-6)).all()


@pytest.mark.parametrize(("homes", "doors"), [(0, 3), (3, 0), (0, 0)])
def test_nobody_or_nothing_is_no_pair(town: Town, homes: int, doors: int) -> None:
    walking = OnNetwork(grid(town, 3))
    home, door = np.full((homes, 2), spot(1.0, 1.0)), np.full((doors, 2), spot(1.0, 1.0))
    index, walk_m = walking.nearest(home, door)
    assert walking.pairs_within(home, door, 500.0).walk_m.tolist() == []
    assert (index.tolist(), walk_m.tolist()) == ([-1] * homes, [np.inf] * homes)


def test_a_point_is_set_on_the_ground_not_on_a_bridge_above_it(town: Town) -> None:
    nodes = {1: (0.0, 0.5), 2: (4.0, 0.5), 3: (0.0, 0.0), 4: (4.0, 0.0)}
    network = town(nodes, [([1, 2], {"highway": "footway", "bridge": "yes"}), ([3, 4], STREET)])
    assert round(float(OnNetwork(network).off_road_m(np.array([spot(1.0, 0.5)]))[0])) == 50


def test_a_network_says_how_it_measures(town: Town) -> None:
    walking = OnNetwork(grid(town, 3))
    assert walking.is_estimate is False
    assert walking.describe() == "步行路网 town.osm；离路 100 米以上的点按直线 × 1.3 估算"


def test_without_a_limit_everything_that_connects_is_a_pair(town: Town) -> None:
    nodes = {1: (0.0, 0.0), 2: (40.0, 0.0), 3: (0.0, 30.0), 4: (40.0, 30.0)}
    network = town(nodes, [([1, 2], STREET), ([3, 4], STREET)])
    home, door = np.array([spot(1.0, 0.0)]), np.array([spot(39.0, 0.0), spot(39.0, 30.0)])
    pairs = walk_pairs(network, home, door, 1e7)
    assert (pairs.supply.tolist(), np.round(pairs.walk_m).tolist()) == ([0], [3801.0])
