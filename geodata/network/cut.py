"""Ways parted where nobody gets through: at shut nodes, and where they meet walls and rails."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.network.access import Obstacle
from geodata.network.chains import UNIT, Chains, Ints
from geodata.network.ways import OFF_GROUND, Ways

Objects = NDArray[np.object_]
# Segments looked at together: they take a hundred times the memory of their coordinates.
_AT_ONCE = 100_000
_NEVER_CROSSED = (Obstacle.WALL, Obstacle.RAIL, Obstacle.MOTORWAY)


def parted(ways: Ways, barriers: Sequence[shapely.LineString] = ()) -> Chains:
    """The walked ways without what nobody can pass; `barriers` hold lon, lat."""
    shut = _shut(ways)
    cut = _cut(ways, barriers)
    split = cut.split(cut.inner(np.isin(cut.ref, shut)))
    return split.detached(np.isin(split.ref, shut))


def _shut(ways: Ways) -> Ints:
    """The nodes nobody passes: shut by their own tags, or on what is not crossed there."""
    ref, blocks = ways.obstacles.ref, ways.obstacle[ways.obstacles.way]
    on_street = ways.walked.ref[ways.street[ways.walked.way]]
    # A street that meets a trunk road at grade has a way across; a path has one where it says so.
    trunk = (blocks == Obstacle.TRUNK) & ~np.isin(ref, on_street)
    barred = ref[np.isin(blocks, _NEVER_CROSSED) | trunk]
    passed = np.union1d(ways.opened, _loose_ends(ways.obstacles, blocks))
    return np.union1d(ways.shut, np.setdiff1d(barred, passed))


def _loose_ends(obstacles: Chains, blocks: Ints) -> Ints:
    """Nodes where an obstacle only ends: one walks around it."""
    standing = blocks != Obstacle.RAMP
    arms = 2 - obstacles.starts.astype(np.int64) - obstacles.ends
    refs, which = np.unique(obstacles.ref[standing], return_inverse=True)
    met = np.bincount(which, weights=arms[standing], minlength=len(refs))
    return np.asarray(refs[met < 2], dtype=np.int64)


def _cut(ways: Ways, barriers: Sequence[shapely.LineString]) -> Chains:
    """Ways cut in two wherever they cross an obstacle without a junction."""
    chains = ways.walked
    tail, wall = _crossed(ways, barriers)
    met = shapely.intersection(_segments(chains, tail), wall)
    points, which = shapely.get_parts(met, return_index=True)
    tail, points = tail[which], shapely.centroid(points)
    order = np.lexsort((shapely.line_locate_point(_segments(chains, tail), points), tail))
    # An end and a new beginning at each place.
    at = np.repeat(tail[order] + 1, 2)
    x, y = (
        np.repeat(np.rint(degrees(points[order]) / UNIT).astype(np.int64), 2)
        for degrees in (shapely.get_x, shapely.get_y)
    )
    starts = np.tile(np.array([False, True]), len(order))
    return chains.spliced(at, x=x, y=y, starts=starts, ref=chains.new_refs(len(at)))


def _crossed(ways: Ways, barriers: Sequence[shapely.LineString]) -> tuple[Ints, Objects]:
    """First vertices of the segments on the ground that cross something there, and what."""
    chains = ways.walked
    mapped, of_way = ways.obstacles.lines()
    walls = np.array([*mapped, *barriers], dtype=np.object_)
    layers = np.append(ways.obstacle_layer[of_way], [0] * len(barriers))
    tree = shapely.STRtree(walls)
    ground = ways.layer[chains.way] != OFF_GROUND
    tails = np.flatnonzero(~chains.ends & ground) if len(walls) else np.empty(0, dtype=np.int64)
    hits = [np.empty((2, 0), dtype=np.int64)]
    for first in range(0, len(tails), _AT_ONCE):
        some = tails[first : first + _AT_ONCE]
        segment, wall = tree.query(_segments(chains, some), predicate="crosses")
        hits.append(np.stack([some[segment], wall]))
    tail, wall = np.concatenate(hits, axis=1)
    # What a person calls a barrier is one in any layer of the ground.
    meets = (wall >= len(mapped)) | (layers[wall] == ways.layer[chains.way[tail]])
    return tail[meets], walls[wall[meets]]


def _segments(chains: Chains, tail: Ints) -> Objects:
    """The lines from some vertices to the next, in degrees."""
    ends = [chains.lonlat(at) for at in (tail, tail + 1)]
    lines: Objects = shapely.linestrings(np.stack(ends, axis=1))
    return lines
