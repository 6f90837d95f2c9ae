"""The health points of the whole country, small enough to be held at once."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.coverage.gaps import UNKNOWN_HALF_DAYS, counted
from geodata.errors import CellError
from geodata.geodesy import metres_per_degree
from geodata.kinds import Status
from geodata.national.tables import STATIONS, files_of, floats, lonlat, pieces
from geodata.national.tiles import ROWS_AT_ONCE, Tile

Floats = NDArray[np.float64]
# A margin of degrees is measured at one latitude and used at others: it may be a little wide.
_SLACK = 1.001


@dataclass(frozen=True, eq=False)
class Stations:
    """Those that count, with the half-days a week they give; `total` were in the file."""

    lonlat: Floats
    half_days: Floats
    total: int

    def around(self, tile: Tile, reach_m: float) -> NDArray[np.int64]:
        """Indices of those within so many straight metres of the tile, and some beyond."""
        north_deg = reach_m * _SLACK / float(metres_per_degree(0.0)[1])
        poleward = min(max(abs(tile.south), abs(tile.north)) + north_deg, 90.0)
        east_m = float(metres_per_degree(poleward)[0])
        east_deg = reach_m * _SLACK / east_m if east_m > 1.0 else 360.0
        lon, lat = self.lonlat.T
        return np.flatnonzero(
            (lon >= tile.west - east_deg)
            & (lon <= tile.east + east_deg)
            & (lat >= tile.south - north_deg)
            & (lat <= tile.north + north_deg)
        )


def read_stations(path: Path) -> Stations:
    """The points that count by the rule of `geodata.coverage.gaps`, in the order of the file.

    Raises:
        UnreadableFileError, UnknownFormError, CellError: the file is not such a table.
    """
    spots, half_days, status = [np.empty((0, 2))], [np.empty(0)], list[Status]()
    for table in pieces(files_of(path), STATIONS, ROWS_AT_ONCE):
        spots.append(lonlat(table))
        half_days.append(floats(table, "half_days"))
        status.extend(_statuses(table.column("status").to_pylist()))
    given, where = np.concatenate(half_days), np.concatenate(spots)
    counts = counted(status, given) & np.isfinite(where[:, 0])
    known = np.where(np.isnan(given), UNKNOWN_HALF_DAYS, given)
    return Stations(where[counts], known[counts], len(status))


def _statuses(words: list[str | None]) -> list[Status]:
    try:
        return [Status(word or "") for word in words]
    except ValueError as error:
        raise CellError(f"status 一列里只能写：{'、'.join(Status)}") from error
