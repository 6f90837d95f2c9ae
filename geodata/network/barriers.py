"""Own barriers: lines that a person knows nobody crosses, from a GeoJSON file in WGS-84."""

from pathlib import Path

import shapely
from shapely.errors import GEOSException

from geodata.errors import UnreadableFileError


def read_barriers(path: Path) -> list[shapely.LineString]:
    """The lines of a GeoJSON file; of areas their outlines.

    Raises:
        UnreadableFileError: it is no GeoJSON, or has no lines, or they are not in degrees.
    """
    try:
        found = shapely.get_parts(shapely.from_geojson(path.read_text(encoding="utf-8-sig")))
    except (UnicodeDecodeError, GEOSException) as error:
        raise UnreadableFileError(f"{path.name} 不是 GeoJSON 文件。") from error
    areas = shapely.get_dimensions(found) == 2
    lines = [*found[~areas], *shapely.get_parts(shapely.boundary(found[areas]))]
    parts = [line for line in shapely.get_parts(lines) if line.geom_type == "LineString"]
    if not parts:
        raise UnreadableFileError(f"{path.name} 里没有线，也没有面。")
    west, south, east, north = shapely.total_bounds(parts)
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise UnreadableFileError(f"{path.name} 的坐标不是经纬度（WGS-84）。")
    return parts
