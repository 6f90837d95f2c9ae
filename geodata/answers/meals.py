"""Lunch at every demand site as arrays: 午餐难 for a city and an hour."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.city import City, Outlets
from geodata.answers.coded import Bools
from geodata.answers.question import Question
from geodata.answers.standing import states_at
from geodata.arrays import Floats
from geodata.coverage import gaps, lunch
from geodata.hours import State
from geodata.kinds import OutletKind


@dataclass(frozen=True, eq=False)
class Meals:
    """Per site: meals a day, and whether it could be computed, was declared, is listed.

    `unpriced` and `unclocked`: an outlet in reach has no price, or no hours to go by.
    """

    found: lunch.LunchGaps
    placed: Bools
    known: Bools
    declared: Bools
    computed: Bools
    unpriced: Bools
    unclocked: Bools

    @property
    def listed(self) -> Bools:
        return self.declared | self.computed


def meals(city: City, asked: Question) -> Meals:
    """Lunch at every site, outlets shared among all; those closed at the hour feed nobody."""
    sites, outlets = city.sites, city.outlets
    placed = gaps.placed_well_enough(sites.error_m, lunch.REACH_M)
    states = states_at(outlets.hours, asked.hour)
    usable = gaps.placed_well_enough(outlets.error_m, lunch.REACH_M)
    usable &= states != State.CLOSED.value
    pairs = city.walking.pairs_within(
        np.where(placed[:, None], sites.lonlat, np.nan),
        np.where(usable[:, None], outlets.lonlat, np.nan),
        lunch.REACH_M,
    )
    found = lunch.lunch_gaps(
        workers=sites.workers, own=_own(city), outlets=_offered(outlets), pairs=pairs
    )
    known = placed & ~np.isnan(sites.workers)

    def near(which: Bools) -> Bools:
        hit = np.zeros(len(sites.id), np.bool_)
        hit[pairs.demand[which[pairs.supply]]] = True
        return hit

    return Meals(
        found=found,
        placed=placed,
        known=known,
        declared=np.array([said is True for said in sites.lunch_declared], dtype=np.bool_),
        computed=known & _is_computed(found),
        unpriced=near(np.isnan(outlets.price_yuan)),
        unclocked=near(states == State.UNKNOWN.value),
    )


def _is_computed(found: lunch.LunchGaps) -> Bools:
    enough = (found.share >= lunch.LISTED_SHARE) & (found.demand >= lunch.LISTED_DEMAND)
    return np.asarray(enough, dtype=np.bool_)


def _own(city: City) -> Floats:
    sites = city.sites
    return lunch.own_meals(
        canteen_seats=sites.canteen_seats,
        quota=sites.meal_quota,
        cabinet_cells=sites.cabinet_cells,
    )


def _offered(outlets: Outlets) -> Floats:
    return lunch.outlet_meals(
        kind=[OutletKind(kind) for kind in outlets.kind.words],
        seats=outlets.seats,
        turns=outlets.turns,
        quota=outlets.quota,
        price_yuan=outlets.price_yuan,
    )
