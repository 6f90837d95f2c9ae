"""The error of a gazetteer's own guesses: each known number left out and placed again.

Numbers are left out alone and together with their neighbours, so that gaps as wide as those
between unknown numbers occur. A road of few numbers is also asked from each of them alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from geodata.geodesy import metres_apart
from geodata.place.error_model import DEFAULT_PACE_M, Case, ErrorModel, learn
from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.lines import RoadLines
from geodata.place.gazetteer.piece import LINK_M, Guess, Method, Piece
from geodata.place.gazetteer.roads import Roads

# How many neighbours on each side go with the one left out.
_BLOCKS = (0, 1, 3)
_FEW = 4
# More doors than this need not be left out: their errors repeat.
_ENOUGH = 30_000


def learned(roads: Roads, lines: RoadLines) -> ErrorModel:
    """The error model of the known roads."""
    every = [(street, piece) for street in roads.streets() for piece in roads.pieces(street)]
    paces = _paces(piece for _, piece in every)
    doors = [(street, piece, door) for street, piece in every for door in piece.both]
    some = doors[:: max(1, len(doors) // _ENOUGH)]
    cases = [case for each in some for case in _cases(*each, lines, paces)]
    cases += [case for street in roads.streets() for case in _same_number(roads.doors(street))]
    return learn(cases, paces)


def _paces(every: Iterable[Piece]) -> dict[str, float]:
    """Metres a number, half of the roads slower and half faster, by district and in all ("")."""
    by_district: dict[str, list[float]] = {"": []}
    for piece in every:
        pace = piece.pace_m
        for district in ("", *sorted(piece.districts)) if pace is not None else ():
            by_district.setdefault(district, []).append(pace or 0.0)
    return {
        district: round(median(paces), 3)
        for district, paces in by_district.items()
        if len(paces) >= 10 or (not district and paces)
    }


def _cases(
    street: str, piece: Piece, door: Door, lines: RoadLines, paces: Mapping[str, float]
) -> Iterator[Case]:
    at = piece.both.index(door)
    for block in _BLOCKS:
        left_out = piece.both[max(0, at - block) : at + block + 1]
        rest = piece.without(frozenset(each.number for each in left_out))
        if rest.both:
            guess = lines.along(street, rest.guess(door.number), door.number)
            yield _case(guess, door, paces)
            yield _whole_road(rest, door)
    if 2 < len(piece.both) <= _FEW:
        for other in piece.both:
            if other is not door:
                yield _case(Piece.of([other]).guess(door.number), door, paces)


def _case(guess: Guess, door: Door, paces: Mapping[str, float]) -> Case:
    scale_m = guess.scale_m
    if guess.method is Method.LONE:
        scale_m *= paces.get(door.district) or paces.get("") or DEFAULT_PACE_M
    return Case(guess.method, scale_m, metres_apart(guess.lon, guess.lat, door.lon, door.lat))


def _same_number(doors: Sequence[Door]) -> Iterator[Case]:
    """Doors of one number under different names (5号, 5弄, 5号甲), each found from another."""
    by_number: dict[int, list[Door]] = defaultdict(list)
    for door in doors:
        by_number[door.number].append(door)
    for same in by_number.values():
        for door, other in pairwise((*same, same[0])):
            away_m = metres_apart(door.lon, door.lat, other.lon, other.lat)
            if door is not other and away_m <= LINK_M:
                yield Case(Method.SAME, 0.0, away_m)


def _whole_road(rest: Piece, door: Door) -> Case:
    lon, lat, reach_m = rest.extent()
    return Case(Method.ROAD, reach_m, metres_apart(lon, lat, door.lon, door.lat))
