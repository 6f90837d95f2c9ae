"""Areas in a tile: cut at its buffered edge, on its grid, in the standard's drawing commands."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.tiles.grid import BUFFER, EXTENT, Tile
from geodata.tiles.layer import Feature, Shape, Value
from geodata.tiles.wire import varint, zigzag

_CLOSE = 15
_EDGES = (-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
# What an area is called in a tile, its outline in WGS-84, its attributes.
Area = tuple[int, BaseGeometry, dict[str, Value | None]]


def areas_in(tile: Tile, areas: Sequence[Area]) -> Iterator[Feature]:
    """The areas that reach into a tile."""
    seen = shapely.box(*tile.bbox())
    for number, outline, attributes in areas:
        if outline.intersects(seen):
            geometry = drawn(tile, outline)
            if geometry:
                yield Feature(Shape.POLYGON, geometry, attributes, number)


def drawn(tile: Tile, outline: BaseGeometry) -> bytes:
    """An outline as commands; b"" where less than a unit of it is in the tile."""
    on_tile = shapely.transform(outline, lambda xy: np.column_stack(tile.units(*xy.T)))
    snapped = shapely.set_precision(shapely.clip_by_rect(on_tile, *_EDGES), 1.0)
    # What is smaller than a unit falls together, into lines or into nothing.
    parts = [part for part in shapely.get_parts(snapped) if part.area > 0]
    x = y = 0
    commands = bytearray()
    for part in parts:
        # Down is positive in a tile: outer rings go clockwise as seen, holes the other way.
        turned = shapely.orient_polygons(part, exterior_cw=False)
        for ring in (turned.exterior, *turned.interiors):
            corners = shapely.get_coordinates(ring)[:-1].round().astype(int).tolist()
            commands += _ring(corners, x, y)
            x, y = corners[-1]
    return bytes(commands)


def _ring(corners: Iterable[Sequence[int]], x: int, y: int) -> bytes:
    """Move to the first corner, lines to the others, close."""
    steps = []
    for to_x, to_y in corners:
        steps += [varint(zigzag(to_x - x)), varint(zigzag(to_y - y))]
        x, y = to_x, to_y
    lines = varint((len(steps) // 2 - 1) << 3 | 2)
    return b"".join((b"\x09", *steps[:2], lines, *steps[2:], bytes([_CLOSE])))
