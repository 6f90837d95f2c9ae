"""One question to one city: the state of every site, and what is near it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from geodata.answers.as_of import city_at, records_from
from geodata.answers.city import City, Ints
from geodata.answers.meals import Meals, meals
from geodata.answers.question import Parameters, Question
from geodata.answers.standing import Standing, standing
from geodata.arrays import Floats
from geodata.coverage import gaps
from geodata.coverage.catchment import BANDS, band_weights, two_step
from geodata.coverage.gaps import HealthGaps
from geodata.coverage.walk import Pairs
from geodata.errors import ParameterError
from geodata.kinds import Clinic

SENSITIVITY_M = (800.0, 1000.0, 1200.0)
CATCHMENT_M = BANDS[-1][0]


@dataclass(frozen=True, eq=False)
class Answer:
    """Everything that tables, maps and sheets show, per site in the order of `city.sites`.

    `beside` holds the states under other radii. `pairs` are sites and health points (indices of
    `standing.rows`), counted or not, within the widest radius of all measures. `nearest` is the
    index of the nearest counted point, -1 without any, at `nearest_m`. `half_days` are those a
    worker gets by E2SFCA, NaN where the site is not placed.
    """

    city: City
    asked: Question
    parameters: Parameters
    standing: Standing
    found: HealthGaps
    beside: Mapping[float, HealthGaps]
    pairs: Pairs
    nearest: Ints
    nearest_m: Floats
    half_days: Floats
    meals: Meals


def answer(city: City, asked: Question) -> Answer:
    """Work everything out.

    Raises:
        ParameterError: a scenario has no past.
    """
    parameters = _parameters(city, asked)
    pairs = city.near(max(asked.radius_m, *SENSITIVITY_M, CATCHMENT_M))
    if asked.as_of is not None:
        if city.scenario:
            raise ParameterError("方案是对现在的设想，不能同时问过去某一天：请去掉日期或方案。")
        city = city_at(city, asked.as_of)
    stands = standing(city, asked)
    nearest, nearest_m = _nearest(city, stands)
    return Answer(
        city=city,
        asked=asked,
        parameters=parameters,
        standing=stands,
        found=states_of(city, asked, pairs, asked.radius_m),
        beside={radius_m: states_of(city, asked, pairs, radius_m) for radius_m in SENSITIVITY_M},
        pairs=pairs,
        nearest=nearest,
        nearest_m=nearest_m,
        half_days=_half_days(city, asked, pairs),
        meals=meals(city, asked),
    )


def within(pairs: Pairs, radius_m: float) -> Pairs:
    """The pairs that are no farther apart."""
    keep = pairs.walk_m <= radius_m
    return Pairs(pairs.demand[keep], pairs.supply[keep], pairs.walk_m[keep])


def states_of(city: City, asked: Question, pairs: Pairs, radius_m: float) -> HealthGaps:
    """The state of every site under one radius, from pairs at least as far apart."""
    stands = standing(city, asked, radius_m=radius_m)
    sites = city.sites
    return gaps.health_gaps(
        workers=sites.workers,
        clinic=_clinics(city),
        placed=gaps.placed_well_enough(sites.error_m, radius_m),
        in_reach=within(pairs, radius_m),
        counts=stands.counts,
        perhaps=stands.perhaps,
    )


def _clinics(city: City) -> list[Clinic]:
    each = [Clinic(label) for label in city.sites.clinic.labels]
    return [each[code] for code in city.sites.clinic.codes.tolist()]


def _nearest(city: City, stands: Standing) -> tuple[Ints, Floats]:
    counted = np.flatnonzero(stands.counts)
    lonlat = city.points.lonlat[stands.rows[counted]]
    index, walk_m = city.walking.nearest(city.sites.lonlat, lonlat)
    return np.where(index >= 0, counted[index] if len(counted) else -1, -1), walk_m


def _half_days(city: City, asked: Question, pairs: Pairs) -> Floats:
    """Half-days a week that each worker gets of the points in the catchment."""
    sites = city.sites
    placed = gaps.placed_well_enough(sites.error_m, CATCHMENT_M)
    stands = standing(city, asked, radius_m=CATCHMENT_M)
    given = city.points.half_days[stands.rows]
    supply = np.where(np.isnan(given), gaps.UNKNOWN_HALF_DAYS, given) * stands.counts
    workers = np.nan_to_num(sites.workers) * placed
    reach = within(pairs, CATCHMENT_M)
    access = two_step(workers, supply, reach, band_weights(reach.walk_m)).access
    return np.where(placed, access, np.nan)


def _parameters(city: City, asked: Question) -> Parameters:
    return Parameters(
        radius_m=asked.radius_m,
        count_rectifying=asked.count_rectifying,
        hour="" if asked.hour is None else str(asked.hour),
        as_of="" if asked.as_of is None else asked.as_of.isoformat(),
        records_from=records_from(city),
        walking=city.walking.describe(),
        estimated=city.walking.is_estimate,
        scenario=city.scenario,
        data_version=city.version,
        software_version=version("zhitu"),
    )
