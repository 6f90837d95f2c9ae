"""All places in memory, as arrays and frozen values: what the public pages read from."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geodata.clusters import HELD, HELD_A_PLACE, Groups, Kept, grouped, ungrouped
from geodata.errors import NotFoundError
from geodata.kinds import Status
from geodata.offered import Bools
from geodata.public_places import PublicPlace
from geodata.searching import Searched
from geodata.snapshot_columns import Columns
from geodata.view_index import Bbox
from geodata.wanted import EVERYTHING, Wanted

PUBLIC = frozenset({Status.PLAQUED})
PUBLIC_WITH_RECTIFYING = PUBLIC | {Status.RECTIFYING}
# From here on single doors are told apart on a screen.
UNCLUSTERED_ZOOM = 17


@dataclass(frozen=True, slots=True)
class Circle:
    """Several places too near each other to draw apart; it stands in the middle of most of them."""

    lon: float
    lat: float
    count: int


@dataclass(frozen=True, slots=True)
class Clusters:
    """What a map shows at one zoom: places on their own, and circles for the crowded rest."""

    points: tuple[PublicPlace, ...]
    circles: tuple[Circle, ...]


@dataclass(frozen=True)
class Snapshot:
    """Every place as of one data version."""

    version: int
    places: tuple[PublicPlace, ...]

    def ready(self) -> "Snapshot":
        """Itself, with what every request needs of it: made by the one who loads, not by each."""
        _ = self._columns, self._by_id
        return self

    @cached_property
    def _columns(self) -> Columns:
        return Columns.of(self.places)

    @cached_property
    def _searched(self) -> Searched:
        return Searched(tuple(place.searched for place in self.places))

    @cached_property
    def sampled(self) -> Bools:
        """Which places are invented."""
        return np.array([place.sample for place in self.places], dtype=np.bool_)

    @cached_property
    def _groups(self) -> Kept:
        return Kept(max(HELD, HELD_A_PLACE * len(self.places)))

    @cached_property
    def _by_id(self) -> dict[int, PublicPlace]:
        return {place.id: place for place in self.places}

    def has(self, place_id: int) -> bool:
        """Whether a public place has this id."""
        return place_id in self._by_id

    def place(self, place_id: int) -> PublicPlace:
        """One place.

        Raises:
            NotFoundError: no public place has this id.
        """
        if place_id not in self._by_id:
            raise NotFoundError(f"没有编号为 {place_id} 的站点，可能已经摘牌或搬走。")
        return self._by_id[place_id]

    def towns(self, district: str) -> list[str]:
        """The towns that places of a district lie in, by name."""
        return self._columns.towns_of(district)

    def numbers(self, wanted: Wanted = EVERYTHING) -> NDArray[np.intp]:
        """Where those of `find` stand in `places`, ascending."""
        return self._fitting(wanted)

    def find(self, wanted: Wanted = EVERYTHING) -> list[PublicPlace]:
        """Places that fit all filters given, in stored order."""
        return self._at(self._fitting(wanted))

    def count(self, wanted: Wanted) -> int:
        """How many fit all filters."""
        return len(self._fitting(wanted))

    def listed(self, wanted: Wanted, when: datetime) -> "Listed":
        """All that fit as a list without distances shows them: open ones first, by district."""
        found = self._fitting(wanted)
        rank = self._columns.offered.ranks(when, wanted.kinds)[found]
        nowhere = np.isnan(self._columns.lon[found])
        district = self._columns.district_order[found]
        order = np.lexsort((district, rank, nowhere))
        counts = np.bincount(rank[~nowhere], minlength=3)
        return Listed(self, found[order], int(nowhere.sum()), tuple(counts.tolist()))

    def unplaced(self, wanted: Wanted = EVERYTHING) -> tuple[list[PublicPlace], int]:
        """Those of `find` that are not on the map, and how many are."""
        found = self._fitting(wanted)
        nowhere = found[np.isnan(self._columns.lon[found])]
        return self._at(nowhere), len(found) - len(nowhere)

    def nearest(
        self, lon: float, lat: float, wanted: Wanted = EVERYTHING, *, limit: int = 30
    ) -> list[tuple[PublicPlace, float]]:
        """The nearest placed places with estimated walking metres, nearest first."""
        columns = self._columns
        found = columns.placed(self._fitting(wanted))
        if limit <= 0 or not len(found):
            return []
        numbers, walk_m = columns.nearest(lon, lat, found, limit)
        return list(zip(self._at(numbers), walk_m.tolist(), strict=True))

    def clusters(self, bbox: Bbox, zoom: int, wanted: Wanted = EVERYTHING) -> Clusters:
        """Places in west, south, east, north; those too near each other to draw as circles.

        The whole city is grouped and then cut to the view, so that panning never regroups what
        stays in view; groups are kept for the next request.
        """
        groups = self._grouped(min(zoom, UNCLUSTERED_ZOOM), wanted)
        circles = tuple(Circle(*circle) for circle in groups.circles(bbox))
        return Clusters(tuple(self._at(groups.places(bbox))), circles)

    def _fitting(self, wanted: Wanted, opened: Bools | None = None) -> NDArray[np.intp]:
        found = self._columns.fitting(wanted, opened)
        return self._searched.having(wanted.text, found) if wanted.text.strip() else found

    def _grouped(self, zoom: int, wanted: Wanted) -> Groups:
        columns = self._columns
        opened = columns.offered.open_at(wanted.open_at)

        def make() -> Groups:
            found = columns.placed(self._fitting(wanted, opened))
            spots = (columns.lon[found], columns.lat[found])
            if zoom == UNCLUSTERED_ZOOM:
                return ungrouped(found, *spots)
            return grouped(found, *spots, zoom)

        # Minutes in which the same calendars are open share their groups.
        state = b"" if opened is None else opened.tobytes()
        asked = replace(wanted, kinds=tuple(sorted(set(wanted.kinds))), open_at=None)
        return self._groups.get((zoom, asked, state), make)

    def _at(self, numbers: NDArray[np.intp]) -> list[PublicPlace]:
        places = self.places
        return [places[number] for number in numbers.tolist()]


@dataclass(frozen=True)
class Listed:
    """Places in the order of a list, the unplaced ones last.

    `counts` are the placed ones that are open, unknown and closed.
    """

    snapshot: Snapshot
    numbers: NDArray[np.intp]
    unplaced: int
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    def part(self, start: int, end: int) -> list[PublicPlace]:
        """Those from one number of the list to another."""
        return [self.snapshot.places[n] for n in self.numbers[start:end].tolist()]

    def samples(self) -> set[bool]:
        """Whether invented ones are among them, and others."""
        return set(self.snapshot.sampled[self.numbers].tolist())
