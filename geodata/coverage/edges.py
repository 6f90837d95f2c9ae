"""How far points are from an area: from its edge, 0 inside, or from its entrances where known."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import geodesic_m, metres_per_degree
from geodata.plane import conformal, stretch

Floats = NDArray[np.float64]


def from_edge(area: BaseGeometry, points: Floats) -> Floats:
    """Straight metres from an area's edge to points of lon, lat; 0 inside, NaN without position.

    Inside a hole of the area (a lake, another owner's yard) the hole's own edge counts.
    """
    away_m = np.full(len(points), np.nan)
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    plane = shapely.transform(area, conformal)
    spots = shapely.points(conformal(points[known]))
    links = shapely.get_coordinates(shapely.shortest_line(spots, plane)).reshape(-1, 2, 2)
    step = links[:, 1] - links[:, 0]
    lat = points[known, 1]
    # The plane is stretched as at the middle of the way.
    _, north_m = metres_per_degree(lat)
    middle = lat + step[:, 1] / stretch(lat) / north_m / 2.0
    away_m[known] = np.hypot(*step.T) / stretch(middle)
    return away_m


def from_entrances(entrances: Floats, points: Floats) -> Floats:
    """Straight metres from the nearest entrance; entrances and points are rows of lon, lat."""
    if not len(entrances):
        return np.full(len(points), np.inf)
    lon, lat = entrances.T
    metres = geodesic_m(points[:, :1], points[:, 1:], lon[None, :], lat[None, :])
    nearest: Floats = metres.min(axis=1)
    return nearest
