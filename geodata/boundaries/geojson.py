"""Areas of a GeoJSON file."""

import json
import re
from pathlib import Path
from typing import Any

import shapely

from geodata.boundaries.shape import AREAS, Shape, text_of, whole
from geodata.errors import UnreadableFileError

# The old "crs" member; RFC 7946 knows WGS-84 alone. 4490 is CGCS2000.
_DEGREES = re.compile(r"CRS84$|(?:EPSG|epsg)\D+(?:4326|4490)$")


def read_geojson(path: Path) -> list[Shape]:
    """All polygons of a FeatureCollection or Feature.

    Raises:
        UnreadableFileError: it is no GeoJSON, or its coordinates are not degrees.
    """
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFileError(f"“{path.name}”不是 GeoJSON：读不出 JSON（{error}）。") from error
    if not isinstance(document, dict) or document.get("type") not in {
        "FeatureCollection",
        "Feature",
    }:
        raise UnreadableFileError(
            f"“{path.name}”不是 GeoJSON：最外层要是 FeatureCollection 或 Feature。"
        )
    _check_datum(document, path.name)
    features = document.get("features", [document])
    if not isinstance(features, list):
        raise UnreadableFileError(f"“{path.name}”不是 GeoJSON：features 要是一个列表。")
    return [shape for feature in features if (shape := _shape(feature, path.name))]


def _check_datum(document: dict[str, Any], name: str) -> None:
    stated = _name_of(document.get("crs"))
    if stated and not _DEGREES.search(stated):
        raise UnreadableFileError(
            f"“{name}”的坐标系是 {stated[:60]}，不是经纬度。"
            "请在 QGIS 里导出为 EPSG:4326 的 GeoJSON 再载入。"
        )


def _name_of(crs: object) -> str:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def _shape(feature: Any, name: str) -> Shape | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in AREAS:
        return None
    try:
        area = whole(shapely.force_2d(shapely.geometry.shape(geometry)))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise UnreadableFileError(f"“{name}”里有一个图形坏了：{error}") from error
    said = feature.get("properties")
    stated = said.items() if isinstance(said, dict) else ()
    return Shape(area, {key: text_of(value) for key, value in stated})
