"""Coordinate reference systems an answer can be asked in, by their URIs; stored is CRS84."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.model import Datum
from geodata.place.datum import convert

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_RADIUS_M = 6378137.0
# Web Mercator ends here; beyond it there are no metres to give.
_MOST_LAT = 85.0511287798066


@dataclass(frozen=True, eq=False)
class Crs:
    """`place` takes WGS-84 lon, lat to the two axes in their own order.

    `around` is the axis of longitudes, which go round the Earth; None where metres do not.
    """

    uri: str
    name: str
    place: Callable[[Floats, Floats], Pair]
    decimals: int
    around: int | None


def _lon_lat(lon: Floats, lat: Floats) -> Pair:
    return lon, lat


def _lat_lon(lon: Floats, lat: Floats) -> Pair:
    return lat, lon


def _mercator(lon: Floats, lat: Floats) -> Pair:
    phi = np.radians(np.clip(lat, -_MOST_LAT, _MOST_LAT))
    return _RADIUS_M * np.radians(lon), _RADIUS_M * np.arctanh(np.sin(phi))


def _gcj(lon: Floats, lat: Floats) -> Pair:
    known = ~np.isnan(lon)
    x, y = np.full_like(lon, np.nan), np.full_like(lat, np.nan)
    x[known], y[known] = convert(lon[known], lat[known], source=Datum.WGS84, target=Datum.GCJ02)
    return x, y


_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "CRS84", _lon_lat, 7, 0)
# CGCS2000 equals WGS-84 to within a metre; both EPSG codes put latitude first.
EPSG4326 = Crs(f"{_EPSG}4326", "WGS 84", _lat_lon, 7, 1)
EPSG3857 = Crs(f"{_EPSG}3857", "Web Mercator", _mercator, 2, None)
EPSG4490 = Crs(f"{_EPSG}4490", "CGCS2000", _lat_lon, 7, 1)
# Nobody has registered the datum of AMap and Tencent; the name is ours. Longitude comes first.
GCJ02 = Crs("urn:zhitu:def:crs:GCJ-02", "GCJ-02", _gcj, 7, 0)
SYSTEMS = {one.uri: one for one in (CRS84, EPSG4326, EPSG3857, EPSG4490, GCJ02)}
