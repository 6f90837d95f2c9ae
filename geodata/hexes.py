"""Where uncovered workers are, in hexagons of one size, whatever the borders."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import h3

from geodata.coverage.gaps import GapState
from geodata.views import SiteCoverage

# H3 resolutions: edges of about 3.7 km for a whole city, 1.4 for a district, 0.5 for a town.
CITY, DISTRICT, TOWN = 6, 7, 8
_UNSERVED = frozenset({GapState.GAP, GapState.UNKNOWN_CLINIC})


@dataclass(frozen=True, slots=True)
class GapHex:
    """One H3 cell: its corners as lon, lat (WGS-84), uncovered workers, sites without service.

    `uncounted` of the sites have no number of workers, so that their workers are in no sum.
    """

    cell: str
    corners: tuple[tuple[float, float], ...]
    workers: int
    sites: int
    uncounted: int


def gap_hexes(sites: Iterable[SiteCoverage], *, resolution: int) -> tuple[GapHex, ...]:
    """The cells with a site that nothing serves, by their ids."""
    cells: dict[str, list[int | None]] = defaultdict(list)
    for site in sites:
        if site.state in _UNSERVED and site.lon is not None and site.lat is not None:
            cells[h3.latlng_to_cell(site.lat, site.lon, resolution)].append(site.workers)
    return tuple(_hex(cell, cells[cell]) for cell in sorted(cells))


def _hex(cell: str, workers: list[int | None]) -> GapHex:
    return GapHex(
        cell=cell,
        corners=tuple((lon, lat) for lat, lon in h3.cell_to_boundary(cell)),
        workers=sum(heads or 0 for heads in workers),
        sites=len(workers),
        uncounted=sum(heads is None for heads in workers),
    )
