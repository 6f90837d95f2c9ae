"""From the items of an input to entries: what each stands for, and how good it is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.geodesy import metres_apart
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.district import canonical_district, load_districts
from geodata.place.error_model import quantile
from geodata.place.gazetteer.entry import Entry, Key, Kind, entries, name_keys
from geodata.place.gazetteer.inputs import Anchor, Input, NamedPlace, RoadLine, Stop
from geodata.place.gazetteer.lines import Stretch
from geodata.place.metro import station_key

# A listed door or lane is good to this, nine times in ten.
LISTED_ERROR_M = 90.0


def filed(one: Input, number: int) -> Iterator[list[Entry]]:
    """The entries of each item of an input but its lines; none for an item that says nothing."""
    for item in one.items:
        match item:
            case Anchor():
                found = list(_anchor(item, one))
            case NamedPlace():
                found = _place(item, one)
            case Stop():
                found = _stop(item, one)
            case RoadLine():
                continue
        yield [replace(each, origin=number) for each in found]


def drawn(one: Input) -> Iterator[tuple[str, Stretch]]:
    """The lines of an input under each of their names."""
    for item in one.items:
        if isinstance(item, RoadLine):
            for name in (item.name, *item.aliases):
                yield name, item.coordinates


def _anchor(item: Anchor, one: Input) -> Iterator[Entry]:
    district = canonical_district(item.district) or ""
    level = item.level or Level.NUMBER
    given = _position(item, level, one)
    for name in (item.address, *item.aliases):
        for each in entries(name, district, given):
            if item.level is not None:
                yield each
            else:
                yield replace(each, position=_as_listed(each, item.error_m))


def _as_listed(one: Entry, error_m: float | None) -> Position:
    """The position of an address whose list does not say what level it is."""
    level = _level(one)
    listed_m = LISTED_ERROR_M if one.kind is Kind.DOOR else level.prior_error_m
    return replace(one.position, level=level, error_m=error_m or listed_m)


def _level(one: Entry) -> Level:
    if one.kind is Kind.DOOR:
        _, lane, sublane, number, _ = one.key
        if not lane:
            return Level.NUMBER
        return Level.LANE_NUMBER if number or sublane else Level.LANE
    return _LEVELS[one.kind]


_LEVELS = {
    Kind.CROSSING: Level.INTERSECTION,
    Kind.ROAD: Level.ROAD,
    Kind.PLACE: Level.POI,
    Kind.STOP: Level.METRO_STATION,
}


def _place(item: NamedPlace, one: Input) -> list[Entry]:
    position = _position(item, Level.POI, one)
    district = canonical_district(item.district) or ""
    found = []
    for name in (item.name, *item.aliases):
        address = parse(name)
        key: Key = next(iter(name_keys(address)), (name,))
        found.append(Entry(Kind.PLACE, key, district, address.town, position))
    return found


def _stop(item: Stop, one: Input) -> list[Entry]:
    position = _position(item, Level.METRO_EXIT if item.exit else Level.METRO_STATION, one)
    lines = "|".join(sorted(item.lines))
    return [
        Entry(Kind.STOP, (station_key(name), lines, item.exit), "", "", position)
        for name in (item.station, *item.aliases)
    ]


def _position(item: Anchor | NamedPlace | Stop, level: Level, one: Input) -> Position:
    return Position(
        item.lon,
        item.lat,
        level,
        item.error_m or level.prior_error_m,
        item.source or one.source or one.name,
        one.datum,
    )


def with_districts(every: Sequence[Entry]) -> list[Entry]:
    """Entries without a district given that of their position."""
    at = [one.position for one in every]
    found = load_districts().at_many([p.lon for p in at], [p.lat for p in at])
    return [
        one if one.district else replace(one, district=district or "")
        for one, district in zip(every, found, strict=True)
    ]


def with_reach(every: Sequence[Entry]) -> list[Entry]:
    """Stations with the error that their own exits show: nine in ten lie within it."""
    exits: dict[str, list[Entry]] = defaultdict(list)
    for one in every:
        if one.kind is Kind.STOP and one.stop.exits:
            exits[one.stop.station].append(one)
    return [_reaching(one, exits) for one in every]


def _reaching(one: Entry, exits: dict[str, list[Entry]]) -> Entry:
    prior_m = Level.METRO_STATION.prior_error_m
    if one.kind is not Kind.STOP or one.stop.exits or one.position.error_m != prior_m:
        return one
    at, own = one.position, one.stop
    away_m = [
        metres_apart(at.lon, at.lat, each.position.lon, each.position.lat)
        for each in exits[own.station]
        if each.stop.lines == own.lines
    ]
    reach_m = float(round(quantile(away_m, 0.9))) if away_m else 0.0
    return replace(one, position=replace(at, error_m=max(prior_m, reach_m)))
