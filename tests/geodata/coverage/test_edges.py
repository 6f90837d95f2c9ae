"""Areas count from their edge or their doors."""

import numpy as np
import pytest
import shapely

from geodata.coverage.edges import from_edge, from_entrances
from geodata.geodesy import geodesic_m

PARK = shapely.box(121.40, 31.20, 121.42, 31.22)


@pytest.mark.parametrize(
    ("point", "nearest"),
    [
        ((121.43, 31.21), (121.42, 31.21)),
        ((121.41, 31.25), (121.41, 31.22)),
        ((121.44, 31.19), (121.42, 31.20)),
        ((121.41, 31.15), (121.41, 31.20)),
    ],
)
def test_a_point_outside_is_as_far_as_the_edge(
    point: tuple[float, float], nearest: tuple[float, float]
) -> None:
    found = from_edge(PARK, np.array([point]))
    assert found[0] == pytest.approx(float(geodesic_m(*point, *nearest)), rel=1e-6)


def test_a_point_inside_is_there_already() -> None:
    points = np.array([[121.41, 31.21], [121.42, 31.21], [np.nan, np.nan]])
    assert np.array_equal(from_edge(PARK, points), [0.0, 0.0, np.nan], equal_nan=True)


def test_a_lake_inside_is_outside() -> None:
    around = shapely.Polygon(
        PARK.exterior, [shapely.box(121.405, 31.205, 121.415, 31.215).exterior]
    )
    found = from_edge(around, np.array([[121.41, 31.206]]))
    assert found[0] == pytest.approx(float(geodesic_m(121.41, 31.206, 121.41, 31.205)), rel=1e-6)


def test_several_parts_count_from_the_nearest() -> None:
    both = shapely.MultiPolygon([PARK, shapely.box(121.50, 31.20, 121.52, 31.22)])
    found = from_edge(both, np.array([[121.49, 31.21]]))
    assert found[0] == pytest.approx(float(geodesic_m(121.49, 31.21, 121.50, 31.21)), rel=1e-6)


def test_doors_count_rather_than_the_wall() -> None:
    doors = np.array([[121.40, 31.21], [121.41, 31.20]])
    points = np.array([[121.43, 31.21], [121.39, 31.21]])
    found = from_entrances(doors, points)
    assert found.tolist() == [
        float(geodesic_m(*points[0], *doors[1])),
        float(geodesic_m(*points[1], *doors[0])),
    ]
    assert from_entrances(doors[:0], points).tolist() == [np.inf, np.inf]
