"""Crowds: hundreds of records alike, of which not every pair need be asked about.

Of 400 records of one name on one spot there are 79,800 pairs. A person is asked about each with
the next instead: who makes them one in turn has them all.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

# So many alike are still asked about pair by pair.
MOST_ALIKE = 20

Index = NDArray[np.int64]


def chain(rows: Sequence[int]) -> Index:
    """Shape (n - 1, 2): each with the next."""
    every = np.array(rows, dtype=np.int64)
    return np.column_stack([every[:-1], every[1:]])


def thinned(
    rows: Iterable[int], alike: Callable[[int], Hashable], touched: NDArray[np.bool_]
) -> tuple[Index, Index]:
    """The rows with one, a touched one if there is any, for each crowd, and the crowds' chains."""
    groups: dict[Hashable, list[int]] = {}
    for n in rows:
        groups.setdefault(alike(n), []).append(n)
    kept: list[int] = []
    chains = [np.empty((0, 2), dtype=np.int64)]
    for group in groups.values():
        if len(group) <= MOST_ALIKE:
            kept += group
        else:
            kept.append(next((n for n in group if touched[n]), group[0]))
            chains.append(chain(group))
    return np.array(sorted(kept), dtype=np.int64), np.concatenate(chains)
