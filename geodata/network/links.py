"""Between snapped points and the network: both ends of the edge, and the points on one edge."""

from dataclasses import dataclass

import numpy as np

from geodata.network.chains import Bools, Ints
from geodata.network.graph import Floats, Network
from geodata.network.snap import Snapped


@dataclass(frozen=True, eq=False)
class Links:
    """Per point the two nodes at the ends of its edge and the metres to them, beside the edge and
    along it. Infinite where the edge may not be walked that way, or the point is not on it.
    """

    point: Ints
    node: Ints
    metres: Floats

    def of(self, which: Ints) -> "Links":
        """Those of some points."""
        return Links(self.point[which], self.node[which], self.metres[which])


@dataclass(frozen=True, eq=False)
class Walks:
    """Walks found: from point `source[k]` to point `target[k]` in `walk_m[k]` metres."""

    source: Ints
    target: Ints
    walk_m: Floats


def leaving(network: Network, points: Snapped) -> Links:
    """From points to the nodes."""
    return _links(network, points, to_tail=network.backward, to_head=network.forward)


def arriving(network: Network, points: Snapped) -> Links:
    """From the nodes to points."""
    return _links(network, points, to_tail=network.forward, to_head=network.backward)


def _links(network: Network, points: Snapped, *, to_tail: Bools, to_head: Bools) -> Links:
    edge = np.where(points.on, points.edge, 0)
    node = np.column_stack([network.tail[edge], network.head[edge]])
    rest_m = network.length_m[edge] - points.at_m
    metres = points.off_m[:, None] + np.column_stack([points.at_m, rest_m])
    open_ = points.on[:, None] & np.column_stack([to_tail[edge], to_head[edge]])
    # A loop has one node at both ends: only the shorter way to it counts.
    both = open_.all(axis=1) & (node[:, 0] == node[:, 1])
    metres = np.where(open_, metres, np.inf)
    metres[both, 0] = metres[both].min(axis=1)
    metres[both, 1] = np.inf
    return Links(np.arange(len(edge)), node, metres)


def along_edges(network: Network, sources: Snapped, targets: Snapped) -> Walks:
    """Walks between points of one edge that never leave it."""
    order = np.argsort(targets.edge, kind="stable")
    edges = targets.edge[order]
    on = np.flatnonzero(sources.on)
    low = np.searchsorted(edges, sources.edge[on], side="left")
    count = np.searchsorted(edges, sources.edge[on], side="right") - low
    source = np.repeat(on, count)
    target = order[np.repeat(low, count) + _counted(count)]
    ahead_m = targets.at_m[target] - sources.at_m[source]
    edge = sources.edge[source]
    free = np.where(ahead_m > 0, network.forward[edge], network.backward[edge]) | (ahead_m == 0)
    walk_m = sources.off_m[source] + np.abs(ahead_m) + targets.off_m[target]
    return Walks(source[free], target[free], walk_m[free])


def _counted(count: Ints) -> Ints:
    """0, 1, 2 … anew for each count."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)


def shortest_of(*found: Walks) -> Walks:
    """Each pair once, by its shortest walk, in the order of source, then target."""
    source = np.concatenate([one.source for one in found])
    target = np.concatenate([one.target for one in found])
    walk_m = np.concatenate([one.walk_m for one in found])
    order = np.lexsort((walk_m, target, source))
    source, target, walk_m = source[order], target[order], walk_m[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    return Walks(source[new], target[new], walk_m[new])
