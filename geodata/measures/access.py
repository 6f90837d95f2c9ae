"""Half-days of health points shared among workers, by the measure and the impedance asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.standing import standing
from geodata.arrays import Floats
from geodata.coverage import gaps
from geodata.coverage.catchment import (
    BANDS,
    Access,
    band_weights,
    modified_two_step,
    three_step,
    two_step,
)
from geodata.coverage.impedance import binary, exponential, gaussian
from geodata.coverage.inequality import gini, lorenz
from geodata.coverage.walk import Pairs
from geodata.place.district import load_districts

# A walk of 15 minutes weighs a tenth at the edge of both smooth impedances.
_BETA = float(np.log(10.0) / 1000.0)
_SIGMA = float(1000.0 / np.sqrt(2.0 * np.log(10.0)))


class Measure(StrEnum):
    """How supply is shared."""

    TWO_STEP = "2sfca"
    MODIFIED = "m2sfca"
    THREE_STEP = "3sfca"


class Impedance(StrEnum):
    """How a walk weighs."""

    BANDS = "bands"
    BINARY = "binary"
    EXPONENTIAL = "exponential"
    GAUSSIAN = "gaussian"


MEASURES: dict[Measure, Callable[[Floats, Floats, Pairs, Floats], Access]] = {
    Measure.TWO_STEP: two_step,
    Measure.MODIFIED: modified_two_step,
    Measure.THREE_STEP: three_step,
}


@dataclass(frozen=True, slots=True)
class DistrictAccess:
    """Half-days a week for 1000 workers; None where no site with workers is placed.

    `available` are the half-days that fall to the district's workers (spatial availability).
    """

    district: str
    workers: int
    per_1000: float | None
    available: float


@dataclass(frozen=True, eq=False)
class AccessView:
    """Access by district, how evenly it is spread, and who is left out.

    `gini` is None, undefined, when nobody gets anything. `uncounted` sites lack workers or a
    position; `unreached` workers reach no point; `idle` points are reached by no worker.
    """

    measure: Measure
    impedance: Impedance
    radius_m: float
    workers: int
    per_1000: float | None
    gini: float | None
    lorenz: Floats | None
    unreached: int
    uncounted: int
    idle: tuple[str, ...]
    half_days: float
    districts: tuple[DistrictAccess, ...]


def access_view(
    found: Answer, *, measure: Measure = Measure.TWO_STEP, impedance: Impedance = Impedance.BANDS
) -> AccessView:
    """Access to the health points that count under the question of an answer."""
    city, radius_m = found.city, found.asked.radius_m
    sites = city.sites
    counted = gaps.placed_well_enough(sites.error_m, radius_m) & ~np.isnan(sites.workers)
    workers = np.where(counted, sites.workers, 0.0)
    stands = standing(city, found.asked, radius_m=radius_m)
    given = city.points.half_days[stands.rows]
    supply = np.where(np.isnan(given), gaps.UNKNOWN_HALF_DAYS, given) * stands.counts
    pairs = city.walking.pairs_within(sites.lonlat, city.points.lonlat[stands.rows], radius_m)
    weight = weights(pairs.walk_m, impedance, radius_m)
    shared = MEASURES[measure](workers, supply, pairs, weight)
    idle = stands.counts & shared.idle
    access = np.where(counted, shared.access, np.nan)
    received = workers * shared.access
    return AccessView(
        measure=measure,
        impedance=impedance,
        radius_m=radius_m,
        workers=int(workers.sum()),
        per_1000=_per_1000(received, workers),
        gini=gini(access, workers),
        lorenz=lorenz(access, workers),
        unreached=int(workers[shared.access == 0].sum()),
        uncounted=int((~counted).sum()),
        idle=tuple(city.points.name[row] for row in stands.rows[idle].tolist()),
        half_days=float(supply.sum()),
        districts=tuple(
            _district(name, np.array(sites.district.words) == name, received, workers)
            for name in load_districts().names
        ),
    )


def weights(walk_m: Floats, impedance: Impedance, radius_m: float) -> Floats:
    """What each walk weighs; nothing beyond the radius. Bands and decay scale with it."""
    scale = radius_m / BANDS[-1][0]
    match impedance:
        case Impedance.BANDS:
            return band_weights(walk_m, bands=tuple((m * scale, w) for m, w in BANDS))
        case Impedance.BINARY:
            return binary(walk_m, radius_m)
        case Impedance.EXPONENTIAL:
            return exponential(walk_m, _BETA / scale)
        case Impedance.GAUSSIAN:
            return gaussian(walk_m, _SIGMA * scale)


def _district(name: str, here: np.ndarray, received: Floats, workers: Floats) -> DistrictAccess:
    return DistrictAccess(
        district=name,
        workers=int(workers[here].sum()),
        per_1000=_per_1000(received[here], workers[here]),
        available=float(received[here].sum()),
    )


def _per_1000(received: Floats, workers: Floats) -> float | None:
    people = float(workers.sum())
    return float(received.sum()) * 1000.0 / people if people else None
