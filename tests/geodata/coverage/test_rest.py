"""Rest rooms for crews and along routes, on examples small enough to work out by hand."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.rest import CREW_RADIUS_M, CrewKind, Crews, crews, route_cover
from geodata.coverage.walk import Pairs
from geodata.geodesy import metres_per_degree

FIXED, STREET = CREW_RADIUS_M[CrewKind.FIXED], CREW_RADIUS_M[CrewKind.STREET]
NAN = np.nan


def near(*walks: tuple[int, int, float]) -> Pairs:
    rows = np.array(walks, dtype=np.float64).reshape(-1, 3)
    return Pairs(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2])


def served(
    heads: list[float], radii: list[float], pairs: Pairs, is_open: str, perhaps: str = ""
) -> Crews:
    said = np.array(list(is_open), dtype=np.str_)
    return crews(
        heads=np.array(heads),
        radius_m=np.array(radii),
        pairs=pairs,
        is_open=said == "o",
        perhaps_open=said == "?",
    )


def test_a_street_crew_walks_farther_than_a_fixed_one() -> None:
    pairs = near((0, 0, 250.0), (1, 0, 480.0), (2, 0, 200.0), (3, 0, 500.1))
    found = served([30, 20, 50, 10], [FIXED, STREET, FIXED, STREET], pairs, "oooo")
    assert found.covered.tolist() == [False, True, True, False]
    assert found.share == 70 / 110


def test_a_place_counts_for_a_crew_only_if_open_in_its_break() -> None:
    # One place, two crews: shut in the break of the first, open in that of the second.
    pairs = near((0, 0, 100.0), (1, 0, 100.0))
    found = served([8, 2], [STREET, STREET], pairs, "xo")
    assert (found.covered.tolist(), found.share) == ([False, True], 0.2)


def test_a_place_of_unknown_hours_is_neither_open_nor_closed() -> None:
    pairs = near((0, 0, 100.0), (1, 0, 100.0), (1, 1, 100.0), (2, 0, 900.0))
    found = served([5, 3, 2], [STREET] * 3, pairs, "??o?")
    assert found.covered.tolist() == [False, True, False]
    assert found.hanging.tolist() == [True, False, False]
    assert (found.share, found.possible_share) == (0.3, 0.8)


def test_crews_of_unknown_heads_are_counted_apart() -> None:
    found = served([NAN, 4], [STREET, STREET], near((0, 0, 1.0)), "o")
    assert (found.share, found.uncounted) == (0.0, 1)
    assert served([NAN], [STREET], near(), "").share is None


def along(length: float, stations: list[tuple[float, float]], radius_m: float) -> float:
    route = shapely.LineString([(0, 0), (length, 0)])
    places = np.array(stations, dtype=np.float64).reshape(-1, 2)
    return route_cover(route, places, radius_m, metres=True).covered_m


@pytest.mark.parametrize(
    ("length", "stations", "radius_m", "covered"),
    [
        (3000, [(500, 0), (2500, 0)], 500, 2000),
        (1000, [(300, 0), (600, 0)], 300, 900),
        (1000, [(500, 300)], 500, 800),
        (1000, [(500, 500)], 500, 0),
        (1000, [(500, 501)], 500, 0),
        (1000, [(-100, 0), (1050, 0)], 200, 250),
        (1000, [(500, 0), (500, 0), (NAN, NAN)], 100, 200),
        (1000, [], 500, 0),
    ],
)
def test_the_covered_length_of_a_straight_road(
    length: float, stations: list[tuple[float, float]], radius_m: float, covered: float
) -> None:
    assert along(length, stations, radius_m) == pytest.approx(covered, abs=1e-9)


def test_a_route_of_several_lines_leaves_the_gaps_between_them_out() -> None:
    route = shapely.MultiLineString([[(0, 0), (100, 0)], [(300, 0), (300, 100)], [(9, 9), (9, 9)]])
    found = route_cover(route, np.array([[200.0, 0.0]]), 150.0, metres=True)
    assert found.length_m == 200.0
    assert found.covered_m == pytest.approx(50 + 100)


def test_degrees_are_turned_into_metres() -> None:
    lon, lat = 121.4710, 31.2349
    east_m, north_m = (float(one) for one in metres_per_degree(lat))
    route = shapely.LineString([(lon, lat), (lon + 1000 / east_m, lat), (lon + 1000 / east_m, lat)])
    places = np.array([[lon + 400 / east_m, lat + 300 / north_m]])
    found = route_cover(route, places, 500.0)
    assert found.length_m == pytest.approx(1000.0)
    assert found.covered_m == pytest.approx(800.0, abs=0.05)


def test_a_route_without_length_has_no_share() -> None:
    nothing = route_cover(shapely.LineString(), np.array([[0.0, 0.0]]), 500.0, metres=True)
    assert (nothing.length_m, nothing.share) == (0.0, None)


ticks = st.integers(0, 40).map(lambda n: 50.0 * n)


@given(
    st.lists(st.tuples(ticks, ticks), min_size=2, max_size=6),
    st.lists(st.tuples(ticks, ticks), min_size=1, max_size=6),
)
def test_the_length_is_that_inside_the_union_of_discs(
    corners: list[tuple[float, float]], stations: list[tuple[float, float]]
) -> None:
    route = shapely.LineString(corners)
    found = route_cover(route, np.array(stations), 333.0, metres=True)
    discs = shapely.union_all(shapely.buffer(shapely.points(stations), 333.0, quad_segs=256))
    # A line may run over itself; shapely's overlay would then count that piece once.
    pieces = [shapely.LineString(pair) for pair in itertools.pairwise(corners)]
    inside = sum(piece.intersection(discs).length for piece in pieces if piece.length)
    assert found.covered_m == pytest.approx(inside, abs=1.0)
    assert found.covered_m <= found.length_m + 1e-9
