"""All places in memory, as arrays and frozen values: what the public pages read from."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from json import dumps, loads

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.clusters import Bbox, Groups, Kept, grouped, inside
from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.hours import Hours, from_json
from geodata.kinds import KINDS, Kind, Status
from geodata.model import REASON_LABELS, Level, Reason
from geodata.offered import Bools
from geodata.searching import Searched
from geodata.snapshot_columns import Columns
from geodata.tables import DataVersion, Place, ServicePoint
from geodata.wanted import EVERYTHING, Wanted

PUBLIC = frozenset({Status.PLAQUED})
PUBLIC_WITH_RECTIFYING = PUBLIC | {Status.RECTIFYING}
# What the public needs to know of our doubts; the others concern the form, not the place.
PUBLIC_FLAGS = frozenset({"district_mismatch"})
# From here on single doors are told apart on a screen.
UNCLUSTERED_ZOOM = 17
# What a kind is called, for who searches 书屋 and means the kind.
_CALLED = {kind: f"{facts.label}\n{facts.short}" for kind, facts in KINDS.items()}
AREA_REASON = (
    "地名库里没有这个地址，只知道在哪个区",
    "The gazetteer does not know this address; only its district is known",
)


@dataclass(frozen=True, slots=True)
class PublicService:
    """A service point without its private and administrative fields."""

    kind: Kind
    name: str
    status: Status
    hours_text: str
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    operator: str
    public_phone: str
    area_m2: float | None
    year: int | None
    hours: Hours | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place and its services. `lon`, `lat` (WGS-84) are None while it is not on the map."""

    id: int
    name: str
    district: str
    town: str
    address: str
    lon: float | None
    lat: float | None
    level: str
    error_m: float | None
    reason: str
    reason_en: str
    flags: tuple[str, ...]
    services: tuple[PublicService, ...]
    sample: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(dict.fromkeys(service.kind for service in self.services))

    @property
    def placed(self) -> bool:
        return self.lon is not None

    @property
    def searched(self) -> str:
        """What a text is looked for in."""
        names = [service.name for service in self.services if service.name != self.name]
        kinds = [_CALLED[kind] for kind in self.kinds]
        parts = (self.name, *names, *kinds, self.address, self.town, self.district)
        return "\n".join(parts).casefold()


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
        return Kept()

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
        columns = self._columns
        if zoom >= UNCLUSTERED_ZOOM:
            alone, circles = self._fitting(wanted), tuple[Circle, ...]()
        else:
            groups = self._grouped(zoom, wanted)
            alone = groups.alone
            circles = tuple(Circle(*circle) for circle in groups.within(bbox))
        seen = alone[inside(columns.lon[alone], columns.lat[alone], bbox)]
        return Clusters(tuple(self._at(seen)), circles)

    def _fitting(self, wanted: Wanted, opened: Bools | None = None) -> NDArray[np.intp]:
        found = self._columns.fitting(wanted, opened)
        return self._searched.having(wanted.text, found) if wanted.text.strip() else found

    def _grouped(self, zoom: int, wanted: Wanted) -> Groups:
        columns = self._columns
        opened = columns.offered.open_at(wanted.open_at)

        def make() -> Groups:
            found = columns.placed(self._fitting(wanted, opened))
            return grouped(found, columns.lon[found], columns.lat[found], zoom)

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


def load_snapshot(session: Session, statuses: Collection[Status] = PUBLIC) -> Snapshot:
    """Read all places with a service in one of the statuses."""
    version = session.scalar(select(DataVersion.number)) or 0
    rows = session.scalars(select(Place).order_by(Place.id))
    places = (public_place(row, statuses) for row in rows)
    return Snapshot(version, tuple(place for place in places if place.services))


def public_place(row: Place, statuses: Collection[Status]) -> PublicPlace:
    """A place with the services that stand in one of the statuses."""
    spot = row.level is not None and Level(row.level).is_point
    reason = ("", "") if spot else _why_unplaced(row)
    return PublicPlace(
        id=row.id,
        name=row.name,
        district=row.district,
        town=row.town,
        address=row.address,
        lon=row.lon if spot else None,
        lat=row.lat if spot else None,
        level=row.level or "",
        error_m=row.error_m if spot else None,
        reason=reason[0],
        reason_en=reason[1],
        flags=tuple(flag["message"] for flag in row.flags if flag["code"] in PUBLIC_FLAGS),
        services=tuple(_public_service(s) for s in row.services if s.status in statuses),
        sample=is_sample(row.name),
    )


@lru_cache(maxsize=65_536)
def _calendar(stored: str) -> Hours | None:
    """Equal hours are one object, so that a city's calendars are few."""
    return from_json(loads(stored))


def _why_unplaced(row: Place) -> tuple[str, str]:
    return REASON_LABELS[Reason(row.reason)] if row.reason else AREA_REASON


def _public_service(row: ServicePoint) -> PublicService:
    return PublicService(
        kind=Kind(row.kind),
        name=row.name,
        status=Status(row.status),
        hours_text=row.hours_text,
        hours=_calendar(dumps(row.hours)) if row.hours else None,
        facilities=tuple(row.facilities),
        services=tuple(row.services),
        operator=row.operator,
        public_phone=row.public_phone,
        area_m2=row.area_m2,
        year=row.year,
        id=row.id,
    )
