"""Health gaps: which parks, buildings and malls have no health point in reach.

The union's definition (2023, 园区（楼宇）健康服务点): an adequate clinic of its own
serves a site; otherwise a counted health point within the radius does. A poor clinic is none.
More than 1000 workers (strictly) makes a gap urgent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.walk import Pairs
from geodata.kinds import Clinic, Status

LARGE_WORKERS = 1000
RADIUS_M = 1000.0
# A health point whose half-days nobody wrote down is taken to hold one, and is flagged.
UNKNOWN_HALF_DAYS = 1.0


class GapState(StrEnum):
    """How a site stands to health points.

    HOURS_UNKNOWN arises only when an hour is asked for: all points in reach that could serve it
    have hours nobody knows.
    """

    OWN_CLINIC = "own_clinic"
    COVERED = "covered"
    HOURS_UNKNOWN = "hours_unknown"
    UNKNOWN_CLINIC = "unknown_clinic_uncovered"
    GAP = "gap"
    NOT_PLACED = "not_placed"


def counted(
    status: Sequence[Status], half_days: NDArray[np.float64], *, count_rectifying: bool = False
) -> NDArray[np.bool_]:
    """Which health points count: plaqued, with at least one half-day a week (NaN is unknown)."""
    standing = {Status.PLAQUED, Status.RECTIFYING} if count_rectifying else {Status.PLAQUED}
    known = np.where(np.isnan(half_days), UNKNOWN_HALF_DAYS, half_days)
    return np.array([s in standing for s in status], dtype=np.bool_) & (known >= 1.0)


def placed_well_enough(error_m: NDArray[np.float64], radius_m: float) -> NDArray[np.bool_]:
    """Which positions are fine enough for a radius; NaN (no position) never is."""
    return np.asarray(error_m <= coarsest_m(radius_m), dtype=np.bool_)


def coarsest_m(radius_m: float) -> float:
    """The widest error radius in metres that may enter a coverage of this radius."""
    return max(100.0, 0.4 * radius_m)


def is_large(workers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """More than 1000 workers; an unknown number (NaN) is not large."""
    return np.asarray(workers > LARGE_WORKERS, dtype=np.bool_)


STATES = tuple(GapState)
_CODE = {state: code for code, state in enumerate(STATES)}
_OWN_CLINIC, _COVERED, _HOURS_UNKNOWN, _UNKNOWN_CLINIC, _GAP, _NOT_PLACED = range(len(STATES))


@dataclass(frozen=True)
class HealthGaps:
    """Per site: its state (an index into STATES), whether it is urgent, its workers (NaN unknown).

    The share of workers served is certain; those of HOURS_UNKNOWN are neither in nor out of it.
    """

    code: NDArray[np.int8]
    priority: NDArray[np.bool_]
    workers: NDArray[np.float64]

    @cached_property
    def state(self) -> tuple[GapState, ...]:
        return tuple(STATES[code] for code in self.code)

    def of(self, *states: GapState) -> NDArray[np.bool_]:
        """Which sites stand in one of the states."""
        wanted = np.zeros(len(STATES), np.bool_)
        wanted[[_CODE[state] for state in states]] = True
        chosen: NDArray[np.bool_] = wanted[self.code]
        return chosen

    def tally(self, chosen: NDArray[np.bool_] | None = None) -> "Tally":
        """Sums over the chosen sites (all by default)."""
        chosen = np.ones(len(self.code), np.bool_) if chosen is None else chosen
        return self.tallies(np.where(chosen, 0, 1), 2)[0]

    def tallies(self, group: NDArray[np.intp], size: int) -> tuple["Tally", ...]:
        """Sums over the sites of each group, numbered from 0."""
        has_count = ~np.isnan(self.workers)

        def sites(which: NDArray[np.bool_]) -> list[int]:
            counts: list[int] = np.bincount(group[which], minlength=size).tolist()
            return counts

        def heads(*states: GapState) -> list[int]:
            sums: list[int] = self._heads(group, size, *states).astype(np.int64).tolist()
            return sums

        columns = (
            sites(np.ones(len(self.code), np.bool_)),
            heads(GapState.OWN_CLINIC, GapState.COVERED),
            heads(GapState.GAP, GapState.UNKNOWN_CLINIC),
            sites(self.of(GapState.GAP)),
            sites(self.priority),
            sites(self.of(GapState.UNKNOWN_CLINIC)),
            sites(self.of(GapState.NOT_PLACED)),
            sites(~has_count | self.of(GapState.NOT_PLACED)),
            sites(self.of(GapState.HOURS_UNKNOWN)),
            heads(GapState.HOURS_UNKNOWN),
        )
        return tuple(Tally(*row) for row in zip(*columns, strict=True))

    def shares(self, group: NDArray[np.intp], size: int) -> list[float | None]:
        """The share of workers served in each group, as its tally has it."""
        served = self._heads(group, size, GapState.OWN_CLINIC, GapState.COVERED)
        placed = (state for state in STATES if state is not GapState.NOT_PLACED)
        counted = self._heads(group, size, *placed)
        return [float(s / n) if n else None for s, n in zip(served, counted, strict=True)]

    def _heads(self, group: NDArray[np.intp], size: int, *states: GapState) -> NDArray[np.float64]:
        which = self.of(*states) & ~np.isnan(self.workers)
        sums = np.bincount(group[which], weights=self.workers[which], minlength=size)
        return sums.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over sites. `uncounted` sites lack a worker count or a position and are in no share.

    `hanging_workers` hang on points whose hours nobody knows.
    """

    sites: int
    covered_workers: int
    uncovered_workers: int
    gaps: int
    priority: int
    unknown: int
    not_placed: int
    uncounted: int
    hanging: int = 0
    hanging_workers: int = 0

    @property
    def counted_workers(self) -> int:
        return self.covered_workers + self.uncovered_workers + self.hanging_workers

    @property
    def share(self) -> float | None:
        """Share of workers surely served, 0 to 1; None when no site has a count."""
        return self.covered_workers / self.counted_workers if self.counted_workers else None

    @property
    def possible_share(self) -> float | None:
        """The share if every point of unknown hours were open."""
        possible = self.covered_workers + self.hanging_workers
        return possible / self.counted_workers if self.counted_workers else None


