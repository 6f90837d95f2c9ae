"""Walks of at most 1,200 m between 10,000 and 10,000 points on a lattice of 160,000 junctions.

`python -m bench.network [spacing]`: seconds beside a bare loop of scipy's dijkstra over the same
sources, which finds the distances to nodes alone, and the peak of memory of each. The spacing of
the lattice is in metres, 100 without one.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geodata.network.graph import Floats, Network
from geodata.network.walking import walk_pairs

SIDE = 400
POINTS = 10_000
RADIUS_M = 1200.0
BATCH = 25


def lattice(spacing_m: float) -> Network:
    """Streets of equal blocks; each edge two vertices, a few metres off the ruler."""
    draw = np.random.default_rng(1)
    step = spacing_m / 95_000.0 / 1e-7
    bend = draw.normal(0.0, 0.05 * step, (2, SIDE, SIDE))
    east, north = np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij")
    x = (1_214_700_000 + step * east + bend[0]).astype(np.int64).ravel()
    y = (312_300_000 + 0.856 * step * north + bend[1]).astype(np.int64).ravel()
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    tail = np.concatenate([number[:-1].ravel(), number[:, :-1].ravel()])
    head = np.concatenate([number[1:].ravel(), number[:, 1:].ravel()])
    ends = np.column_stack([tail, head]).ravel()
    every = np.ones(len(tail), dtype=np.bool_)
    return Network(
        tail=tail,
        head=head,
        first=np.arange(0, 2 * len(tail) + 1, 2),
        x=x[ends],
        y=y[ends],
        forward=every,
        backward=every,
        ground=every,
        name="lattice",
        terms="",
    )


def scattered(network: Network, seed: int) -> Floats:
    low, high = network.node_lonlat.min(axis=0), network.node_lonlat.max(axis=0)
    return np.random.default_rng(seed).uniform(low, high, (POINTS, 2))


def bare(network: Network) -> int:
    """How many nodes are near as many sources, found by scipy alone."""
    sources = np.random.default_rng(4).integers(0, network.nodes, POINTS)
    found = 0
    for first in range(0, POINTS, BATCH):
        batch = sources[first : first + BATCH]
        metres = dijkstra(network.graph, indices=batch, limit=RADIUS_M)
        found += int(np.isfinite(metres).sum())
    return found


def measured(work: Callable[[], int]) -> tuple[int, float, float]:
    """What came out, seconds, and megabytes at the peak (in a run of its own: it costs time)."""
    began = time.perf_counter()
    found = work()
    took = time.perf_counter() - began
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return found, took, peak / 2**20


def main() -> None:
    network = lattice(float(sys.argv[1]) if len(sys.argv) > 1 else 100.0)
    home, door = scattered(network, 2), scattered(network, 3)
    print(f"{network.nodes:,} junctions, {network.graph.nnz:,} steps between them")
    nodes, alone_s, alone_mb = measured(lambda: bare(network))
    print(f"  bare dijkstra: {nodes:,} nodes in {alone_s:.2f} s, {alone_mb:.0f} MB")
    pairs, ours_s, ours_mb = measured(lambda: len(walk_pairs(network, home, door, RADIUS_M).walk_m))
    print(f"  walk pairs: {pairs:,} pairs in {ours_s:.2f} s, {ours_mb:.0f} MB")
    print(f"  {ours_s / alone_s:.2f} x the bare loop, snapping and all")


if __name__ == "__main__":
    main()
