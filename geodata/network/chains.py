"""Ways as runs of vertices in arrays, and how such runs are parted."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# Coordinates are whole numbers of 1e-7 degrees, as OpenStreetMap keeps them: a centimetre.
UNIT = 1e-7


@dataclass(frozen=True, eq=False)
class Chains:
    """Vertices in order; where `starts`, a run begins.

    `ref` names the node a vertex stands for, `x` and `y` are its longitude and latitude in
    `UNIT`s, `way` is the way it belongs to.
    """

    ref: Ints
    x: Ints
    y: Ints
    way: Ints
    starts: Bools

    @property
    def ends(self) -> Bools:
        """Where a run ends."""
        return np.roll(self.starts, -1)

    def lonlat(self, at: Ints | Bools) -> NDArray[np.float64]:
        """Degrees of some vertices."""
        return np.column_stack([self.x[at], self.y[at]]).astype(np.float64) * UNIT

    def lines(self) -> tuple[NDArray[np.object_], Ints]:
        """Each run of two vertices or more as a line of degrees, and its way."""
        run = np.cumsum(self.starts) - 1
        long = np.bincount(run)[run] > 1
        _, at = np.unique(run[long], return_inverse=True)
        lines = shapely.linestrings(self.lonlat(long), indices=at)
        return lines, self.way[self.starts & long]

    def spliced(self, at: Ints, *, x: Ints, y: Ints, starts: Bools, ref: Ints) -> "Chains":
        """Vertices put in before those at `at`, on the way of the vertex they follow."""
        return Chains(
            np.insert(self.ref, at, ref),
            np.insert(self.x, at, x),
            np.insert(self.y, at, y),
            np.insert(self.way, at, self.way[at - 1]),
            np.insert(self.starts, at, starts),
        )

    def split(self, inside: Ints) -> "Chains":
        """Runs that end at inner vertices and begin again there."""
        new = np.ones(len(inside), dtype=np.bool_)
        x, y, ref = self.x[inside], self.y[inside], self.ref[inside]
        return self.spliced(inside + 1, x=x, y=y, starts=new, ref=ref)

    def inner(self, which: Bools) -> Ints:
        """Those of some vertices that neither begin nor end a run."""
        return np.flatnonzero(which & ~self.starts & ~self.ends)

    def detached(self, which: Bools) -> "Chains":
        """Each of some vertices as a node of its own."""
        ref = self.ref.copy()
        ref[which] = self.new_refs(int(which.sum()))
        return replace(self, ref=ref)

    def new_refs(self, count: int) -> Ints:
        """Names that no node has."""
        return min(int(self.ref.min(initial=0)), 0) - 1 - np.arange(count)
