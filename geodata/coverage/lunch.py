"""午餐难: parks where more workers need lunch than can get it.

A site first feeds its workers itself: own canteen or restaurant, places in another's, delivery,
meal cabinets. Who is left shares the outlets around by E2SFCA. Unknown seats and prices are
flagged, and only a price is taken as affordable when unknown; unknown workers leave a site without
data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.catchment import band_weights, two_step
from geodata.coverage.walk import Pairs
from geodata.kinds import OutletKind

RHO = 0.8
PRICE_CAP_YUAN = 30.0
CANTEEN_TURNS = 3.0
RESTAURANT_TURNS = 2.0
CABINET_TURNS = 2.0
REACH_M = 1000.0
LISTED_SHARE = 0.3
LISTED_DEMAND = 200.0
# Notice 沪工总办〔2023〕15号.
GOAL_SITES = 10
GOAL_WORKERS = 20_000

# Share of an outlet's seats that is open to workers. A company canteen and guest places open to
# others by quota alone, delivery and cabinets have no seats.
OPEN_SHARE: dict[OutletKind, float] = {
    OutletKind.STAFF_CANTEEN: 1.0,
    OutletKind.COMMUNITY_CANTEEN: 0.25,
    OutletKind.RESTAURANT: 0.6,
    OutletKind.COMPANY_CANTEEN: 0.0,
    OutletKind.CABINET: 1.0,
    OutletKind.DELIVERY: 0.0,
    OutletKind.SHARED_TABLE: 0.0,
}
TURNS: dict[OutletKind, float] = {
    OutletKind.STAFF_CANTEEN: CANTEEN_TURNS,
    OutletKind.COMMUNITY_CANTEEN: CANTEEN_TURNS,
    OutletKind.RESTAURANT: RESTAURANT_TURNS,
    OutletKind.COMPANY_CANTEEN: CANTEEN_TURNS,
    OutletKind.CABINET: CABINET_TURNS,
    OutletKind.DELIVERY: 1.0,
    OutletKind.SHARED_TABLE: 1.0,
}


class LunchLevel(StrEnum):
    """How hard lunch is at a site; the value is the union's word."""

    NONE = "无"
    SOME = "一般"
    HARD = "较难"
    SEVERE = "突出"


class LunchBox(StrEnum):
    """What the district declares against what is computed."""

    BOTH = "both"
    DECLARED_ONLY = "declared_only"
    COMPUTED_ONLY = "computed_only"
    NEITHER = "neither"
    NO_DATA = "no_data"


def price_weight(
    price_yuan: NDArray[np.float64], *, cap_yuan: float = PRICE_CAP_YUAN
) -> NDArray[np.float64]:
    """1 up to the cap, one half up to 1.5 times it, 0 above; an unknown price (NaN) counts."""
    dear = np.where(price_yuan <= 1.5 * cap_yuan, 0.5, 0.0)
    weight = np.where(price_yuan <= cap_yuan, 1.0, dear)
    return np.where(np.isnan(price_yuan), 1.0, weight)


