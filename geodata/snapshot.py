"""All places in memory, as arrays and frozen values: what the public pages read from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.coverage.walk import DETOUR
from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.kinds import Kind, Status
from geodata.model import REASON_LABELS, Level, Reason
from geodata.tables import DataVersion, Place, ServicePoint

PUBLIC = frozenset({Status.PLAQUED})
PUBLIC_WITH_RECTIFYING = PUBLIC | {Status.RECTIFYING}
# What the public needs to know of our doubts; the others concern the form, not the place.
PUBLIC_FLAGS = frozenset({"district_mismatch"})
CELL_PX = 64
# Two circles of the middle size, or a circle and a marker, touch at this distance.
OVERLAP_PX = 38
TILE_PX = 256
# From here on single doors are told apart on a screen.
UNCLUSTERED_ZOOM = 17
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

    def matches(self, kinds: Collection[Kind], district: str, text: str) -> bool:
        """Whether the place is of one of the kinds, in the district, and holds the text."""
        return (
            (not kinds or not set(kinds).isdisjoint(self.kinds))
            and (not district or self.district == district)
            and (not text or text.casefold() in self._searched())
        )

    def _searched(self) -> str:
        names = "\n".join(service.name for service in self.services)
        return f"{self.name}\n{names}\n{self.address}\n{self.town}\n{self.district}".casefold()


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

    def find(
        self, *, kinds: Collection[Kind] = (), district: str = "", text: str = ""
    ) -> list[PublicPlace]:
        """Places that fit all filters given, in stored order."""
        if not (kinds or district or text.strip()):
            return list(self.places)
        return [place for place in self.places if place.matches(kinds, district, text.strip())]

    def nearest(
        self,
        lon: float,
        lat: float,
        *,
        kinds: Collection[Kind] = (),
        district: str = "",
        text: str = "",
        limit: int = 30,
    ) -> list[tuple[PublicPlace, float]]:
        """The nearest placed places with estimated walking metres, nearest first."""
        found = [p for p in self.find(kinds=kinds, district=district, text=text) if p.placed]
        if not found:
            return []
        lons, lats = positions(found)
        walk_m = geodesic_m(lon, lat, lons, lats) * DETOUR
        order = np.argsort(walk_m, kind="stable")[:limit]
        return [(found[i], float(walk_m[i])) for i in order]

    def clusters(
        self,
        bbox: tuple[float, float, float, float],
        zoom: int,
        *,
        kinds: Collection[Kind] = (),
        district: str = "",
    ) -> Clusters:
        """Places in west, south, east, north; those too near each other to draw as circles.

        The whole city is grouped and then cut to the view, so that panning never regroups what
        stays in view.
        """
        found = [place for place in self.find(kinds=kinds, district=district) if place.placed]
        if zoom >= UNCLUSTERED_ZOOM or not found:
            groups = Clusters(tuple(found), ())
        else:
            groups = _grouped(found, zoom)
        return Clusters(
            tuple(place for place in groups.points if _inside(place.lon, place.lat, bbox)),
            tuple(circle for circle in groups.circles if _inside(circle.lon, circle.lat, bbox)),
        )


def _inside(lon: float | None, lat: float | None, bbox: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bbox
    return lon is not None and lat is not None and west <= lon <= east and south <= lat <= north


def _grouped(places: list[PublicPlace], zoom: int) -> Clusters:
    lons, lats = positions(places)
    cell, group = _groups(np.column_stack(world_pixels(lons, lats, zoom)))
    counts = np.bincount(group)
    points = tuple(place for place, own in zip(places, group, strict=True) if counts[own] == 1)
    crowded = np.flatnonzero(counts > 1)
    middle_lon, middle_lat = (_means(cell, values)[crowded] for values in (lons, lats))
    circles = tuple(
        Circle(float(lon), float(lat), int(n))
        for lon, lat, n in zip(middle_lon, middle_lat, counts[crowded], strict=True)
    )
    return Clusters(points, circles)


def _groups(pixels: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each point's cell of world pixels, and the cell it is drawn with.

    A cell whose middle lies too near that of a fuller one is drawn with it.
    """
    _, cell = np.unique(pixels // CELL_PX, axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    middles = np.column_stack([_means(cell, axis) for axis in pixels.T])
    drawn_with = np.arange(len(middles))
    near = cKDTree(middles).query_ball_point(middles, OVERLAP_PX)
    free = np.ones(len(middles), dtype=np.bool_)
    for fullest in np.argsort(-np.bincount(cell), kind="stable"):
        if free[fullest]:
            taken = [other for other in near[fullest] if free[other]]
            drawn_with[taken], free[taken] = fullest, False
    return cell, drawn_with[cell]


def _means(group: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    means: NDArray[np.float64] = np.bincount(group, weights=values) / np.bincount(group)
    return means


def positions(places: Iterable[PublicPlace]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of places that have one."""
    pairs = np.array([(place.lon, place.lat) for place in places], dtype=np.float64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def world_pixels(
    lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Web-Mercator pixels of the whole world at a zoom, as every web map counts them."""
    size = TILE_PX * 2.0**zoom
    phi = np.radians(lat)
    x = (lon + 180.0) / 360.0 * size
    y = (1.0 - np.arcsinh(np.tan(phi)) / np.pi) / 2.0 * size
    return x, y


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


def _why_unplaced(row: Place) -> tuple[str, str]:
    return REASON_LABELS[Reason(row.reason)] if row.reason else AREA_REASON


def _public_service(row: ServicePoint) -> PublicService:
    return PublicService(
        kind=Kind(row.kind),
        name=row.name,
        status=Status(row.status),
        hours_text=row.hours_text,
        facilities=tuple(row.facilities),
        services=tuple(row.services),
        operator=row.operator,
        public_phone=row.public_phone,
        area_m2=row.area_m2,
        year=row.year,
    )
