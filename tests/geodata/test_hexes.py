"""Uncovered workers in hexagons of one size."""

import shapely

from geodata.hexes import CITY, TOWN, gap_hexes
from geodata.kinds import SiteKind
from geodata.views import LunchView, SiteCoverage

NO_LUNCH = LunchView("", None, None, None, None, None, None, listed=False, box="no_data", doubts=())
HERE = (121.60, 31.20)


def site(state: str, workers: int | None, *, lon: float | None = HERE[0]) -> SiteCoverage:
    return SiteCoverage(
        id=1,
        name="园区",
        kind=SiteKind.PARK,
        district="浦东新区",
        lon=lon,
        lat=HERE[1],
        workers=workers,
        state=state,
        priority=False,
        nearest_m=None,
        nearest_name="",
        reason="",
        lunch=NO_LUNCH,
        sample=False,
    )


def test_only_sites_that_nothing_serves_are_summed() -> None:
    sites = [
        site("gap", 700),
        site("unknown_clinic_uncovered", 400),
        site("gap", None),
        site("covered", 9000),
        site("own_clinic", 9000),
        site("hours_unknown", 9000),
        site("not_placed", 9000, lon=None),
    ]
    (found,) = gap_hexes(sites, resolution=TOWN)
    assert (found.workers, found.sites, found.uncounted) == (1100, 3, 1)
    assert shapely.Polygon(found.corners).contains(shapely.Point(HERE))
    assert len(found.corners) == 6


def test_sizes_join_what_is_near() -> None:
    sites = [site("gap", 100), site("gap", 200, lon=121.59)]
    counts = [
        sorted(each.workers for each in gap_hexes(sites, resolution=size)) for size in (CITY, TOWN)
    ]
    assert counts == [[300], [100, 200]]
    assert gap_hexes([], resolution=CITY) == ()


def test_the_order_of_the_sites_never_shows() -> None:
    sites = [site("gap", n, lon=121.4 + n / 1000) for n in range(40)]
    assert gap_hexes(sites, resolution=TOWN) == gap_hexes(sites[::-1], resolution=TOWN)
