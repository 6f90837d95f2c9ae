"""A city drawn with a seed: 10,000 sites, 10,000 health points, 2,000 places to have lunch."""

from typing import Any

import numpy as np

from geodata.answers.city import City, Ints, Outlets, Points, Sites
from geodata.answers.coded import Coded
from geodata.arrays import Floats
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status
from geodata.place.district import load_districts, load_towns

SITES = POINTS = 10_000
OUTLETS = 2_000


class Draw:
    """Columns drawn one after the other; half of all spots crowd around thirty middles."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.middles = self.random.uniform((121.2, 30.9), (121.8, 31.4), (30, 2))

    def spots(self, count: int) -> Floats:
        half = count // 2
        middles = self.middles[self.random.integers(0, 30, half)]
        crowd = middles + self.random.normal(0, 0.02, (half, 2))
        rest = self.random.uniform((121.0, 30.7), (121.9, 31.6), (count - half, 2))
        return np.vstack([crowd, rest])

    def words(self, choices: Any, count: int) -> Coded:
        return Coded.of(self.random.choice([str(one) for one in choices], count).tolist())

    def numbers(self, low: int, high: int, count: int) -> Floats:
        return self.random.integers(low, high, count).astype(np.float64)


def drawn(seed: int = 1) -> City:
    """The same city for the same seed."""
    draw = Draw(seed)
    tables = _sites(draw), _points(draw), _outlets(draw)
    return City(1, *tables, moves=(), employees={}, places=())


def _ids(count: int) -> Ints:
    return np.arange(1, count + 1, dtype=np.int64)


def _where(draw: Draw, count: int) -> dict[str, Any]:
    return {
        "id": _ids(count),
        "name": tuple(f"示例{n}" for n in range(count)),
        "lonlat": draw.spots(count),
        "error_m": np.full(count, 90.0),
    }


def _area(draw: Draw, count: int) -> dict[str, Any]:
    towns = [town.name for town in load_towns()]
    return {"district": draw.words(load_districts().names, count), "town": draw.words(towns, count)}


def _sites(draw: Draw) -> Sites:
    unknown = np.full(SITES, np.nan)
    return Sites(
        **_where(draw, SITES),
        **_area(draw, SITES),
        kind=draw.words(SiteKind, SITES),
        clinic=draw.words(Clinic, SITES),
        workers=np.round(draw.random.lognormal(6, 1, SITES)),
        canteen_seats=unknown,
        meal_quota=unknown,
        cabinet_cells=unknown,
        lunch_declared=(None,) * SITES,
    )


def _points(draw: Draw) -> Points:
    return Points(
        **_where(draw, POINTS),
        **_area(draw, POINTS),
        place=_ids(POINTS),
        kind=Coded.of([Kind.HEALTH_POINT.value] * POINTS),
        status=draw.words([Status.PLAQUED, Status.PLAQUED, Status.RECTIFYING], POINTS),
        operator=draw.words([f"示例单位{n}" for n in range(100)], POINTS),
        half_days=draw.numbers(0, 6, POINTS),
        hours=(None,) * POINTS,
    )


def _outlets(draw: Draw) -> Outlets:
    return Outlets(
        **_where(draw, OUTLETS),
        kind=draw.words(OutletKind, OUTLETS),
        seats=draw.numbers(20, 300, OUTLETS),
        turns=np.full(OUTLETS, np.nan),
        quota=np.full(OUTLETS, np.nan),
        price_yuan=draw.numbers(10, 60, OUTLETS),
        hours=(None,) * OUTLETS,
    )