def health_gaps(
    *,
    workers: NDArray[np.float64],
    clinic: Sequence[Clinic],
    placed: NDArray[np.bool_],
    in_reach: Pairs,
    counts: NDArray[np.bool_],
    perhaps: NDArray[np.bool_] | None = None,
) -> HealthGaps:
    """The state of each site.

    Args:
        workers: per site, NaN where unknown.
        clinic: per site, its own medical room.
        placed: per site, whether its position is fine enough for the radius.
        in_reach: pairs of site and health point within the radius.
        counts: per health point, whether it counts.
        perhaps: per health point, whether it would count if its hours were known.
    """
    sites = len(clinic)
    own = np.fromiter((c is Clinic.ADEQUATE for c in clinic), np.bool_, sites)
    unknown = np.fromiter((c is Clinic.UNKNOWN for c in clinic), np.bool_, sites)
    hanging = np.zeros(sites, np.bool_) if perhaps is None else _reached(in_reach, perhaps, sites)
    reached = _reached(in_reach, counts, sites)
    code = np.select(
        [own, ~placed, reached, hanging, unknown],
        [_OWN_CLINIC, _NOT_PLACED, _COVERED, _HOURS_UNKNOWN, _UNKNOWN_CLINIC],
        _GAP,
    ).astype(np.int8)
    return HealthGaps(code, (code == _GAP) & is_large(workers), workers)


def _reached(in_reach: Pairs, counts: NDArray[np.bool_], sites: int) -> NDArray[np.bool_]:
    reached = np.zeros(sites, dtype=np.bool_)
    reached[in_reach.demand[counts[in_reach.supply]]] = True
    return reached
