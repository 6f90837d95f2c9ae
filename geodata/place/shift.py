"""How far positions lie apart, and whether a forgotten datum explains it.

Whoever takes GCJ-02 for WGS-84 in Shanghai is 432 m east and 214 m south of the truth, BD-09
1054 m east and 442 m north, give or take 100 m over the city: the vectors are worked out where
the position lies.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.geodesy import metres_per_degree
from geodata.model import Datum
from geodata.place.datum import Floats, convert

NEAR_SHIFT_M = 60.0
# CGCS2000 equals WGS-84 to within a metre, so three datums are all there are to mistake.
_DATUMS = (Datum.WGS84, Datum.GCJ02, Datum.BD09)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Coordinates that are in `true` and were taken to be in `said`."""

    said: Datum
    true: Datum


MISTAKES = tuple(Mistake(said, true) for said in _DATUMS for true in _DATUMS if said is not true)


def metres_between(
    lon: ArrayLike, lat: ArrayLike, from_lon: ArrayLike, from_lat: ArrayLike
) -> tuple[Floats, Floats]:
    """Metres east and north from the second positions to the first, elementwise."""
    lons, lats = np.asarray(lon, float), np.asarray(lat, float)
    from_lons, from_lats = np.asarray(from_lon, float), np.asarray(from_lat, float)
    east_m, north_m = metres_per_degree((lats + from_lats) / 2.0)
    return (lons - from_lons) * east_m, (lats - from_lats) * north_m


def mistaken(
    mistake: Mistake, lon: ArrayLike, lat: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where true WGS-84 positions come to lie under a mistake."""
    raw = convert(lon, lat, source=Datum.WGS84, target=mistake.true)
    return convert(*raw, source=mistake.said, target=Datum.WGS84)


def shift_between(lon: float, lat: float, other_lon: float, other_lat: float) -> Mistake | None:
    """The mistake that would put the second position within 60 m of the first; None for none."""
    away = []
    for mistake in MISTAKES:
        east, north = metres_between(lon, lat, *mistaken(mistake, other_lon, other_lat))
        away.append(float(np.hypot(east, north)))
    nearest = int(np.argmin(away))
    return MISTAKES[nearest] if away[nearest] <= NEAR_SHIFT_M else None
