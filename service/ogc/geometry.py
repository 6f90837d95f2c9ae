"""Where features lie: points, areas or nowhere, in any system, written once for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from service.ogc.crs import Crs, Floats, Pair

Bools = NDArray[np.bool_]
Bbox = tuple[float, float, float, float]
_NOWHERE = b"null"


@dataclass(frozen=True, slots=True)
class Box:
    """A window in the axes of `crs`; west beyond east spans the antimeridian."""

    crs: Crs
    low: tuple[float, float]
    high: tuple[float, float]

    def spans(self, axis: int) -> list[tuple[float, float]]:
        """What it covers of an axis: nothing, one span, or two about the antimeridian."""
        low, high = self.low[axis], self.high[axis]
        if low <= high:
            return [(low, high)]
        return [(low, 180.0), (-180.0, high)] if axis == self.crs.around else []


class Geometry(Protocol):
    """The geometries of all features of a collection."""

    def meets(self, box: Box) -> Bools:
        """Which touch a window; one without a geometry meets any, as Part 1 says."""

    def written(self, crs: Crs) -> Sequence[bytes]:
        """Each as GeoJSON."""

    @property
    def bounds(self) -> Bbox | None:
        """West, south, east, north in CRS84."""


@dataclass(frozen=True, eq=False)
class Points:
    """Positions in WGS-84; NaN where one is unknown."""

    lon: Floats
    lat: Floats

    def meets(self, box: Box) -> Bools:
        first, second = self._placed(box.crs)
        inside = _along(first, box.spans(0)) & _along(second, box.spans(1))
        return np.isnan(first) | inside

    def written(self, crs: Crs) -> Sequence[bytes]:
        if crs.uri not in self._written:
            self._written[crs.uri] = self._write(crs)
        return self._written[crs.uri]

    @property
    def bounds(self) -> Bbox | None:
        if np.isnan(self.lon).all():
            return None
        low, high = (f(np.array([self.lon, self.lat]), axis=1) for f in (np.nanmin, np.nanmax))
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    @cached_property
    def _written(self) -> dict[str, Sequence[bytes]]:
        return {}

    @cached_property
    def _axes(self) -> dict[str, Pair]:
        return {}

    def _placed(self, crs: Crs) -> Pair:
        if crs.uri not in self._axes:
            first, second = crs.place(self.lon, self.lat)
            self._axes[crs.uri] = np.round(first, crs.decimals), np.round(second, crs.decimals)
        return self._axes[crs.uri]

    def _write(self, crs: Crs) -> list[bytes]:
        first, second = self._placed(crs)
        pairs = zip(first.tolist(), second.tolist(), strict=True)
        return [
            b'{"type":"Point","coordinates":[%a,%a]}' % pair if pair[0] == pair[0] else _NOWHERE
            for pair in pairs
        ]


@dataclass(frozen=True, eq=False)
class Areas:
    """Outlines in WGS-84; None where one is unknown."""

    shapes: tuple[BaseGeometry | None, ...]

    def meets(self, box: Box) -> Bools:
        shapes = np.array([_moved(one, box.crs) for one in self.shapes], dtype=object)
        met: Bools = shapely.is_missing(shapes)
        for window in _windows(box):
            met |= shapely.intersects(shapes, window)
        return met

    def written(self, crs: Crs) -> Sequence[bytes]:
        shapes = [_moved(one, crs) for one in self.shapes]
        return [_NOWHERE if one is None else shapely.to_geojson(one).encode() for one in shapes]

    @property
    def bounds(self) -> Bbox | None:
        known = [one for one in self.shapes if one is not None]
        if not known:
            return None
        west, south, east, north = shapely.total_bounds(np.array(known)).tolist()
        return west, south, east, north


def nowhere(count: int) -> Points:
    """For features that have no place on a map."""
    return Points(np.full(count, np.nan), np.full(count, np.nan))


def _along(values: Floats, spans: list[tuple[float, float]]) -> Bools:
    inside: Bools = np.zeros(len(values), dtype=np.bool_)
    for low, high in spans:
        inside |= (values >= low) & (values <= high)
    return inside


def _windows(box: Box) -> list[BaseGeometry]:
    return [
        shapely.box(left, low, right, high)
        for left, right in box.spans(0)
        for low, high in box.spans(1)
    ]


def _moved(shape: BaseGeometry | None, crs: Crs) -> BaseGeometry | None:
    if shape is None:
        return None
    return shapely.transform(
        shape, lambda xy: np.round(np.column_stack(crs.place(*xy.T.copy())), crs.decimals)
    )
