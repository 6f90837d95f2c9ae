"""District outlines as GeoJSON in the basemap's datum, light enough for a phone."""

from functools import cache
from typing import Any

import numpy as np
import shapely

from geodata.place.district import load_districts
from maps.base import Basemap, Bounds

# 0.001 degrees is about 100 m: under a pixel at the zooms where a whole district is in view.
_TOLERANCE_DEG = 0.001


@cache
def outline_document(basemap: Basemap, *, drawn: bool) -> dict[str, Any]:
    """A label point for each district and, when `drawn`, its outline."""
    districts = _districts(basemap)
    features = [
        _feature(name, code, shapely.geometry.mapping(on_basemap(basemap, geometry)), label)
        for name, code, geometry, label in districts
        if drawn
    ]
    labels = [
        _feature(name, code, {"type": "Point", "coordinates": label[:2]}, label)
        for name, code, _, label in districts
    ]
    return {"type": "FeatureCollection", "drawn": drawn, "features": features + labels}


def _feature(name: str, code: str, geometry: dict[str, Any], label: list[float]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name, "code": code, "label": label},
        "geometry": geometry,
    }


def _districts(basemap: Basemap) -> list[tuple[str, str, Any, list[float]]]:
    found = load_districts()
    geometries = _simplified()
    return [
        (name, str(found.code(name)), geometry, label_point(basemap, geometry))
        for name, geometry in zip(found.names, geometries, strict=True)
    ]


@cache
def _simplified() -> tuple[Any, ...]:
    found = load_districts()
    whole = np.array([found.outline(name) for name in found.names])
    # Simplified as one coverage, so that neighbours keep one common border.
    return tuple(shapely.coverage_simplify(whole, _TOLERANCE_DEG))


def label_point(basemap: Basemap, geometry: Any) -> list[float]:
    """Where the name has most room, and that room as a radius in degrees."""
    parts = shapely.get_parts(geometry)
    largest = parts[int(np.argmax(shapely.area(parts)))]
    radius = shapely.maximum_inscribed_circle(largest, tolerance=0.005)
    (x, y), _ = radius.coords
    return [*basemap.put(x, y)[0], round(float(radius.length), 4)]


def on_basemap(basemap: Basemap, geometry: Any) -> Any:
    return shapely.transform(
        geometry, lambda xy: np.array(basemap.put(xy[:, 0].tolist(), xy[:, 1].tolist())).round(5)
    )


@cache
def city_bounds() -> Bounds:
    """West, south, east, north of all districts in WGS-84 degrees."""
    return _bounds(shapely.total_bounds(np.array(_simplified())))


@cache
def core_bounds() -> Bounds:
    """The crowded middle: around the districts smaller than a quarter of the mean district."""
    shapes = np.array(_simplified())
    areas = shapely.area(shapes)
    return _bounds(shapely.total_bounds(shapes[areas < areas.mean() / 4]))


def district_bounds(name: str) -> Bounds:
    """West, south, east, north of one district in WGS-84 degrees."""
    return _bounds(shapely.bounds(load_districts().outline(name)))


def _bounds(values: Any) -> Bounds:
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north
