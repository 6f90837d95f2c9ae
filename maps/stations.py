"""Metro stations as landmarks, so that a map without tiles still says where one is."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from geodata.model import Level
from geodata.place.gazetteer_file import read_rows
from maps.base import Basemap


@cache
def stations_document(basemap: Basemap, gazetteers: tuple[Path, ...]) -> dict[str, Any]:
    """Names and positions of all metro stations the gazetteers hold, each name once."""
    found = _stations(gazetteers)
    lons, lats = [lon for lon, _ in found.values()], [lat for _, lat in found.values()]
    at = basemap.put(lons, lats)
    return {
        "stations": [{"name": name, "at": list(spot)} for name, spot in zip(found, at, strict=True)]
    }


def _stations(gazetteers: Sequence[Path]) -> dict[str, tuple[float, float]]:
    rows = [row for path in gazetteers for row in read_rows(path)]
    return {
        row.address.removesuffix("站"): (row.position.lon, row.position.lat)
        for row in reversed(rows)
        if row.position.level is Level.METRO_STATION
    }
