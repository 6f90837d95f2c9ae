"""Demand cut into tiles of about equal weight, so that each fits any memory.

Tiles are squares of a grid of degrees, halved where too many rows lie in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geodata.national.tables import DEMAND, lonlat, pieces, write

Ints = NDArray[np.int64]

CELLS_A_DEGREE = 64
# From squares of 8 degrees down to cells of a mile.
HALVINGS = 9
NOWHERE = -1
ROWS_AT_ONCE = 500_000
_HALF = 32
_LOW = (1 << _HALF) - 1


@dataclass(frozen=True, slots=True)
class Tile:
    """Files of demand that lie together, and their bounds; NaN for those without a position."""

    name: str
    files: tuple[Path, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, eq=False)
class Division:
    """Which tile each occupied cell belongs to; cells ascend."""

    cells: Ints
    tile: Ints

    def of(self, cells: Ints) -> Ints:
        """The tile of each of these cells."""
        return self.tile[np.searchsorted(self.cells, cells)]


def cells_of(spots: NDArray[np.float64]) -> Ints:
    """The finest cell of each position; NOWHERE without one."""
    placed = np.isfinite(spots[:, 0])
    x, y = np.floor((spots[placed] + (180.0, 90.0)) * CELLS_A_DEGREE).astype(np.int64).T
    cells = np.full(len(spots), NOWHERE, dtype=np.int64)
    cells[placed] = x << _HALF | y
    return cells


def divided(cells: Ints, rows: Ints, most: int) -> Division:
    """Squares as large as hold at most so many rows; a single cell may hold more."""
    tile, taken = np.full(len(cells), -1, dtype=np.int64), 0
    for shift in range(HALVINGS, -1, -1):
        left = np.flatnonzero(tile < 0)
        squares, square = np.unique(_coarser(cells[left], shift), return_inverse=True)
        inside = np.bincount(square, weights=rows[left], minlength=len(squares))
        fits = (inside <= most) | (shift == 0)
        number = taken - 1 + np.cumsum(fits)
        settled = fits[square]
        tile[left[settled]] = number[square[settled]]
        taken += int(fits.sum())
    return Division(cells, tile)


def partition(demand: Sequence[Path], folder: Path, most: int) -> list[Tile]:
    """Write the demand into the folder, tile by tile, holding ROWS_AT_ONCE rows at a time.

    Rows keep their order within a tile.
    """
    division = divided(*_counted(demand), most)
    parts: dict[int, list[Path]] = {}
    bounds: dict[int, list[NDArray[np.float64]]] = {}
    for piece, table in enumerate(pieces(demand, DEMAND, ROWS_AT_ONCE)):
        spots = lonlat(table)
        numbers = division.of(cells_of(spots))
        order = np.argsort(numbers, kind="stable")
        present, first = np.unique(numbers[order], return_index=True)
        for number, rows in zip(present.tolist(), np.split(order, first[1:]), strict=True):
            file = folder / f"tile-{number:06d}" / f"part-{piece:05d}.parquet"
            write(table.take(pa.array(rows)), file)
            parts.setdefault(number, []).append(file)
            bounds.setdefault(number, []).append(_corners(spots[rows]))
    return [
        Tile(f"tile-{number:06d}", tuple(parts[number]), *_bounds(bounds[number]))
        for number in sorted(parts)
    ]


def _counted(demand: Sequence[Path]) -> tuple[Ints, Ints]:
    """Occupied cells and the rows in each, summed up piece by piece."""
    cells, rows = np.empty(0, np.int64), np.empty(0, np.int64)
    for table in pieces(demand, ("lon", "lat"), ROWS_AT_ONCE):
        found, count = np.unique(cells_of(lonlat(table)), return_counts=True)
        cells, at = np.unique(np.concatenate([cells, found]), return_inverse=True)
        rows = np.bincount(at, weights=np.concatenate([rows, count])).astype(np.int64)
    return cells, rows


def _coarser(cells: Ints, shift: int) -> Ints:
    return (cells >> _HALF >> shift) << _HALF | (cells & _LOW) >> shift


def _corners(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([spots.min(axis=0), spots.max(axis=0)])


def _bounds(corners: list[NDArray[np.float64]]) -> tuple[float, float, float, float]:
    all_corners = np.array(corners)
    west, south = all_corners[:, :2].min(axis=0).tolist()
    east, north = all_corners[:, 2:].max(axis=0).tolist()
    return west, south, east, north
