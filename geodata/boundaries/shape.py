"""One outline of a file, and what every reader makes sure of."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.errors import UnreadableFileError

AREAS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class Shape:
    """An area as a file gives it, in the file's datum, with its attributes as text."""

    area: BaseGeometry
    said: Mapping[str, str]


def text_of(value: object) -> str:
    """An attribute as text; a whole number that a table keeps as a decimal loses its .0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def whole(area: BaseGeometry) -> BaseGeometry:
    """The area with crossings of its own edge put right, and nothing but its areas."""
    if area.is_valid:
        return area
    parts = shapely.get_parts(shapely.make_valid(area))
    return shapely.union_all([part for part in parts if part.geom_type in AREAS])


def degrees_only(shapes: list[Shape], name: str) -> None:
    """Raises UnreadableFileError unless all coordinates can be longitudes and latitudes."""
    west, south, east, north = shapely.total_bounds([shape.area for shape in shapes])
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise UnreadableFileError(
            f"“{name}”里的坐标不是经纬度（例如 {west:.0f}, {south:.0f}），是投影坐标。"
            "请在 QGIS 里导出为 EPSG:4326 的 GeoJSON 再载入。"
        )
