"""Crowded places as circles: cells fixed to the world's pixels, kept while the data stay."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from scipy.spatial import cKDTree

from geodata.view_index import Bbox, Floats, Index, Ints

CELL_PX = 64
# Two circles of the middle size, or a circle and a marker, touch at this distance.
OVERLAP_PX = 38
TILE_PX = 256
# Numbers held for all views together, some 25 MB; a city that is larger may have more.
HELD = 3_000_000
HELD_A_PLACE = 20
# What is held of a view that shows nothing: a text nobody finds is asked for without end.
HELD_AT_LEAST = 400
_HALF = 32


@dataclass(frozen=True, eq=False)
class Groups:
    """Numbers of places on their own and where they are, and circles: middle and how many."""

    alone: Ints
    alone_lon: Floats
    alone_lat: Floats
    lon: Floats
    lat: Floats
    count: Ints

    @property
    def size(self) -> int:
        return HELD_AT_LEAST + 7 * len(self.alone) + 6 * len(self.count)

    def places(self, bbox: Bbox) -> Ints:
        """The numbers of the places on their own that are in view, ascending."""
        return self.alone[self._places.within(bbox)]

    def circles(self, bbox: Bbox) -> list[tuple[float, float, int]]:
        """Longitude, latitude and count of the circles whose middles are in view."""
        seen = self._circles.within(bbox)
        columns = (self.lon[seen], self.lat[seen], self.count[seen])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    @cached_property
    def _places(self) -> Index:
        return Index.of(self.alone_lon, self.alone_lat)

    @cached_property
    def _circles(self) -> Index:
        return Index.of(self.lon, self.lat)


class Kept:
    """Groups by what was asked for; the longest unused go when too much is held."""

    def __init__(self, most: int = HELD) -> None:
        self._most, self._size = most, 0
        self._groups: OrderedDict[Hashable, Groups] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable, make: Callable[[], Groups]) -> Groups:
        """Those of an earlier request, or new ones."""
        with self._lock:
            found = self._groups.get(asked)
            if found is not None:
                self._groups.move_to_end(asked)
                return found
        # Made outside the lock: another view need not wait, at worst two requests make the same.
        made = make()
        with self._lock:
            if asked not in self._groups:
                self._groups[asked] = made
                self._size += made.size
            while self._size > self._most:
                self._size -= self._groups.popitem(last=False)[1].size
        return made

    @property
    def size(self) -> int:
        """Numbers held."""
        return self._size


def ungrouped(places: Ints, lon: Floats, lat: Floats) -> Groups:
    """Numbered places at these positions, each on its own."""
    none = np.zeros(0)
    return Groups(places, lon, lat, none, none, np.zeros(0, np.intp))


def grouped(places: Ints, lon: Floats, lat: Floats, zoom: int) -> Groups:
    """Numbered places at these positions, grouped for a zoom.

    A circle stands in the middle of the fullest of the cells it is drawn for.
    """
    if not len(places):
        return ungrouped(places, lon, lat)
    cell, group = _groups(np.column_stack(world_pixels(lon, lat, zoom)))
    counts = np.bincount(group)
    crowded = np.flatnonzero(counts > 1)
    middle_lon, middle_lat = (_means(cell, values)[crowded] for values in (lon, lat))
    alone = counts[group] == 1
    spots = (lon[alone], lat[alone])
    return Groups(places[alone], *spots, middle_lon, middle_lat, counts[crowded])


def world_pixels(lon: Floats, lat: Floats, zoom: int) -> tuple[Floats, Floats]:
    """Web-Mercator pixels of the whole world at a zoom, as every web map counts them."""
    size = TILE_PX * 2.0**zoom
    phi = np.radians(lat)
    x = (lon + 180.0) / 360.0 * size
    y = (1.0 - np.arcsinh(np.tan(phi)) / np.pi) / 2.0 * size
    return x, y


def _groups(pixels: Floats) -> tuple[Ints, Ints]:
    """Each point's cell of world pixels, and the cell it is drawn with.

    A cell whose middle lies too near that of a fuller one is drawn with it.
    """
    column, row = (pixels // CELL_PX).astype(np.int64).T
    _, cell = np.unique((column << _HALF) + row, return_inverse=True)
    middles = np.column_stack([_means(cell, axis) for axis in pixels.T])
    return cell, _drawn_with(middles, np.bincount(cell))[cell]


def _drawn_with(middles: Floats, count: Ints) -> Ints:
    """For each cell the fuller one it is drawn with, or itself."""
    pairs = cKDTree(middles).query_pairs(OVERLAP_PX, output_type="ndarray")
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    first = np.searchsorted(both[:, 0], np.arange(len(middles) + 1))
    start, near = first.tolist(), both[:, 1].tolist()
    crowded = np.flatnonzero(np.diff(first))
    # Plain lists: the loop goes cell by cell, and arrays are slow to ask for one number.
    drawn_with, free = list(range(len(middles))), [True] * len(middles)
    for fullest in crowded[np.argsort(-count[crowded], kind="stable")].tolist():
        if free[fullest]:
            free[fullest] = False
            for other in near[start[fullest] : start[fullest + 1]]:
                if free[other]:
                    drawn_with[other], free[other] = fullest, False
    return np.array(drawn_with, dtype=np.intp)


def _means(group: Ints, values: Floats) -> Floats:
    means: Floats = np.bincount(group, weights=values) / np.bincount(group)
    return means
