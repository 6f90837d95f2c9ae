import math

import numpy as np
import pytest

from geodata.errors import DatumError
from geodata.model import Datum
from geodata.place.datum import convert

PEOPLES_SQUARE = (121.4710, 31.2349)


def metres(lon_a, lat_a, lon_b, lat_b):
    east = (lon_b - lon_a) * 111_320 * np.cos(np.radians(lat_a))
    return np.hypot(east, (lat_b - lat_a) * 110_950)


def shanghai(count):
    rng = np.random.default_rng(20260101)
    return rng.uniform(120.85, 122.0, count), rng.uniform(30.67, 31.88, count)


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((121.5272106, 31.1774276), (121.53154186, 31.17530398)),
        ((113.912316, 22.543847), (113.91717648, 22.54079613)),
    ],
)
def test_published_pairs_come_out_to_the_printed_digit(wgs, gcj):
    lon, lat = convert(*wgs, source=Datum.WGS84, target=Datum.GCJ02)
    assert (round(float(lon), 8), round(float(lat), 8)) == gcj


@pytest.mark.parametrize("target", [Datum.GCJ02, Datum.BD09])
def test_twenty_thousand_points_come_back_within_a_millimetre(target):
    lon, lat = shanghai(20_000)
    there = convert(lon, lat, source=Datum.WGS84, target=target)
    back = convert(*there, source=target, target=Datum.WGS84)
    assert metres(lon, lat, *back).max() < 0.001


def test_points_all_over_china_come_back_within_a_millimetre():
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(74, 135, 20_000), rng.uniform(3, 53, 20_000)
    there = convert(lon, lat, source=Datum.WGS84, target=Datum.BD09)
    back = convert(*there, source=Datum.BD09, target=Datum.WGS84)
    assert metres(lon, lat, *back).max() < 0.001


@pytest.mark.parametrize(
    ("target", "low", "high"), [(Datum.GCJ02, 456, 500), (Datum.BD09, 1080, 1169)]
)
def test_a_forgotten_conversion_is_a_whole_walk_in_shanghai(target, low, high):
    lon, lat = convert(*PEOPLES_SQUARE, source=Datum.WGS84, target=target)
    assert low <= float(metres(*PEOPLES_SQUARE, lon, lat)) <= high


def test_bd09_and_gcj02_convert_without_wgs84_between():
    lon, lat = shanghai(500)
    direct = convert(lon, lat, source=Datum.GCJ02, target=Datum.BD09)
    wgs = convert(lon, lat, source=Datum.GCJ02, target=Datum.WGS84)
    around = convert(*wgs, source=Datum.WGS84, target=Datum.BD09)
    assert metres(*direct, *around).max() < 0.001


@pytest.mark.parametrize("datum", list(Datum))
def test_a_datum_converts_to_itself_unchanged(datum):
    lon, lat = convert(*PEOPLES_SQUARE, source=datum, target=datum)
    assert (float(lon), float(lat)) == PEOPLES_SQUARE


def test_cgcs2000_is_taken_as_wgs84():
    lon, lat = convert(*PEOPLES_SQUARE, source=Datum.CGCS2000, target=Datum.WGS84)
    assert (float(lon), float(lat)) == PEOPLES_SQUARE


def test_gcj02_equals_wgs84_outside_china():
    lon, lat = convert([2.2945, -0.1278], [48.8584, 51.5], source=Datum.WGS84, target=Datum.GCJ02)
    assert (lon.tolist(), lat.tolist()) == ([2.2945, -0.1278], [48.8584, 51.5])


def test_the_shape_of_the_input_is_kept():
    lon, lat = convert(
        np.full((2, 3), 121.4), np.full((2, 3), 31.2), source=Datum.GCJ02, target=Datum.WGS84
    )
    assert (lon.shape, lat.shape) == ((2, 3), (2, 3))


def test_no_points_give_no_points():
    lon, lat = convert([], [], source=Datum.BD09, target=Datum.WGS84)
    assert (lon.tolist(), lat.tolist()) == ([], [])


def test_the_input_arrays_are_left_alone():
    given = np.array([121.4]), np.array([31.2])
    convert(*given, source=Datum.WGS84, target=Datum.WGS84)[0][0] = 0.0
    assert (given[0].tolist(), given[1].tolist()) == ([121.4], [31.2])


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 31.2), (121.4, math.inf), (181.0, 31.2), (31.2, 121.4), (121.4, -90.1)],
)
def test_what_is_no_position_is_refused(lon, lat):
    with pytest.raises(DatumError, match="不是地球上的位置"):
        convert(lon, lat, source=Datum.GCJ02, target=Datum.WGS84)


def test_the_refusal_names_the_first_bad_pair():
    with pytest.raises(DatumError, match=r"经度 121.5、纬度 91\.0"):
        convert([121.4, 121.5], [31.2, 91.0], source=Datum.WGS84, target=Datum.GCJ02)


def test_unpaired_arrays_are_refused():
    with pytest.raises(DatumError, match="经度有 2 个，纬度有 1 个"):
        convert([121.4, 121.5], [31.2], source=Datum.WGS84, target=Datum.GCJ02)
