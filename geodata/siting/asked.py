"""A siting question as a planner writes it, in frozen values; units are in the names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from geodata.coverage.gaps import LARGE_WORKERS, RADIUS_M
from geodata.kinds import SiteKind


class Model(StrEnum):
    """What the best choice is best at."""

    MCLP = "mclp"
    LSCP = "lscp"
    P_MEDIAN = "p_median"
    P_CENTER = "p_center"
    CAPACITATED = "capacitated"
    CAPACITATED_MEDIAN = "capacitated_median"
    UPGRADE = "upgrade"
    LUNCH = "lunch"


class From(StrEnum):
    """Where candidates come from."""

    SITES = "sites"
    PLACES = "places"
    GRID = "grid"


class Bind(StrEnum):
    """What the minima of a district count: points awarded, or points applied for."""

    AWARDS = "awards"
    APPLICATIONS = "applications"


LAYERS = ("city", "district", "town")


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A candidate the question names itself; WGS-84 degrees, money in units of 10,000 yuan."""

    name: str
    lon: float
    lat: float
    error_m: float = 15.0
    district: str = ""
    town: str = ""
    cost_10k: Mapping[str, float] | None = None
    capacity_workers: float | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which places may be chosen.

    Sites are eligible by their kind (and district); one with more than `or_workers_over` workers
    and no clinic of its own is eligible whatever its kind: a second way in, not a bar.
    """

    source: From = From.SITES
    kinds: tuple[SiteKind, ...] = tuple(SiteKind)
    districts: tuple[str, ...] = ()
    or_workers_over: float | None = LARGE_WORKERS
    places: tuple[GivenPlace, ...] = ()
    grid_spacing_m: float = 500.0
    grid_reach_m: float = 700.0


@dataclass(frozen=True, slots=True)
class Works:
    """One type of works: how many, how they are spread, what one costs (10,000 yuan) by layer."""

    count: int
    district_minimum: int = 0
    district_maximum: int | None = None
    minimum_by_district: Mapping[str, int] = field(default_factory=dict)
    maximum_by_district: Mapping[str, int] = field(default_factory=dict)
    minimum_by_town: Mapping[str, int] = field(default_factory=dict)
    maximum_by_town: Mapping[str, int] = field(default_factory=dict)
    cost_10k: Mapping[str, float] = field(default_factory=dict)

    @property
    def each_10k(self) -> float:
        """What one costs in all layers."""
        return sum(self.cost_10k.values())

    @property
    def has_rules(self) -> bool:
        """Whether anything but the count binds the choice."""
        return bool(
            self.district_minimum
            or self.district_maximum is not None
            or self.minimum_by_district
            or self.maximum_by_district
            or self.minimum_by_town
            or self.maximum_by_town
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What a choice must keep beside the counts; names are those of candidates."""

    minima_bind: Bind = Bind.AWARDS
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, str], ...] = ()
    spacing_m: float = 0.0
    worst_district_first: bool = False
    district_floor: float = 0.0

    @property
    def any(self) -> bool:
        """Whether the choice is bound at all."""
        free = Rules(minima_bind=self.minima_bind)
        return self != free


@dataclass(frozen=True, slots=True)
class Capacity:
    """Workers one new point can take; `whole` gives a site's workers to one point or to none."""

    workers: float = 5000.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A way to lunch: what one costs (10,000 yuan), and its meals a day."""

    cost_10k: float
    meals: float


@dataclass(frozen=True, slots=True)
class LunchAsked:
    """The ways to lunch that may be chosen, and how far workers walk to a shared one."""

    options: Mapping[str, Option]
    walk_m: float = 1000.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One siting question; `given` is the question as it was read, for the record."""

    model: Model = Model.MCLP
    title: str = ""
    walk_m: float = RADIUS_M
    count_rectifying: bool = False
    candidates: Candidates = Candidates()
    new: Works | None = None
    upgrade: Works | None = None
    rules: Rules = Rules()
    budget_10k: Mapping[str, float] = field(default_factory=dict)
    capacity: Capacity = Capacity()
    lunch: LunchAsked | None = None
    time_limit_s: float = 60.0
    draws: int = 20
    seed: int = 1
    given: Mapping[str, Any] = field(default_factory=dict)
