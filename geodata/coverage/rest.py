"""Rest rooms: crews that have a place open in their break, and how much of a route has one near."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.coverage.walk import Pairs
from geodata.geodesy import metres_per_degree

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class CrewKind(StrEnum):
    """Whether a crew works in one spot or along a street."""

    FIXED = "fixed"
    STREET = "street"


CREW_RADIUS_M: dict[CrewKind, float] = {CrewKind.FIXED: 200.0, CrewKind.STREET: 500.0}


@dataclass(frozen=True)
class Crews:
    """Per crew whether it is served for certain, or hangs on places of unknown hours.

    `heads` are NaN where unknown; such a crew is in no share.
    """

    heads: Floats
    covered: Bools
    hanging: Bools

    @property
    def uncounted(self) -> int:
        """Crews whose heads nobody knows."""
        return int(np.isnan(self.heads).sum())

    @property
    def share(self) -> float | None:
        """Share of heads surely served, 0 to 1; None when no crew has a count."""
        return self._share(self.covered)

    @property
    def possible_share(self) -> float | None:
        """The share if every place of unknown hours were open."""
        return self._share(self.covered | self.hanging)

    def _share(self, which: Bools) -> float | None:
        total = float(np.nansum(self.heads))
        return float(np.nansum(self.heads[which])) / total if total else None


def crews(
    *,
    heads: Floats,
    radius_m: Floats,
    pairs: Pairs,
    is_open: Bools,
    perhaps_open: Bools | None = None,
) -> Crews:
    """Which crews have a place within their radius that is open in their break.

    Args:
        heads: per crew, NaN where unknown.
        radius_m: per crew, walking metres, by CREW_RADIUS_M unless set otherwise.
        pairs: crew and place with their walk, as far as the widest radius.
        is_open: per pair, whether the place is surely open in that crew's break.
        perhaps_open: per pair, whether it would be if its hours were known.
    """
    within = pairs.walk_m <= radius_m[pairs.demand]

    def reached(which: Bools) -> Bools:
        crew = np.zeros(len(heads), np.bool_)
        crew[pairs.demand[within & which]] = True
        return crew

    covered = reached(is_open)
    hanging = np.zeros(len(heads), np.bool_) if perhaps_open is None else reached(perhaps_open)
    return Crews(heads, covered, hanging & ~covered)


@dataclass(frozen=True, slots=True)
class RouteCover:
    """Metres of a route, and those of them that have a place within the radius."""

    length_m: float
    covered_m: float

    @property
    def share(self) -> float | None:
        """None for a route without length."""
        return self.covered_m / self.length_m if self.length_m else None


def route_cover(
    route: BaseGeometry, places: Floats, radius_m: float, *, metres: bool = False
) -> RouteCover:
    """How much of a line lies within the straight radius of a place; overlaps count once.

    Args:
        route: a LineString or MultiLineString.
        places: shape (n, 2), in the coordinates of the route; a row of NaN is nowhere.
        radius_m: straight metres, the edge inside.
        metres: coordinates are metres on a plane; by default lon, lat (WGS-84).
    """
    starts, steps, scale = _segments(route, metres=metres)
    length_m = np.hypot(*(steps * scale).T)
    places = places[np.isfinite(places).all(axis=1)]
    covered_m = np.zeros(len(starts))
    for n in np.flatnonzero(length_m > 0):
        first, last = _inside(starts[n], steps[n], places, radius_m, scale[n])
        covered_m[n] = _union(first, last) * length_m[n]
    return RouteCover(float(length_m.sum()), float(covered_m.sum()))


def _segments(route: BaseGeometry, *, metres: bool) -> tuple[Floats, Floats, Floats]:
    """Start and step of every piece between two vertices, and metres a unit at its middle."""
    vertices, line = shapely.get_coordinates(
        shapely.get_parts(shapely.force_2d(route)), return_index=True
    )
    joined = np.flatnonzero(line[1:] == line[:-1])
    starts, ends = vertices[joined], vertices[joined + 1]
    if metres:
        return starts, ends - starts, np.ones_like(starts)
    east_m, north_m = metres_per_degree((starts[:, 1] + ends[:, 1]) / 2.0)
    return starts, ends - starts, np.column_stack([east_m, north_m])


def _inside(
    start: Floats, step: Floats, places: Floats, radius_m: float, scale: Floats
) -> tuple[Floats, Floats]:
    """Between which shares of a segment, 0 to 1, each place that touches it is within reach."""
    along = step * scale
    to_places = (places - start) * scale
    squared = float(along @ along)
    middle = to_places @ along / squared
    aside2 = np.maximum((to_places**2).sum(axis=1) - middle**2 * squared, 0.0)
    half = np.sqrt(np.maximum(radius_m**2 - aside2, 0.0) / squared)
    first, last = np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
    touches = (aside2 <= radius_m**2) & (first < last)
    return first[touches], last[touches]


def _union(first: Floats, last: Floats) -> float:
    """Length of the union of intervals."""
    if not len(first):
        return 0.0
    order = np.argsort(first, kind="stable")
    first, last = first[order], last[order]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(last)[:-1]])
    return float(np.maximum(last - np.maximum(first, before), 0.0).sum())
