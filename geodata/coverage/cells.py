"""Pairs of points that may be near each other, found by a grid instead of a tree.

For one radius a grid needs no building: the points of three cells in a row stand next to each
other once they are sorted by cell, so that each demand has three stretches to look through.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Candidates looked at in one go: what bounds the memory of a search over a whole country.
_AT_ONCE = 1 << 21
# Cells up to which a table of all of them is held.
_TABLE = 1 << 24


def candidates(
    demand: Floats, supply: Floats, cell: tuple[float, float]
) -> Iterator[tuple[Ints, Ints]]:
    """Indices of all pairs no farther apart than a cell in either coordinate, and of some others.

    `demand` (n, 2), `supply` (m, 2) and `cell`, its width and height, are in one unit; all finite.
    Comes in pieces, in the order of demand.
    """
    if not len(demand) or not len(supply):
        return
    order, starts, counts = _stretches(demand, supply, cell)
    upto = np.cumsum(counts.sum(axis=1))
    first = 0
    while first < len(demand):
        done = int(upto[first - 1]) if first else 0
        last = max(int(np.searchsorted(upto, done + _AT_ONCE, side="right")), first + 1)
        start, count = starts[first:last].ravel(), counts[first:last].ravel()
        who = np.repeat(np.arange(first, last), counts[first:last].sum(axis=1))
        # Running numbers, set back to its start at each stretch.
        shift = start - np.concatenate([[0], np.cumsum(count)[:-1]])
        yield who, order[np.arange(len(who)) + np.repeat(shift, count)]
        first = last


def _stretches(
    demand: Floats, supply: Floats, cell: tuple[float, float]
) -> tuple[Ints, Ints, Ints]:
    """Supplies in the order of their cells; per demand where its three stretches start, how long.

    Columns run along a row, and one empty column parts the rows.
    """
    low = np.minimum(demand.min(axis=0), supply.min(axis=0))
    of_demand = np.floor((demand - low) / cell).astype(np.int64)
    of_supply = np.floor((supply - low) / cell).astype(np.int64)
    across = int(max(of_demand[:, 0].max(), of_supply[:, 0].max())) + 3
    key = (of_supply[:, 1] + 1) * across + of_supply[:, 0] + 1
    order = np.argsort(key, kind="stable")
    left = (of_demand[:, 1:] + np.array([0, 1, 2])) * across + of_demand[:, :1]
    starts = _first(key[order], left)
    return order, starts, _first(key[order], left + 3) - starts


def _first(held: Ints, keys: Ints) -> Ints:
    """Where the first of the sorted `held` stands that is no less than each key."""
    size = int(keys.max()) + 1
    if size > _TABLE:
        return np.searchsorted(held, keys)
    # A table is many times faster than as many binary searches.
    below = np.cumsum(np.bincount(held, minlength=size))
    return np.concatenate([[0], below])[keys]
