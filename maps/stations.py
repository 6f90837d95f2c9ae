"""Metro stations as landmarks, so that a map without tiles still says where one is."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from geodata.model import Level
from geodata.place.gazetteer import read_rows_of
from geodata.searching import has_letters
from maps.base import Basemap

_LINES = re.compile(r"^[\d/]+号线")


@cache
def stations_document(basemap: Basemap, gazetteers: tuple[Path, ...]) -> dict[str, Any]:
    """Names and positions of all metro stations the gazetteers hold, each name once."""
    found = _stations(gazetteers)
    lons, lats = [lon for lon, _ in found.values()], [lat for _, lat in found.values()]
    at = basemap.put(lons, lats)
    return {
        "stations": [{"name": name, "at": list(spot)} for name, spot in zip(found, at, strict=True)]
    }


def station_named(
    text: str, gazetteers: tuple[Path, ...]
) -> tuple[str, tuple[float, float]] | None:
    """Name and WGS-84 position of the metro station a search is: 豫园, 豫园站, 地铁豫园站."""
    bare = text.removeprefix("地铁").removesuffix("站").removesuffix("地铁")
    stations = _by_bare_name(gazetteers)
    name = next((each for each in (text, bare) if each in stations), None)
    return (name, stations[name]) if name else None


def station_spelt(
    letters: str, gazetteers: tuple[Path, ...]
) -> tuple[str, tuple[float, float]] | None:
    """The one metro station whose characters have these initials: rmgc is 人民广场."""
    stations = _by_bare_name(gazetteers)
    fitting = [
        name for name in stations if len(name) == len(letters) and has_letters(letters, name)
    ]
    return (fitting[0], stations[fitting[0]]) if len(fitting) == 1 else None


@cache
def _by_bare_name(gazetteers: tuple[Path, ...]) -> dict[str, tuple[float, float]]:
    # A station whose lines have halls far apart is held once a line: 14号线曹杨路.
    return {_LINES.sub("", name): spot for name, spot in _stations(gazetteers).items()}


@cache
def _stations(gazetteers: tuple[Path, ...]) -> dict[str, tuple[float, float]]:
    rows = [row for path in gazetteers for row in read_rows_of(path)]
    return {
        row.address.removesuffix("站"): (row.position.lon, row.position.lat)
        for row in reversed(rows)
        if row.position.level is Level.METRO_STATION
    }
