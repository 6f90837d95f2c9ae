"""Health gaps: which parks, buildings and malls have no health point in reach.

The union's definition (2023, 园区（楼宇）健康服务点): an adequate clinic of its own
serves a site; otherwise a counted health point within the radius does. A poor clinic is none.
More than 1000 workers (strictly) makes a gap urgent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.walk import Pairs
from geodata.kinds import Clinic, Status

LARGE_WORKERS = 1000
RADIUS_M = 1000.0
# A health point whose half-days nobody wrote down is taken to hold one, and is flagged.
UNKNOWN_HALF_DAYS = 1.0


class GapState(StrEnum):
    """How a site stands to health points."""

    OWN_CLINIC = "own_clinic"
    COVERED = "covered"
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
    return np.asarray(error_m <= max(100.0, 0.4 * radius_m), dtype=np.bool_)


def is_large(workers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """More than 1000 workers; an unknown number (NaN) is not large."""
    return np.asarray(workers > LARGE_WORKERS, dtype=np.bool_)


@dataclass(frozen=True)
class HealthGaps:
    """Per site: its state, whether it is urgent, its workers (NaN unknown)."""

    state: tuple[GapState, ...]
    priority: NDArray[np.bool_]
    workers: NDArray[np.float64]

    def of(self, *states: GapState) -> NDArray[np.bool_]:
        """Which sites stand in one of the states."""
        return np.array([state in states for state in self.state], dtype=np.bool_)

    def tally(self, chosen: NDArray[np.bool_] | None = None) -> "Tally":
        """Sums over the chosen sites (all by default)."""
        chosen = np.ones(len(self.state), np.bool_) if chosen is None else chosen
        served = self.of(GapState.OWN_CLINIC, GapState.COVERED) & chosen
        unserved = self.of(GapState.GAP, GapState.UNKNOWN_CLINIC) & chosen
        has_count = ~np.isnan(self.workers)
        return Tally(
            sites=int(chosen.sum()),
            covered_workers=int(self.workers[served & has_count].sum()),
            uncovered_workers=int(self.workers[unserved & has_count].sum()),
            gaps=int((self.of(GapState.GAP) & chosen).sum()),
            priority=int((self.priority & chosen).sum()),
            unknown=int((self.of(GapState.UNKNOWN_CLINIC) & chosen).sum()),
            not_placed=int((self.of(GapState.NOT_PLACED) & chosen).sum()),
            uncounted=int((chosen & (~has_count | self.of(GapState.NOT_PLACED))).sum()),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over sites. `uncounted` sites lack a worker count or a position and are in no share."""

    sites: int
    covered_workers: int
    uncovered_workers: int
    gaps: int
    priority: int
    unknown: int
    not_placed: int
    uncounted: int

    @property
    def counted_workers(self) -> int:
        return self.covered_workers + self.uncovered_workers

    @property
    def share(self) -> float | None:
        """Share of workers served, 0 to 1; None when no site has a count."""
        return self.covered_workers / self.counted_workers if self.counted_workers else None


def health_gaps(
    *,
    workers: NDArray[np.float64],
    clinic: Sequence[Clinic],
    placed: NDArray[np.bool_],
    in_reach: Pairs,
    counts: NDArray[np.bool_],
) -> HealthGaps:
    """The state of each site.

    Args:
        workers: per site, NaN where unknown.
        clinic: per site, its own medical room.
        placed: per site, whether its position is fine enough for the radius.
        in_reach: pairs of site and health point within the radius.
        counts: per health point, whether it counts.
    """
    reached = np.zeros(len(clinic), dtype=np.bool_)
    reached[in_reach.demand[counts[in_reach.supply]]] = True
    state = tuple(
        _state(own, is_reached, is_placed)
        for own, is_reached, is_placed in zip(clinic, reached, placed, strict=True)
    )
    gap = np.array([s is GapState.GAP for s in state], dtype=np.bool_)
    return HealthGaps(state, gap & is_large(workers), workers)


def _state(clinic: Clinic, reached: np.bool_, placed: np.bool_) -> GapState:
    if clinic is Clinic.ADEQUATE:
        return GapState.OWN_CLINIC
    if not placed:
        return GapState.NOT_PLACED
    if reached:
        return GapState.COVERED
    return GapState.UNKNOWN_CLINIC if clinic is Clinic.UNKNOWN else GapState.GAP
