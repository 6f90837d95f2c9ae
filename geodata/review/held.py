"""A candidate held against what the form says: the same checks the ladder makes, one by one."""

from dataclasses import dataclass

from geodata.geodesy import geodesic_m
from geodata.place.candidate import Candidate
from geodata.place.decide import district_check, road_check, town_check
from geodata.place.district import Districts
from geodata.place.question import Question
from geodata.place.shift import Mistake, metres_between, shift_between


@dataclass(frozen=True, slots=True)
class Held:
    """What speaks for a candidate and what against it; None where nothing can be told.

    `away_m` is how far outside the district it lies, 0 inside. `apart_m` is the way to the first
    candidate, and `mistake` the mixed-up datum that would explain it, with its metres east and
    north.
    """

    district: bool | None
    away_m: float
    road: bool | None
    town: bool | None
    apart_m: float | None
    mistake: Mistake | None
    east_m: float
    north_m: float


def held(
    question: Question, one: Candidate, first: Candidate | None, *, districts: Districts
) -> Held:
    """Hold one candidate against the question, and against the first of them if it is another."""
    spot, address = one.position, question.address
    town = town_check(question, one, districts)
    asks_town = bool(address and address.town and one.town)
    asks_road = bool(address and address.road and one.road)
    inside = district_check(question, one, districts) is None
    outside_m = 0.0
    if question.district and districts.at(spot.lon, spot.lat) != question.district:
        outside_m = districts.distance_m(question.district, spot.lon, spot.lat)
    away = _from_first(one, first)
    return Held(
        district=inside if question.district else None,
        away_m=outside_m,
        road=road_check(question, one, districts) is None if asks_road else None,
        town=town is None if asks_town or town else None,
        apart_m=away[0],
        mistake=away[1],
        east_m=away[2],
        north_m=away[3],
    )


def _from_first(
    one: Candidate, first: Candidate | None
) -> tuple[float | None, Mistake | None, float, float]:
    if first is None or first is one:
        return None, None, 0.0, 0.0
    here, there = one.position, first.position
    apart_m = float(geodesic_m(here.lon, here.lat, there.lon, there.lat))
    if not (here.level.is_point and there.level.is_point):
        return apart_m, None, 0.0, 0.0
    east, north = metres_between(here.lon, here.lat, there.lon, there.lat)
    mistake = shift_between(here.lon, here.lat, there.lon, there.lat)
    return apart_m, mistake, float(east), float(north)
