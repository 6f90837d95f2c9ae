"""Positions by cells of a fixed grid, so that a view reads what is in it and not the whole city."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bbox = tuple[float, float, float, float]

# About a kilometre: a screen at street level lies in a few cells, a city in some thousands.
_CELL_DEG = 0.01
_COLUMNS = 1 << 17


@dataclass(frozen=True, eq=False)
class Index:
    """Positions in the order of their cells, and where each stood before (`numbers`)."""

    numbers: Ints
    lon: Floats
    lat: Floats
    cells: Ints

    @classmethod
    def of(cls, lon: Floats, lat: Floats) -> "Index":
        """An index of positions; those that are NaN are in no view."""
        placed = np.flatnonzero(~np.isnan(lon))
        cells = _rows(lat[placed]) * _COLUMNS + _columns(lon[placed])
        order = np.argsort(cells, kind="stable")
        numbers = placed[order]
        return cls(numbers, lon[numbers], lat[numbers], cells[order])

    def within(self, bbox: Bbox) -> Ints:
        """The numbers of the positions in west, south, east, north, ascending."""
        west, south, east, north = bbox
        near = self._near(bbox)
        lon, lat = self.lon[near], self.lat[near]
        seen = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        return np.sort(self.numbers[near][seen])

    def _near(self, bbox: Bbox) -> Ints:
        """Where those stand that share a cell with a view."""
        if not len(self.cells):
            return self.cells
        west, south, east, north = (np.array([value]) for value in bbox)
        held = self.cells[[0, -1]] // _COLUMNS
        lowest, highest = max(_rows(south)[0], held[0]), min(_rows(north)[0], held[1])
        rows = np.arange(lowest, highest + 1) * _COLUMNS
        first = np.searchsorted(self.cells, rows + _columns(west))
        last = np.searchsorted(self.cells, rows + _columns(east), side="right")
        return _ranges(first, last)


def _columns(lon: Floats) -> Ints:
    return (np.clip((lon + 180.0) / _CELL_DEG, 0, _COLUMNS - 1)).astype(np.intp)


def _rows(lat: Floats) -> Ints:
    return (np.clip((lat + 90.0) / _CELL_DEG, 0, _COLUMNS - 1)).astype(np.intp)


def _ranges(first: Ints, last: Ints) -> Ints:
    """All numbers from each first up to its last, one after the other."""
    lengths = last - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(lengths.sum())
