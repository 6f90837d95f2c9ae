"""A gazetteer: addresses, places and metro stations somebody has a position for, as CSV files.

Columns: `address, lng, lat, datum, level`, and if wanted `district, error_m, source, aliases`
(several joined by |). Positions are converted to WGS-84 on the way in. A row without a district
belongs to the one its position lies in, a row without an error has the prior of its level.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from geodata.geodesy import geodesic_m
from geodata.model import Address, Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.gazetteer_file import Row, read_rows
from geodata.place.interpolate import Door, Roads, door_number
from geodata.place.metro import MetroTable, Stop, middle, stop_named

Key = tuple[str, ...]
Found = Position | Unlocated | None

_METRO = frozenset({Level.METRO_STATION, Level.METRO_EXIT})
_ROOM = re.compile(r"(?:室|厅|窗口|服务台|楼|层)$")
# A mention "near" a station beside a door that is not known: a few minutes' walk, not the exit.
_NEAR_M = 300.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One position under one of its keys."""

    district: str
    position: Position


class Gazetteer:
    """Finds an address by its parsed parts; what fits two places is ambiguous, never guessed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._entries: dict[Key, list[Entry]] = {}
        stops: list[tuple[Stop, Position]] = []
        doors: list[tuple[str, str, Door]] = []
        for row in rows:
            for name in (row.address, *row.aliases):
                address = parse(name)
                if row.position.level in _METRO and (stop := stop_named(address)):
                    stops.append((stop, row.position))
                    continue
                self._add(address, Entry(row.district, row.position))
                number = door_number(address)
                if address.road and number is not None:
                    doors.append((address.road, row.district, Door(number, row.position)))
        self._metro = MetroTable(stops)
        self._roads = Roads(doors)

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Gazetteer":
        """Read gazetteer files; a column or cell that cannot be used raises with its place."""
        return cls(row for path in paths for row in read_rows(path))

    def find(self, address: Address, *, district: str = "", firm: bool = True) -> Found:
        """Where an address lies: a position, ambiguous, or None when nothing fits.

        `district` is the declared one; it chooses between namesakes. When `firm` it also shuts
        out named places of other districts: names repeat over the city more often than doors.
        """
        return (
            self._door(address, district)
            or self._stop(address)
            or self._first(_street_keys(address), district)
            or self._first(_name_keys(address), district, only_in=district if firm else "")
            or self._lane(address, district)
            or self._between(address, district, firm=firm)
        )

    def _add(self, address: Address, entry: Entry) -> None:
        # A name after a door (大厅, 工地生活区) names a part of it, and elsewhere another place.
        keys = (
            _door_keys(address, address.building)
            or _street_keys(address)
            or _lane_keys(address)[:1]
            or _name_keys(address)[:1]
        )
        for key in keys:
            self._entries.setdefault(key, []).append(entry)

    def _door(self, address: Address, district: str) -> Found:
        """The door; of a list of numbers the middle of those that are known."""
        for building in dict.fromkeys((address.building, "")):
            keys = _door_keys(address, building)
            found = [one for key in keys if (one := self._first([key], district)) is not None]
            unclear = [one for one in found if isinstance(one, Unlocated)]
            if unclear:
                return unclear[0]
            if found:
                return middle([one for one in found if isinstance(one, Position)])
        return None

    def _stop(self, address: Address) -> Position | None:
        stop = stop_named(address)
        found = self._metro.find(stop) if stop else None
        beside = bool(address.road and address.number)
        return middle([found], least_m=_NEAR_M) if found and beside else found

    def _lane(self, address: Address, district: str) -> Found:
        """The lane's own position; a door or lane inside it may lie anywhere along it."""
        keys = _lane_keys(address)
        for key in keys:
            found = self._first([key], district)
            if found is not None:
                is_inside = bool(address.number) or key != keys[0]
                return _along(found) if is_inside else found
        return None

    def _between(self, address: Address, district: str, *, firm: bool) -> Position | None:
        number = door_number(address)
        if not address.road or number is None:
            return None
        found = self._roads.find(address.road, number, district=district)
        if found is None and not firm:
            return self._roads.find(address.road, number, district="")
        return found

    def _first(self, keys: Sequence[Key], district: str, *, only_in: str = "") -> Found:
        """The first key that is known decides."""
        for key in keys:
            entries = self._entries.get(key, [])
            fitting = [e for e in entries if not only_in or e.district in ("", only_in)]
            if fitting:
                return _one(fitting, district)
        return None


def _one(entries: Sequence[Entry], district: str) -> Position | Unlocated:
    """The best of several positions for one key, if they can be the same place."""
    rest = [entry for entry in entries if entry.district == district] or entries
    best = min((entry.position for entry in rest), key=lambda position: position.error_m)
    if all(_agree(best, entry.position) for entry in rest):
        return best
    districts = "、".join(dict.fromkeys(entry.district for entry in rest))
    return Unlocated(Reason.AMBIGUOUS, f"地名库里有 {len(rest)} 处（{districts}）")


def _along(lane: Position | Unlocated) -> Position | Unlocated:
    if isinstance(lane, Unlocated):
        return lane
    return middle([replace(lane, level=Level.LANE)], least_m=Level.LANE.prior_error_m)


def _agree(a: Position, b: Position) -> bool:
    return float(geodesic_m(a.lon, a.lat, b.lon, b.lat)) <= a.error_m + b.error_m


def _door_keys(address: Address, building: str) -> list[Key]:
    """One key for each number, on a road or in an estate that has none."""
    street = address.road or address.estate
    if not street:
        return []
    return [
        ("door", street, address.lane, address.sublane, number, building)
        for number in address.number
    ]


def _street_keys(address: Address) -> list[Key]:
    """A crossing, or a road that nothing finer follows."""
    if not address.road or address.number or address.lane:
        return []
    if address.road2:
        return [("crossing", *sorted((address.road, address.road2)))]
    return [] if address.poi or address.estate else [("road", address.road)]


def _lane_keys(address: Address) -> list[Key]:
    """The lane, then the lane it branches from."""
    if not address.road or not address.lane:
        return []
    lanes = dict.fromkeys((address.sublane, ""))
    return [("lane", address.road, address.lane, sublane) for sublane in lanes]


def _name_keys(address: Address) -> list[Key]:
    """The place's name as written; then, without a room at its end, the place that holds it."""
    words = [word for word in (address.estate, *address.poi.split(" ")) if word]
    keys: list[Key] = [("name", " ".join(words))] if words else []
    if len(words) > 1 and _ROOM.search(words[-1]):
        keys.append(("name", " ".join(words[:-1])))
    return keys


def starter_file() -> Path:
    """The positions shipped with the package; docs/starter-gazetteer.md says how each was found."""
    return Path(str(files("geodata") / "data" / "starter_gazetteer.csv"))
