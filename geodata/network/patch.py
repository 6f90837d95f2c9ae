"""A piece of a network around some points, small enough to search from each of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from geodata.network.chains import Ints
from geodata.network.graph import Floats
from geodata.network.links import Links


@dataclass(frozen=True, eq=False)
class Patch:
    """Some nodes and the edges between them; `local` is where each node of the network is in it,
    -1 where it is not.
    """

    nodes: Ints
    local: Ints
    begins: Ints
    heads: Ints
    metres: Floats

    def with_sources(self, links: Links) -> Any:
        """The graph of the patch with a node more for each source, after the others."""
        node = self.local[links.node]
        open_ = np.isfinite(links.metres) & (node >= 0)
        count = len(self.nodes) + len(node)
        begins = np.append(self.begins, self.begins[-1] + np.cumsum(open_.sum(axis=1)))
        heads = np.append(self.heads, node[open_])
        metres = np.append(self.metres, links.metres[open_])
        return csr_array((metres, heads, begins), shape=(count, count))


class Patches:
    """Cuts patches out of one graph; holds one at a time."""

    def __init__(self, graph: Any) -> None:
        self._begins = graph.indptr.astype(np.int64)
        self._heads, self._metres = graph.indices, graph.data
        self._local = np.full(graph.shape[0], -1, dtype=np.int64)
        self._held: Ints = np.empty(0, dtype=np.int64)

    def around(self, nodes: Ints) -> Patch:
        """The patch of some nodes; the one before it is gone."""
        self._local[self._held] = -1
        self._local[nodes] = np.arange(len(nodes))
        self._held = nodes
        count = self._begins[nodes + 1] - self._begins[nodes]
        before = np.append(0, np.cumsum(count))
        at = np.arange(before[-1]) + np.repeat(self._begins[nodes] - before[:-1], count)
        heads = self._local[self._heads[at]]
        inside = heads >= 0
        kept = np.append(0, np.cumsum(inside))[before]
        return Patch(nodes, self._local, kept, heads[inside], self._metres[at][inside])
