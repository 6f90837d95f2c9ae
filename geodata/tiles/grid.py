"""Where a tile lies, and positions in its own units."""

from dataclasses import dataclass

import numpy as np

from geodata.clusters import TILE_PX, world_pixels
from geodata.view_index import Bbox, Floats

EXTENT = 4096
# What PostGIS adds on each side too: symbols on the edge are drawn whole in both tiles.
BUFFER = 256
DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile; x counts eastwards, y southwards from the north."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether the grid of its zoom has it."""
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    def bbox(self, *, wider_deg: float = 0.0) -> Bbox:
        """West, south, east, north with the buffer, and so many degrees more."""
        edge, across = BUFFER / EXTENT, 2.0**self.z
        west, east = ((self.x + step) / across * 360.0 - 180.0 for step in (-edge, 1 + edge))
        south, north = (_latitude((self.y + step) / across) for step in (1 + edge, -edge))
        return west - wider_deg, south - wider_deg, east + wider_deg, north + wider_deg

    def units(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Positions in units of the tile from its north-western corner."""
        x, y = world_pixels(lon, lat, self.z)
        return (
            (x / TILE_PX - self.x) * EXTENT,
            (y / TILE_PX - self.y) * EXTENT,
        )


def _latitude(share: float) -> float:
    """The latitude at a share of the world's height, from its north."""
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * share)))))
