"""The courses of roads, where an input has them: between two doors a position follows the road."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geodata.geodesy import metres_apart, metres_per_degree
from geodata.place.gazetteer.piece import LINK_M, Guess, Method

Spot = tuple[float, float]
Stretch = tuple[Spot, ...]

# A door this far off a road's middle line does not stand on that line.
_BESIDE_M = 80.0
# Lines that pass within this cross; crossings within the second are one (a road may be two lines).
_MEET_M = 40.0
_ONE_CROSSING_M = 150.0
_FOLLOWS = frozenset({Method.BETWEEN, Method.ACROSS})


@dataclass(frozen=True, slots=True)
class _Course:
    """A street's joined lines in metres east and north, and the metres of one degree."""

    lines: tuple[shapely.LineString, ...]
    per_degree: tuple[float, float]

    def point(self, lon: float, lat: float) -> shapely.Point:
        return shapely.Point(lon * self.per_degree[0], lat * self.per_degree[1])

    def degrees(self, point: shapely.Point) -> Spot:
        return point.x / self.per_degree[0], point.y / self.per_degree[1]


class RoadLines:
    """The middle lines of roads by name; stretches that touch are joined when first asked for."""

    def __init__(self, stretches: Iterable[tuple[str, Stretch]] = ()) -> None:
        self._stretches: dict[str, list[Stretch]] = defaultdict(list)
        for name, stretch in stretches:
            self._stretches[name].append(stretch)
        self._courses: dict[str, _Course] = {}

    def along(self, street: str, guess: Guess, number: int) -> Guess:
        """The guess moved onto the road's course, if one line passes both of its neighbours."""
        if guess.method not in _FOLLOWS or street not in self._stretches:
            return guess
        if street not in self._courses:
            self._courses[street] = _course(self._stretches[street])
        course = self._courses[street]
        share = (number - guess.low.number) / (guess.high.number - guess.low.number)
        ends = [course.point(door.lon, door.lat) for door in (guess.low, guess.high)]
        for line in course.lines:
            if max(line.distance(end) for end in ends) <= _BESIDE_M:
                low, high = (line.project(end) for end in ends)
                lon, lat = course.degrees(line.interpolate(low + share * (high - low)))
                return replace(guess, method=Method.ALONG, lon=lon, lat=lat)
        return guess

    def extents(self, street: str) -> list[tuple[float, float, float]]:
        """The middle of each road of that name, and the metres from it to its farthest end."""
        if street not in self._stretches:
            return []
        course = _course(self._stretches[street])
        return [_extent(course, lines) for lines in _groups(course.lines)]

    def crossing(self, road: str, road2: str) -> list[Spot]:
        """Where two roads meet, each place once; none where a course is not known."""
        if road not in self._stretches or road2 not in self._stretches:
            return []
        first = _course(self._stretches[road])
        second = _course(self._stretches[road2], first.per_degree)
        met = [spot for one in first.lines for other in second.lines for spot in _meet(one, other)]
        return _once([first.degrees(spot) for spot in met])


def _course(stretches: list[Stretch], per_degree: tuple[float, float] | None = None) -> _Course:
    if per_degree is None:
        east_m, north_m = metres_per_degree(stretches[0][0][1])
        per_degree = float(east_m), float(north_m)
    parts = [shapely.LineString(np.array(stretch) * per_degree) for stretch in stretches]
    joined = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(parts)))
    return _Course(tuple(joined), per_degree)


def _groups(lines: Iterable[shapely.LineString]) -> list[list[shapely.LineString]]:
    """Lines that belong to one road: those of a namesake lie apart."""
    groups: list[list[shapely.LineString]] = []
    for line in lines:
        near = [group for group in groups if min(map(line.distance, group)) <= LINK_M]
        apart = [group for group in groups if group not in near]
        groups = [*apart, [line, *(each for group in near for each in group)]]
    return groups


def _extent(course: _Course, lines: list[shapely.LineString]) -> tuple[float, float, float]:
    whole = shapely.MultiLineString(lines)
    middle = shapely.shortest_line(whole, shapely.box(*whole.bounds).centroid).coords[0]
    corners = shapely.get_coordinates(whole)
    reach_m = float(np.hypot(*(corners - middle).T).max())
    return *course.degrees(shapely.Point(middle)), reach_m


def _meet(one: shapely.LineString, other: shapely.LineString) -> list[shapely.Point]:
    crossed = shapely.intersection(one, other)
    if not crossed.is_empty:
        return [part.centroid for part in shapely.get_parts(crossed)]
    link = shapely.shortest_line(one, other)
    return [link.centroid] if link.length <= _MEET_M else []


def _once(spots: list[Spot]) -> list[Spot]:
    groups: list[list[Spot]] = []
    for spot in sorted(spots):
        near = (group for group in groups if metres_apart(*group[0], *spot) <= _ONE_CROSSING_M)
        group = next(near, None)
        if group is None:
            groups.append([spot])
        else:
            group.append(spot)
    return [_mean(group) for group in groups]


def _mean(spots: list[Spot]) -> Spot:
    lon, lat = np.mean(spots, axis=0)
    return float(lon), float(lat)
