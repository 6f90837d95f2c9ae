"""Shortest walks between snapped points.

Whoever walks no farther than R stays within R as the crow flies. So the sources are taken by
squares of that size and each square is searched on the patch of network around it: the whole
matrix, or even a row of it as long as the network, never exists.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.network.chains import Ints
from geodata.network.graph import Floats, Network
from geodata.network.links import Links, Walks, along_edges, arriving, leaving, shortest_of
from geodata.network.patch import Patch, Patches
from geodata.network.snap import Snapped
from geodata.plane import conformal, stretch

# Distances held at a time: 32 MB.
_CELLS = 4_000_000
# The plane is stretched evenly only at one latitude, and metres are rounded.
_SLACK = 1.001


def walks_within(network: Network, sources: Snapped, targets: Snapped, radius_m: float) -> Walks:
    """All walks of at most radius_m metres, those beside the edges included."""
    out, home = leaving(network, sources), arriving(network, targets)
    patches, of_target = Patches(network.graph), np.flatnonzero(targets.on)
    trees = network.node_tree, cKDTree(_plane(targets, of_target))
    found = [along_edges(network, sources, targets)]
    for square, middle, reach in _squares(network, sources, radius_m):
        nodes, near = (_around(tree, middle, reach) for tree in trees)
        patch, there = patches.around(nodes), home.of(of_target[near])
        batches = _batches(square, len(nodes))
        found.extend(_searched(patch, out.of(batch), there, radius_m) for batch in batches)
    every = shortest_of(*found)
    within = every.walk_m <= radius_m
    return Walks(every.source[within], every.target[within], every.walk_m[within])


def nearest_walk(network: Network, sources: Snapped, targets: Snapped) -> tuple[Ints, Floats]:
    """For each source the target it reaches first, and the walk; -1 and infinity without any."""
    back = network.reversed
    whole = Patches(back.graph).around(np.arange(network.nodes))
    graph = whole.with_sources(arriving(network, targets))
    starts = np.arange(network.nodes, graph.shape[0])
    index = np.full(len(sources.edge), -1, dtype=np.int64)
    walk_m = np.full(len(sources.edge), np.inf)
    if len(starts):
        metres, _, first = dijkstra(graph, indices=starts, min_only=True, return_predecessors=True)
        out = leaving(network, sources)
        via = out.metres + metres[out.node]
        side = via.argmin(axis=1)
        rows = np.arange(len(via))
        walk_m = via[rows, side]
        reached = np.isfinite(walk_m)
        index[reached] = first[out.node[rows, side]][reached] - network.nodes
    beside = along_edges(network, sources, targets)
    return nearer(index, walk_m, beside)


def nearer(index: Ints, walk_m: Floats, others: Walks) -> tuple[Ints, Floats]:
    """The nearest of what was found and of other walks."""
    order = np.lexsort((others.target, others.walk_m, others.source))
    source, first = np.unique(others.source[order], return_index=True)
    best = order[first]
    closer = others.walk_m[best] < walk_m[source]
    index, walk_m = index.copy(), walk_m.copy()
    index[source[closer]] = others.target[best[closer]]
    walk_m[source[closer]] = others.walk_m[best[closer]]
    return index, walk_m


def _squares(
    network: Network, sources: Snapped, radius_m: float
) -> Iterator[tuple[Ints, Floats, float]]:
    """Sources by squares of the plane: which, the middle, and how far their walks may lead."""
    known = np.flatnonzero(sources.on)
    if not len(known):
        return
    plane = _plane(sources, known)
    # What lies off the edge is walked too, so the foot on it is never farther than the radius.
    side = radius_m * float(stretch(network.node_lonlat[:, 1]).max()) * _SLACK
    cells = np.floor(plane / side).astype(np.int64)
    order = np.lexsort((cells[:, 1], cells[:, 0]))
    changes = np.flatnonzero(np.diff(cells[order], axis=0).any(axis=1)) + 1
    for rows in np.split(order, changes):
        low, high = plane[rows].min(axis=0), plane[rows].max(axis=0)
        yield known[rows], (low + high) / 2.0, float((high - low).max()) / 2.0 + side


def _plane(points: Snapped, which: Ints) -> Floats:
    """The feet of snapped points on the plane."""
    return conformal(points.foot[which])


def _around(tree: cKDTree, middle: Floats, reach: float) -> Ints:
    return np.sort(np.array(tree.query_ball_point(middle, reach, p=np.inf), dtype=np.int64))


def _batches(square: Ints, nodes: int) -> Iterator[Ints]:
    size = max(1, _CELLS // (nodes + len(square)))
    return (square[first : first + size] for first in range(0, len(square), size))


def _searched(patch: Patch, out: Links, home: Links, radius_m: float) -> Walks:
    """Walks from some sources to some targets on a patch, over its nodes."""
    graph = patch.with_sources(out)
    starts = np.arange(len(patch.nodes), graph.shape[0])
    metres = dijkstra(graph, indices=starts, limit=radius_m)
    node = patch.local[home.node]
    last = np.where(node >= 0, home.metres, np.inf)
    ends = [metres[:, node[:, side]] + last[:, side] for side in (0, 1)]
    via = np.minimum(*ends)
    source, target = np.nonzero(via <= radius_m)
    return Walks(out.point[source], home.point[target], via[source, target])
