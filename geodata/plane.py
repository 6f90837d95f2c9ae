"""A plane on which near things keep their shape, anywhere: Mercator on the ellipsoid."""

import numpy as np
from numpy.typing import NDArray

from geodata.geodesy import ECCENTRICITY2, SEMI_MAJOR_M, metres_per_degree

Floats = NDArray[np.float64]
_E = ECCENTRICITY2**0.5


def conformal(points: Floats) -> Floats:
    """Points of lon, lat in metres at the equator: what is nearest there is nearest here."""
    lon, lat = np.radians(points).T
    up = np.arctanh(np.sin(lat)) - _E * np.arctanh(_E * np.sin(lat))
    return SEMI_MAJOR_M * np.column_stack([lon, up])


def stretch(lat: Floats) -> Floats:
    """How many metres of the plane one metre on the ground is."""
    east_m, _ = metres_per_degree(lat)
    return np.asarray(np.radians(SEMI_MAJOR_M) / east_m)
