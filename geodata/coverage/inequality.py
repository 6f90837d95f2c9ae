"""How evenly access is spread over workers: the Lorenz curve and its Gini coefficient."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def lorenz(access: Floats, workers: Floats) -> Floats | None:
    """The curve, shape (n + 1, 2): share of workers, worst served first, and of what they get.

    It starts at 0, 0 and ends at 1, 1. Rows without workers or with unknown access (NaN) are left
    out. None, undefined, when nobody gets anything.
    """
    counted = ~np.isnan(access) & (workers > 0)
    access, workers = access[counted], workers[counted]
    # Among equals the smaller first, so that the order of the input never shows.
    order = np.lexsort((workers, access))
    people, got = np.cumsum(workers[order]), np.cumsum((access * workers)[order])
    if not len(got) or got[-1] <= 0:
        return None
    shares = np.column_stack([people / people[-1], got / got[-1]])
    return np.vstack([np.zeros((1, 2)), shares])


def gini(access: Floats, workers: Floats) -> float | None:
    """0 when all workers get the same, towards 1 when few get all; None when nobody gets any."""
    curve = lorenz(access, workers)
    if curve is None:
        return None
    width, height = np.diff(curve[:, 0]), curve[1:, 1] + curve[:-1, 1]
    # Equal shares lie on the diagonal only up to rounding.
    return max(0.0, 1.0 - float(width @ height))
