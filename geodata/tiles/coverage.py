"""Coverage in a tile: districts and towns with their shares, hexagons with uncovered workers."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from geodata.hexes import CITY, DISTRICT, TOWN, GapHex, gap_hexes
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.tiles.areas import Area, areas_in
from geodata.tiles.grid import EXTENT, Tile
from geodata.tiles.layer import Feature, Shape, layer, point
from geodata.views import SiteCoverage


def areas_tile(name: str, tile: Tile, areas: Sequence[Area]) -> bytes:
    """One layer of areas; b"" where none reaches."""
    return layer(name, areas_in(tile, areas))


def labels_tile(name: str, tile: Tile, areas: Sequence[Area]) -> bytes:
    """The same as a point inside each area, for maps that may not draw outlines."""
    return layer(name, _labels(tile, areas))


def _labels(tile: Tile, areas: Sequence[Area]) -> Iterator[Feature]:
    for number, outline, attributes in areas:
        (spot,) = shapely.get_coordinates(outline.point_on_surface())
        x, y = (float(axis[0]) for axis in tile.units(spot[:1], spot[1:]))
        # A label on the edge belongs to one tile only: it would be written twice.
        if 0 <= x < EXTENT and 0 <= y < EXTENT:
            yield Feature(Shape.POINT, point(int(x), int(y)), attributes, number)


def in_datum(areas: Sequence[Area], datum: Datum) -> tuple[Area, ...]:
    """Areas in WGS-84 as they lie in another datum."""
    if datum is Datum.WGS84:
        return tuple(areas)

    def moved(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(convert(*xy.T, source=Datum.WGS84, target=datum))

    return tuple((number, shapely.transform(area, moved), said) for number, area, said in areas)


def hex_size(zoom: int) -> int:
    """The H3 resolution drawn at a tile zoom."""
    if zoom < 9:
        return CITY
    return DISTRICT if zoom < 11 else TOWN


def hexes(sites: Sequence[SiteCoverage], resolution: int) -> tuple[Area, ...]:
    """Hexagons with a site that nothing serves."""
    return tuple(
        (number, shapely.Polygon(each.corners), _hex(each))
        for number, each in enumerate(gap_hexes(sites, resolution=resolution), 1)
    )


def _hex(each: GapHex) -> dict[str, str | int | float | bool | None]:
    return {
        "cell": each.cell,
        "workers": each.workers,
        "sites": each.sites,
        "uncounted": each.uncounted,
    }
