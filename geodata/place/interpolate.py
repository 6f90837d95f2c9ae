"""A door between two known doors of the same side of a road.

The errors hold for nine in ten of 4,627 listed doors of Shanghai, each left out in turn and found
again from its neighbours; tests/shared/test_interpolation.py measures them anew. A gap wider than
the last is not bridged, and a door beyond the last known one is not guessed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.geodesy import geodesic_m
from geodata.model import Address, Level, Position

# Metres between the neighbours up to which an error in metres holds.
ERROR_BY_GAP_M = ((200.0, 100.0), (400.0, 130.0), (600.0, 170.0), (800.0, 200.0))
# A listed door is itself good to this; a worse neighbour makes the result worse by the rest.
_DOOR_ERROR_M = 90.0
_DOORS = frozenset({Level.SURVEYED, Level.MANUAL, Level.NUMBER, Level.LANE_NUMBER, Level.LANE})


@dataclass(frozen=True, slots=True)
class Door:
    """A door or the mouth of a lane: both count along one road."""

    number: int
    position: Position


def door_number(address: Address) -> int | None:
    """The number along the road; None for a list, a 甲 or 1799-7, and for what is in a lane."""
    counted = (address.lane,) if address.lane else address.number
    inside = address.sublane or (address.lane and address.number)
    if inside or len(counted) != 1 or not counted[0].isdecimal():
        return None
    return int(counted[0])


class Roads:
    """The known doors of each road, by district: road names repeat over the city."""

    def __init__(self, doors: Iterable[tuple[str, str, Door]]) -> None:
        self._doors: dict[str, dict[str, list[Door]]] = {}
        for road, district, door in doors:
            if door.position.level in _DOORS:
                self._doors.setdefault(road, {}).setdefault(district, []).append(door)

    def find(self, road: str, number: int, *, district: str) -> Position | None:
        """The door of that number; without a district only if one district has such a road."""
        by_district = self._doors.get(road, {})
        return between(_of_district(by_district, district), number)


def _of_district(by_district: Mapping[str, list[Door]], district: str) -> list[Door]:
    if district:
        return by_district.get(district, [])
    return next(iter(by_district.values())) if len(by_district) == 1 else []


def between(doors: Iterable[Door], number: int) -> Position | None:
    """The door of that number, on the line between its two neighbours of the same side."""
    side = sorted(
        (door for door in doors if door.number % 2 == number % 2 and door.number != number),
        key=lambda door: door.number,
    )
    at = bisect_left(side, number, key=lambda door: door.number)
    if at in (0, len(side)):
        return None
    return _on_the_line(side[at - 1], side[at], number)


def _on_the_line(low: Door, high: Door, number: int) -> Position | None:
    a, b = low.position, high.position
    gap_m = float(geodesic_m(a.lon, a.lat, b.lon, b.lat))
    error_m = next((error for limit, error in ERROR_BY_GAP_M if gap_m <= limit), None)
    if error_m is None:
        return None
    share = (number - low.number) / (high.number - low.number)
    return Position(
        lon=a.lon + share * (b.lon - a.lon),
        lat=a.lat + share * (b.lat - a.lat),
        level=Level.INTERPOLATED,
        error_m=error_m + max(0.0, a.error_m - _DOOR_ERROR_M, b.error_m - _DOOR_ERROR_M),
        source=f"插值：同侧 {low.number}–{high.number}，间距 {gap_m:.0f} 米",
    )
