"""Columns of stored rows as arrays, NULL as NaN."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geodata.tables import Locatable

Floats = NDArray[np.float64]


def floats(values: Sequence[float | None]) -> Floats:
    """One number a row; NaN is unknown."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def lonlat(rows: Sequence[Locatable]) -> Floats:
    """Shape (n, 2): longitude and latitude a row, NaN without a position."""
    return np.column_stack([floats([r.lon for r in rows]), floats([r.lat for r in rows])])
