"""Rest rooms and outdoor stations for crews in their break, and along routes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from shapely.geometry.base import BaseGeometry

from geodata.answers.city import City, Ints
from geodata.arrays import floats
from geodata.coverage.gaps import coarsest_m, placed_well_enough
from geodata.coverage.rest import CREW_RADIUS_M, CrewKind, RouteCover, crews, route_cover
from geodata.hours import DAY_MIN, Hours, State, open_at_hour_of_week
from geodata.kinds import Kind, Status

REST_KINDS = (Kind.REST_ROOM, Kind.OUTDOOR_STATION)


@dataclass(frozen=True, slots=True)
class Crew:
    """People who take a break together at `lon`, `lat` (WGS-84); `heads` is None where unknown.

    `rest` is the break as weekly hours, of which only what is sure counts.
    """

    name: str
    kind: CrewKind
    heads: int | None
    lon: float
    lat: float
    rest: Hours


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A crew without a place; `nearest` is "" where there is none, `state` is that in the break."""

    name: str
    kind: CrewKind
    heads: int | None
    nearest: str = ""
    walk_m: float | None = None
    state: State = State.UNKNOWN


@dataclass(frozen=True, slots=True)
class RestView:
    """Heads by how they are served; `hanging` ones have places of unknown hours alone.

    `unknown_heads` crews are in no share. `uncovered` has the most heads first.
    """

    places: int
    covered: int
    hanging: int
    not_covered: int
    unknown_heads: int
    uncovered: tuple[Uncovered, ...]

    def share(self, heads: int) -> float | None:
        """So many of the heads that count, 0 to 1; None when none do."""
        counted = self.covered + self.hanging + self.not_covered
        return heads / counted if counted else None


def rest_view(
    city: City,
    asked: Sequence[Crew],
    *,
    radius_m: Mapping[CrewKind, float] = CREW_RADIUS_M,
    count_rectifying: bool = False,
) -> RestView:
    """Which crews have a place open through their whole break; radii are walking metres."""
    rows, widest_m = _standing(city, count_rectifying=count_rectifying), max(radius_m.values())
    error_m, radii = city.points.error_m[rows], floats([radius_m[crew.kind] for crew in asked])
    spots = np.array([(crew.lon, crew.lat) for crew in asked], np.float64).reshape(-1, 2)
    pairs = city.walking.pairs_within(spots, city.points.lonlat[rows], widest_m)
    coarsest = floats([coarsest_m(radius) for radius in radii])
    fine = error_m[pairs.supply] <= coarsest[pairs.demand]
    met = zip(pairs.demand.tolist(), rows[pairs.supply].tolist(), strict=True)
    states = np.array(
        [open_through(city.points.hours[row], asked[crew].rest) for crew, row in met], np.str_
    )
    heads = floats([crew.heads for crew in asked])
    found = crews(
        heads=heads,
        radius_m=radii,
        pairs=pairs,
        is_open=fine & (states == State.OPEN),
        perhaps_open=fine & (states == State.UNKNOWN),
    )
    left = ~found.covered & ~found.hanging
    without = [asked[n] for n in np.flatnonzero(left).tolist()]
    named = [
        one
        for kind in CrewKind
        for one in _uncovered(city, [c for c in without if c.kind is kind], rows, radius_m[kind])
    ]
    return RestView(
        places=int(placed_well_enough(error_m, widest_m).sum()),
        covered=int(np.nansum(heads[found.covered])),
        hanging=int(np.nansum(heads[found.hanging])),
        not_covered=int(np.nansum(heads[left])),
        unknown_heads=found.uncounted,
        uncovered=tuple(sorted(named, key=lambda one: (-(one.heads or 0), one.name))),
    )


def routes_view(
    city: City,
    routes: Mapping[str, BaseGeometry],
    *,
    radius_m: float = CREW_RADIUS_M[CrewKind.STREET],
    count_rectifying: bool = False,
) -> dict[str, RouteCover]:
    """How much of each line lies within straight metres of a place, at whatever hour."""
    rows = _standing(city, count_rectifying=count_rectifying)
    places = city.points.lonlat[rows[placed_well_enough(city.points.error_m[rows], radius_m)]]
    return {name: route_cover(route, places, radius_m) for name, route in routes.items()}


@lru_cache(maxsize=65_536)
def open_through(hours: Hours | None, rest: Hours) -> State:
    """Whether a place is open all through each break of an ordinary week."""
    if hours is None:
        return State.UNKNOWN
    states = {open_at_hour_of_week(hours, *moment) for moment in _moments(hours, rest)}
    if State.CLOSED in states:
        return State.CLOSED
    return State.UNKNOWN if State.UNKNOWN in states else State.OPEN


def _moments(hours: Hours, rest: Hours) -> Iterator[tuple[int, int]]:
    """Weekday and minute of the begin of every break, and of what may change while it lasts."""
    days = (*hours.week, *(change.day for change in hours.changes))
    edges = {edge % DAY_MIN for day in days for span in day for edge in (span.start, span.end)}
    # Midnight: another day may have other hours.
    edges |= {0}
    for weekday, day in enumerate(rest.week):
        for span in (one for one in day if one.sure):
            later = {edge + day_min for edge in edges for day_min in (0, DAY_MIN)}
            inside = {minute for minute in later if span.start < minute < span.end}
            for minute in (span.start, *inside):
                yield (weekday + minute // DAY_MIN) % 7, minute % DAY_MIN


def _standing(city: City, *, count_rectifying: bool) -> Ints:
    points = city.points
    counted = {Status.PLAQUED, Status.RECTIFYING} if count_rectifying else {Status.PLAQUED}
    return np.flatnonzero(points.kind.among(REST_KINDS) & points.status.among(counted))


def _uncovered(
    city: City, without: Sequence[Crew], rows: Ints, radius_m: float
) -> Iterator[Uncovered]:
    """Crews of one radius, each with the nearest place that is placed well enough for it."""
    fine = rows[placed_well_enough(city.points.error_m[rows], radius_m)]
    spots = np.array([(crew.lon, crew.lat) for crew in without], np.float64).reshape(-1, 2)
    nearest, walk_m = city.walking.nearest(spots, city.points.lonlat[fine])
    for crew, at, metres in zip(without, nearest.tolist(), walk_m.tolist(), strict=True):
        if at < 0:
            yield Uncovered(crew.name, crew.kind, crew.heads)
            continue
        row = int(fine[at])
        state = open_through(city.points.hours[row], crew.rest)
        name = city.points.name[row]
        yield Uncovered(crew.name, crew.kind, crew.heads, name, metres, state)
