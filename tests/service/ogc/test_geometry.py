"""Windows, systems and how geometries are written."""

import numpy as np
import pytest
import shapely

from service.ogc.crs import CRS84, EPSG3857, EPSG4326, EPSG4490, GCJ02, SYSTEMS, Crs
from service.ogc.geometry import Areas, Box, Points, nowhere

# A pair whose GCJ-02 is known, the far side of the Pacific, somewhere unknown.
LON, LAT = 121.5272106, 31.1774276
POINTS = Points(np.array([LON, -179.5, np.nan]), np.array([LAT, 65.0, np.nan]))
WINDOWS = {
    "around one": (Box(CRS84, (121.0, 31.0), (122.0, 32.0)), [True, False, True]),
    "its very spot": (Box(CRS84, (LON, LAT), (LON, LAT)), [True, False, True]),
    "antimeridian": (Box(CRS84, (177.0, 60.0), (-177.0, 70.0)), [False, True, True]),
    "south above north": (Box(CRS84, (121.0, 32.0), (122.0, 31.0)), [False, False, True]),
    "latitude first": (Box(EPSG4326, (31.0, 121.0), (32.0, 122.0)), [True, False, True]),
    "latitude first, round": (Box(EPSG4490, (60.0, 177.0), (70.0, -177.0)), [False, True, True]),
    "metres": (Box(EPSG3857, (13.5e6, 3.6e6), (13.6e6, 3.7e6)), [True, False, True]),
    "metres do not go round": (Box(EPSG3857, (13.6e6, 0.0), (13.5e6, 9e6)), [False, False, True]),
}
WRITTEN = {
    CRS84: b"[121.5272106,31.1774276]",
    EPSG4326: b"[31.1774276,121.5272106]",
    EPSG3857: b"[13528347.2,3655813.0]",
    EPSG4490: b"[31.1774276,121.5272106]",
    GCJ02: b"[121.5315419,31.175304]",
}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_meets_what_lies_in_it_and_what_lies_nowhere(name: str) -> None:
    box, met = WINDOWS[name]
    assert POINTS.meets(box).tolist() == met


@pytest.mark.parametrize("crs", WRITTEN, ids=[one.name for one in WRITTEN])
def test_every_system_has_its_own_numbers_and_order(crs: Crs) -> None:
    first, _, third = POINTS.written(crs)
    assert first == b'{"type":"Point","coordinates":%b}' % WRITTEN[crs]
    assert third == b"null"


def test_all_systems_are_tested() -> None:
    assert set(SYSTEMS.values()) == set(WRITTEN)


def test_areas_are_moved_and_cut_like_points() -> None:
    areas = Areas((shapely.box(121.0, 31.0, 121.2, 31.2), None))
    assert areas.written(EPSG4326) == [
        b'{"type":"Polygon","coordinates":'
        b"[[[31.0,121.2],[31.2,121.2],[31.2,121.0],[31.0,121.0],[31.0,121.2]]]}",
        b"null",
    ]
    assert areas.meets(Box(EPSG4326, (31.1, 121.1), (31.5, 121.5))).tolist() == [True, True]
    assert areas.meets(Box(CRS84, (122.0, 31.0), (123.0, 32.0))).tolist() == [False, True]
    assert areas.bounds == (121.0, 31.0, 121.2, 31.2)


def test_nowhere_has_no_bounds() -> None:
    assert (nowhere(2).bounds, POINTS.bounds) == (None, (-179.5, LAT, LON, 65.0))
