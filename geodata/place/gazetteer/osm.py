"""An OpenStreetMap extract as input for a gazetteer: doors, streets, named places, metro stops."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.geodesy import metres_apart
from geodata.model import Datum, Level
from geodata.osm_file import TERMS, extract
from geodata.place.gazetteer import osm_tags
from geodata.place.gazetteer.filing import LISTED_ERROR_M
from geodata.place.gazetteer.inputs import Anchor, Input, Item, NamedPlace, RoadLine, Stop
from geodata.place.gazetteer.lists import ListRead
from geodata.place.gazetteer.osm_tags import Tags

# An exit farther from every station than this belongs to none of them.
EXIT_REACH_M = 500.0
_KEYS = ("name", "addr:housenumber", "railway", "entrance", "type")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an object lies, and the metres from there to its farthest corner."""

    lon: float
    lat: float
    reach_m: float = 0.0


@dataclass(slots=True)
class _Found:
    """What an extract holds, in the order of the file."""

    items: list[Item] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stations: list[tuple[Tags, _Spot]] = field(default_factory=list)
    exits: list[tuple[Tags, _Spot]] = field(default_factory=list)
    entrances: dict[int, tuple[bool, _Spot]] = field(default_factory=dict)
    named_stops: dict[int, str] = field(default_factory=dict)
    lines: dict[str, set[str]] = field(default_factory=dict)


def read_osm(path: Path) -> ListRead:
    """Everything in an extract that says where an address, a street or a name is.

    Raises:
        UnreadableFileError: osmium is not installed, or the file is no extract.
    """
    found = _Found()
    with extract(path) as (osmium, objects):
        areas = objects.with_areas(osmium.filter.KeyFilter("name", "addr:housenumber"))
        for one in areas.with_filter(osmium.filter.KeyFilter(*_KEYS)):
            _take(found, one, {tag.k: tag.v for tag in one.tags})
    items = (*found.items, *_stations(found), *_exits(found))
    return ListRead(
        Input(path.name, TERMS, Datum.WGS84, items, "OpenStreetMap"), tuple(found.refused)
    )


def _take(found: _Found, one: Any, tags: Tags) -> None:
    if one.is_node():
        here = _Spot(one.lon, one.lat)
        if tags.get("entrance", "no") != "no":
            found.entrances[one.id] = (tags["entrance"] == "main", here)
        if osm_tags.is_stop(tags):
            found.named_stops[one.id] = osm_tags.name(tags)
        _place(found, f"n{one.id}", tags, here)
    elif one.is_area():
        kind = "w" if one.from_way() else "r"
        spot = _middle(found, one)
        if spot is not None:
            _place(found, f"{kind}{one.orig_id()}", tags, spot)
    elif one.is_way():
        _street(found, one, tags)
    elif osm_tags.is_metro_route(tags):
        for member in one.members:
            name = found.named_stops.get(member.ref, "") if member.type == "n" else ""
            if name and (line := osm_tags.line(tags.get("ref", ""))):
                found.lines.setdefault(name, set()).add(line)


def _place(found: _Found, ref: str, tags: Tags, spot: _Spot) -> None:
    """A door, a name, a station or an exit; an object may be several of them."""
    if tags.get("railway") == "subway_entrance":
        found.exits.append((tags, spot))
        return
    if osm_tags.is_station(tags):
        found.stations.append((tags, spot))
        return
    district = tags.get("addr:district", "")
    source = f"OpenStreetMap {ref}"
    if "addr:housenumber" in tags:
        texts = osm_tags.addresses(tags)
        if not texts:
            found.refused.append(f"{ref}：有门牌“{tags['addr:housenumber']}”，没有路名，没有采用。")
        wide = spot.reach_m if spot.reach_m > LISTED_ERROR_M else None
        for text in texts:
            found.items.append(
                Anchor(text, spot.lon, spot.lat, district=district, error_m=wide, source=source)
            )
    if osm_tags.is_place(tags):
        wide = spot.reach_m if spot.reach_m > Level.POI.prior_error_m else None
        name, aliases = osm_tags.name(tags), osm_tags.aliases(tags)
        found.items.append(NamedPlace(name, spot.lon, spot.lat, aliases, district, wide, source))


def _street(found: _Found, way: Any, tags: Tags) -> None:
    name = osm_tags.street(tags)
    spots = tuple((node.lon, node.lat) for node in way.nodes if node.location.valid())
    if name and len(spots) > 1:
        found.items.append(RoadLine(name, spots, osm_tags.street_aliases(tags)))


def _middle(found: _Found, area: Any) -> _Spot | None:
    """The door of an area where it has one, or one main one; else its middle."""
    rings = [list(ring) for ring in area.outer_rings()]
    corners = np.array([(node.lon, node.lat) for ring in rings for node in ring])
    if not len(corners):
        return None
    doors = [
        found.entrances[node.ref]
        for ring in rings
        for node in ring[1:]
        if node.ref in found.entrances
    ]
    main = [spot for is_main, spot in doors if is_main] or [spot for _, spot in doors]
    if len(main) == 1:
        return main[0]
    outlines = [shapely.Polygon([(node.lon, node.lat) for node in ring]) for ring in rings]
    middle = max(outlines, key=lambda outline: outline.area).representative_point()
    reach_m = max(metres_apart(middle.x, middle.y, lon, lat) for lon, lat in corners.tolist())
    return _Spot(middle.x, middle.y, round(reach_m))


def _stations(found: _Found) -> Iterator[Stop]:
    for tags, spot in found.stations:
        name = osm_tags.name(tags)
        lines = found.lines.get(name, set()) | osm_tags.lines(tags)
        yield Stop(
            osm_tags.station(tags),
            spot.lon,
            spot.lat,
            lines=tuple(sorted(lines)),
            aliases=osm_tags.aliases(tags),
            source=f"OpenStreetMap {name}",
        )


def _exits(found: _Found) -> Iterator[Stop]:
    for tags, spot in found.exits:
        station, exit_ = osm_tags.exit_of(tags)
        station = station or _nearest(found.stations, spot)
        if station and exit_:
            source = f"OpenStreetMap {station} {exit_}口"
            yield Stop(station, spot.lon, spot.lat, exit=exit_, source=source)


def _nearest(stations: list[tuple[Mapping[str, str], _Spot]], spot: _Spot) -> str:
    away = [
        (metres_apart(spot.lon, spot.lat, at.lon, at.lat), osm_tags.station(tags))
        for tags, at in stations
    ]
    metres, name = min(away, default=(np.inf, ""))
    return name if metres <= EXIT_REACH_M else ""
