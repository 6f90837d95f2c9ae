"""Clusters and tiles of a million invented places, warm: CPU a request, and the memory held.

`python -m bench.tiles [places]`: the mean and the worst of 200 views of the crowded middle.
"""

import resource
import sys
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from time import process_time

import numpy as np

from bench.invented_places import SEED, drawn
from geodata.clusters import world_pixels
from geodata.kinds import Kind
from geodata.snapshot import Snapshot
from geodata.tiles.grid import Tile
from geodata.tiles.places import places_tile
from geodata.wanted import EVERYTHING, Wanted
from maps.base import basemap
from maps.features import cluster_document

VIEWS = 200
ZOOMS = (9, 11, 13, 15, 16)
KIND = Wanted(kinds=(Kind.REST_ROOM,))


def tiles(zoom: int) -> list[Tile]:
    """Tiles about the middle."""
    random = np.random.default_rng(SEED)
    lon, lat = random.normal(121.47, 0.04, VIEWS), random.normal(31.2, 0.08, VIEWS)
    x, y = (axis // 256 for axis in world_pixels(lon, lat, zoom))
    return [Tile(zoom, int(each_x), int(each_y)) for each_x, each_y in zip(x, y, strict=True)]


def tile(city: Snapshot, wanted: Wanted, at: Tile) -> object:
    """One tile."""
    return places_tile("places", at, city, wanted)


def clusters(city: Snapshot, wanted: Wanted, at: Tile) -> object:
    """What a phone asks for at that spot, as its document."""
    west, _, _, north = at.bbox()
    wide = 900 / 256 * 360 / 2**at.z
    found = city.clusters((west, north - wide * 0.8, west + wide, north), at.z, wanted)
    return cluster_document(found, basemap("none"), first=wanted.kinds)


def main() -> None:
    """Print milliseconds of CPU and megabytes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    city = drawn(count)
    print(f"{count:,} places: {_megabytes():,} MB as objects")
    for name, ask in (("tile", tile), ("clusters", clusters)):
        for wanted, of in ((EVERYTHING, "all kinds"), (KIND, "one kind")):
            for zoom in ZOOMS:
                first, warm, worst = measured(partial(ask, city, wanted), zoom)
                said = f"{warm:.2f} ms, worst {worst:.1f}, first {first:.0f}"
                print(f"{name}, zoom {zoom}, {of}: {said}")
    print(f"in the end {_megabytes():,} MB")


def measured(ask: Callable[[Tile], object], zoom: int) -> tuple[float, float, float]:
    """Milliseconds of the first view, of the mean of the others, and of the worst of them."""
    taken = []
    for view in islice(cycle(tiles(zoom)), VIEWS + 1):
        start = process_time()
        ask(view)
        taken.append((process_time() - start) * 1000)
    return taken[0], sum(taken[1:]) / VIEWS, max(taken[1:])


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
