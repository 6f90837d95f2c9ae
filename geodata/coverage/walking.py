"""How walks are measured: an interface that the estimate and a walking network both fulfil."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geodata.coverage import walk
from geodata.coverage.walk import DETOUR, Pairs


class Walking(Protocol):
    """Measures walks in metres; rows of `demand` and `supply` hold lon, lat (WGS-84)."""

    def __hash__(self) -> int:
        """What tells two measures apart: pairs are kept by it."""

    @property
    def is_estimate(self) -> bool:
        """Whether walks are estimated, not measured on a network."""

    def describe(self) -> str:
        """How walks were measured, in Chinese, for the parameters of every output."""

    def pairs_within(
        self, demand: NDArray[np.float64], supply: NDArray[np.float64], radius_m: float
    ) -> Pairs:
        """All pairs with walk_m <= radius_m, in the order of demand, then supply."""

    def nearest(
        self, demand: NDArray[np.float64], supply: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """For each demand the nearest supply and its walk; -1 and infinity where there is none."""

    def off_road_m(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres from each point to its street; NaN where its walks are estimated."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Geodesic metres times a detour factor."""

    detour: float = DETOUR

    @property
    def is_estimate(self) -> bool:
        return True

    def describe(self) -> str:
        return f"直线 × {self.detour} 估算"

    def pairs_within(
        self, demand: NDArray[np.float64], supply: NDArray[np.float64], radius_m: float
    ) -> Pairs:
        return walk.pairs_within(demand, supply, radius_m, detour=self.detour)

    def nearest(
        self, demand: NDArray[np.float64], supply: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return walk.nearest(demand, supply, detour=self.detour)

    def off_road_m(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.full(len(points), np.nan)


ESTIMATE = Estimate()
