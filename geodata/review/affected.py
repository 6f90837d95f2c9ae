"""How many workers an address touches."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.geodesy import geodesic_m, metres_per_degree
from geodata.review.stored import Row
from geodata.tables import DemandSite, Place

BESIDE_M = 1000.0
# A box is a little wider than it need be, so that rounding shuts nothing out.
_MARGIN = 1.01

Spot = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sites:
    """Demand sites with a position from south to north: (n, 2) lon, lat in WGS-84, and workers.

    Workers nobody knows are NaN.
    """

    where: Floats
    workers: Floats

    def beside(self, spot: Spot) -> int | None:
        """The workers of the sites within 1 km; None where none is counted."""
        high = _MARGIN * BESIDE_M / float(metres_per_degree(spot[1])[1])
        band = slice(*np.searchsorted(self.where[:, 1], (spot[1] - high, spot[1] + high)))
        where, workers = self.where[band], self.workers[band]
        near = geodesic_m(where[:, 0], where[:, 1], *spot) <= BESIDE_M
        known = workers[near & np.isfinite(workers)]
        return int(known.sum()) if known.size else None


def all_sites(session: Session) -> Sites:
    """Every site there is."""
    return _sites(session, -180.0, -90.0, 180.0, 90.0)


def sites_around(session: Session, spots: Iterable[Spot]) -> Sites:
    """Those that can lie within 1 km of any of some spots."""
    every = np.array(list(spots), dtype=np.float64).reshape(-1, 2)
    if not len(every):
        return Sites(np.empty((0, 2)), np.empty(0))
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    east_m, north_m = (float(metre.min()) for metre in metres_per_degree([south, north]))
    wide, high = _MARGIN * BESIDE_M / east_m, _MARGIN * BESIDE_M / north_m
    return _sites(session, west - wide, south - high, east + wide, north + high)


def _sites(session: Session, west: float, south: float, east: float, north: float) -> Sites:
    inside = DemandSite.lon.between(float(west), float(east)) & DemandSite.lat.between(
        float(south), float(north)
    )
    columns = select(DemandSite.lon, DemandSite.lat, DemandSite.workers).where(inside)
    columns = columns.order_by(DemandSite.lat)
    rows = np.array([tuple(row) for row in session.execute(columns)], dtype=np.float64)
    return Sites(rows.reshape(-1, 3)[:, :2], rows.reshape(-1, 3)[:, 2])


def own_workers(rows: Iterable[Row]) -> int | None:
    """Of the sites here, else of the service points here; None where none is counted."""
    rows = list(rows)
    of_sites = [row.workers for row in rows if isinstance(row, DemandSite)]
    served = [s.workers for row in rows if isinstance(row, Place) for s in row.services]
    for counted in (of_sites, served):
        known = [count for count in counted if count is not None]
        if known:
            return sum(known)
    return None
