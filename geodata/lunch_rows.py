"""Lunch at every demand site, as rows a planner reads."""

import numpy as np

from geodata.answers.city import Sites
from geodata.answers.meals import Meals
from geodata.coverage import lunch
from geodata.views import LunchView


def lunch_rows(sites: Sites, meals: Meals) -> list[LunchView]:
    """One row a site."""
    return [
        _row(sites, meals, n) if meals.known[n] else _without_data(sites, n)
        for n in range(len(sites.id))
    ]


def _without_data(sites: Sites, n: int) -> LunchView:
    declared = sites.lunch_declared[n]
    return LunchView(
        level="",
        demand=None,
        served=None,
        gap=None,
        share=None,
        surplus=None,
        declared=declared,
        listed=lunch.is_listed(declared=declared is True, computed=None),
        box=lunch.LunchBox.NO_DATA,
        doubts=("职工数未知" if np.isnan(sites.workers[n]) else "位置不够准",),
    )


def _row(sites: Sites, meals: Meals, n: int) -> LunchView:
    found, share = meals.found, float(meals.found.share[n])
    declared, computed = sites.lunch_declared[n], bool(meals.computed[n])
    return LunchView(
        level=lunch.level(share),
        demand=float(found.demand[n]),
        served=float(found.served[n]),
        gap=float(found.gap[n]),
        share=share,
        surplus=float(found.surplus[n]),
        declared=declared,
        listed=lunch.is_listed(declared=declared is True, computed=computed),
        box=lunch.box(declared=declared is True, computed=computed),
        doubts=_taken_for_granted(sites, meals, n),
    )


def _taken_for_granted(sites: Sites, meals: Meals, n: int) -> tuple[str, ...]:
    doubts = (
        (np.isnan(sites.canteen_seats[n]), "食堂座位未填，按没有算"),
        (meals.unpriced[n], "附近有供应点没写价格，按全部可用算"),
        (meals.unclocked[n], "附近有供应点开放时间不明，按开放算"),
    )
    return tuple(sentence for is_so, sentence in doubts if is_so)
