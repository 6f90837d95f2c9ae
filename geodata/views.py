"""The rows a planner sees: what the map, the command line, the API and reports all show."""

from dataclasses import dataclass

from geodata.answers.cuts import Cut
from geodata.answers.question import Parameters
from geodata.answers.standing import AtHour
from geodata.coverage.gaps import coarsest_m
from geodata.kinds import Kind, SiteKind
from geodata.public_places import PublicPlace


@dataclass(frozen=True, slots=True)
class CoverageTotals:
    """The headline numbers; a share of None means that no site has a worker count.

    `hanging` sites and their workers hang on points whose hours nobody knows, which only a
    question for an hour finds; `cut` has every measure of the city.
    """

    share: float | None
    share_800: float | None
    share_1200: float | None
    covered_workers: int
    uncovered_workers: int
    counted_workers: int
    sites: int
    gaps: int
    p1: int
    unknown: int
    uncounted: int
    not_placed: int
    share_1000: float | None = None
    possible_share: float | None = None
    hanging: int = 0
    hanging_workers: int = 0
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class DistrictCoverage:
    """One district: its sites, its places of any status and those in service, its employees.

    `employees` is the newest census count, None where none was imported; `cut` has every measure.
    """

    code: str
    name: str
    share: float | None
    covered_workers: int
    uncovered_workers: int
    sites: int
    gaps: int
    p1: int
    unknown: int
    uncounted: int
    training_points: int
    points: int
    employees: int | None
    in_service: int
    hanging_workers: int = 0
    cut: Cut | None = None

    @property
    def per_100k(self) -> float | None:
        """Places in service for 100,000 employees; None without a count."""
        return self.in_service * 1e5 / self.employees if self.employees else None


@dataclass(frozen=True, slots=True)
class LunchView:
    """Lunch at one site, in meals a day; None where the number of workers is unknown."""

    level: str
    demand: float | None
    served: float | None
    gap: float | None
    share: float | None
    surplus: float | None
    declared: bool | None
    listed: bool
    box: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """One park, building or mall; lon, lat are None while it is not on the map."""

    id: int
    name: str
    kind: SiteKind
    district: str
    lon: float | None
    lat: float | None
    workers: int | None
    state: str
    priority: bool
    nearest_m: float | None
    nearest_name: str
    reason: str
    lunch: LunchView
    sample: bool
    town: str = ""
    reason_en: str = ""
    half_days_per_1000: float | None = None

    @property
    def placed(self) -> bool:
        return self.lon is not None


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A place that is known by name and not on the map, and why."""

    id: int
    name: str
    kinds: tuple[Kind, ...]
    district: str
    reason: str
    sample: bool
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class PlannerView:
    """Everything the coverage screen shows, with the parameters it was made under.

    `towns` are keyed by town within district, `zones` and `site_kinds` by their names; `at_hour`
    counts health points where an hour was asked for.
    """

    radius_m: float
    count_rectifying: bool
    detour: float
    estimated: bool
    totals: CoverageTotals
    districts: tuple[DistrictCoverage, ...]
    sites: tuple[SiteCoverage, ...]
    unplaced: tuple[UnplacedRow, ...]
    points: tuple[PublicPlace, ...]
    towns: tuple[Cut, ...] = ()
    zones: tuple[Cut, ...] = ()
    site_kinds: tuple[Cut, ...] = ()
    parameters: Parameters | None = None
    at_hour: AtHour | None = None

    @property
    def too_wide(self) -> tuple[PublicPlace, ...]:
        """Points on the map whose position is too uncertain to be counted within this radius."""
        most_m = coarsest_m(self.radius_m)
        return tuple(one for one in self.points if one.error_m is not None and one.error_m > most_m)
