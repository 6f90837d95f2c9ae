"""Town outlines in the database, and in memory for those who draw or ask with them."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geodata.answers.city import Sites
from geodata.answers.coded import Coded
from geodata.boundaries.geojson import read_geojson
from geodata.boundaries.match import Matched
from geodata.boundaries.shape import Shape, degrees_only
from geodata.boundaries.shapefile import read_shapefile
from geodata.errors import UnreadableFileError
from geodata.tables import TownBoundary
from geodata.version import grow_version


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Outlines of towns in the order of their codes; WGS-84 throughout."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    areas: tuple[BaseGeometry, ...] = ()
    approximate: bool = False

    def __bool__(self) -> bool:
        return bool(self.codes)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.areas)

    def with_towns(self, sites: Sites) -> Sites:
        """The sites whose town no form states in the town they lie in."""
        if not self:
            return sites
        words, districts = sites.town.words, sites.district.words
        lon, lat = sites.lonlat.T
        # A point on a common border belongs to both; the lower code keeps it.
        pairs = self._tree.query(shapely.points(lon, lat), predicate="intersects").T.tolist()
        for site, town in sorted(pairs, reverse=True):
            if not sites.town.at(site) and districts[site] == self.districts[town]:
                words[site] = self.names[town]
        return replace(sites, town=Coded.of(words))


def read_shapes(path: Path) -> list[Shape]:
    """The areas of a GeoJSON file or a shapefile.

    Raises:
        UnreadableFileError: it is neither, holds no areas, or its coordinates are projected.
    """
    suffix = path.suffix.lower()
    if suffix in {".geojson", ".json"}:
        shapes = read_geojson(path)
    elif suffix == ".shp":
        shapes = read_shapefile(path)
    else:
        raise UnreadableFileError(
            f"“{path.name}”读不了：街镇界要 GeoJSON（.geojson、.json）或 shapefile（.shp）。"
            "别的格式请在 QGIS 里导出为 EPSG:4326 的 GeoJSON。"
        )
    if not shapes:
        raise UnreadableFileError(f"“{path.name}”里没有面：街镇界要用面（Polygon）。")
    degrees_only(shapes, path.name)
    return shapes


def keep(session: Session, found: Matched, *, source: str, approximate: bool) -> None:
    """Store outlines; those of the same towns are replaced, others stay."""
    codes = [outline.town.code for outline in found.outlines]
    session.execute(delete(TownBoundary).where(TownBoundary.code.in_(codes)))
    session.add_all(
        TownBoundary(
            code=outline.town.code,
            name=outline.town.name,
            district=outline.town.district,
            geom=outline.area,
            source=source,
            approximate=approximate,
        )
        for outline in found.outlines
    )
    grow_version(session)


def clear(session: Session) -> int:
    """Forget all outlines; returns how many there were."""
    gone = len(load(session).codes)
    session.execute(delete(TownBoundary))
    grow_version(session)
    return gone


def load(session: Session) -> Boundaries:
    """All outlines that are stored."""
    rows = session.scalars(select(TownBoundary).order_by(TownBoundary.code)).all()
    return Boundaries(
        codes=tuple(row.code for row in rows),
        names=tuple(row.name for row in rows),
        districts=tuple(row.district for row in rows),
        areas=tuple(row.geom for row in rows),
        approximate=any(row.approximate for row in rows),
    )
