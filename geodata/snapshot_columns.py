"""What places are searched by, as arrays: kinds as bits, districts as codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.walk import DETOUR
from geodata.geodesy import geodesic_m, metres_per_degree
from geodata.offered import Bools, Offered, kinds_mask
from geodata.public_places import PublicPlace
from geodata.wanted import Near, Wanted

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# A degree of latitude is nowhere shorter, in metres; then a little room for rounding.
_SHORTEST_DEGREE_M = 110_574.0 * (1 - 1e-6)


@dataclass(frozen=True, eq=False)
class Columns:
    """One entry a place; NaN where it is not on the map."""

    lon: Floats
    lat: Floats
    kinds: NDArray[np.uint32]
    district: NDArray[np.int32]
    districts: dict[str, int]
    town: NDArray[np.int32]
    towns: dict[str, int]
    offered: Offered

    @classmethod
    def of(cls, places: Sequence[PublicPlace]) -> "Columns":
        """Read them off the places."""
        district, districts = _coded(place.district for place in places)
        town, towns = _coded(place.town for place in places)
        spots = np.array([(place.lon, place.lat) for place in places], dtype=np.float64)
        lon, lat = spots.reshape(-1, 2).T.copy()
        return cls(
            lon,
            lat,
            np.array([kinds_mask(place.kinds) for place in places], np.uint32),
            district,
            districts,
            town,
            towns,
            Offered.of(places),
        )

    @cached_property
    def district_order(self) -> Ints:
        """Each place's district as its number among the districts by name."""
        names = sorted(self.districts)
        order = np.array([names.index(name) for name in self.districts], np.intp)
        return order[self.district] if len(order) else np.zeros(0, np.intp)

    def towns_of(self, district: str) -> list[str]:
        """The towns that places of a district lie in, by name."""
        here = self.district == self.districts.get(district, -1)
        names = list(self.towns)
        return sorted(names[code] for code in np.unique(self.town[here]).tolist() if names[code])

    def fitting(self, wanted: Wanted, opened: Bools | None = None) -> Ints:
        """Numbers of the places that fit all filters but the text, ascending.

        `opened` is `Offered.open_at(wanted.open_at)`, where it was made already.
        """
        fits = np.ones(len(self.lon), dtype=np.bool_)
        if wanted.by_service:
            opened = self.offered.open_at(wanted.open_at) if opened is None else opened
            fits &= self.offered.fitting(wanted, opened)
        elif wanted.kinds:
            fits &= (self.kinds & np.uint32(kinds_mask(wanted.kinds))) != 0
        if wanted.district:
            fits &= self.district == self.districts.get(wanted.district, -1)
        if wanted.town:
            fits &= self.town == self.towns.get(wanted.town, -1)
        if wanted.near:
            fits &= self._near(wanted.near)
        return np.flatnonzero(fits)

    def _near(self, near: Near) -> Bools:
        walk_m = geodesic_m(near.lon, near.lat, self.lon, self.lat) * DETOUR
        within: Bools = walk_m <= near.walk_m
        return within

    def placed(self, numbers: Ints) -> Ints:
        """Those of them that are on the map."""
        return numbers[~np.isnan(self.lon[numbers])]

    def nearest(self, lon: float, lat: float, numbers: Ints, limit: int) -> tuple[Ints, Floats]:
        """The nearest of these placed ones and their walks, nearest first, ties as they come."""
        close = self._not_too_far(lon, lat, numbers, limit)
        walk_m = geodesic_m(lon, lat, self.lon[close], self.lat[close]) * DETOUR
        order = np.argsort(walk_m, kind="stable")[:limit]
        return close[order], walk_m[order]

    def _not_too_far(self, lon: float, lat: float, numbers: Ints, limit: int) -> Ints:
        """Those that can be among the nearest.

        Any `limit` of them bound how far the nearest are; whoever is farther than that along one
        axis alone is out.
        """
        if len(numbers) <= limit:
            return numbers
        lons, lats = self.lon[numbers], self.lat[numbers]
        east, north = (float(metres) for metres in metres_per_degree(lat))
        flat = ((lons - lon) * east) ** 2 + ((lats - lat) * north) ** 2
        some = numbers[np.argpartition(flat, limit - 1)[:limit]]
        bound_m = float(geodesic_m(lon, lat, self.lon[some], self.lat[some]).max())
        north_deg = bound_m / _SHORTEST_DEGREE_M
        # The metres of a degree are taken at the middle latitude of the two positions.
        poleward = min(abs(lat) + north_deg / 2, 90.0)
        narrowest = float(metres_per_degree(poleward)[0]) * (1 - 1e-6)
        east_deg = bound_m / narrowest if narrowest > 1.0 else 360.0
        return numbers[(np.abs(lats - lat) <= north_deg) & (np.abs(lons - lon) <= east_deg)]


def _coded(names: Iterable[str]) -> tuple[NDArray[np.int32], dict[str, int]]:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(name, len(codes)) for name in names], np.int32), codes
