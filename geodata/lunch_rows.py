"""Lunch at every demand site: rows of the database through the arithmetic of 午餐难."""

from collections.abc import Sequence

import numpy as np

from geodata.arrays import floats, lonlat
from geodata.coverage import gaps, lunch
from geodata.coverage.walk import pairs_within
from geodata.kinds import OutletKind
from geodata.tables import DemandSite, LunchOutlet
from geodata.views import LunchView


def lunch_rows(sites: Sequence[DemandSite], outlets: Sequence[LunchOutlet]) -> list[LunchView]:
    """Lunch at every site, outlets shared among all of them."""
    radius_m = lunch.REACH_M
    usable = gaps.placed_well_enough(floats([o.error_m for o in outlets]), radius_m)
    placed = gaps.placed_well_enough(floats([s.error_m for s in sites]), radius_m)
    price_yuan = floats([o.price_yuan for o in outlets])
    in_reach = pairs_within(
        np.where(placed[:, None], lonlat(sites), np.nan),
        np.where(usable[:, None], lonlat(outlets), np.nan),
        radius_m,
    )
    found = lunch.lunch_gaps(
        workers=floats([s.workers for s in sites]),
        own=lunch.own_meals(
            canteen_seats=floats([s.canteen_seats for s in sites]),
            quota=floats([s.meal_quota for s in sites]),
            cabinet_cells=floats([s.cabinet_cells for s in sites]),
        ),
        outlets=lunch.outlet_meals(
            kind=[OutletKind(o.kind) for o in outlets],
            seats=floats([o.seats for o in outlets]),
            turns=floats([o.turns for o in outlets]),
            quota=floats([o.quota for o in outlets]),
            price_yuan=price_yuan,
        ),
        pairs=in_reach,
    )
    unpriced = set(in_reach.demand[np.isnan(price_yuan)[in_reach.supply]].tolist())
    return [
        _lunch_row(site, found, n, placed=bool(placed[n]), unpriced=n in unpriced)
        for n, site in enumerate(sites)
    ]


def _lunch_row(
    site: DemandSite, found: lunch.LunchGaps, n: int, *, placed: bool, unpriced: bool
) -> LunchView:
    declared = site.lunch_declared is True
    if site.workers is None or not placed:
        why = "职工数未知" if site.workers is None else "位置不够准"
        return LunchView(
            "", None, None, None, None, None, site.lunch_declared,
            lunch.is_listed(declared=declared, computed=None),
            lunch.LunchBox.NO_DATA, (why,),
        )  # fmt: skip
    demand, share = float(found.demand[n]), float(found.share[n])
    computed = lunch.is_computed(share, demand)
    return LunchView(
        level=lunch.level(share),
        demand=demand,
        served=float(found.served[n]),
        gap=float(found.gap[n]),
        share=share,
        surplus=float(found.surplus[n]),
        declared=site.lunch_declared,
        listed=lunch.is_listed(declared=declared, computed=computed),
        box=lunch.box(declared=declared, computed=computed),
        doubts=_taken_for_granted(site, unpriced=unpriced),
    )


def _taken_for_granted(site: DemandSite, *, unpriced: bool) -> tuple[str, ...]:
    doubts = []
    if site.canteen_seats is None:
        doubts.append("食堂座位未填，按没有算")
    if unpriced:
        doubts.append("附近有供应点没写价格，按全部可用算")
    return tuple(doubts)
