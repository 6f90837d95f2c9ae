"""An invented city to try siting on (示例): no place in it exists. The same seed, the same city.

As many health points stand in it as the programme of 2023 found: 132 in 16 districts.
"""

from collections.abc import Callable

import numpy as np
import shapely

from geodata.answers.city import City, Outlets, Points, Sites
from geodata.answers.coded import Coded
from geodata.arrays import Floats
from geodata.declared import SAMPLE_PREFIX
from geodata.geodesy import metres_per_degree
from geodata.kinds import Clinic, Kind, SiteKind, Status
from geodata.place.district import load_districts

SITES_EACH = 18
POINTS = 132
_CLUSTERS, _SPREAD_M = 4, 700.0
_KINDS = {SiteKind.PARK: "园区", SiteKind.BUILDING: "楼宇", SiteKind.MALL: "商圈"}
_CLINICS = (Clinic.NONE, Clinic.POOR, Clinic.ADEQUATE, Clinic.UNKNOWN)


def invented_city(seed: int = 2023) -> City:
    """Parks, buildings and malls in clusters, and health points beside some of them."""
    draw = np.random.default_rng(seed)
    names = load_districts().names
    spots = np.vstack([_in_district(name, draw) for name in names])
    districts = [name for name in names for _ in range(SITES_EACH)]
    sites = _sites(spots, districts, draw)
    return City(
        version=0,
        sites=sites,
        points=_points(sites, draw),
        outlets=_no_outlets(),
        moves=(),
        employees={},
        places=(),
    )


def _in_district(name: str, draw: np.random.Generator) -> Floats:
    """Sites around a few middles, all of them inside the district."""
    outline = load_districts().outline(name)
    shapely.prepare(outline)
    middles = _inside(outline, _CLUSTERS, lambda n: _anywhere(outline, n, draw))
    east_m, north_m = metres_per_degree(float(middles[:, 1].mean()))
    spread = _SPREAD_M / np.array([float(east_m), float(north_m)])

    def near(count: int) -> Floats:
        around: Floats = middles[draw.integers(0, _CLUSTERS, count)]
        return around + draw.normal(size=(count, 2)) * spread

    return _inside(outline, SITES_EACH, near)


def _anywhere(outline: shapely.Geometry, count: int, draw: np.random.Generator) -> Floats:
    west, south, east, north = outline.bounds
    return draw.uniform((west, south), (east, north), (count, 2))


def _inside(outline: shapely.Geometry, count: int, more: Callable[[int], Floats]) -> Floats:
    found = np.empty((0, 2))
    while len(found) < count:
        spots = more(4 * count)
        found = np.vstack([found, spots[shapely.contains_xy(outline, spots)]])
    return found[:count].round(6)


def _sites(spots: Floats, districts: list[str], draw: np.random.Generator) -> Sites:
    count = len(spots)
    kinds = draw.choice(list(_KINDS), count, p=(0.6, 0.3, 0.1)).tolist()
    numbers = [n % SITES_EACH + 1 for n in range(count)]
    unknown = np.full(count, np.nan)
    return Sites(
        id=np.arange(1, count + 1),
        name=tuple(
            f"{SAMPLE_PREFIX}{district}{_KINDS[SiteKind(kind)]} {number}"
            for district, kind, number in zip(districts, kinds, numbers, strict=True)
        ),
        kind=Coded.of(kinds),
        district=Coded.of(districts),
        town=Coded.of([""] * count),
        clinic=Coded.of(draw.choice(_CLINICS, count, p=(0.6, 0.15, 0.1, 0.15)).tolist()),
        workers=np.round(draw.lognormal(6.8, 0.9, count), -1),
        lonlat=spots,
        error_m=np.full(count, 90.0),
        canteen_seats=unknown,
        meal_quota=unknown,
        cabinet_cells=unknown,
        lunch_declared=(None,) * count,
    )


def _points(sites: Sites, draw: np.random.Generator) -> Points:
    """Health points beside sites: at least eight a district, the rest anywhere."""
    rows = [
        number * SITES_EACH + int(one)
        for number in range(len(sites.id) // SITES_EACH)
        for one in draw.choice(SITES_EACH, POINTS // 16, replace=False)
    ]
    others = np.setdiff1d(np.arange(len(sites.id)), rows)
    rows += draw.choice(others, POINTS - len(rows), replace=False).tolist()
    place = np.array(rows)
    unknown = [""] * POINTS
    return Points(
        id=np.arange(1, POINTS + 1),
        place=np.arange(1, POINTS + 1),
        name=tuple(f"{sites.name[row]}健康点" for row in rows),
        kind=Coded.of([Kind.HEALTH_POINT] * POINTS),
        status=Coded.of([Status.PLAQUED] * POINTS),
        district=Coded.of([sites.district.at(row) for row in rows]),
        town=Coded.of(unknown),
        operator=Coded.of(unknown),
        half_days=np.ones(POINTS),
        lonlat=sites.lonlat[place],
        error_m=np.full(POINTS, 15.0),
        hours=(None,) * POINTS,
    )


def _no_outlets() -> Outlets:
    nothing = np.empty(0)
    return Outlets(
        id=np.empty(0, dtype=np.int64),
        name=(),
        kind=Coded.of([]),
        seats=nothing,
        turns=nothing,
        quota=nothing,
        price_yuan=nothing,
        lonlat=np.empty((0, 2)),
        error_m=nothing,
        hours=(),
    )
