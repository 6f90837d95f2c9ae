"""What a gazetteer files an address under: a door, a crossing, a road, a name or a stop."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from geodata.model import Address, Level, Position
from geodata.place.address import parse
from geodata.place.metro import Stop, stop_named

Key = tuple[str, ...]

_METRO = frozenset({Level.METRO_STATION, Level.METRO_EXIT})
_ROOM = re.compile(r"(?:室|厅|窗口|服务台|楼|层)$")
_COUNT = re.compile(r"(?:[临附甲乙丙丁]字?)?(\d+)")


class Kind(StrEnum):
    """What an entry stands for; `COLUMNS` says what its key holds."""

    DOOR = "door"
    CROSSING = "crossing"
    ROAD = "road"
    PLACE = "place"
    STOP = "stop"


COLUMNS: dict[Kind, Key] = {
    Kind.DOOR: ("street", "lane", "sublane", "number", "building"),
    Kind.CROSSING: ("road", "road2"),
    Kind.ROAD: ("road",),
    Kind.PLACE: ("name",),
    Kind.STOP: ("station", "lines", "exits"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One position under one of its keys; `town` only where the address named it.

    `origin` counts the inputs of a built gazetteer from 1.
    """

    kind: Kind
    key: Key
    district: str
    town: str
    position: Position
    origin: int = 0

    @property
    def stop(self) -> Stop:
        station, lines, exits = self.key
        return Stop(station, _set(lines), _set(exits))


def entries(text: str, district: str, position: Position) -> Iterator[Entry]:
    """The entries of an address, name or stop as people write it; none if it says nothing."""
    address = parse(text)
    stop = stop_named(address) if position.level in _METRO else None
    if stop:
        yield Entry(Kind.STOP, stop_key(stop), district, "", position)
        return
    # A name after a door (大厅, 工地生活区) names a part of it, and elsewhere another place.
    doors = door_keys(address, address.building) or lane_keys(address)[:1]
    if doors:
        keys, kind = doors, Kind.DOOR
    elif street := street_key(address):
        keys, kind = [street], Kind.CROSSING if len(street) > 1 else Kind.ROAD
    else:
        keys, kind = name_keys(address)[:1], Kind.PLACE
    for key in keys:
        yield Entry(kind, key, district, address.town, position)


def door_keys(address: Address, building: str) -> list[Key]:
    """One key for each number, on a road or in an estate that has none."""
    street = address.road or address.estate
    if not street:
        return []
    return [(street, address.lane, address.sublane, number, building) for number in address.number]


def lane_keys(address: Address) -> list[Key]:
    """The lane, then the lane it branches from."""
    street = address.road or address.estate
    if not street or not address.lane:
        return []
    lanes = dict.fromkeys((address.sublane, ""))
    return [(street, address.lane, sublane, "", "") for sublane in lanes]


def street_key(address: Address) -> Key:
    """A crossing (two roads), or a road that nothing finer follows."""
    if not address.road or address.number or address.lane:
        return ()
    if address.road2:
        return tuple(sorted((address.road, address.road2)))
    return () if address.poi or address.estate else (address.road,)


def name_keys(address: Address) -> list[Key]:
    """The place's name as written; then, without a room at its end, the place that holds it.

    A numbered house of an estate is not the estate.
    """
    estate = "" if address.number or address.lane else address.estate
    words = [word for word in (estate, *address.poi.split(" ")) if word]
    keys: list[Key] = [(" ".join(words),)] if words else []
    if len(words) > 1 and _ROOM.search(words[-1]):
        keys.append((" ".join(words[:-1]),))
    return keys


def stop_key(stop: Stop) -> Key:
    return (stop.station, "|".join(sorted(stop.lines)), "|".join(sorted(stop.exits)))


def street_number(key: Key) -> int | None:
    """The number a door counts as along its street: 330号, 30弄, 1799-7号 → 1799."""
    _, lane, _, number, _ = key
    match = _COUNT.match(lane or number)
    return int(match[1]) if match else None


def side(key: Key) -> str:
    """The side of the street a door stands on, as its number tells: even, odd, or unknown."""
    number = street_number(key)
    return "" if number is None else ("even", "odd")[number % 2]


def written(one: Entry) -> str:
    """What an entry is about, as people write it: 马当路330号, 14号线曹杨路站3号口."""
    match one.kind:
        case Kind.STOP:
            station, lines, exits = one.key
            numbered = [each for each in _listed(lines) if each.isdecimal()]
            line = (
                f"{'/'.join(numbered)}号线"
                if numbered
                else "".join(f"{x}线" for x in _listed(lines))
            )
            return f"{line}{station}站{'、'.join(f'{each}号口' for each in _listed(exits))}"
        case Kind.DOOR:
            street, lane, sublane, number, building = one.key
            parts = ((lane, "弄"), (sublane, "支弄"), (number, "号"))
            return street + "".join(text + word for text, word in parts if text) + building
        case Kind.CROSSING:
            return "".join(f"{road}与" for road in one.key)[:-1] + "路口"
    return one.key[0]


def _listed(text: str) -> list[str]:
    return text.split("|") if text else []


def _set(text: str) -> frozenset[str]:
    return frozenset(_listed(text))
