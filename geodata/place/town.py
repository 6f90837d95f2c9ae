"""Where a town is known to be: the box around it, from the table of towns that ships."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil

from geodata.geodesy import geodesic_m, metres_per_degree
from geodata.model import Level, Position


@dataclass(frozen=True, slots=True)
class TownBox:
    """The box around a town in WGS-84 degrees; the town fills only a part of it."""

    name: str
    district: str
    west: float
    south: float
    east: float
    north: float

    def position(self) -> Position:
        """The middle of the box as an area; its error reaches the corners."""
        lon, lat = (self.west + self.east) / 2.0, (self.south + self.north) / 2.0
        error_m = float(geodesic_m(lon, lat, self.east, self.north))
        return Position(lon, lat, Level.TOWN, float(ceil(error_m)), f"{self.name}的范围")

    def distance_m(self, lon: float, lat: float) -> float:
        """Metres from a position to the box, 0 inside."""
        east_m, north_m = metres_per_degree(lat)
        across = max(self.west - lon, lon - self.east, 0.0) * float(east_m)
        along = max(self.south - lat, lat - self.north, 0.0) * float(north_m)
        return float((across**2 + along**2) ** 0.5)


def town_box(name: str, district: str = "") -> TownBox | None:
    """The box of a town by its full name; None when it is not known, or when two towns share it.

    `district` (canonical) chooses between namesakes and shuts out those of other districts.
    """
    found = [box for box in _boxes().get(name, ()) if district in ("", box.district)]
    return found[0] if len(found) == 1 else None


@cache
def _boxes() -> dict[str, tuple[TownBox, ...]]:
    text = (files("geodata") / "data" / "towns.csv").read_text(encoding="utf-8")
    by_name: dict[str, list[TownBox]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        if row["bbox_minlng"]:
            west, south = float(row["bbox_minlng"]), float(row["bbox_minlat"])
            east, north = float(row["bbox_maxlng"]), float(row["bbox_maxlat"])
            box = TownBox(row["name"], row["district"], west, south, east, north)
            by_name[row["name"]].append(box)
    return {name: tuple(boxes) for name, boxes in by_name.items()}
