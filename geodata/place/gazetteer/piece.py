"""The known doors of one road, in the order of their numbers, and where another would lie.

Both sides count along the same road, but not in step: a neighbour of the same side (odd or even)
is worth more than one across the road. Beyond the last known door nothing is drawn out: the last
door itself is the answer, with the error that such answers have.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from statistics import median

from geodata.geodesy import metres_apart
from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.sides import WIDTH_M, left_of, odd_left

# Two doors of one name are on one road when they lie this near, or as near as their numbers say.
LINK_M = 5000.0
LINK_M_PER_NUMBER = 2.0
# Within one district numbers that go on where others end are the same road's at twice that pace.
CONTINUED_M_PER_NUMBER = 4.0
# A pace measured over fewer numbers says little.
_LEAST_NUMBERS = 20
# No road counts faster; where it seems to, a door is misplaced or of a namesake.
_FASTEST_M = 10.0


class Method(StrEnum):
    """How an address was placed on its road."""

    SAME = "same"
    BETWEEN = "between"
    ACROSS = "across"
    BEYOND = "beyond"
    LONE = "lone"
    ALONG = "along"
    ROAD = "road"


METHOD_LABELS: dict[Method, str] = {
    Method.SAME: "同号",
    Method.BETWEEN: "同侧",
    Method.ACROSS: "两侧",
    Method.BEYOND: "末端邻号",
    Method.LONE: "仅知一号",
    Method.ALONG: "沿路",
    Method.ROAD: "整条路",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A place for a number. `scale_m` is what the error grows with, in metres.

    `low` and `high` are the neighbours' numbers, the same one twice where there is but one;
    `share` is how far along between them.
    """

    method: Method
    lon: float
    lat: float
    scale_m: float
    low: Door
    high: Door

    def explained(self, number: int) -> str:
        """How it was placed and over what gap, as a person reads it."""
        low, high, label = self.low.number, self.high.number, METHOD_LABELS[self.method]
        if low != high:
            return f"插值：{label} {low}–{high}，间距 {self.scale_m:.0f} 米"
        return f"{label} {low}，相差 {abs(number - low)} 号"


@dataclass(frozen=True)
class Piece:
    """A connected stretch of road; `sides` are its even and odd doors, each number once."""

    sides: tuple[tuple[Door, ...], tuple[Door, ...]]
    both: tuple[Door, ...]
    districts: frozenset[str]

    @classmethod
    def of(cls, doors: Iterable[Door]) -> "Piece":
        both = _once_a_number(doors)
        even = tuple(door for door in both if door.number % 2 == 0)
        odd = tuple(door for door in both if door.number % 2)
        return cls((even, odd), both, frozenset(door.district for door in both))

    def without(self, numbers: frozenset[int]) -> "Piece":
        """The piece as if some numbers were not known."""
        return Piece.of(door for door in self.both if door.number not in numbers)

    def guess(self, number: int) -> Guess:
        """Where a number lies, by the best neighbours there are."""
        side = self.sides[number % 2]
        at = bisect_left(self.both, number, key=_number)
        if at < len(self.both) and self.both[at].number == number:
            return _at(Method.SAME, self.both[at], 0.0)
        if side and side[0].number < number < side[-1].number:
            at = bisect_left(side, number, key=_number)
            return _between(Method.BETWEEN, side[at - 1], side[at], number)
        if 0 < at < len(self.both):
            across = _between(Method.ACROSS, self.both[at - 1], self.both[at], number)
            return self._on_its_side(across, number)
        last = self.both[0] if at == 0 else self.both[-1]
        pace = self.pace_m
        away = abs(number - last.number)
        if pace is None:
            return _at(Method.LONE, last, float(away))
        return self._on_its_side(_at(Method.BEYOND, last, away * pace), number)

    @cached_property
    def odd_left(self) -> float:
        """1 where odd numbers lie left of the road as it counts, -1 right; less if less sure."""
        return odd_left(self.sides)

    def _on_its_side(self, guess: Guess, number: int) -> Guess:
        """The guess moved across the road, as far as its neighbours stand on the other side."""
        share = _share(guess, number)
        off = (
            _side(number) - (1 - share) * _side(guess.low.number) - share * _side(guess.high.number)
        )
        left = left_of(self.both, number) if off else None
        if left is None:
            return guess
        by_m = off * self.odd_left * WIDTH_M
        return replace(guess, lon=guess.lon + by_m * left[0], lat=guess.lat + by_m * left[1])

    @property
    def pace_m(self) -> float | None:
        """Metres a number, over the whole piece; None where too few numbers are known."""
        first, last = self.both[0], self.both[-1]
        numbers = last.number - first.number
        if numbers < _LEAST_NUMBERS:
            return None
        pace = metres_apart(first.lon, first.lat, last.lon, last.lat) / numbers
        return min(pace, _FASTEST_M)

    def extent(self) -> tuple[float, float, float]:
        """The middle of the doors, and the metres to the farthest of them."""
        lon, lat = median(door.lon for door in self.both), median(door.lat for door in self.both)
        return lon, lat, max(metres_apart(lon, lat, door.lon, door.lat) for door in self.both)