def outlet_meals(
    *,
    kind: Sequence[OutletKind],
    seats: NDArray[np.float64],
    turns: NDArray[np.float64],
    quota: NDArray[np.float64],
    price_yuan: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Meals each outlet has for workers of any site; NaN is unknown and adds nothing."""
    usual = np.array([TURNS[k] for k in kind], dtype=np.float64)
    share = np.array([OPEN_SHARE[k] for k in kind], dtype=np.float64)
    seated = np.nan_to_num(seats) * np.where(np.isnan(turns), usual, turns) * share
    meals: NDArray[np.float64] = (seated + np.nan_to_num(quota)) * price_weight(price_yuan)
    return meals


def own_meals(
    *,
    canteen_seats: NDArray[np.float64],
    quota: NDArray[np.float64],
    cabinet_cells: NDArray[np.float64],
    turns: float = CANTEEN_TURNS,
    cabinet_turns: float = CABINET_TURNS,
) -> NDArray[np.float64]:
    """Meals a site has for its own workers; NaN is unknown and adds nothing.

    `quota` are its places in others' canteens (搭伙) and its delivered meals together; `turns` is
    how often a seat is taken in a lunch time, RESTAURANT_TURNS where it is a restaurant's.
    """
    meals: NDArray[np.float64] = (
        np.nan_to_num(canteen_seats) * turns
        + np.nan_to_num(quota)
        + np.nan_to_num(cabinet_cells) * cabinet_turns
    )
    return meals


@dataclass(frozen=True)
class LunchGaps:
    """Meals a day per site; NaN throughout where the number of workers is unknown."""

    demand: NDArray[np.float64]
    own: NDArray[np.float64]
    shared: NDArray[np.float64]
    surplus: NDArray[np.float64]

    @property
    def served(self) -> NDArray[np.float64]:
        return self.own + self.shared

    @property
    def gap(self) -> NDArray[np.float64]:
        return np.maximum(self.demand - self.served, 0.0)

    @property
    def share(self) -> NDArray[np.float64]:
        """Unmet share of the demand; 0 where nobody wants lunch."""
        zero = np.zeros_like(self.demand)
        share = np.divide(self.gap, self.demand, out=zero, where=self.demand > 0)
        # A share of exactly 0.3 is hard; one rounding in a sum of meals must not say otherwise.
        return np.where(np.isnan(self.demand), np.nan, np.round(share, 12))


def lunch_gaps(
    *,
    workers: NDArray[np.float64],
    own: NDArray[np.float64],
    outlets: NDArray[np.float64],
    pairs: Pairs,
    weight: NDArray[np.float64] | None = None,
    rho: float | NDArray[np.float64] = RHO,
) -> LunchGaps:
    """What each site needs, has and lacks.

    Args:
        workers: per site, NaN where unknown.
        own: meals per site from `own_meals`.
        outlets: meals per outlet from `outlet_meals`.
        pairs: site and outlet in reach, with walking metres.
        weight: per pair, by default that of its distance band.
        rho: share of workers who want lunch there; a survey gives a site its own, per site.
    """
    demand = np.round(workers * rho, 9)
    from_own = np.minimum(own, demand)
    left = np.nan_to_num(demand - from_own)
    given = band_weights(pairs.walk_m) if weight is None else weight
    offered = two_step(left, outlets, pairs, given).access * left
    shared = np.minimum(offered, left)
    unknown = np.isnan(demand)
    return LunchGaps(
        demand=demand,
        own=from_own,
        shared=np.where(unknown, np.nan, shared),
        surplus=np.where(unknown, np.nan, offered - shared + own - from_own),
    )


def level(share: float) -> LunchLevel:
    """The union's word for an unmet share."""
    if share < 0.1:
        return LunchLevel.NONE
    if share < LISTED_SHARE:
        return LunchLevel.SOME
    return LunchLevel.HARD if share < 0.5 else LunchLevel.SEVERE


def is_computed(share: float, demand: float) -> bool:
    """Whether the figures alone put a site on the list."""
    return share >= LISTED_SHARE and demand >= LISTED_DEMAND


def box(*, declared: bool, computed: bool | None) -> LunchBox:
    """Declared against computed; computed is None without data."""
    if computed is None:
        return LunchBox.NO_DATA
    if declared:
        return LunchBox.BOTH if computed else LunchBox.DECLARED_ONLY
    return LunchBox.COMPUTED_ONLY if computed else LunchBox.NEITHER


@dataclass(frozen=True, slots=True)
class Goal:
    """How far a year's programme has come; the notice asks for 10 sites and 20,000 workers."""

    sites: int
    workers: int

    @property
    def reached(self) -> bool:
        return self.sites >= GOAL_SITES and self.workers >= GOAL_WORKERS


def goal(
    listed: NDArray[np.bool_], solved: NDArray[np.bool_], workers: NDArray[np.float64]
) -> Goal:
    """What was solved of the list; unknown workers (NaN) count as a site and as no workers."""
    done = listed & solved
    return Goal(int(done.sum()), int(np.nansum(workers[done])))


def is_listed(*, declared: bool, computed: bool | None) -> bool:
    """A site is on the list when the district declared it or the figures say so."""
    return declared or computed is True
