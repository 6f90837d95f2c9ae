"""Which side of its road a number stands on, and how far that is from the other side.

Odd numbers mostly lie to the left of one who walks with the numbers; the doors of a road that
lie across from each other tell whether on this one they do.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import hypot
from operator import attrgetter

from geodata.geodesy import metres_per_degree
from geodata.place.gazetteer.door import Door

# From the doors and lanes of one side to those of the other.
WIDTH_M = 80.0
# What custom alone says for odd on the left, where a pair of doors a width apart says 1.
_CUSTOM = 0.5
# Neighbours whose mean course is the road's.
_NEAR = 6
# A shorter course has no direction, and a door tells nothing about neighbours farther apart.
_LEAST_COURSE_M = 30.0
_LEAST_PAIR_M, _WIDEST_PAIR_M = 20.0, 800.0

Sides = tuple[Sequence[Door], Sequence[Door]]

_number = attrgetter("number")


def odd_left(sides: Sides) -> float:
    """1 where odd numbers lie left of the road as it counts, -1 right; less where less sure."""
    said = _CUSTOM + sum(_told(sides[1], sides[0])) - sum(_told(sides[0], sides[1]))
    return max(-1.0, min(1.0, said))


def left_of(doors: Sequence[Door], number: int) -> tuple[float, float] | None:
    """One metre to the left of the road at a number, in degrees; None where it has no course.

    `doors` are both sides in the order of their numbers.
    """
    at = bisect_left(doors, number, key=_number)
    window = doors[max(0, at - _NEAR) : at + _NEAR]
    near = sorted(window, key=lambda door: abs(door.number - number))[:_NEAR]
    near.sort(key=_number)
    half = len(near) // 2
    if not half:
        return None
    (lon, lat), (lon2, lat2) = _mean(near[:half]), _mean(near[-half:])
    east_m, north_m = map(float, metres_per_degree(lat))
    east, north = (lon2 - lon) * east_m, (lat2 - lat) * north_m
    course_m = hypot(east, north)
    if course_m < _LEAST_COURSE_M:
        return None
    return -north / course_m / east_m, east / course_m / north_m


def _told(own: Sequence[Door], other: Sequence[Door]) -> Iterator[float]:
    """How many widths each door lies left of its neighbours across the road, at most one."""
    if not own or not other:
        return
    east_m, north_m = map(float, metres_per_degree(own[0].lat))
    for door in own:
        at = bisect_left(other, door.number, key=_number)
        if not 0 < at < len(other):
            continue
        low, high = other[at - 1], other[at]
        east, north = (high.lon - low.lon) * east_m, (high.lat - low.lat) * north_m
        apart_m = hypot(east, north)
        if _LEAST_PAIR_M <= apart_m <= _WIDEST_PAIR_M:
            door_east, door_north = (door.lon - low.lon) * east_m, (door.lat - low.lat) * north_m
            left_m = (east * door_north - north * door_east) / apart_m
            yield max(-1.0, min(1.0, left_m / WIDTH_M))


def _mean(doors: Sequence[Door]) -> tuple[float, float]:
    count = len(doors)
    return sum(door.lon for door in doors) / count, sum(door.lat for door in doors) / count