def pieces(doors: Sequence[Door]) -> tuple[Piece, ...]:
    """The doors of one name as the roads they can be: namesakes lie apart."""
    rest = sorted(doors, key=lambda door: (door.number, door.lon, door.lat))
    found: list[Piece] = []
    while rest:
        taken, front = [rest.pop(0)], 0
        while front < len(taken):
            here = taken[front]
            apart: list[Door] = []
            for door in rest:
                (taken if _linked(here, door) else apart).append(door)
            rest, front = apart, front + 1
        found.append(Piece.of(taken))
    return tuple(_continued(found))


def _continued(found: Sequence[Piece]) -> list[Piece]:
    """Stretches of one district of which the numbers go on from each other, taken together."""
    ordered = sorted(found, key=lambda piece: piece.both[0].number)
    joined = ordered[:1]
    for piece in ordered[1:]:
        if _goes_on(joined[-1], piece):
            joined[-1] = Piece.of((*joined[-1].both, *piece.both))
        else:
            joined.append(piece)
    return joined


def _goes_on(low: Piece, high: Piece) -> bool:
    last, first = low.both[-1], high.both[0]
    reach_m = CONTINUED_M_PER_NUMBER * (first.number - last.number)
    apart_m = metres_apart(last.lon, last.lat, first.lon, first.lat)
    return apart_m <= reach_m and not low.districts.isdisjoint(high.districts)


def _linked(a: Door, b: Door) -> bool:
    reach_m = max(LINK_M, LINK_M_PER_NUMBER * abs(a.number - b.number))
    return metres_apart(a.lon, a.lat, b.lon, b.lat) <= reach_m


def _once_a_number(doors: Iterable[Door]) -> tuple[Door, ...]:
    by_number: dict[int, list[Door]] = defaultdict(list)
    for door in doors:
        by_number[door.number].append(door)
    return tuple(_middle(by_number[number]) for number in sorted(by_number))


def _middle(doors: Sequence[Door]) -> Door:
    if len(doors) == 1:
        return doors[0]
    return Door(
        doors[0].number,
        median(door.lon for door in doors),
        median(door.lat for door in doors),
        max(door.error_m for door in doors),
        doors[0].district,
    )


def _number(door: Door) -> int:
    return door.number


def _at(method: Method, door: Door, scale_m: float) -> Guess:
    return Guess(method, door.lon, door.lat, scale_m, door, door)


def _side(number: int) -> float:
    return 0.5 if number % 2 else -0.5


def _share(guess: Guess, number: int) -> float:
    low, high = guess.low.number, guess.high.number
    return (number - low) / (high - low) if low != high else 0.0


def _between(method: Method, low: Door, high: Door, number: int) -> Guess:
    share = (number - low.number) / (high.number - low.number)
    return Guess(
        method,
        low.lon + share * (high.lon - low.lon),
        low.lat + share * (high.lat - low.lat),
        metres_apart(low.lon, low.lat, high.lon, high.lat),
        low,
        high,
    )
