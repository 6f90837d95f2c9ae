"""A city small enough to check on paper."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from geodata.answers.city import City
from geodata.answers.coded import Coded
from geodata.siting.invented import invented_city

# A degree of longitude is 95.3 km at 31.2 north: these sites lie 953 m apart, so that a walk of
# 400 m never reaches from one to the next.
STEP = 0.01


@pytest.fixture
def row_of_sites() -> Callable[..., City]:
    """Sites along a parallel in Pudong, by their workers, without any health point."""

    def make(*workers: float) -> City:
        city, count = invented_city(), len(workers)
        spots = np.array([[121.60 + STEP * n, 31.20] for n in range(count)])
        unknown = np.full(count, np.nan)
        sites = replace(
            city.sites,
            id=np.arange(1, count + 1),
            name=tuple(f"示例{n}" for n in range(1, count + 1)),
            kind=Coded.of(["park"] * count),
            district=Coded.of(["浦东新区"] * count),
            town=Coded.of(["一街" if n < 2 else "二街" for n in range(count)]),
            clinic=Coded.of(["none"] * count),
            workers=np.array(workers, dtype=np.float64),
            lonlat=spots,
            error_m=np.full(count, 15.0),
            lunch_declared=(None,) * count,
            canteen_seats=unknown,
            meal_quota=unknown,
            cabinet_cells=unknown,
        )
        delisted = Coded.of(["delisted"] * len(city.points.id))
        return replace(city, sites=sites, points=replace(city.points, status=delisted))

    return make
