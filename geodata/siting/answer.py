"""The answer to a siting question: frozen rows that the page, the sheet and the files show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.answers.words import Said


@dataclass(frozen=True, slots=True)
class Served:
    """A site in reach of a pick; `newly` when nothing served it before."""

    id: int
    name: str
    district: str
    workers: int
    walk_m: float
    newly: bool
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen place.

    `marginal_workers` would be lost without it, `serves_workers` are all in reach that it is
    credited with. `guaranteed` fills its district's minimum. `kept` is the share of draws that
    chose it, None while or where that is not known.
    """

    number: int
    key: str
    name: str
    works: str
    district: str
    town: str
    lon: float
    lat: float
    marginal_workers: float
    serves_workers: float
    serves: tuple[Served, ...]
    guaranteed: bool
    cost_10k: Mapping[str, float]
    sample: bool
    kept: float | None = None


@dataclass(frozen=True, slots=True)
class DistrictChange:
    """Workers with a count in one district, and those served before and after."""

    name: str
    code: str
    counted_workers: int
    before_workers: int
    after_workers: int
    new: int
    upgraded: int

    @property
    def gained_workers(self) -> int:
        return self.after_workers - self.before_workers

    @property
    def before_share(self) -> float | None:
        return self.before_workers / self.counted_workers if self.counted_workers else None

    @property
    def after_share(self) -> float | None:
        return self.after_workers / self.counted_workers if self.counted_workers else None


@dataclass(frozen=True, slots=True)
class RulePrice:
    """A rule that binds, and the workers more without it (or with one more of what it caps)."""

    rule: Said
    workers: float
    without: bool
    proved: bool


@dataclass(frozen=True, slots=True)
class Second:
    """The best other choice: which picks it leaves, which it takes, the workers it gives up."""

    leaves: tuple[str, ...]
    takes: tuple[str, ...]
    costs_workers: float
    proved: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """What the minima of one type of works force, and its money in units of 10,000 yuan."""

    works: str
    count: int
    chosen: int
    forced: int
    free: int
    money_10k: Mapping[str, float]

    @property
    def total_10k(self) -> float:
        return sum(self.money_10k.values())


@dataclass(frozen=True, slots=True)
class SitingAnswer:
    """Everything about one answer.

    `status` is greedy, optimal, gap, cancelled, infeasible or nothing; no choice is worth more
    than `bound`, both in `unit`. `impossible` says why there is none.
    """

    title: str
    model: str
    status: str
    unit: str
    value: float
    bound: float
    gap: float | None
    seconds: float
    picks: tuple[Pick, ...]
    districts: tuple[DistrictChange, ...]
    works: tuple[Arithmetic, ...]
    candidates: int
    existing: int
    upgraded_workers: int
    prices: tuple[RulePrice, ...]
    second: Second | None
    draws: int
    findings: tuple[Said, ...]
    impossible: tuple[Said, ...]
    question: Mapping[str, Any]
    walk_m: float
    walking: str
    data_version: int
    software_version: str
    seed: int

    @property
    def counted_workers(self) -> int:
        return sum(row.counted_workers for row in self.districts)

    @property
    def before_workers(self) -> int:
        return sum(row.before_workers for row in self.districts)

    @property
    def after_workers(self) -> int:
        return sum(row.after_workers for row in self.districts)

    @property
    def gained_workers(self) -> int:
        return self.after_workers - self.before_workers

    @property
    def before_share(self) -> float | None:
        return self.before_workers / self.counted_workers if self.counted_workers else None

    @property
    def after_share(self) -> float | None:
        return self.after_workers / self.counted_workers if self.counted_workers else None

    @property
    def money_10k(self) -> dict[str, float]:
        """What the choice costs each layer."""
        layers = dict.fromkeys(layer for one in self.works for layer in one.money_10k)
        return {layer: sum(one.money_10k.get(layer, 0.0) for one in self.works) for layer in layers}
