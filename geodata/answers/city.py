"""Everything coverage is computed from, as arrays of one data version."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.answers.coded import Bools, Coded
from geodata.arrays import Floats
from geodata.coverage.walk import Pairs
from geodata.coverage.walking import ESTIMATE, Walking
from geodata.hours import Hours
from geodata.kinds import Kind
from geodata.public_places import PublicPlace

Ints = NDArray[np.int64]
# The status of a service point on a date before it came to be.
NOT_THERE = ""


@dataclass(frozen=True, eq=False)
class Sites:
    """Demand sites in the order of their ids; NaN is unknown."""

    id: Ints
    name: tuple[str, ...]
    kind: Coded
    district: Coded
    town: Coded
    clinic: Coded
    workers: Floats
    lonlat: Floats
    error_m: Floats
    canteen_seats: Floats
    meal_quota: Floats
    cabinet_cells: Floats
    lunch_declared: tuple[bool | None, ...]


@dataclass(frozen=True, eq=False)
class Points:
    """Service points of every kind and status in the order of their ids; NaN is unknown."""

    id: Ints
    place: Ints
    name: tuple[str, ...]
    kind: Coded
    status: Coded
    district: Coded
    town: Coded
    operator: Coded
    half_days: Floats
    lonlat: Floats
    error_m: Floats
    hours: tuple[Hours | None, ...]

    def rows(self, *kinds: Kind) -> Ints:
        """The rows of points of these kinds."""
        return np.flatnonzero(self.kind.among(kinds))


@dataclass(frozen=True, eq=False)
class Outlets:
    """Places to have lunch in the order of their ids; NaN is unknown."""

    id: Ints
    name: tuple[str, ...]
    kind: Coded
    seats: Floats
    turns: Floats
    quota: Floats
    price_yuan: Floats
    lonlat: Floats
    error_m: Floats
    hours: tuple[Hours | None, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A service point came to a status on a date."""

    point: int
    on: date
    after: str


@dataclass(frozen=True, eq=False)
class City:
    """One data version. `moves` are in date order; `scenario` names what was tried on it;
    `walking` measures its walks.
    """

    version: int
    sites: Sites
    points: Points
    outlets: Outlets
    moves: tuple[Move, ...]
    employees: dict[str, int]
    places: tuple[PublicPlace, ...]
    scenario: str = ""
    walking: Walking = ESTIMATE

    @property
    def health(self) -> Ints:
        """The rows of health points."""
        return self.points.rows(Kind.HEALTH_POINT)

    def near(self, radius_m: float) -> Pairs:
        """Sites and health points within a radius; the last few stay as long as the city does."""
        found: Pairs = self._near(radius_m)
        return found

    @cached_property
    def _near(self) -> Any:
        # Not a cache of the module: it would hold cities that the data have left behind.
        @lru_cache(maxsize=8)
        def at(radius_m: float) -> Pairs:
            health = self.points.lonlat[self.health]
            return self.walking.pairs_within(self.sites.lonlat, health, radius_m)

        return at

    @property
    def there(self) -> Bools:
        """Which service points exist at all."""
        return ~self.points.status.among({NOT_THERE})
