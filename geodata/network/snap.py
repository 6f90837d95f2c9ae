"""Points set on the nearest edge of a network."""

from dataclasses import dataclass

import numpy as np
import shapely

from geodata.geodesy import geodesic_m
from geodata.network.chains import Bools, Ints
from geodata.network.graph import Floats, Network
from geodata.plane import conformal

# A point farther from every street than this is not on the network.
SNAP_LIMIT_M = 100.0


@dataclass(frozen=True, eq=False)
class Snapped:
    """Where points stand: at `foot` (lon, lat), `at_m` metres from the beginning of `edge`, and
    `off_m` metres beside it.

    -1 and NaN where a point is farther than the limit from every edge, or has no position.
    """

    edge: Ints
    at_m: Floats
    off_m: Floats
    foot: Floats

    @property
    def on(self) -> Bools:
        """Which points are on the network."""
        return self.edge >= 0


class Snapper:
    """The edges of one network, ready to be searched."""

    def __init__(self, network: Network) -> None:
        self._network = network
        ground = np.flatnonzero(network.ground)
        self._edge = ground
        self._plane = conformal(network.lonlat)
        vertices = np.repeat(np.arange(len(network.tail)), np.diff(network.first))
        on_ground = network.ground[vertices]
        _, run = np.unique(vertices[on_ground], return_inverse=True)
        self._tree = shapely.STRtree(shapely.linestrings(self._plane[on_ground], indices=run))
        # Measured through all edges, each shifted behind the one before it.
        steps = np.append(0.0, np.hypot(*np.diff(self._plane, axis=0).T))
        steps[network.first[:-1]] = 0.0
        self._through = np.cumsum(steps)

    def snap(self, points: Floats, *, limit_m: float = SNAP_LIMIT_M) -> Snapped:
        """Set points of lon, lat on the network."""
        edge = np.full(len(points), -1, dtype=np.int64)
        at_m, off_m = np.full(len(points), np.nan), np.full(len(points), np.nan)
        feet = np.full((len(points), 2), np.nan)
        known = np.flatnonzero(np.isfinite(points).all(axis=1))
        if len(known) and len(self._edge):
            plane = shapely.points(conformal(points[known]))
            nearest = self._tree.nearest(plane)
            found = self._edge[nearest]
            there = shapely.line_locate_point(self._tree.geometries[nearest], plane)
            metres, foot = self._place(found, there)
            beside = geodesic_m(*points[known].T, *foot.T)
            near = beside <= limit_m
            kept = known[near]
            edge[kept], at_m[kept], off_m[kept] = found[near], metres[near], beside[near]
            feet[kept] = foot[near]
        return Snapped(edge, at_m, off_m, feet)

    def _place(self, edge: Ints, there: Floats) -> tuple[Floats, Floats]:
        """Metres along an edge and the degrees of the place a length of the plane leads to."""
        network, through = self._network, self._through
        first, last = network.first[edge], network.first[edge + 1] - 1
        wanted = through[first] + there
        low = np.clip(np.searchsorted(through, wanted, side="right") - 1, first, last - 1)
        step = through[low + 1] - through[low]
        share = np.divide(wanted - through[low], step, out=np.zeros(len(edge)), where=step > 0)
        share = np.clip(share, 0.0, 1.0)
        metres = network.along_m[low] + share * (network.along_m[low + 1] - network.along_m[low])
        ends = network.lonlat[low], network.lonlat[low + 1]
        return metres, ends[0] + share[:, None] * (ends[1] - ends[0])
