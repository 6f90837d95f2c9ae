"""What a phone shows first, sent with the page or asked for beside its scripts.

Each round of question and answer costs a phone about a tenth of a second.
"""

import math
from typing import Any
from urllib.parse import urlencode

import numpy as np

from geodata.clusters import TILE_PX, world_pixels
from geodata.snapshot import Snapshot
from geodata.wanted import Wanted
from maps.base import Basemap, Bounds
from maps.features import cluster_document

# What of a phone's map lies between the search and the list.
PHONE_PX = (390, 230)


def first_view(
    places: Snapshot, basemap: Basemap, bounds: Bounds, wanted: Wanted
) -> dict[str, Any]:
    """Points and circles of `/clusters` at a phone's first zoom, and the bbox they are whole in."""
    west, south, east, north = bounds
    width, height = east - west, north - south
    wide = (west - width / 2, south - height / 2, east + width / 2, north + height / 2)
    zoom = phone_zoom(bounds)
    made = cluster_document(places.clusters(wide, zoom, wanted), basemap, first=wanted.kinds)
    corners = basemap.put([wide[0], wide[2]], [wide[1], wide[3]])
    return made | {"zoom": zoom, "bbox": [*corners[0], *corners[1]]}


def first_list(root: str, middle: tuple[float, float], limit: int, asked: dict[str, str]) -> str:
    """The address of the places nearest to a middle on the basemap."""
    lon, lat = middle
    spot = {"lon": lon, "lat": lat, "datum": "map", "limit": limit}
    return f"{root}/nearest?{urlencode(asked | spot)}"


def phone_zoom(bounds: Bounds) -> int:
    """The whole zoom that clusters are asked for once bounds fit a phone; maps snap to halves."""
    west, south, east, north = bounds
    x, y = world_pixels(np.array([west, east]), np.array([south, north]), 0)
    fits = min(PHONE_PX[0] / (x[1] - x[0]), PHONE_PX[1] / (y[0] - y[1]))
    half = min(18.0, max(8.0, math.floor(2 * math.log2(fits)) / 2))
    return math.floor(half + 0.5)


def middle_of(basemap: Basemap, bounds: Bounds) -> tuple[float, float]:
    """Where bounds have their middle on a drawn basemap, to the three decimals that are sent."""
    west, south, east, north = bounds
    (_, low), (_, high) = basemap.put([west, east], [south, north])
    _, y = world_pixels(np.array([west, east]), np.array([low, high]), 0)
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * float(y.mean()) / TILE_PX))))
    lon = sum(corner[0] for corner in basemap.put([west, east], [south, north])) / 2
    return round(lon, 3), round(lat, 3)
