"""Places in a tile: those that stand alone by id, the crowded rest as circles with a count."""

from collections.abc import Iterator

import numpy as np

from geodata.kinds import Kind
from geodata.model import Datum
from geodata.offered import Bools
from geodata.place.datum import convert
from geodata.public_places import PublicPlace
from geodata.snapshot import Clusters, Snapshot
from geodata.tiles.grid import BUFFER, EXTENT, Tile
from geodata.tiles.layer import Feature, Shape, Value, layer, point
from geodata.view_index import Floats
from geodata.wanted import Wanted

# No datum of China is farther from WGS-84 than this.
_SHIFT_DEG = 0.02


def places_tile(
    name: str, tile: Tile, snapshot: Snapshot, wanted: Wanted, *, datum: Datum = Datum.WGS84
) -> bytes:
    """One layer of what a map shows there; b"" where nothing is."""
    wider_deg = 0.0 if datum is Datum.WGS84 else _SHIFT_DEG
    shown = snapshot.clusters(tile.bbox(wider_deg=wider_deg), tile.z + 1, wanted)
    return layer(name, _features(tile, shown, wanted.kinds, datum))


def _features(
    tile: Tile, shown: Clusters, kinds: tuple[Kind, ...], datum: Datum
) -> Iterator[Feature]:
    spots = [(one.lon, one.lat) for one in shown.points]
    spots += [(one.lon, one.lat) for one in shown.circles]
    if not spots:
        return
    lon, lat = np.array(spots, dtype=np.float64).T
    if datum is not Datum.WGS84:
        lon, lat = convert(lon, lat, source=Datum.WGS84, target=datum)
    units = tile.units(lon, lat)
    x, y = (axis.round().astype(int).tolist() for axis in units)
    alone = len(shown.points)
    for number in np.flatnonzero(_within(*units)).tolist():
        geometry = point(x[number], y[number])
        if number < alone:
            one = shown.points[number]
            yield Feature(Shape.POINT, geometry, attributes(one, kinds), one.id)
        else:
            count = shown.circles[number - alone].count
            yield Feature(Shape.POINT, geometry, {"count": count})


def _within(x: Floats, y: Floats) -> Bools:
    low, high = -BUFFER, EXTENT + BUFFER
    return (low <= x) & (x <= high) & (low <= y) & (y <= high)


def attributes(place: PublicPlace, first: tuple[Kind, ...] = ()) -> dict[str, Value | None]:
    """What a tile says of a place, the kinds asked for first; the rest is in its document."""
    kinds = sorted(place.kinds, key=lambda kind: kind not in first)
    return {
        "name": place.name,
        "kind": kinds[0].value,
        "kinds": ",".join(kinds),
        "district": place.district,
        "sample": place.sample or None,
    }
