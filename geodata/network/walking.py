"""Walks on a network, as coverage asks for them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from geodata.coverage.walk import Pairs
from geodata.coverage.walking import ESTIMATE, Estimate
from geodata.network.chains import Ints
from geodata.network.graph import Floats, Network
from geodata.network.links import Walks, shortest_of
from geodata.network.reach import nearer, nearest_walk, walks_within
from geodata.network.snap import SNAP_LIMIT_M, Snapped, Snapper


@dataclass(frozen=True, eq=False)
class OnNetwork:
    """Metres along a network, and from each point to its street and back.

    The walk of a point farther than `limit_m` from every street is estimated. So is one between
    two points nearer to each other than they are to the streets, if that is less: the network
    knows nothing of the yard they share.
    """

    network: Network
    limit_m: float = SNAP_LIMIT_M
    estimate: Estimate = ESTIMATE

    @property
    def is_estimate(self) -> bool:
        return False

    def describe(self) -> str:
        return (
            f"步行路网 {self.network.name}；"
            f"离路 {self.limit_m:.0f} 米以上的点按{self.estimate.describe()}"
        )

    def off_road_m(self, points: Floats) -> Floats:
        """Metres from each point to its street; NaN where its walks are estimated."""
        return self.snapped(points).off_m

    def snapped(self, points: Floats) -> Snapped:
        """Points of lon, lat set on the network."""
        found: Snapped = self._kept(points.tobytes())
        return found

    def pairs_within(self, demand: Floats, supply: Floats, radius_m: float) -> Pairs:
        """All pairs with walk_m <= radius_m, in the order of demand, then supply."""
        here, there = self.snapped(demand), self.snapped(supply)
        found = _fewest(self.network, here, there, radius_m)
        guessed = self._estimated(demand, supply, here, there, radius_m)
        walks = shortest_of(found, guessed)
        return Pairs(walks.source, walks.target, walks.walk_m)

    def nearest(self, demand: Floats, supply: Floats) -> tuple[Ints, Floats]:
        """For each demand the nearest supply and its walk; -1 and infinity where there is none."""
        index, walk_m = self._known_nearest(demand.tobytes(), supply.tobytes())
        return index.copy(), walk_m.copy()

    def _nearest(self, demand: Floats, supply: Floats) -> tuple[Ints, Floats]:
        here, there = self.snapped(demand), self.snapped(supply)
        index, walk_m = nearest_walk(self.network, here, there)
        yard_m = 2.0 * self.limit_m * self.estimate.detour
        in_yards = self._estimated(demand, supply, here, there, yard_m)
        far_supply = np.flatnonzero(~there.on)
        far_demand = np.flatnonzero(~here.on)
        every = np.arange(len(demand)), np.arange(len(supply))
        others = shortest_of(
            in_yards,
            self._guessed(demand, every[0], supply, far_supply),
            self._guessed(demand, far_demand, supply, every[1]),
        )
        return nearer(index, walk_m, others)

    def _guessed(self, demand: Floats, of: Ints, supply: Floats, among: Ints) -> Walks:
        """The estimated walk from some demands to the nearest of some supplies."""
        index, walk_m = self.estimate.nearest(demand[of], supply[among])
        found = index >= 0
        return Walks(of[found], among[index[found]], walk_m[found])

    def _estimated(
        self, demand: Floats, supply: Floats, here: Snapped, there: Snapped, radius_m: float
    ) -> Walks:
        """The pairs whose walk is not to be had from the network."""
        pairs = self.estimate.pairs_within(demand, supply, radius_m)
        lost = ~here.on[pairs.demand] | ~there.on[pairs.supply]
        streets_m = here.off_m[pairs.demand] + there.off_m[pairs.supply]
        keep = lost | (pairs.walk_m / self.estimate.detour <= streets_m)
        return Walks(pairs.demand[keep], pairs.supply[keep], pairs.walk_m[keep])

    @cached_property
    def _known_nearest(self) -> Any:
        """The whole network is searched for it, and a slider asks the same again."""

        @lru_cache(maxsize=8)
        def at(demand: bytes, supply: bytes) -> tuple[Ints, Floats]:
            return self._nearest(_points(demand), _points(supply))

        return at

    @cached_property
    def _kept(self) -> Any:
        """Points are asked about again and again: the last few sets are remembered."""
        snapper = Snapper(self.network)

        @lru_cache(maxsize=16)
        def at(points: bytes) -> Snapped:
            return snapper.snap(_points(points), limit_m=self.limit_m)

        return at


def _points(kept: bytes) -> Floats:
    return np.frombuffer(kept).reshape(-1, 2)


def walk_pairs(network: Network, demand: Floats, supply: Floats, radius_m: float) -> Pairs:
    """All pairs of points of lon, lat within radius_m metres on a network."""
    return OnNetwork(network).pairs_within(demand, supply, radius_m)


def _fewest(network: Network, here: Snapped, there: Snapped, radius_m: float) -> Walks:
    """Searched from whichever side has fewer points."""
    if len(here.edge) <= len(there.edge):
        return walks_within(network, here, there, radius_m)
    back = walks_within(network.reversed, there, here, radius_m)
    return Walks(back.target, back.source, back.walk_m)
