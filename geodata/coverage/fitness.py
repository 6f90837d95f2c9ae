"""Stations for 100,000 workers by zone, and how each zone stands to the city."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PER_WORKERS = 100_000.0


@dataclass(frozen=True)
class Rates:
    """Per zone and for the city: stations for 100,000 workers; NaN where workers are unknown.

    `quotient` is the location quotient, the zone's rate ÷ the city's: 1 is the city's average;
    NaN, undefined, also when the city has no station.
    """

    zone: Floats
    city: float
    quotient: Floats


def rates(stations: Floats, workers: Floats) -> Rates:
    """Rates of zones; a zone of unknown workers (NaN or 0) is in no rate, its stations neither."""
    known = workers > 0
    zone = np.divide(
        stations * PER_WORKERS, workers, out=np.full(len(stations), np.nan), where=known
    )
    people = float(workers[known].sum())
    city = float(stations[known].sum()) * PER_WORKERS / people if people else np.nan
    undefined = np.full(len(zone), np.nan)
    return Rates(zone, city, zone / city if city > 0 else undefined)
