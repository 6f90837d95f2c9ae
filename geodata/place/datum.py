"""WGS-84, GCJ-02 and BD-09, vectorised; CGCS2000 is taken as WGS-84 (equal to within a metre).

GCJ-02 (火星坐标: AMap, Tencent) moves a point in Shanghai by 456-500 m, BD-09 (Baidu) by
1,080-1,169 m. Neither has a published inverse; the forward formulas are iterated to a fixed
point until they move less than a tenth of a millimetre. By convention GCJ-02 equals WGS-84
outside a box around China; BD-09 is its offset on GCJ-02 everywhere.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.errors import DatumError
from geodata.model import Datum

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_AXIS_M = 6378245.0
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
_BOX = (72.004, 137.8347, 0.8293, 55.8271)
_STILL_DEG = 1e-9
_MAX_ROUNDS = 30


def convert(lon: ArrayLike, lat: ArrayLike, *, source: Datum, target: Datum) -> Pair:
    """Longitudes and latitudes in degrees, of any one shape, from one datum to another.

    Raises DatumError when a value is not finite or is no longitude or latitude.
    """
    lons, lats = checked(lon, lat)
    here, there = _STEPS_FROM_WGS[source], _STEPS_FROM_WGS[target]
    for step in reversed(_CHAIN[there:here]):
        lons, lats = _inverse(step, lons, lats)
    for step in _CHAIN[here:there]:
        lons, lats = step(lons, lats)
    return lons, lats


def checked(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Two float arrays of one shape; DatumError for anything that cannot be on Earth."""
    lons = np.array(lon, dtype=np.float64)
    lats = np.array(lat, dtype=np.float64)
    if lons.shape != lats.shape:
        raise DatumError(f"经度有 {lons.size} 个，纬度有 {lats.size} 个：请成对给出。")
    usable = (np.abs(lons) <= 180.0) & (np.abs(lats) <= 90.0)
    if not usable.all():
        at = int(np.flatnonzero(~usable)[0])
        raise DatumError(
            f"经度 {lons.flat[at]}、纬度 {lats.flat[at]} 不是地球上的位置："
            "经度在 -180 到 180 之间、纬度在 -90 到 90 之间，请核对两列是否颠倒。"
        )
    return lons, lats


def _wgs_to_gcj(lon: Floats, lat: Floats) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY2 * np.sin(phi) ** 2
    per_degree_lon = _AXIS_M / np.sqrt(magic) * np.cos(phi) * np.pi / 180.0
    per_degree_lat = _AXIS_M * (1.0 - _ECCENTRICITY2) / magic**1.5 * np.pi / 180.0
    inside = _in_china(lon, lat)
    return (
        lon + np.where(inside, _east_m(x, y) / per_degree_lon, 0.0),
        lat + np.where(inside, _north_m(x, y) / per_degree_lat, 0.0),
    )


def _in_china(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    west, east, south, north = _BOX
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _east_m(x: Floats, y: Floats) -> Floats:
    trend = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    long_waves = 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x * np.pi / 3.0)
    longest = 150.0 * np.sin(x * np.pi / 12.0) + 300.0 * np.sin(x * np.pi / 30.0)
    return trend + (_ripple(x) + long_waves + longest) * 2.0 / 3.0


def _north_m(x: Floats, y: Floats) -> Floats:
    trend = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    long_waves = 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y * np.pi / 3.0)
    longest = 160.0 * np.sin(y * np.pi / 12.0) + 320.0 * np.sin(y * np.pi / 30.0)
    return trend + (_ripple(x) + long_waves + longest) * 2.0 / 3.0


def _ripple(x: Floats) -> Floats:
    return 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)


def _gcj_to_bd(lon: Floats, lat: Floats) -> Pair:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _inverse(step: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    """The pair that `step` takes to (lon, lat)."""
    lons, lats = lon, lat
    for _ in range(_MAX_ROUNDS):
        got_lon, got_lat = step(lons, lats)
        off_lon, off_lat = lon - got_lon, lat - got_lat
        lons, lats = lons + off_lon, lats + off_lat
        if np.hypot(off_lon, off_lat).max(initial=0.0) < _STILL_DEG:
            break
    return lons, lats


_CHAIN = (_wgs_to_gcj, _gcj_to_bd)
_STEPS_FROM_WGS = {Datum.WGS84: 0, Datum.CGCS2000: 0, Datum.GCJ02: 1, Datum.BD09: 2}
